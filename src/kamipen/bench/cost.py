"""What a page costs before anyone runs anything, and the memory that a tab holds after a run."""

import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser

from kamipen.bench.startup import launched, open_page, subjects
from kamipen.bench.throttle import browsers

ISOLATED = {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
# Someone who pays by the byte: nothing is fetched for them before they ask.
SPARING = "Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } })"
# What blocked the screen in a long frame, as far as it was ours: our scripts' time, with the layout that they forced.
WATCH = """
window.moved = []
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  const who = entry.sources.map(({ node }) => node?.className || node?.nodeName)
  if (!entry.hadRecentInput) moved.push([entry.value, ...who])
})).observe({ type: "layout-shift", buffered: true })
window.blocked = []
const isOurs = ({ sourceURL }) => sourceURL.includes("/kamipen/kamipen/")
new PerformanceObserver((list) => list.getEntries().forEach((frame) => {
  for (const script of frame.scripts) {
    if (isOurs(script)) blocked.push([script.duration, `${script.invoker} ${script.sourceURL.split("/").at(-1)}`])
  }
})).observe({ type: "long-animation-frame", buffered: true })
"""
# The page's own: the theme starts its search in a worker, ours as it did its own.
TRANSFERRED = """performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("/kamipen/kamipen/") && !name.includes("/kamipen/search.js"))
  .map(({ name, encodedBodySize }) => [name.split("/").at(-1).split("?")[0], encodedBodySize])"""
MEMORY = "performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)"
ARTICLE = "en/maths/gradient-descent-physics/"
SETTLED = 3000


def page(site: Path) -> dict[str, float]:
    """Return the compressed bytes of our script and style in an article, and its longest task and shift until Python has run."""
    with launched(site) as (chromium, server):
        context = chromium.new_context()
        context.set_default_timeout(60_000)
        context.add_init_script(SPARING + WATCH)
        opened = open_page(context, server.address + ARTICLE)
        opened.wait_for_function("() => window.kamipen.ready.then(() => true)")
        opened.wait_for_timeout(SETTLED)
        transferred = opened.evaluate(TRANSFERRED)
        opened.locator("[data-cell] [data-action=run]").first.click()
        opened.wait_for_function("() => document.querySelector('[data-cell]').dataset.state === 'done'")
        longest = max((task[0] for task in opened.evaluate("blocked")), default=0)
        shift = sum(move[0] for move in opened.evaluate("moved"))
        context.close()
    script, style = (sum(size for name, size in transferred if kind in name) for kind in (".js", ".css"))
    return {"script": script, "style": style, "longest task": round(longest), "shift": round(shift, 4)}


def memory(site: Path, rounds: int) -> dict[str, dict[str, int]]:
    """Return the bytes of a tab after a NumPy run: as its page accounts for them, and all that its process has for itself."""
    used: dict[str, dict[str, list[int]]] = {"page": {}, "process": {}}
    for _ in range(rounds):
        for name in ("bare", "ours"):
            with launched(site) as (chromium, server):
                server.headers = ISOLATED  # the browser tells only isolated pages
                of_page, of_process = _held(chromium, f"{server.address}bench/", site, name)
            used["page"].setdefault(name, []).append(of_page)
            if of_process:
                used["process"].setdefault(name, []).append(of_process)
    return {
        kind: {name: round(statistics.median(held)) for name, held in by.items()} for kind, by in used.items() if by
    }


def _held(chromium: Browser, address: str, site: Path, name: str) -> tuple[int, int]:
    subject = subjects(site, "numpy")[name]
    context = chromium.new_context()
    opened = open_page(context, address + subject.page)
    subject.run(opened)
    opened.wait_for_timeout(SETTLED)
    of_page: int = opened.evaluate(MEMORY)
    of_process = max(map(_private, browsers(os.getpid())), default=0)
    context.close()
    return of_page, of_process


def _private(process: int) -> int:
    """Return the bytes that this process shares with no other."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return 1024 * (sizes["Private_Dirty"] + sizes["Private_Clean"])
