"""The docket's HTML, kept in a golden file: complete without JavaScript, with a filter for the client to wake.

`UPDATE=1 pytest tests/kamipen/markdown/test_docket.py` writes the golden file anew.
"""

import os
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup

from kamipen.errors import SourceError
from tests.kamipen.article.test_rulings import docs

GOLDEN = Path(__file__).parents[2] / "data/article/golden/docket.html"

__all__ = ["docs"]  # a fixture


def render(docs: Path, argument: str = "", name: str = "docket") -> str:
    options = {"lang": "ja", "docs": str(docs), "scripts": str(docs), "cache": str(docs)}
    md = markdown.Markdown(extensions=["toc", "kamipen.markdown"], extension_configs={"kamipen.markdown": options})
    return md.convert(f"/// {name}{argument}\n///\n")


@pytest.fixture
def page(docs) -> BeautifulSoup:
    return BeautifulSoup(render(docs), "html.parser")


def test_html_is_what_it_was(docs):
    html = render(docs).replace("><", ">\n<") + "\n"
    if os.environ.get("UPDATE"):
        GOLDEN.write_text(html, encoding="utf-8")
    assert html == GOLDEN.read_text(encoding="utf-8")


def test_every_claim_stands_there_with_its_ruling(page):
    claims = {str(item["id"]): str(item["data-ruling"]) for item in page.select("li.kp-claim")}
    assert claims == {"claim-0-2": "confirmed", "claim-0-10": "confirmed", "claim-0-2b": "awaiting"}


def test_a_ruling_leads_to_its_verdict(page):
    links = [str(link["href"]) for link in page.select("#claim-0-2 a")]
    assert links == ["maths/coin.md#verdict-0-2", "maths/coin.md#verdict-0-2", "maths/dice.md#verdict-0-2"]


def test_an_article_to_come_is_named_without_a_link(docs):
    (docs / "ja/maths/dice.md").unlink()
    waiting = BeautifulSoup(render(docs), "html.parser").select_one("#claim-0-2b")
    assert waiting
    assert not waiting.select("a")
    assert "「さいころ」で審理する予定" in waiting.get_text()


def test_the_filter_offers_what_there_is(page):
    assert [str(radio["value"]) for radio in page.select("input[name=ruling]")] == [
        "",
        "confirmed",
        "conditional",
        "refuted",
        "open",
        "awaiting",
    ]
    assert [str(option["value"]) for option in page.select("select[name=part] option")] == ["", "maths"]
    assert [str(option["value"]) for option in page.select("select[name=source] option")] == ["", "0"]


def test_numbers_on_the_home_page_lead_to_their_claims(docs):
    home = BeautifulSoup(render(docs, " | counts"), "html.parser")
    links = {str(link["href"]): link.get_text() for link in home.select("a")}
    assert links["docket.md"] == "主張 3 件"
    assert links["docket.md?ruling=confirmed"] == "○ 確認 2"
    assert links["docket.md?ruling=awaiting"] == "… 審理待ち 1"


def test_rulings_are_told_with_their_claims_those_of_one_breath_together(docs):
    told = BeautifulSoup(render(docs, " | 0.2 0.10", "rulings"), "html.parser")
    (item,) = told.select("li.kp-claim")
    said = item.select_one(".kp-claim__said")
    assert said and said.get_text() == "公平だった。0.50。 もう一段落。"
    assert said.select("strong"), "a ruling is Markdown"
    assert [str(line["id"]) for line in item.select(".kp-claim__also")] == ["claim-0-10"]
    assert item.select_one(".kp-claim__id").get_text() == "0.2 · 0.10"
    assert {str(link["href"]) for link in item.select("a")} >= {"../maths/coin.md#verdict-0-2"}


def test_a_claim_that_nobody_ruled_on_is_not_told(docs):
    with pytest.raises(SourceError, match=r"no article has ruled on claim `0.2b` yet"):
        render(docs, " | 0.2b", "rulings")
    with pytest.raises(SourceError, match=r"0\.22"):
        render(docs, " | 0.22", "rulings")


def test_claims_of_two_sources_ruled_on_together_name_both(docs):
    known = docs / "claims.yml"
    lecture = "    name: {ja: 講義, en: Lecture}\n    title: On coins\n    where: {ja: 教室, en: a room}\n"
    other = f'  - id: "1"\n{lecture}claims:\n'
    text = known.read_text("utf-8").replace("claims:\n", other, 1).replace('"0.10":', '"1.10":')
    known.write_text(text, "utf-8")
    coin = docs / "ja/maths/coin.md"
    coin.write_text(coin.read_text("utf-8").replace('"0.10"', '"1.10"'), "utf-8")
    facts = BeautifulSoup(render(docs, " | 0.2 1.10", "rulings"), "html.parser").select_one(".kp-claim__facts")
    assert [part.get_text() for part in facts.find_all("span", recursive=False)][:2] == ["0.2 · 1.10", "賭け · 講義"]
