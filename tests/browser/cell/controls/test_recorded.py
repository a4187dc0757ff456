"""What was recorded for a control's value stands there at once, with Python asleep; Run compares with it."""

import re

from playwright.sync_api import expect

from tests.browser.cell.controls.conftest import Moves
from tests.browser.conftest import Guard

SYNCHRONOUS = """([input, name]) => {
    const cell = document.querySelector(`[data-cell="moves#${name}"]`)
    const shown = () => cell.querySelector("[data-output]").textContent
    const changes = []
    for (let step = 0; step < 12; step++) {
        input.value = Number(input.min) + step * Number(input.step)
        const before = shown()
        const began = performance.now()
        input.dispatchEvent(new Event("input", { bubbles: true }))
        changes.push([performance.now() - began, shown() !== before])
    }
    return changes
}"""
"""Move a slider twelve times; how long each event took, and whether the output was another when it ended."""


def test_a_recorded_state_stands_there_within_the_event(moved: Moves) -> None:
    moved.move("descent", "eta", "0.12")
    expect(moved.output("descent")).to_contain_text("eta 0.12, last 0.0000")
    slider = moved.slider("descent", "eta").element_handle()
    changes = moved.page.evaluate(SYNCHRONOUS, [slider, "descent"])
    assert all(changed for _, changed in changes)
    assert sorted(took for took, _ in changes)[len(changes) // 2] < 16, changes
    assert moved.workers() == 0, "Python sleeps"
    assert moved.code("descent").count("eta = 0.16  # learning rate") == 1
    expect(moved.output("descent").locator("svg")).to_have_count(1)
    expect(moved.status("descent")).to_have_text("recorded: rate 0.16")


def test_run_compares_with_the_recorded_state(moved: Moves) -> None:
    moved.move("descent", "eta", "0.12")
    expect(moved.status("descent")).to_have_text("recorded: rate 0.12")
    moved.run("descent")
    expect(moved.cell("descent")).to_have_attribute("data-match", "same")
    expect(moved.status("descent")).to_contain_text("same as recorded")
    moved.write("descent", "eta = 0.12\nprint(1)\n")
    moved.run("descent")
    assert moved.cell("descent").get_attribute("data-match") is None


def test_a_falsified_recording_is_found_out(moved: Moves) -> None:
    moved.page.route("**/states/moves.descent.*", lambda route: route.fulfill(body=_falsified(route.fetch().text())))
    moved.move("descent", "eta", "0.12")
    expect(moved.output("descent")).to_contain_text("eta 0.13, last")
    moved.run("descent")
    expect(moved.cell("descent")).to_have_attribute("data-match", "different")
    expect(moved.status("descent")).to_contain_text("differs from what was recorded")


def _falsified(file: str) -> str:
    return re.sub(r"eta 0\.12, last", "eta 0.13, last", file)


def test_reset_returns_to_the_published_state(moved: Moves) -> None:
    published = moved.output("descent").inner_html()
    moved.move("descent", "eta", "0.05")
    expect(moved.output("descent")).to_contain_text("eta 0.05")
    moved.press("descent", "reset")
    assert moved.output("descent").inner_html() == published
    expect(moved.slider("descent", "eta")).to_have_value("0.15")
    expect(moved.status("descent")).to_have_text("")
    assert moved.code("descent").count("eta = 0.15") == 1
    assert moved.workers() == 0


def test_the_slider_leads_back_to_the_published_output(moved: Moves) -> None:
    published = moved.output("descent").inner_html()
    moved.move("descent", "eta", "0.05")
    expect(moved.output("descent")).to_contain_text("eta 0.05")
    moved.move("descent", "eta", "0.15")
    assert moved.output("descent").inner_html() == published
    expect(moved.cell("descent")).not_to_have_attribute("data-edited", "")


def test_edited_code_is_run_live(moved: Moves) -> None:
    moved.write("descent", "eta = 0.15\nprint('mine', eta)\n")
    moved.move("descent", "eta", "0.12")
    expect(moved.output("descent")).to_have_text("mine 0.12\n")
    moved.state("descent", "done")
    assert moved.workers() > 0


def test_an_edited_cell_above_makes_those_that_build_on_it_live(moved: Moves) -> None:
    moved.move("descent", "eta", "0.25")
    expect(moved.output("descent")).to_contain_text("eta 0.25")
    moved.move("failing", "n", "1")
    expect(moved.output("failing")).to_have_text("n 1\n")
    assert moved.workers() == 0, "this one builds on nothing above"
    moved.move("below", "k", "2")
    expect(moved.output("below")).to_have_text("below 0.5\n")
    moved.state("below", "done")
    assert moved.workers() > 0
    assert moved.cell("below").get_attribute("data-match") is None


def test_a_value_that_was_not_recorded_is_run(moved: Moves) -> None:
    moved.move("alone", "m", "2.0")
    expect(moved.output("alone")).to_have_text("alone 2.0\n")
    moved.state("alone", "done")


def test_an_error_is_recorded_too(moved: Moves) -> None:
    moved.move("failing", "n", "4")
    expect(moved.output("failing").locator(".kp-error")).to_contain_text("AssertionError")
    assert moved.workers() == 0
    moved.output("failing").get_by_role("button", name="line 3").click()
    expect(moved.cell("failing").locator(".cm-content")).to_be_focused()
    moved.run("failing", "error")
    expect(moved.cell("failing")).to_have_attribute("data-match", "same")


def test_rich_values_are_shown_too(moved: Moves) -> None:
    moved.move("rich", "rows", "3")
    expect(moved.output("rich").locator("td").last).to_have_text("3")
    assert moved.workers() == 0


def test_repeat_shows_its_recorded_runs(moved: Moves) -> None:
    moved.press("seeded", "repeat")
    runs = moved.output("seeded").locator(".kp-repeat__runs > [role=listitem]")
    expect(runs).to_have_count(15)
    expect(moved.output("seeded").locator(".kp-repeat__summary")).to_be_visible()
    assert moved.workers() == 0
    moved.run("seeded")
    expect(moved.cell("seeded")).to_have_attribute("data-match", "same")


def test_states_that_are_gone_leave_it_to_python(moved: Moves, guard: Guard) -> None:
    """As when a new release has come while the page is open."""
    guard.allow("404")
    moved.page.route("**/states/*", lambda route: route.fulfill(status=404))
    moved.move("failing", "n", "1")
    expect(moved.output("failing")).to_have_text("n 1\n")
    moved.state("failing", "done")
    expect(moved.status("failing")).not_to_contain_text("recorded")


def test_a_run_under_way_gives_way_to_a_recording(moved: Moves) -> None:
    moved.move("failing", "n", "1")
    expect(moved.output("failing")).to_have_text("n 1\n")
    moved.press("failing", "run")
    moved.move("failing", "n", "2")
    expect(moved.output("failing")).to_have_text("n 2\n")
    expect(moved.cell("failing")).to_have_attribute("data-state", "idle")
    moved.run("failing")
    expect(moved.cell("failing")).to_have_attribute("data-match", "same")


def test_a_shared_state_is_shown_and_runs_nothing(moved: Moves) -> None:
    moved.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    moved.move("descent", "eta", "0.12")
    moved.press("descent", "share")
    expect(moved.status("descent")).to_contain_text("Link with your edits copied")
    address = moved.page.evaluate("navigator.clipboard.readText()")
    moved.page.evaluate("localStorage.clear()")
    moved.press("descent", "reset")
    moved.page.goto("about:blank")
    moved.page.goto(address)
    moved.page.evaluate("window.kamipen.ready")
    expect(moved.cell("descent").locator(".kp-notice-box")).to_be_visible()
    expect(moved.output("descent")).to_contain_text("eta 0.12")
    assert moved.workers() == 0


def test_a_kept_state_is_shown_on_the_next_visit(moved: Moves) -> None:
    moved.move("walk", "step", "7")
    expect(moved.output("walk")).to_contain_text("step 7")
    moved.page.wait_for_function("() => localStorage.getItem('kamipen:edit:moves#walk')")
    moved.page.reload()
    expect(moved.output("walk")).to_contain_text("step 7")
    expect(moved.status("walk")).to_have_text("recorded: step 7")
    assert moved.workers() == 0
