"""The article on scikit-learn: its weight is told before it is fetched, others never fetch it, and Stop ends it."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kamipen.article import articles
from kamipen.article.scripts import Scripts
from kamipen.project import LANGUAGES, ROOT, SNIPPETS
from kamipen.runtime import served

HEAVY = "practicalities/trees-or-nets/"
ALSO = "learning/feature-engineering/"
WHEEL = re.compile(r"/(?:scikit_learn|scipy|joblib|threadpoolctl)-[^/]*\.whl$")
RUNTIME = re.compile(r"/runtime/[\d.]+/")
MINUTE = 60_000


def asked(page: Page, pattern: re.Pattern[str]) -> list[str]:
    """Return the addresses that will have been requested from now on, as a list that grows."""
    found: list[str] = []
    page.context.on("request", lambda request: pattern.search(request.url) and found.append(request.url))
    return found


def state(page: Page, cell: str, wanted: str, timeout: float = 2 * MINUTE) -> None:
    page.locator(f'[data-cell="trees_or_nets#{cell}"][data-state="{wanted}"]').wait_for(timeout=timeout)


def press(page: Page, cell: str, action: str) -> None:
    page.locator(f'[data-cell="trees_or_nets#{cell}"] .kp-cell__bar [data-action="{action}"]').click()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weight_is_told_before_it_is_fetched(page: Page, site: Path, language: str) -> None:
    anything, wheels = asked(page, RUNTIME), asked(page, WHEEL)
    page.goto(f"{language}/{HEAVY}")
    page.evaluate("window.kamipen.ready")
    told = page.locator(".kp-weight")
    expect(told).to_be_in_viewport()
    assert not anything, "a reader who does nothing fetches nothing"

    press(page, "one-tree", "run")
    state(page, "one-tree", "done")
    folder = site / "runtime" / served.VERSION
    names = {url.rpartition("/")[2] for url in wheels}
    assert len(names) == 4, names
    size = sum((folder / name).stat().st_size for name in names)
    expect(told).to_contain_text(re.compile(rf"scikit-learn\D* {size / 1e6:.0f} MB"))


def test_no_other_article_speaks_of_it_or_asks_for_it(site: Path) -> None:
    urls = [article.url for article in articles.discover(Path(ROOT) / "docs")]
    speaking = [url for url in urls if "kp-weight" in (site / url / "index.html").read_text("utf-8")]
    asking = [url for url in urls if "scikit-learn" in packages((site / url / "index.html").read_text("utf-8"))]
    heavy = [f"{language}/{path}" for language in LANGUAGES for path in (HEAVY, ALSO)]
    assert sorted(speaking) == sorted(asking) == sorted(heavy)


def packages(html: str) -> str:
    return " ".join(re.findall(r'data-packages="([^"]*)"', html))


def test_an_article_that_draws_leaves_it_where_it_is(page: Page) -> None:
    wheels = asked(page, WHEEL)
    page.goto("en/generalisation/double-descent/")
    page.evaluate("window.kamipen.ready")
    page.locator('[data-cell] [data-action="run"]').first.click()
    page.locator('[data-cell][data-state="done"]').first.wait_for(timeout=2 * MINUTE)
    assert not wheels


def test_stop_ends_scikit_learn_within_a_second_and_the_next_run_replays(page: Page) -> None:
    page.goto(f"en/{HEAVY}")
    page.evaluate("window.kamipen.ready")
    code = Scripts(SNIPPETS)["trees_or_nets"]["bend"].source
    page.locator('[data-cell="trees_or_nets#bend"] pre.highlight').click()
    page.locator('[data-cell="trees_or_nets#bend"] .cm-content').focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code.replace("RandomForestClassifier(60,", "RandomForestClassifier(6000,"))
    press(page, "bend", "run")
    state(page, "bend", "running")
    page.wait_for_timeout(2_000)
    stop = page.locator('[data-cell="trees_or_nets#bend"] [data-action="stop"]')
    stop.wait_for()
    start = time.monotonic()
    stop.click()
    state(page, "bend", "stopped", timeout=5_000)
    assert time.monotonic() - start < 1

    press(page, "bend", "reset")
    press(page, "bend", "run")
    state(page, "bend", "done")
    expect(page.locator('[data-cell="trees_or_nets#bend"]')).to_have_attribute("data-match", "same", timeout=MINUTE)
