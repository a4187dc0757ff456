"""A link carries the reader's edits, and runs nothing; copies and notebooks carry them too."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Lab
from playwright.sync_api import BrowserContext, expect

CODE = "import numpy as np\n\nx = np.arange(2)\nprint('紙とペン')\n"


@pytest.fixture
def link(context: BrowserContext, cells: Lab) -> str:
    """Return a link that carries an edit."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    cells.write("base", CODE)
    cells.press("base", "share")
    expect(cells.status("base")).to_contain_text("Link with your edits copied")
    return cells.page.evaluate("navigator.clipboard.readText()")


def test_opening_a_link_shows_the_code_and_runs_nothing(cells: Lab, link: str) -> None:
    assert "#kp=" in link
    cells.press("base", "reset")
    cells.page.wait_for_timeout(500)
    cells.page.goto("about:blank")
    requests: list[str] = []
    cells.page.on("request", lambda request: requests.append(request.url))
    cells.open(link)
    notice = cells.page.locator("[data-controls] .kp-notice-box")
    expect(notice).to_contain_text("Shared code: read it before running")
    assert cells.code("base") == CODE.rstrip("\n") or cells.code("base") == CODE
    expect(cells.cell("base")).to_contain_text("Shared code")
    cells.page.wait_for_timeout(1500)
    states = cells.page.locator("[data-cell]").evaluate_all("cells => cells.map(cell => cell.dataset.state)")
    assert set(states) == {"idle"}
    expect(cells.output("base")).to_have_text("sum 15\n")
    notice.get_by_role("button", name="Back to the published code").click()
    assert "np.arange(1, 6)" in cells.code("base")
    assert "#kp=" not in cells.page.url


def test_shared_code_is_kept_only_when_the_reader_says_so(cells: Lab, link: str) -> None:
    cells.press("base", "reset")
    cells.page.wait_for_timeout(500)
    cells.page.goto("about:blank")
    cells.open(link)
    cells.page.wait_for_timeout(500)
    cells.page.goto("about:blank")
    cells.open("en/lab/")
    assert "np.arange(1, 6)" in cells.code("base")
    cells.open(link.replace("/lab/", "/lab/?again"))
    cells.page.get_by_role("button", name="Use these edits").click()
    cells.page.wait_for_timeout(500)
    cells.open("en/lab/")
    assert "np.arange(2)" in cells.code("base")


def test_a_hostile_link_harms_nobody(cells: Lab) -> None:
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
