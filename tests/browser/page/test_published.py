"""Every article, run whole in the page, in one language or the other: what the reader gets is what was published."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from kamipen.article.articles import Article, translations
from kamipen.project import DOCS, LANGUAGES
from tests.browser.page.recorded_states import assert_recorded, scripts

READ = """cells => cells.map(cell => {
  const output = cell.querySelector("[data-output]")
  const boxes = [...output.querySelectorAll("figure svg")].map(svg => svg.getAttribute("viewBox"))
  return {
    name: cell.dataset.cell,
    state: cell.dataset.state,
    match: cell.dataset.match ?? null,
    volatile: "volatile" in cell.dataset,
    text: [...output.querySelectorAll(":scope > pre")].map(pre => pre.textContent.replace(/\\n$/, "")).join("\\n"),
    figures: boxes,
  }
})"""
MINUTE = 60_000
MARKS = re.compile(r"\*\*|\]\(|\{\{|^///", re.MULTILINE)


def cells(page: Page) -> list[dict[str, Any]]:
    """Return what each cell of the page shows, in reading order."""
    return page.locator("[data-cell]:not([data-cell] [data-cell])").evaluate_all(READ)


ARTICLES = translations(DOCS)


IN_TURN = [*(pair[number % 2].url for number, pair in enumerate(ARTICLES)), "ja/gallery/"]
"""One address an article, since both languages run the same script; and all that an article can use."""


SCRIPTS = {url: url.strip("/").split("/")[-1].replace("-", "_") for url in IN_TURN}
"""The script of each page that is run whole."""


def published(site: Path, url: str) -> list[tuple[str, str, list[str], bool]]:
    """Return each cell's name, printed text, figures' sizes and whether it is volatile, as the page carries them."""
    page = BeautifulSoup((site / url / "index.html").read_text("utf-8"), "html.parser")
    return [
        (
            str(cell["data-cell"]),
            "".join(pre.get_text() for pre in cell.select("[data-output] > pre")),
            [str(svg["viewbox"]) for svg in cell.select("[data-output] figure svg")],
            cell.has_attr("data-volatile"),
        )
        for cell in page.select("[data-cell]")
    ]


@pytest.mark.parametrize("pair", ARTICLES, ids=lambda pair: pair[0].slug)
def test_both_languages_publish_the_same_output(site: Path, pair: tuple[Article, Article]) -> None:
    ja, en = (published(site, article.url) for article in pair)
    assert ja, "the article shows no cell"
    assert ja == en


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_of_markdown_is_left_in_a_page(site: Path, language: str) -> None:
    """Emphasis ends after a Japanese bracket, too, where no space follows."""
    left: list[str] = []
    for path in sorted(site.glob(f"{language}/**/index.html")):
        article = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("article")
        for code in article.select("pre, code, script, style, math, svg") if article else ():
            code.decompose()
        text = article.get_text() if article else ""
        left += [
            f"{path.relative_to(site)}: {text[max(0, at.start() - 20) : at.end() + 20]}" for at in MARKS.finditer(text)
        ]
    assert left == []


@pytest.mark.parametrize("url", IN_TURN)
def test_run_all_prints_and_draws_what_is_published(page: Page, site: Path, url: str) -> None:
    """Then a sample of the states of its controls, in the same Python."""
    page.goto(url)
    page.evaluate("window.kamipen.ready")
    static = cells(page)
    assert static, "the article shows no cell"
    page.locator('[data-controls] [data-action="run-all"]').click()
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-cell]")]
             .every(cell => ["done", "error", "stopped"].includes(cell.dataset.state))""",
        timeout=3 * MINUTE,
    )
    page.locator("[data-cell][data-state=done]:not([data-volatile], [data-match])").first.wait_for(state="detached")
    for before, after in zip(static, cells(page), strict=True):
        assert after["state"] == "done", f"{after['name']}: {after['text']}"
        if after["volatile"]:
            assert after["match"] is None, f"{after['name']} measures this machine and must not be compared"
            continue
        assert after["text"] == before["text"], after["name"]
        assert after["figures"] == before["figures"], after["name"]
        assert after["match"] == "same", after["name"]
    if SCRIPTS[url] in scripts():
        assert_recorded(page, site, SCRIPTS[url])
