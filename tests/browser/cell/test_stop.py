"""Stop ends whatever runs within a second, without special headers, and the next run makes good what was lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab

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


HALF = {
    "line": ("print('begun')\nprint('half', end='')\nwhile True:\n    pass\n", "begun\nhalf"),
    "much": (
        "for i in range(3000):\n    print(i, end=' ')\nwhile True:\n    pass\n",
        "".join(f"{i} " for i in range(3000)),
    ),
    "sleep": ("import time\nprint('half', end='')\ntime.sleep(600)\n", "half"),
}


@pytest.mark.parametrize("kind", HALF)
def test_after_stop_the_output_is_what_was_printed_and_nothing_is_left_waiting(cells: Lab, kind: str) -> None:
    code, printed = HALF[kind]
    output = cells.output("total")
    cells.run("total")
    cells.write("total", code)
    cells.press("total", "run")
    expect(output).to_contain_text(printed.split()[-1], timeout=60_000)
    cells.press("total", "stop")
    cells.state("total", "stopped")
    expect(output).to_have_text(printed)
    expect(output).not_to_have_attribute("aria-busy", "true")
    expect(output).not_to_have_attribute("data-stale", "")
    assert output.evaluate("output => output.style.minHeight") == ""


def test_stop_before_anything_was_printed_leaves_no_old_text(cells: Lab) -> None:
    output = cells.output("total")
    cells.write("total", "while True: pass")
    cells.press("total", "run")
    cells.state("total", "running")
    expect(output).to_have_attribute("aria-busy", "true")
    cells.press("total", "stop")
    cells.state("total", "stopped")
    expect(output).to_have_text("")
    expect(output).not_to_have_attribute("aria-busy", "true")


def test_stop_while_python_asks_leaves_no_field(cells: Lab) -> None:
    cells.write("base", "print('begun')\nname = input('who? ')")
    cells.press("base", "run")
    expect(cells.output("base").locator("input")).to_be_focused(timeout=60_000)
    cells.press("base", "stop")
    cells.state("base", "stopped")
    expect(cells.output("base").locator(".kp-input")).to_have_count(0)
    expect(cells.output("base")).to_have_text("begun\n")


def test_stop_ends_what_a_slider_set_off_and_the_wish_that_waits(cells: Lab) -> None:
    cells.write("slide", "eta = 0.19  # learning rate\nprint('begun')\nwhile True: pass")
    slider = cells.cell("slide").locator("input[type=range]")
    slider.focus()
    for _ in range(5):
        cells.page.keyboard.press("ArrowRight")
    expect(cells.output("slide")).to_contain_text("begun", timeout=60_000)
    cells.page.keyboard.press("ArrowRight")
    cells.press("slide", "stop")
    cells.state("slide", "stopped")
    cells.page.wait_for_timeout(500)
    assert cells.cell("slide").get_attribute("data-state") == "stopped"


def test_stop_ends_a_repeat(cells: Lab) -> None:
    cells.run("base")
    cells.write("seeded", "import time\nseed = 0\nprint('begun', seed)\ntime.sleep(0.3 if seed < 2 else 600)")
    cells.press("seeded", "repeat")
    expect(cells.output("seeded").locator('[data-value="1"]')).to_be_visible(timeout=60_000)
    cells.press("seeded", "stop")
    cells.state("seeded", "stopped")
    expect(cells.output("seeded")).not_to_have_attribute("aria-busy", "true")


def test_stop_ends_the_wait_for_files_that_do_not_come(cells: Lab) -> None:
    cells.page.context.route("**/kamipen/engine-*.js", lambda route: None)
    cells.open("en/lab/?slow")
    cells.press("base", "run")
    cells.state("base", "booting")
    cells.press("base", "stop")
    cells.state("base", "stopped")
    expect(cells.output("base")).to_have_text("sum 15\n")


def test_an_isolated_page_that_may_share_no_memory_starts_all_the_same(cells: Lab) -> None:
    """WebKitGTK has no SharedArrayBuffer, and calls a page isolated where the service worker brought it."""
    cells.page.add_init_script(
        "Object.defineProperty(window, 'crossOriginIsolated', { value: true }); delete window.SharedArrayBuffer"
    )
    cells.open()
    cells.run("base")
    expect(cells.output("base")).to_have_text("sum 15\n")
