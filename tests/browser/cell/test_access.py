"""Phones, keyboards, screen readers, calm eyes."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from kamipen.project import ROOT
from tests.browser.cell.conftest import Lab

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text("utf-8")
TOO_SMALL = """() => [...document.querySelectorAll("button, summary, input")]
    .filter(element => element.checkVisibility() && element.closest("[data-cell], [data-controls]"))
    .map(element => [element.textContent || element.type, element.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)"""


TOPS = "cells => cells.map(cell => cell.getBoundingClientRect().top)"
MOVING = "nodes => nodes.filter(node => parseFloat(getComputedStyle(node).transitionDuration) > 0).length"


def violations(page: Page) -> list[str]:
    """Return what axe finds."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    nodes = [(rule["id"], node) for rule in found["violations"] for node in rule["nodes"]]
    return [f"{rule}: {node['target']} {node['failureSummary']}" for rule, node in nodes]


@pytest.mark.parametrize("path", ["en/lab/", "ja/dark/"])
def test_axe_finds_nothing_in_any_state(cells: Lab, path: str) -> None:
    cells.open(path)
    assert violations(cells.page) == []
    cells.run("slide")
    cells.press("seeded", "repeat")
    cells.state("seeded", "done")
    cells.write("table", "print('x' * 300)\nmissing\n")
    cells.run("table", "error")
    cells.write("base", "import numpy as np\n\nx = np.arange(3)\ninput('name?')\n")
    cells.press("base", "run")
    cells.output("base").locator("input").wait_for(timeout=60_000)
    assert violations(cells.page) == []


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_axe_finds_nothing_in_differences_and_notices(cells: Lab, lab: Path, scheme: str) -> None:
    page = (lab / "en" / ("lab" if scheme == "default" else "dark") / "index.html").read_text("utf-8")
    other = lab / "en" / f"other-{scheme}"
    other.mkdir(exist_ok=True)
    (other / "index.html").write_text(page.replace("y [3, 6, 9, 12, 15]", "y [3, 6, 9, 12, 99]"), "utf-8")
    cells.page.evaluate("localStorage.setItem('kamipen:edit:lab#base', JSON.stringify({ hash: 'old', code: 'x = 1' }))")
    cells.open(f"en/other-{scheme}/#kp=broken")
    cells.cell("base").locator(".kp-notice-box summary").click()
    cells.run("scale")
    expect(cells.output("scale").locator(".kp-diff")).to_be_visible()
    assert violations(cells.page) == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_on_a_phone_everything_can_be_reached_with_a_thumb(browser: Browser, base_url: str, language: str) -> None:
    phone: ViewportSize = {"width": 390, "height": 844}
    context = browser.new_context(base_url=base_url, viewport=phone, is_mobile=True, has_touch=True)
    cells = Lab(context.new_page())
    cells.open(f"{language}/lab/")
    for name in ("base", "slide", "seeded"):
        expect(cells.cell(name).locator('[data-action="run"]')).to_be_visible()
    cells.cell("seeded").locator('[data-action="repeat"]').tap()
    cells.state("seeded", "done")
    cells.write("table", "print('wide ' * 100)\nmissing_name_that_is_rather_long\n")
    cells.run("table", "error")
    assert cells.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert cells.page.evaluate(TOO_SMALL) == []
    context.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_live_cell_takes_no_more_room_than_a_static_one(browser: Browser, base_url: str, language: str) -> None:
    for width in (390, 1280):
        tops: list[list[float]] = []
        for script in (False, True):
            context = browser.new_context(base_url=base_url, viewport={"width": width, "height": 844})
            page = context.new_page()
            if not script:
                page.route("**/main.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            page.goto(f"{language}/lab/")
            if script:
                page.evaluate("window.kamipen.ready")
            tops.append(page.locator("[data-cell]").evaluate_all(TOPS))
            context.close()
        assert tops[0] == tops[1], width


def test_states_are_announced(cells: Lab) -> None:
    status = cells.cell("base").get_by_role("status")
    expect(status).to_have_count(1)
    cells.page.evaluate("""() => {
        window.said = new Set()
        const status = document.querySelector('[data-cell="lab#base"] [role=status]')
        new MutationObserver(() => said.add(status.textContent)).observe(status, { childList: true, subtree: true })
    }""")
    cells.run("base")
    said = cells.page.evaluate("[...said]")
    assert any("Getting Python ready" in text for text in said), said
    assert any("running" in text for text in said), said
    expect(status).to_contain_text("same as published")
    expect(cells.output("base")).to_have_attribute("aria-live", "polite")


def test_calm_where_motion_is_unwanted(browser: Browser, base_url: str) -> None:
    motions: list[tuple[Literal["no-preference", "reduce"], bool]] = [("no-preference", True), ("reduce", False)]
    for motion, some in motions:
        context = browser.new_context(base_url=base_url, reduced_motion=motion)
        cells = Lab(context.new_page())
        cells.open()
        cells.write("base", "while True:\n    pass\n")
        cells.press("base", "run")
        cells.page.locator('[data-cell="lab#base"] [data-stale]').wait_for(timeout=60_000)
        assert bool(cells.page.locator(".kp-cell *, .kp-controls *").evaluate_all(MOVING)) == some, motion
        context.close()
