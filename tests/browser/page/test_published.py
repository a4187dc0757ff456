"""Every article, in both languages, run whole in the page: what the reader gets is what was published."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from kamipen.article import articles
from kamipen.project import ROOT

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


def cells(page: Page) -> list[dict[str, Any]]:
    """Return what each cell of the page shows, in reading order."""
    return page.locator("[data-cell]:not([data-cell] [data-cell])").evaluate_all(READ)


def urls() -> list[str]:
    return [article.url for article in articles.discover(Path(ROOT) / "docs")]


@pytest.mark.parametrize("url", urls())
def test_run_all_prints_and_draws_what_is_published(page: Page, url: str) -> None:
    page.goto(url)
    page.evaluate("window.kamipen.ready")
    published = cells(page)
    assert published, "the article shows no cell"
    page.locator('[data-controls] [data-action="run-all"]').click()
    page.wait_for_function(
        """() => [...document.querySelectorAll("[data-cell]")]
             .every(cell => ["done", "error", "stopped"].includes(cell.dataset.state))""",
        timeout=3 * MINUTE,
    )
    for before, after in zip(published, cells(page), strict=True):
        assert after["state"] == "done", f"{after['name']}: {after['text']}"
        if after["volatile"]:
            assert after["match"] is None, f"{after['name']} measures this machine and must not be compared"
            continue
        assert after["text"] == before["text"], after["name"]
        assert after["figures"] == before["figures"], after["name"]
        assert after["match"] == "same", after["name"]
