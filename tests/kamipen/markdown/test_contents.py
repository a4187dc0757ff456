"""The table of contents on the home page."""

import xml.etree.ElementTree as ET

from kamipen.markdown.contents import entry, rulings
from kamipen.texts import load
from tests.kamipen.article.sample import article


def test_rulings_are_read_from_the_verdicts() -> None:
    text = "\n".join(f"/// verdict | {label}\n    evidence: a#b\nx\n///\n" for label in ("反証", "確認", "反証"))
    assert rulings(article(text=text)) == ["反証", "確認"]


def test_a_draft_announces_no_ruling_in_the_contents() -> None:
    for draft, facts in ((True, "下書き"), (False, "難しさ 800 × 反証")):
        item = ET.Element("li")
        entry(item, article(draft=draft, text="/// verdict | 反証\n    evidence: a#b\nx\n///\n"), "題", load("ja"))
        assert "".join(item.find("small").itertext()) == facts  # type: ignore[union-attr]
