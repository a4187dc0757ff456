"""One reader's visit, in every engine: load, edit, run all, figure, stop, come back, practise, and find it kept."""

import json
import time
from typing import Any

import pytest

from tests.engines.drivers import Driver

ARTICLE = "en/maths/start-here/"
CELL = '[data-cell="start_here#line"]'
STOPWATCH = f"""
    const cell = document.querySelector({json.dumps(CELL)})
    const watch = new MutationObserver(() => {{
        if (cell.dataset.state === "stopped") window.stopped ??= performance.now()
    }})
    watch.observe(cell, {{ attributeFilter: ["data-state"] }})
    addEventListener("click", () => (window.pressed ??= performance.now()), {{ capture: true }})
"""
pytestmark = pytest.mark.xdist_group("engines")  # one visit after the other, in this order


def until(driver: Driver, expression: str, seconds: float = 120) -> None:
    """Wait until a JavaScript expression is true."""
    end = time.monotonic() + seconds
    while True:
        if driver.evaluate(f"return !!({expression})"):
            return
        assert time.monotonic() < end, f"never true: {expression}; the cell says {state(driver)}"
        time.sleep(0.2)


def state(driver: Driver) -> Any:
    return driver.evaluate(
        f"const c = document.querySelector({json.dumps(CELL)});"
        "return c && [c.dataset.state, c.querySelector('.kp-cell__status').textContent, "
        "c.querySelector('[data-output]').textContent.slice(0, 300)]"
    )


def open_article(driver: Driver, address: str, path: str = ARTICLE) -> None:
    driver.goto(address + path)
    until(driver, "window.kamipen")
    driver.evaluate("await window.kamipen.ready")


def press(driver: Driver, action: str) -> None:
    """Press a button of the cell once it is there: Stop comes a moment after the run began."""
    button = f'{CELL} .kp-cell__bar [data-action="{action}"]'
    until(driver, f"!document.querySelector('{button}').hidden")
    driver.click(button)


def is_state(wanted: str) -> str:
    return f"document.querySelector('{CELL}').dataset.state === '{wanted}'"


def write(driver: Driver, code: str) -> None:
    """Replace the cell's code as a reader does."""
    driver.click(f"{CELL} .kp-cell__code pre, {CELL} .cm-content")
    until(driver, f"document.querySelector('{CELL} .cm-content')")
    driver.click(f"{CELL} .cm-content")
    driver.write(code)


def test_an_article_is_complete_before_anything_runs(driver: Driver, address: str) -> None:
    open_article(driver, address)
    assert driver.evaluate(
        "return [...document.querySelectorAll('[data-cell]')].every(c => c.dataset.state === 'idle')"
    )
    assert driver.evaluate(f"return !!document.querySelector('{CELL} [data-output] svg')")


def test_run_all_gives_what_is_published_with_its_figures(driver: Driver, address: str) -> None:
    open_article(driver, address)
    driver.click('[data-controls] [data-action="run-all"]')
    ended = "['done', 'error', 'stopped'].includes(c.dataset.state)"
    until(driver, f"[...document.querySelectorAll('[data-cell]')].every(c => {ended})", 300)
    cells = driver.evaluate(
        "return [...document.querySelectorAll('[data-cell]')].map(c => [c.dataset.cell, c.dataset.state,"
        " 'volatile' in c.dataset ? 'same' : c.dataset.match])"
    )
    assert [cell for cell in cells if cell[1:] != ["done", "same"]] == []
    assert driver.evaluate(
        f"return document.querySelector('{CELL} [data-output] svg').getBoundingClientRect().height > 50"
    )


def test_an_edit_runs_and_is_told_from_the_published(driver: Driver, address: str) -> None:
    open_article(driver, address)
    write(driver, "print(6 * 7)")
    press(driver, "run")
    until(driver, is_state("done"))
    assert "42" in driver.evaluate(f"return document.querySelector('{CELL} [data-output]').textContent")
    assert driver.evaluate(f"return document.querySelector('{CELL}').dataset.match ?? ''") != "same"


def test_stop_ends_an_endless_loop_and_the_next_run_works(driver: Driver, address: str) -> None:
    open_article(driver, address)
    write(driver, "while True: pass")
    press(driver, "run")
    until(driver, is_state("running"))
    driver.evaluate(STOPWATCH)
    press(driver, "stop")
    until(driver, is_state("stopped"))
    assert driver.evaluate("return window.stopped - window.pressed") < 1000
    press(driver, "reset")
    press(driver, "run")
    until(driver, is_state("done"))


def test_a_later_visit_starts_from_the_snapshot_or_silently_without(driver: Driver, address: str) -> None:
    open_article(driver, address)
    until(driver, "navigator.serviceWorker.controller")
    open_article(driver, address)
    assert driver.evaluate("return crossOriginIsolated"), "the service worker brought this page"
    press(driver, "run")
    until(driver, is_state("done"))
    assert driver.evaluate(f"return document.querySelector('{CELL}').dataset.match") == "same"
    status = driver.evaluate(f"return document.querySelector('{CELL} .kp-cell__status').textContent")
    assert "error" not in status and "fail" not in status


def test_practice_is_saved_and_read_back(driver: Driver, address: str) -> None:
    exercise = '[data-exercise][data-kind="number"]'
    open_article(driver, address)
    driver.evaluate(f"document.querySelector('{exercise}').scrollIntoView({{block: 'center'}})")
    until(driver, f"'hydrated' in document.querySelector('{exercise}').dataset")
    driver.click(f"{exercise} [data-answer]")
    driver.write(driver.evaluate(f"return document.querySelector('{exercise}').dataset.value"))
    driver.click(f'{exercise} [data-action="check"]')
    until(driver, f"document.querySelector('{exercise}').dataset.verdict === 'right'")
    until(driver, f"document.querySelector('{exercise}').dataset.kept === 'true'")
    open_article(driver, address, "en/practice/")
    until(driver, "document.querySelector('[data-practice=\"rating\"] svg')")
    assert "1200 ±" not in driver.evaluate(
        "return document.querySelector('[data-practice=\"rating\"] svg').getAttribute('aria-label')"
    )
