"""The table of contents on the home page."""

import xml.etree.ElementTree as ET

from kamipen.markdown.contents import entry, rulings
from tests.kamipen.article.sample import article


def test_rulings_are_read_from_the_verdicts() -> None:
    text = "/// verdict | 反証\nx\n///\n\n/// verdict | 確認\nx\n///\n\n/// verdict | 反証\nx\n///\n"
    assert rulings(article(text=text)) == ["反証", "確認"]


def test_a_draft_announces_no_ruling_in_the_contents() -> None:
    for draft, facts in ((True, "下書き"), (False, "難しさ 800 × 反証")):
        item = ET.Element("li")
        entry(item, article(draft=draft, text="/// verdict | 反証\nx\n///\n"), "題", "ja")
        assert "".join(item.find("small").itertext()) == facts  # type: ignore[union-attr]
