"""From the click to the first result, in real Chromium: cold, on later visits, after Stop, on the next article."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kamipen.bench.throttle import line, processor
from kamipen.browser.chromium import ensure
from kamipen.browser.pages_server import PagesServer, serving

SECONDS = 240
PROFILES: dict[str, tuple[float | None, float]] = {
    "unthrottled": (None, 1),
    "10 Mbit/s": (10, 1),
    "4x CPU": (None, 4),
}
"""Mbit/s of the line, and how many times slower the processor."""

CLICK = """([button, done]) => new Promise((resolve) => {
  const begin = performance.now()
  const look = () => eval(done) ? resolve(performance.now() - begin) : setTimeout(look, 5)
  eval(button).click()
  look()
})"""
OURS_BUTTON = "document.querySelector('[data-action=run]')"
OURS_DONE = "document.querySelector('[data-cell]').dataset.state === 'done'"
BARE_DONE = "document.querySelector('pre').textContent !== ''"
EDITOR_BUTTON = "document.querySelector('.py-editor-run-button')"
EDITOR_DONE = "(document.querySelector('.py-editor-output')?.textContent ?? '').trim() !== ''"
KEPT = """async (parts) => {
  const names = await caches.keys()
  const kept = (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)))).flat()
  const [before, now] = [window.keptBefore, kept.length]
  window.keptBefore = now
  return before === now && parts.every((part) => kept.some((url) => url.includes(part)))
}"""
# What a visit leaves behind for the next one, after which the browser rests.
_CORE = ["pyodide.asm.wasm", "python_stdlib-", ".libraries.bin", ".memory.bin", "/numpy-", "/kamipen_kit-"]
LEAVES = {
    "numpy": _CORE,
    "figure": [
        *_CORE,
        "/matplotlib-",
        "/pillow-",
        "/contourpy-",
        "/kiwisolver-",
        "/pyparsing-",
        "/packaging-",
        "/six-",
    ],
}
READING = 1000  # ms that a page has been open before somebody runs something
HESITATION = 500  # ms from the pointer's arrival to the click
AGAIN = """async ([url, prepare]) => {
  const engine = (await import(url)).engine()
  const request = (code) => ({ namespace: "next", cell: "next", code, packages: ["numpy", "kamipen-kit"] })
  const run = (code) => engine.run(request(code), () => {}, async () => "")
  if (prepare) {
    const endless = run("while True: pass")
    await new Promise((done) => setTimeout(done, 500))
    engine.stop()
    await endless
  }
  const begin = performance.now()
  const { status } = await run("import numpy as np\\nprint(np.linalg.svd(np.ones((3, 3)))[1])")
  if (status !== "done") throw new Error(status)
  return performance.now() - begin
}"""


class NotKeptError(Exception):
    """A visit left less behind than a later one needs; the message names it."""


@dataclass(frozen=True)
class Subject:
    """A page, how to start it, and how to see that it has finished."""

    page: str
    button: str
    done: str

    def run(self, page: Page, hesitation: int = 0) -> float:
        """Return the milliseconds from the click to the result; before it, the pointer may have been over the button."""
        page.wait_for_function(f"() => {self.button} && (!window.kamipen || window.kamipen.ready.then(() => true))")
        page.wait_for_timeout(READING)
        if hesitation:
            page.hover("[data-action=run]")
            page.wait_for_timeout(hesitation)
        return page.evaluate(CLICK, [self.button, self.done])


def subjects(site: Path, snippet: str) -> dict[str, Subject]:
    """Return what is compared for this snippet."""
    known = {
        "bare": Subject(f"bare-{snippet}.html", "document.querySelector('button')", BARE_DONE),
        "editor": Subject(f"editor-{snippet}.html", EDITOR_BUTTON, EDITOR_DONE),
        "ours": Subject(f"unseen-{snippet}.html", OURS_BUTTON, OURS_DONE),
    }
    return {name: subject for name, subject in known.items() if (site / "bench" / subject.page).exists()}


def version() -> str:
    """Return the browser's name and major version."""
    said = subprocess.run([ensure(), "--version"], capture_output=True, text=True, check=True).stdout.split()
    number = next((word for word in said if word[0].isdigit()), "")
    return f"{said[0]} {number.split('.')[0]}"


@contextmanager
def launched(site: Path) -> Generator[tuple[Browser, PagesServer]]:
    """Open a browser beside the served site."""
    flags = ["--no-sandbox", "--enable-blink-features=ForceEagerMeasureMemory"]
    with sync_playwright() as playwright, serving(site) as server:
        chromium = playwright.chromium.launch(executable_path=ensure(), args=flags)
        yield chromium, server
        chromium.close()


def measure(site: Path, profile: str, rounds: int) -> dict[str, dict[str, float]]:
    """Return the profile's medians, in milliseconds; where something is held back, a third of the rounds is enough."""
    megabits, slowdown = PROFILES[profile]
    is_whole = profile == "unthrottled"
    rounds = rounds if is_whole else max(1, rounds // 3)
    times: dict[str, list[float]] = {}
    with (
        launched(site) as (chromium, server),
        line(server.server_address[1], megabits) as port,
        processor(os.getpid(), slowdown),
    ):
        address = f"http://127.0.0.1:{port}{server.prefix}bench/"
        for _ in range(rounds):
            for snippet in ("numpy", "figure"):
                _round(chromium, site, address, snippet, times, whole=is_whole)
            print(f"  {profile}: {_shown(times)}", flush=True)
    medians = {name: round(statistics.median(values)) for name, values in times.items()}
    return {profile: {"rounds": rounds, **medians}}


def _round(
    chromium: Browser, site: Path, address: str, snippet: str, times: dict[str, list[float]], *, whole: bool
) -> None:
    """Measure each subject once, one right after the other, so that all meet the same machine."""
    for name, subject in subjects(site, snippet).items():
        if name == "editor" and not whole:
            continue
        context = chromium.new_context()
        context.set_default_timeout(1000 * SECONDS)
        page = open_page(context, address + subject.page)
        _note(times, f"{snippet} {name} cold", subject.run(page))
        if name == "ours":
            if whole and snippet == "numpy":
                _same_visit(page, times)
            _rest(page, snippet)
        page.close()
        page = open_page(context, address + subject.page)
        _note(times, f"{snippet} {name} warm", subject.run(page))
        context.close()
    if whole:
        _with_intent(chromium, address, snippet, times)


def _same_visit(page: Page, times: dict[str, list[float]]) -> None:
    """What follows the first run: a fresh namespace, as on the next article, and a start after Stop."""
    loaded = "performance.getEntriesByType('resource').map(({name}) => name).find((name) => /engine-/.test(name))"
    engine = page.evaluate(loaded)
    _note(times, "numpy ours next article", page.evaluate(AGAIN, [engine, False]))
    _note(times, "numpy ours after stop", page.evaluate(AGAIN, [engine, True]))


def _rest(page: Page, snippet: str) -> None:
    """Wait until the visit has kept what it leaves; `wait_for_function` takes any promise for an answer."""
    until = time.monotonic() + SECONDS
    while not page.evaluate(KEPT, LEAVES[snippet]):
        if time.monotonic() > until:
            raise NotKeptError(
                f"A first visit has not kept all of this within {SECONDS} s: {', '.join(LEAVES[snippet])}"
            )
        page.wait_for_timeout(READING)


def _with_intent(chromium: Browser, address: str, snippet: str, times: dict[str, list[float]]) -> None:
    """What the reader's pointer over the button sets off already."""
    context = chromium.new_context()
    context.set_default_timeout(1000 * SECONDS)
    page = open_page(context, f"{address}ours-{snippet}.html")
    _note(times, f"{snippet} ours with intent", Subject("", OURS_BUTTON, OURS_DONE).run(page, HESITATION))
    context.close()


def open_page(context: BrowserContext, address: str) -> Page:
    """Open a page of the site."""
    page = context.new_page()
    page.goto(address)
    return page


def _note(times: dict[str, list[float]], name: str, value: float) -> None:
    times.setdefault(name, []).append(value)


def _shown(times: dict[str, list[float]]) -> str:
    median: Callable[[list[float]], float] = statistics.median
    return ", ".join(f"{name} {median(values):.0f}" for name, values in times.items())
