"""A reader writes sizes ten times as large into two articles: a message or a Stop that works, and the page lives on."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from kamipen.article.scripts import Scripts
from kamipen.project import SNIPPETS

MINUTE = 60_000

# Tables of 20,480 × 20,480 shares, 3 GiB each: more than there is.
TOO_LARGE = ("language-models/attention-by-hand", "attention_by_hand#why-sqrt-d", {"n = 64 ": "n = 20_480 "})
# A thousand times the draws: minutes of linear algebra.
TOO_LONG = ("generalisation/double-descent", "double_descent#many-draws", {"draws = 20": "draws = 20_000"})
MEMORY = {"ja": "メモリ", "en": "memory"}


class Article:
    """An article of which a reader edits one cell."""

    def __init__(self, page: Page, language: str, path: str, cell: str) -> None:
        self.page = page
        self.name = cell
        page.goto(f"{language}/{path}/")
        page.evaluate("window.kamipen.ready")
        self.cell: Locator = page.locator(f'[data-cell="{cell}"]')

    def edit(self, changes: dict[str, str]) -> None:
        """Replace pieces of the cell's code, and write all of it anew."""
        script, cell = self.name.split("#")
        code = Scripts(SNIPPETS)[script][cell].source
        for before, after in changes.items():
            assert before in code
            code = code.replace(before, after)
        self.cell.locator("pre.highlight").click()
        editor = self.cell.locator(".cm-content")
        editor.wait_for()
        editor.focus()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(code)

    def press(self, action: str) -> None:
        self.cell.locator(f'.kp-cell__bar [data-action="{action}"]').click()

    def reaches(self, state: str, timeout: float = 2 * MINUTE) -> None:
        expect(self.cell).to_have_attribute("data-state", state, timeout=timeout)

    def runs_as_published(self) -> None:
        self.press("reset")
        self.press("run")
        self.reaches("done")


@pytest.mark.parametrize("language", MEMORY)
def test_ten_times_the_length_says_what_to_do_and_the_next_run_works(page: Page, language: str) -> None:
    path, cell, changes = TOO_LARGE
    article = Article(page, language, path, cell)
    article.edit(changes)
    article.press("run")
    article.reaches("error")
    expect(article.cell).to_contain_text(MEMORY[language])
    article.runs_as_published()


def test_ten_times_the_features_can_be_stopped_and_the_next_run_works(page: Page) -> None:
    path, cell, changes = TOO_LONG
    article = Article(page, "ja", path, cell)
    article.edit(changes)
    article.press("run")
    article.reaches("running")
    page.wait_for_timeout(1_000)
    start = time.monotonic()
    article.press("stop")
    article.reaches("stopped", timeout=5_000)
    assert time.monotonic() - start < 1
    article.runs_as_published()
