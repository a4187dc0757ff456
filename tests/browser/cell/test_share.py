"""A link carries the reader's edits, and runs nothing; copies and notebooks carry them too."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.cell.conftest import HOSTILE, Lab

CODE = "import numpy as np\n\nx = np.arange(2)\nprint('紙とペン')\n"


@pytest.fixture
def link(context: BrowserContext, cells: Lab) -> str:
    """Return a link that carries an edit."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return shared(cells, base=CODE, total="print('shared too')\n")


def shared(cells: Lab, **edits: str) -> str:
    """Edit cells, return the link that Share copies, and leave the page as if nothing had been edited."""
    for name, code in edits.items():
        cells.write(name, code)
    cells.press(next(iter(edits)), "share")
    expect(cells.status(next(iter(edits)))).to_contain_text("Link with your edits copied")
    link = cells.page.evaluate("navigator.clipboard.readText()")
    cells.page.locator('[data-controls] [data-action="reset-all"]').click()
    for name in edits:
        cells.kept(name, None)
    cells.page.goto("about:blank")
    return link


def test_opening_a_link_shows_the_code_and_runs_nothing(cells: Lab, link: str) -> None:
    assert "#kp=" in link
    cells.open(link)
    notice = cells.page.locator("[data-controls] .kp-notice-box")
    expect(notice).to_contain_text("Shared code: read it before running")
    assert cells.code("base") == CODE.rstrip("\n") or cells.code("base") == CODE
    expect(cells.cell("base")).to_contain_text("Shared code")
    states = "cells => cells.map(cell => cell.dataset.state)"
    assert set(cells.page.locator("[data-cell]").evaluate_all(states)) == {"idle"}
    expect(cells.output("base")).to_have_text("sum 15\n")
    cells.run("base")  # Python is there now, and what nobody asked for still waits
    assert cells.page.locator("[data-cell]").evaluate_all(states) == ["done", *["idle"] * 7]
    expect(cells.output("total")).to_have_text("total 45\n")
    notice.get_by_role("button", name="Back to the published code").click()
    assert "np.arange(1, 6)" in cells.code("base")
    assert "#kp=" not in cells.page.url


def test_shared_code_is_kept_only_when_the_reader_says_so(cells: Lab, link: str) -> None:
    cells.open(link)
    expect(cells.cell("base")).to_have_attribute("data-shared", "")
    cells.page.goto("about:blank")
    cells.open("en/lab/")
    assert "np.arange(1, 6)" in cells.code("base")
    cells.open(link.replace("/lab/", "/lab/?again"))
    cells.page.get_by_role("button", name="Use these edits").click()
    cells.kept("base", "np.arange(2)")
    cells.open("en/lab/")
    assert "np.arange(2)" in cells.code("base")


def test_a_link_is_compressed(context: BrowserContext, cells: Lab) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = "print('paper and pen')\n" * 100
    assert len(shared(cells, base=code)) < len(code) / 5


def test_what_shared_code_draws_harms_nobody(context: BrowserContext, cells: Lab) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    cells.open(shared(cells, base=HOSTILE))
    cells.run("base")
    cells.unharmed("base")


def test_a_damaged_link_is_called_so(cells: Lab) -> None:
    cells.open("en/lab/#kp=AAAA")
    expect(cells.page.locator("[data-controls]")).to_contain_text("The shared link is damaged")
    assert "np.arange(1, 6)" in cells.code("base")


def test_copy_and_notebook(context: BrowserContext, cells: Lab, lab: Path, tmp_path: Path) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    cells.press("base", "copy")
    expect(cells.status("base")).to_contain_text("Copied")
    published = cells.page.evaluate("navigator.clipboard.readText()")
    assert published.startswith("import numpy as np\n")
    notebook: dict[str, Any] = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": "# Lab"},
            {"cell_type": "code", "metadata": {}, "source": published, "outputs": [], "execution_count": 1},
        ],
    }
    (lab / "en" / "lab" / "lab.ipynb").write_text(json.dumps(notebook))
    cells.write("base", CODE)
    with cells.page.expect_download() as waiting:
        cells.page.get_by_role("button", name="Download notebook").click()
    waiting.value.save_as(tmp_path / "lab.ipynb")
    saved = json.loads((tmp_path / "lab.ipynb").read_text("utf-8"))
    assert "".join(saved["cells"][1]["source"]) == CODE
    assert waiting.value.suggested_filename == "lab.ipynb"


@pytest.mark.parametrize("behind", [".", ")", "。", "&utm_source=x", "\u200b", "%E2%80%8B"])
def test_a_link_opens_whatever_came_along_behind_it(cells: Lab, link: str, behind: str) -> None:
    cells.open(link + behind)
    expect(cells.page.locator("[data-controls] .kp-notice-box")).to_contain_text("Shared code: read it before running")
    assert "np.arange(2)" in cells.code("base")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_code_too_large_for_a_link_is_refused_in_a_sentence(context: BrowserContext, cells: Lab, language: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    cells.open(f"{language}/lab/")
    cells.page.evaluate("navigator.clipboard.writeText('as before')")
    cells.write("base", "x = '''" + "紙" * 90_000 + "'''")
    said = {"ja": "256 KiB を超えているため、リンクにできません", "en": "over 256 KiB, too much for a link"}[language]
    cells.press("base", "share")
    expect(cells.status("base")).to_contain_text(said)
    cells.page.locator('[data-controls] [data-action="share"]').click()
    expect(cells.page.locator(".kp-controls__status")).to_contain_text(said)
    assert cells.page.evaluate("navigator.clipboard.readText()") == "as before"
