"""What a page costs its reader: bytes before anyone runs anything, tasks that block the screen, a layout that moves."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kamipen.bench.cost import SPARING, TRANSFERRED, WATCH
from tests.browser.long_tasks import ATTEMPTS, long_now

KB = 1000
SCRIPT = 15 * KB
STYLE = 8 * KB

ARTICLE = "maths/gradient-descent-physics/"
CURVE = "gallery/"  # with a curve to draw
PAGES = [f"{language}/{page}" for language in ("ja", "en") for page in ("", ARTICLE, "practice/", "docket/")]
OWN_STYLE = ("practice/", "docket/")  # these bring a style sheet of their own
READY = "() => window.kamipen?.ready.then(() => true)"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """What the service worker fetches is a cost, too."""
    return {**browser_context_args, "service_workers": "allow"}


@contextmanager
def opened(browser: Browser, base_url: str, path: str, width: int, script: str = WATCH) -> Generator[Page]:
    """A page under watch, a moment after it has loaded."""
    context = browser.new_context(base_url=base_url, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(script)
    page.goto(path)
    page.wait_for_function(READY)
    page.wait_for_timeout(1_500)
    yield page
    context.close()


@pytest.mark.parametrize("path", [path for path in PAGES if not path.endswith(OWN_STYLE)])
def test_bytes_before_anyone_runs_anything(page: Page, path: str) -> None:
    page.add_init_script(SPARING)
    page.goto(path)
    page.wait_for_function(READY)
    page.wait_for_timeout(2_000)  # the service worker's turn has come
    sizes: dict[str, int] = dict(page.evaluate(TRANSFERRED))
    assert "main.js" in sizes
    assert "style.css" in sizes
    for kind, limit in ((".js", SCRIPT), (".css", STYLE)):
        of_kind = {name: size for name, size in sizes.items() if name.endswith(kind)}
        assert sum(of_kind.values()) <= limit, of_kind


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [f"en/{ARTICLE}", f"ja/{ARTICLE}"])
def test_layout_stays_while_a_cell_runs(browser: Browser, base_url: str, path: str, width: int) -> None:
    sparing = SPARING + WATCH  # the first click starts Python: its progress is shown, then the result
    with opened(browser, base_url, path, width, sparing) as page:
        page.evaluate("moved.length = 0")
        run(page)
        page.wait_for_timeout(500)
        assert page.evaluate("moved") == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [f"{language}/{article}" for language in ("ja", "en") for article in (ARTICLE, CURVE)])
def test_layout_stays_while_one_scrolls(browser: Browser, base_url: str, path: str, width: int) -> None:
    """Guesses and exercises are woken when one nears them, and the contents mark where one is."""
    with opened(browser, base_url, path, width) as page:
        page.evaluate("moved.length = 0")
        for top in range(0, page.evaluate("document.body.scrollHeight"), 600):
            page.evaluate("top => scrollTo(0, top)", top)
            page.wait_for_timeout(100)
        page.wait_for_timeout(500)
        expect(page.locator(":is(form[data-predict], [data-exercise]):not([data-hydrated])")).to_have_count(0)
        assert page.evaluate("moved") == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_layout_stays(browser: Browser, base_url: str, path: str, width: int) -> None:
    attempts: list[list[Any]] = []
    for _ in range(ATTEMPTS):
        with opened(browser, base_url, path, width) as page:
            attempts.append(page.evaluate("moved"))
        if not attempts[-1]:
            return
    pytest.fail(f"The layout moved, in each of {ATTEMPTS} attempts: {attempts}")


def load(page: Page) -> None:
    page.wait_for_timeout(1_500)


def run(page: Page) -> None:
    page.locator("[data-cell] [data-action=run]").first.click()
    page.locator("[data-cell][data-state=done]").first.wait_for(timeout=60_000)


def slide(page: Page) -> None:
    slider = page.locator(".kp-control input").first
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    page.wait_for_timeout(500)


def edit(page: Page) -> None:
    page.locator("[data-cell] pre code").first.click()
    editor = page.locator("[data-cell] .cm-content").first
    editor.wait_for()
    editor.press("End")
    page.wait_for_timeout(500)


@pytest.mark.parametrize("act", [load, run, slide, edit])
def test_no_task_of_ours_is_long(browser: Browser, base_url: str, act: Callable[[Page], None]) -> None:
    attempts: list[list[Any]] = []
    long = long_now()
    for _ in range(ATTEMPTS):
        context = browser.new_context(base_url=base_url)
        page = context.new_page()
        page.add_init_script(WATCH)
        page.goto(f"en/{ARTICLE}")
        page.wait_for_function(READY)
        if act is not load:
            page.wait_for_timeout(500)
            page.evaluate("blocked.length = 0")
        act(page)
        attempts.append([task for task in page.evaluate("blocked") if task[0] > long])
        context.close()
        if not attempts[-1]:
            return
    pytest.fail(f"Long tasks of ours, in each of {ATTEMPTS} attempts: {attempts}")
