"""The table of contents: of the whole road on the home page, of one part on that part's page."""

import xml.etree.ElementTree as ET

import markdown
import pytest
from bs4 import BeautifulSoup

from kamipen.errors import SourceError
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


def render(argument: str) -> BeautifulSoup:
    md = markdown.Markdown(extensions=["kamipen.markdown"], extension_configs={"kamipen.markdown": {"lang": "ja"}})
    return BeautifulSoup(md.convert(f"/// contents{argument}\n///\n"), "html.parser")


def test_a_part_is_listed_as_on_the_home_page() -> None:
    road = render("").select_one("section:has(#part-learning) ol")
    [part] = render(" | learning").select("ol")
    assert str(part) == str(road)
    assert [item["value"] for item in part.select("li")] == ["7", "8", "9", "10", "11", "12"]


def test_the_home_page_leads_to_a_page_on_a_part_where_there_is_one() -> None:
    links = {str(a["href"]) for a in render("").select("h3 a")}
    assert "learning/index.md" in links
    assert "maths/index.md" not in links


def test_a_part_that_is_none_is_told() -> None:
    with pytest.raises(SourceError, match=r"no part `lerning`.*learning"):
        render(" | lerning")
