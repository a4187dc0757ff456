"""A control that is moved before its states have come: when they do, its last place stands there, and no other did."""

from collections.abc import Callable, Generator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.cell.controls.conftest import SPARING, Moves
from tests.browser.conftest import Guard

SHOWN = """output => {
    window.shown = []
    new MutationObserver(() => shown.push(output.querySelector("pre").textContent))
        .observe(output, { childList: true })
}"""
"""Note what an output shows, one text after the other."""

WITHOUT_WORKER = "; Object.defineProperty(navigator, 'serviceWorker', { value: undefined })"
"""What is fetched does not pass by the routes of the test."""

Release = Callable[[], None]


@pytest.fixture
def held(page: Page) -> Generator[Release]:
    """Hold all recorded states back until they are released."""
    waiting: list[Route] = []
    page.route("**/states/*", lambda route: waiting.append(route))

    def release() -> None:
        page.wait_for_timeout(100)  # whoever asks has asked
        assert waiting, "states were asked for"
        while waiting:
            waiting.pop().continue_()

    yield release
    page.unroute_all(behavior="ignoreErrors")


def test_a_first_touch_ends_at_its_last_place(moved: Moves, held: Release) -> None:
    moved.output("descent").evaluate(SHOWN)
    for literal in ("0.12", "0.13", "0.05"):
        moved.move("descent", "eta", literal)
    assert moved.code("descent").count("eta = 0.15") == 1, "nothing is shown before it can be right"
    held()
    expect(moved.status("descent")).to_have_text("recorded: rate 0.05")
    expect(moved.slider("descent", "eta")).to_have_value("0.05")
    assert moved.code("descent").count("eta = 0.05") == 1
    assert [text.splitlines()[0] for text in moved.page.evaluate("shown")] == ["eta 0.05, last 0.0078"]
    assert moved.workers() == 0


def test_all_that_was_moved_meanwhile_counts(moved: Moves, held: Release) -> None:
    moved.move("point", "a", "3")
    moved.move("point", "b", "2.3")
    moved.move("point", "a", "2")
    held()
    expect(moved.output("point")).to_contain_text("at 2 2.3")
    expect(moved.slider("point", "a")).to_have_value("2")
    expect(moved.slider("point", "b")).to_have_value("2.3")


def test_play_and_pause_before_there_is_something_to_play_leave_it_alone(moved: Moves, held: Release) -> None:
    button = moved.control("walk", "step").get_by_role("button", name="Play")
    button.click()
    button.click()
    held()
    expect(moved.slider("walk", "step")).to_have_attribute("aria-valuetext", "0")
    moved.page.wait_for_timeout(300)
    expect(button).to_have_attribute("aria-pressed", "false")
    assert moved.output("walk").inner_text().startswith("step 0")


def test_a_touch_while_states_come_of_themselves(page: Page, held: Release) -> None:
    """Near the cell and idle, the page has asked for them already: they are not asked for twice."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/states/moves.descent." in request.url else None)
    moved = Moves(page)
    with page.expect_request("**/states/moves.descent.*"):
        moved.open("en/moves/")
    moved.move("descent", "eta", "0.12")
    moved.move("descent", "eta", "0.05")
    held()
    expect(moved.status("descent")).to_have_text("recorded: rate 0.05")
    expect(moved.output("descent")).to_contain_text("eta 0.05, last 0.0078")
    assert len(asked) == 1


def test_controls_whose_code_does_not_come_say_so_and_try_again(page: Page, guard: Guard) -> None:
    guard.allow("net::ERR|Failed to")
    page.add_init_script(SPARING + WITHOUT_WORKER)
    page.route("**/kamipen/controls-*.js", lambda route: route.abort())
    moved = Moves(page)
    moved.open("en/moves/")
    moved.slider("descent", "eta").hover()
    moved.page.wait_for_timeout(200)
    expect(moved.status("descent")).to_have_text("")
    moved.move("descent", "eta", "0.12")
    expect(moved.status("descent")).to_contain_text("could not be loaded")
    page.unroute("**/kamipen/controls-*.js")
    moved.move("descent", "eta", "0.05")
    expect(moved.status("descent")).to_have_text("recorded: rate 0.05")
