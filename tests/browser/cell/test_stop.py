"""Stop ends whatever runs within a second, without special headers, and the next run makes good what was lost."""

import pytest
from conftest import Lab
from playwright.sync_api import expect

ENDLESS = {
    "loop": "print('begun')\nwhile True:\n    pass\n",
    "product": "import numpy as np\nprint('begun')\na = np.ones((6000, 6000))\na @ a\n",
    "sleep": "import time\nprint('begun')\ntime.sleep(600)\n",
}
WATCH = """cell => {
    window.drawn = 0
    const tick = () => { drawn++; requestAnimationFrame(tick) }
    tick()
    addEventListener("click", ({ target }) => {
        if (target.dataset.action === "stop") window.pressed = performance.now()
    }, { capture: true })
    new MutationObserver(() => {
        if (cell.dataset.state === "stopped") window.stopped ??= performance.now()
    }).observe(cell, { attributeFilter: ["data-state"] })
}"""


@pytest.mark.parametrize("kind", ENDLESS)
def test_stop_ends_it_within_a_second(cells: Lab, kind: str) -> None:
    assert not cells.page.evaluate("crossOriginIsolated"), "without special headers"
    cells.run("scale")
    cells.write("total", ENDLESS[kind])
    cells.cell("total").evaluate(WATCH)
    cells.press("total", "run")
    expect(cells.output("total")).to_contain_text("begun", timeout=60_000)
    drawn = cells.page.evaluate("window.drawn")
    cells.page.wait_for_function("drawn => window.drawn > drawn + 20", arg=drawn)  # it answers while Python is busy
    expect(cells.cell("total")).to_have_attribute("data-state", "running")
    cells.press("total", "stop")
    cells.state("total", "stopped")
    assert cells.page.evaluate("window.stopped - window.pressed") < 1000

    cells.press("total", "reset")
    cells.run("total")
    expect(cells.output("total")).to_have_text("total 45\n")
    expect(cells.status("total")).to_contain_text("The state was lost, so 2 cells above ran again")


def test_an_isolated_page_that_may_share_no_memory_starts_all_the_same(cells: Lab) -> None:
    """WebKitGTK has no SharedArrayBuffer, and calls a page isolated where the service worker brought it."""
    cells.page.add_init_script(
        "Object.defineProperty(window, 'crossOriginIsolated', { value: true }); delete window.SharedArrayBuffer"
    )
    cells.open()
    cells.run("base")
    expect(cells.output("base")).to_have_text("sum 15\n")
