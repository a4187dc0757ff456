"""A reader's code tries to leave its interpreter by every route: nothing of the site changes, nothing goes out."""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from kamipen.browser.pages_server import PagesServer
from tests.attacks import ATTACKS, POISON, RICH, source
from tests.browser.engine.interpreter import Interpreter, open_interpreter
from tests.watched import Foreign, foreign, noting

LIMIT_MS = 30_000
ATTEMPT = """([code, limit]) => Promise.race([
  go({ namespace: "attack", cell: "cell", code, packages: ["numpy"] }, ""),
  new Promise((done) => setTimeout(() => done({ status: "never ended", items: [] }), limit)),
])"""
LISTEN = """() => {
  window.heard = []
  for (const name of ["attacked", "kamipen"]) new BroadcastChannel(name).onmessage = ({ data }) => heard.push(data)
}"""
KEPT = """async () => {
  const digest = async (response) => {
    const hash = await crypto.subtle.digest("SHA-256", await response.arrayBuffer())
    return new Uint8Array(hash).join()
  }
  const cached = {}
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const { url } of await cache.keys()) cached[`${name} ${url}`] = await digest(await cache.match(url))
  }
  const files = []
  for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
  const databases = (await indexedDB.databases()).map(({ name }) => name).sort()
  const workers = (await navigator.serviceWorker.getRegistrations()).map(({ active }) => active?.scriptURL)
  const { heard, attacked = null } = window
  const local = { ...localStorage }
  return { cached, rest: { files, databases, workers, heard, attacked, cookie: document.cookie, local } }
}"""
SETTLED = """async () => {
  await navigator.serviceWorker.ready
  for (let before = -1, now = 0; now !== before; ) {
    before = now
    await new Promise((done) => setTimeout(done, 1500))
    now = 0
    for (const name of await caches.keys()) now += (await (await caches.open(name)).keys()).length
  }
}"""


@pytest.fixture(scope="module")
def elsewhere() -> Generator[Foreign]:
    with foreign() as server:
        yield server


@pytest.fixture
def python(page: Page, base_url: str, site: Path, guard: Any) -> Interpreter:
    """Return a warm interpreter on a page in the service worker's care."""
    guard.allow("Content Security Policy|EvalError|uncaught: PythonError")
    page.set_default_timeout(120_000)
    python = open_interpreter(page, base_url, site)
    python.text("1")
    page.evaluate(LISTEN)
    page.evaluate(SETTLED)
    return python


def attempt(python: Interpreter, code: str) -> dict[str, Any]:
    result = python.page.evaluate(ATTEMPT, [code, LIMIT_MS])
    if result["status"] == "never ended":
        python.page.evaluate("engine.stop()")
    return result


def printed(result: dict[str, Any]) -> str:
    return "".join(item.get("text", "") for item in result["items"])


def test_no_attack_gets_anywhere(python: Interpreter, elsewhere: Foreign, base_url: str) -> None:
    before = python.page.evaluate(KEPT)
    elsewhere.asked.clear()
    through = []
    for name, attack in ATTACKS.items():
        result = attempt(python, source(attack, elsewhere.address, base_url))
        if "REACHED" in printed(result) or elsewhere.asked or result["status"] == "never ended":
            through.append((name, printed(result), [*elsewhere.asked]))
        elsewhere.asked.clear()
    assert not through
    after = python.page.evaluate(KEPT)
    assert after["rest"] == before["rest"]
    changed = [name for name, digest in before["cached"].items() if after["cached"].get(name) != digest]
    assert (changed, [name for name in after["cached"] if "attacked" in name]) == ([], [])


def test_forged_means_lead_the_loader_to_nothing_but_the_runtime(
    python: Interpreter, elsewhere: Foreign, base_url: str, server: PagesServer
) -> None:
    with noting(server) as asked:
        attempt(python, source(POISON, elsewhere.address, base_url))
        attempt(python, "import sklearn")
        attempt(python, "import scipy.stats")
    assert [line for line in asked if "/runtime/" not in line] == []
    assert not elsewhere.asked


def test_what_a_cell_shows_asks_for_nothing_and_runs_nothing(
    page: Page, context: BrowserContext, elsewhere: Foreign, base_url: str, guard: Any
) -> None:
    guard.allow("Content Security Policy")
    elsewhere.asked.clear()
    page.goto("en/maths/start-here/")
    page.evaluate("window.kamipen.ready")
    run(page, source(RICH, elsewhere.address, base_url))
    expect(page.locator(f"{CELL} [data-output] .kp-rich")).to_be_visible()
    page.wait_for_timeout(1_000)
    assert (elsewhere.asked, page.evaluate("window.attacked ?? null"), len(context.pages)) == ([], None, 1)


CELL = '[data-cell="start_here#line"]'
SAID = {
    "en": "Code in a page can reach neither the network nor other scripts",
    "ja": "ページ内のコードからは、ネットワークにも、ほかのスクリプトにも",
}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(
    "code", ["import js\njs.fetch('/')", "import js\njs.caches.keys()", "import js\njs.Function.new('1')"]
)
def test_what_is_closed_says_so_in_the_pages_language(page: Page, guard: Any, language: str, code: str) -> None:
    guard.allow("Content Security Policy|EvalError|uncaught: PythonError")
    page.goto(f"{language}/maths/start-here/")
    page.evaluate("window.kamipen.ready")
    run(page, code, "error")
    expect(page.locator(f"{CELL} .kp-hint")).to_contain_text(SAID[language])


def run(page: Page, code: str, state: str = "done") -> None:
    """Write a cell anew and run it."""
    cell = page.locator(CELL)
    cell.locator("pre.highlight").click()
    cell.locator(".cm-content").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(code)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(cell).to_have_attribute("data-state", state, timeout=60_000)
