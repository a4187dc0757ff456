"""The measurement of `make bench` moves every kind of control, and counts none that did not answer at once."""

from math import inf, isfinite

import pytest

from kamipen.bench.controls import AT_ONCE, RECORDED, SKIP, TOUCH
from tests.browser.cell.controls.conftest import Moves
from tests.browser.conftest import Guard

EVENTS = 4


@pytest.fixture
def touched(moved: Moves) -> Moves:
    """Return the page with a hand over all of its controls, and nothing to be guessed."""
    moved.page.wait_for_function(SKIP)
    moved.page.wait_for_function(TOUCH)
    return moved


def test_every_control_is_moved_and_answers_at_once(touched: Moves) -> None:
    cells = touched.page.evaluate(RECORDED)
    assert {"moves#descent", "moves#kernel", "moves#walk", "moves#point", "moves#guess"} <= {*cells}
    for cell in cells:
        controls = touched.page.locator(f'[data-cell="{cell}"] .kp-control:has(input)').count()
        times = touched.page.evaluate(AT_ONCE, [cell, EVENTS])
        assert len(times) == EVENTS * controls, cell
        assert all(map(isfinite, times)), cell
    assert touched.workers() == 0


def test_a_control_that_is_still_veiled_answers_never(moved: Moves) -> None:
    moved.page.wait_for_function(TOUCH)
    assert moved.page.evaluate(AT_ONCE, ["moves#guess", EVENTS]) == [inf]


def test_a_run_is_not_at_once(moved: Moves, guard: Guard) -> None:
    guard.allow("404")
    moved.page.route("**/states/*", lambda route: route.fulfill(status=404))
    moved.page.wait_for_function(SKIP)
    moved.page.wait_for_function(TOUCH)
    assert inf in moved.page.evaluate(AT_ONCE, ["moves#failing", EVENTS])
