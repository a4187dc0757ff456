"""From the click to the first result, in real Chromium: cold, on later visits, after Stop, on the next article."""

import os
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kamipen import browser
from kamipen.bench.slower import line, processor
from kamipen.hosting import serving

SECONDS = 240
PROFILES: dict[str, tuple[float | None, float]] = {
    "unthrottled": (None, 1),
    "10 Mbit/s": (10, 1),
    "4× CPU": (None, 4),
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
KEPT = "caches.keys().then(async (names) => (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).some(({url}) => url.includes('pyodide.asm.wasm'))))).some(Boolean))"
WATCH = """() => {
  window.longest = 0; window.shift = 0
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.longest = Math.max(window.longest, e.duration)))).observe({ type: "longtask", buffered: true })
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.shift += e.value))).observe({ type: "layout-shift", buffered: true })
}"""
MEMORY = "performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)"


@dataclass(frozen=True)
class Subject:
    """A page, how to start it, and how to see that it has finished."""

    page: str
    button: str
    done: str

    def run(self, page: Page) -> float:
        """Return the milliseconds from the click to the result."""
        page.wait_for_function(f"() => {self.button} && (!window.kamipen || window.kamipen.ready.then(() => true))")
        return page.evaluate(CLICK, [self.button, self.done])


def subjects(snippet: str) -> dict[str, Subject]:
    """Return what is compared for this snippet."""
    return {
        "bare": Subject(f"bare-{snippet}.html", "document.querySelector('button')", BARE_DONE),
        "editor": Subject(f"editor-{snippet}.html", EDITOR_BUTTON, EDITOR_DONE),
        "ours": Subject(f"unseen-{snippet}.html", OURS_BUTTON, OURS_DONE),
    }


def measure(site: Path, rounds: int) -> dict[str, Any]:
    """Return the medians of all measurements, in milliseconds, bytes or as counts."""
    results: dict[str, Any] = {"rounds": rounds, "cores": os.cpu_count()}
    with sync_playwright() as playwright, serving(site) as server:
        launched = playwright.chromium.launch(
            executable_path=browser.ensure(), args=["--no-sandbox", "--enable-blink-features=ForceEagerMeasureMemory"]
        )
        results["browser"] = f"Chromium {launched.version}"
        for profile, (megabits, slowdown) in PROFILES.items():
            times: dict[str, list[float]] = {}
            with line(server.server_address[1], megabits) as port, processor(os.getpid(), slowdown):
                address = f"http://127.0.0.1:{port}{server.prefix}bench/"
                for _ in range(rounds if profile == "unthrottled" else max(1, rounds // 2)):
                    for snippet in ("numpy", "figure"):
                        _round(launched, address, snippet, times)
                    print(f"  {profile}: {_shown(times)}", flush=True)
            results[profile] = {name: round(statistics.median(values)) for name, values in times.items()}
        results["page"] = _page_cost(launched, server.address)
        server.headers = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
        results["memory"] = _memory(launched, f"{server.address}bench/", rounds)
        launched.close()
    return results


def _round(launched: Browser, address: str, snippet: str, times: dict[str, list[float]]) -> None:
    """Measure each subject once, one right after the other, so that all meet the same machine."""
    for name, subject in subjects(snippet).items():
        context = launched.new_context()
        context.set_default_timeout(1000 * SECONDS)
        page = _open(context, address + subject.page)
        _note(times, f"{snippet} {name} cold", subject.run(page))
        if name == "ours":
            if snippet == "numpy":
                _same_visit(page, subject, times)
            page.wait_for_function(KEPT)
        page.close()
        page = _open(context, address + subject.page)
        _note(times, f"{snippet} {name} warm", subject.run(page))
        context.close()
    _with_intent(launched, address, snippet, times)


def _same_visit(page: Page, subject: Subject, times: dict[str, list[float]]) -> None:
    """What follows the first run: a fresh namespace, as on the next article, and a start after Stop."""
    engine = page.evaluate(
        "performance.getEntriesByType('resource').map(({name}) => name).find((name) => /engine-/.test(name))"
    )
    go = """async ([url, prepare]) => {
      const engine = (await import(url)).engine()
      const request = (code) => ({ namespace: "next", cell: "next", code, packages: ["numpy", "kamipen-kit"] })
      const run = (code) => engine.run(request(code), () => {}, async () => "")
      if (prepare) { const endless = run("while True: pass"); await new Promise((done) => setTimeout(done, 500)); engine.stop(); await endless }
      const begin = performance.now()
      const { status } = await run("import numpy as np\\nprint(np.linalg.svd(np.ones((3, 3)))[1])")
      if (status !== "done") throw new Error(status)
      return performance.now() - begin
    }"""
    _note(times, "numpy ours next article", page.evaluate(go, [engine, False]))
    _note(times, "numpy ours after stop", page.evaluate(go, [engine, True]))


def _with_intent(launched: Browser, address: str, snippet: str, times: dict[str, list[float]]) -> None:
    """A reader's pointer is over the button for half a second before the click."""
    context = launched.new_context()
    page = _open(context, f"{address}ours-{snippet}.html")
    page.wait_for_function("() => window.kamipen && window.kamipen.ready.then(() => true)")
    page.hover("[data-action=run]")
    page.wait_for_timeout(500)
    _note(times, f"{snippet} ours with intent", Subject("", OURS_BUTTON, OURS_DONE).run(page))
    context.close()


def _page_cost(launched: Browser, address: str) -> dict[str, float]:
    """What our part of a page costs before anyone runs anything, and while Python starts."""
    context = launched.new_context()
    page = _open(context, f"{address}bench/unseen-numpy.html")
    page.wait_for_function("() => window.kamipen.ready.then(() => true)")
    transferred = page.evaluate(
        "performance.getEntriesByType('resource').filter(({name}) => name.includes('/kamipen/kamipen/')).map(({name, encodedBodySize}) => [name, encodedBodySize])"
    )
    page.evaluate(WATCH)
    Subject("", OURS_BUTTON, OURS_DONE).run(page)
    page.wait_for_timeout(500)
    longest, shift = page.evaluate("[window.longest, window.shift]")
    context.close()
    sizes = {kind: sum(size for name, size in transferred if kind in name) for kind in (".js", ".css")}
    return {"script": sizes[".js"], "style": sizes[".css"], "longest task": round(longest), "shift": round(shift, 4)}


def _memory(launched: Browser, address: str, rounds: int) -> dict[str, int]:
    """The tab's memory after a run, as the browser accounts for it."""
    used: dict[str, list[float]] = {}
    for _ in range(max(1, rounds // 2)):
        for name, subject in subjects("numpy").items():
            if name == "editor":
                continue
            context = launched.new_context()
            page = _open(context, address + subject.page)
            subject.run(page)
            page.wait_for_timeout(3000)
            _note(used, name, page.evaluate(MEMORY))
            context.close()
    return {name: round(statistics.median(values)) for name, values in used.items()}


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def _note(times: dict[str, list[float]], name: str, value: float) -> None:
    times.setdefault(name, []).append(value)


def _shown(times: dict[str, list[float]]) -> str:
    median: Callable[[list[float]], float] = statistics.median
    return ", ".join(f"{name} {median(values):.0f}" for name, values in times.items())
