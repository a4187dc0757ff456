"""Instant navigation between articles: one worker stays warm, nothing is left behind, what ran is stopped."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re

import pytest
from playwright.sync_api import CDPSession, Page, Route, Worker, expect

FIRST = "maths/delve-and-bayes"
SECOND = "maths/gradient-descent-physics"
GROWTH = {"Nodes": 1.15, "JSEventListeners": 1.2, "JSHeapUsedSize": 1.3}
"""What the last twelve of twenty changes may add at most: the browser compiles more, and the theme forgets a little."""


@pytest.fixture
def page(page: Page, base_url: str) -> Page:
    """Let the sitemap name this server: the theme changes pages instantly only among the addresses in it."""

    def answer(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=re.sub(r"https?://[^<]*?/(?=ja/|en/)", base_url, text), content_type="application/xml")

    page.route("**/sitemap.xml", answer)
    return page


def visit(page: Page, article: str) -> None:
    """Follow a link to an article without loading a new page."""
    page.evaluate(
        """async article => {
            const before = window.kamipen.ready
            document.querySelector(`a.md-nav__link[href*="${article.split("/")[1]}"]`).click()
            while (window.kamipen.ready === before) await new Promise(resolve => setTimeout(resolve, 20))
            await window.kamipen.ready
        }""",
        article,
    )
    assert article in page.url
    expect(page.locator("[data-cell]").first).to_have_attribute("data-state", "idle")


def touch(page: Page) -> None:
    """Let the first cell load its editor, and write there: a click may meet a fold."""
    page.locator("[data-cell] pre.highlight").first.click()
    page.locator(".cm-content").first.focus()


def run(page: Page) -> None:
    """Run the first cell."""
    page.locator('[data-cell] [data-action="run"]').first.click()
    expect(page.locator("[data-cell]").first).to_have_attribute("data-state", "done", timeout=120_000)


def interpreters(page: Page) -> list[Worker]:
    """Return our workers, which are made from blobs; the search has one of its own."""
    return [worker for worker in page.workers if worker.url.startswith("blob:")]


def interpreter(page: Page) -> Worker:
    """Return our only worker. One that was stopped in the middle of a loop is named until the browser has ended it."""
    for _ in range(100):
        if len(interpreters(page)) == 1:
            break
        page.wait_for_timeout(100)
    workers = interpreters(page)
    assert len(workers) == 1, workers
    return workers[0]


def measure(session: CDPSession) -> dict[str, float]:
    """Return what the page holds after a collection of garbage."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return {name: metrics[name] for name in GROWTH}


def test_twenty_articles_later_nothing_has_grown(page: Page) -> None:
    page.goto(f"ja/{FIRST}/")
    page.evaluate("window.kamipen.ready")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.sameDocument = true")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    sizes: list[dict[str, float]] = []
    workers: list[int] = []
    for change in range(1, 21):
        visit(page, SECOND if change % 2 else FIRST)
        touch(page)
        run(page)
        workers.append(len(interpreters(page)))
        if change % 4 == 0:
            sizes.append(measure(session))
    assert page.evaluate("window.sameDocument"), "the articles were not changed by instant navigation"
    assert set(workers[1:]) == {1}, workers  # after the first change: the second article may need other packages
    for name, factor in GROWTH.items():
        assert sizes[-1][name] < factor * sizes[1][name], (name, [round(size[name]) for size in sizes])


def test_leaving_stops_what_runs_and_keeps_python_warm(page: Page) -> None:
    page.goto(f"ja/{FIRST}/")
    page.evaluate("window.kamipen.ready")
    page.wait_for_load_state("networkidle")
    touch(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("print('begun')\nwhile True:\n    pass\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-output]").first).to_contain_text("begun", timeout=120_000)
    visit(page, SECOND)
    touch(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("print('free')\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-output]").first).to_have_text("free\n", timeout=120_000)
    warm = interpreter(page)
    visit(page, FIRST)
    page.locator('[data-controls] [data-action="reset-all"]').click()
    touch(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("print('curvature' in globals())\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-output]").first).to_have_text("False\n", timeout=120_000)
    assert interpreter(page) == warm, "the interpreter is not started again"
