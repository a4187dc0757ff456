"""From a control's event to the changed page: what is recorded, the same run live, and the same with bare Pyodide."""

import json
import os
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from kamipen.article import dependencies
from kamipen.article.scripts import Scripts
from kamipen.bench.cost import SPARING
from kamipen.bench.startup import READING, SECONDS, launched, open_page
from kamipen.bench.subjects import SAVE
from kamipen.bench.throttle import line, processor
from kamipen.project import SITE, SNIPPETS

ARTICLE = "en/refreshers/softmax-and-cross-entropy/"
CELL = "softmax_and_cross_entropy#three-scores"  # a typical figure: bars on the left, a curve and a point on the right
PARAMETER, VALUES = "cat", [f"{0.25 * at:.2f}" for at in range(-4, 5)]
SLOWDOWNS = {"unthrottled": 1, "4x CPU": 4}
EVENTS = 40  # of each control
TOUCHES = 3
MEGABITS = 10

# How long each event of a cell's controls takes until the page is changed: all of it happens before the event ends.
# The published output is the same nodes each time, so an event that leads to it does not count, and a few more are made.
AT_ONCE = """([cell, count]) => {
  const root = document.querySelector(`[data-cell="${cell}"]`), output = root.querySelector("[data-output]")
  const times = []
  for (const control of root.querySelectorAll(".kp-control")) {
    const inputs = [...control.querySelectorAll("input")], [first] = inputs
    if (!first) continue // a handle moves sliders
    const values = Math.round((first.max - first.min) / first.step) + 1
    const move = {
      range: (at) => (first.valueAsNumber = Number(first.min) + (at % values) * first.step),
      radio: (at) => (inputs[at % inputs.length].checked = true),
      checkbox: (at) => (first.checked = at % 2 === 0),
    }[first.type]
    let left = count
    for (let at = 0; left > 0 && at < 3 * count; at++) {
      const before = output.firstChild
      move(at)
      const began = performance.now()
      first.dispatchEvent(new Event(first.type === "range" ? "input" : "change", { bubbles: true }))
      const took = performance.now() - began
      if (!("edited" in root.dataset)) continue
      times.push(output.firstChild === before ? Infinity : took)
      left--
    }
    if (left > 0) times.push(Infinity)
    root.querySelector(".kp-cell__bar [data-action=reset]").click()
  }
  return times
}"""
# The same until a run has ended.
RUN = """async ([cell, value]) => {
  const root = document.querySelector(`[data-cell="${cell}"]`), input = root.querySelector(".kp-control input")
  const ended = new Promise((resolve) => new MutationObserver(() => root.dataset.state === "done" && resolve())
    .observe(root, { attributeFilter: ["data-state"] }))
  const began = performance.now()
  input.value = value
  input.dispatchEvent(new Event("input", { bubbles: true }))
  await ended
  return performance.now() - began
}"""
# A reader's first touch, until the frame that shows its outcome: nothing of the controls is there yet.
FIRST = """async (cell) => {
  const root = document.querySelector(`[data-cell="${cell}"]`)
  const input = root.querySelector(".kp-control input"), output = root.querySelector("[data-output]")
  const changed = new Promise((resolve) => new MutationObserver(resolve).observe(output, { childList: true }))
  const began = performance.now()
  input.dispatchEvent(new Event("pointerover", { bubbles: true }))
  input.value = input.min
  input.dispatchEvent(new Event("input", { bubbles: true }))
  await changed
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame)
  return performance.now() - began
}"""
# Guesses before which nothing is moved.
SKIP = """() => {
  for (const skip of document.querySelectorAll("form[data-predict] [data-action=skip]")) skip.click()
  return !document.querySelector(".kp-veiled")
}"""
# A hand over all controls at once, until they are there: from then on an input says why it rests, or that it does not.
TOUCH = """() => {
  for (const controls of document.querySelectorAll("[data-states] .kp-cell__controls"))
    controls.dispatchEvent(new Event("pointerover"))
  return !document.querySelector("[data-states] .kp-control input:not([title])")
}"""
RECORDED = (
    """[...document.querySelectorAll("[data-states]:has(.kp-control input)")].map(({ dataset }) => dataset.cell)"""
)

BARE = """<!doctype html><meta charset="utf-8"><title>bare Pyodide</title><link rel="icon" href="data:,"><pre></pre>
<script type="module">
let worker
window.change = (value) => new Promise((resolve) => {
  const began = performance.now()
  worker ??= new Worker("bare-control.mjs", { type: "module" })
  worker.onmessage = ({ data }) => {
    document.querySelector("pre").innerHTML = data
    resolve(performance.now() - began)
  }
  worker.postMessage(value)
})</script>"""
WORKER = """import {{ loadPyodide }} from "./pyodide/pyodide.mjs"
let text = ""
const ready = loadPyodide({{ env: {{ MPLBACKEND: "svg" }} }}).then(async (python) => {{
  python.setStdout({{ batched: (line) => (text += line + "\\n") }})
  await python.loadPackage(["numpy", "matplotlib"], {{ messageCallback: () => {{}} }})
  python.runPython({above})
  return python
}})
self.onmessage = async ({{ data }}) => {{
  const python = await ready
  text = ""
  python.runPython({code}.replace("VALUE", data))
  self.postMessage(text)
}}
"""


class NotAtOnceError(Exception):
    """A control did not answer from what was recorded; the message names its cell."""


def measure(site: Path) -> dict[str, dict[str, float]]:
    """Return milliseconds: the 95th percentile of what is recorded, medians of runs, and of a first touch."""
    _prepare(site / "bench")
    measured: dict[str, dict[str, float]] = {}
    with launched(site) as (chromium, server):
        for name, slowdown in SLOWDOWNS.items():
            with processor(os.getpid(), slowdown):
                measured[name] = {
                    "recorded": _recorded(chromium, server.address),
                    "live": _live(chromium, server.address),
                    "bare": _bare(chromium, server.address)[1],
                }
            print(f"  {name}: {measured[name]}", flush=True)
        with line(server.server_address[1], MEGABITS) as port:
            address = f"http://127.0.0.1:{port}{server.prefix}"
            touches = [_first_touch(chromium, address) for _ in range(TOUCHES)]
            measured["10 Mbit/s"] = {"first": round(statistics.median(touches)), "bare": _bare(chromium, address, 1)[0]}
        print(f"  10 Mbit/s: {measured['10 Mbit/s']}", flush=True)
    return measured


def _recorded(chromium: Browser, address: str) -> float:
    """Return the 95th percentile over the events of all recorded controls of the site."""
    times: dict[str, list[float]] = {}
    for path in sorted(SITE.glob("en/**/index.html")):
        if "data-states=" not in path.read_text("utf-8"):
            continue
        page = _opened(chromium, f"{address}{path.parent.relative_to(SITE)}/", SPARING)
        page.wait_for_function(SKIP)
        page.wait_for_function(TOUCH)
        for cell in page.evaluate(RECORDED):
            times[cell] = page.evaluate(AT_ONCE, [cell, EVENTS])
            if max(times[cell]) == float("inf") or any("/worker-" in worker.url for worker in page.workers):
                raise NotAtOnceError(cell)
        page.context.close()
    slowest = max(times, key=lambda cell: _percentile(times[cell]))
    events = [time for of_cell in times.values() for time in of_cell]
    print(f"  {len(events)} events of {len(times)} cells; the slowest {slowest}, {_percentile(times[slowest])}")
    return _percentile(events)


def _percentile(times: list[float]) -> float:
    return round(sorted(times)[int(0.95 * len(times))], 1)


def _live(chromium: Browser, address: str) -> float:
    page = _opened(chromium, address + ARTICLE)
    page.route("**/states/*", lambda route: route.abort())
    page.wait_for_function(SKIP)
    took = [page.evaluate(RUN, [CELL, value]) for value in VALUES]
    page.context.close()
    return round(statistics.median(took[1:]))  # the first has started Python


def _bare(chromium: Browser, address: str, changes: int = len(VALUES)) -> tuple[float, float]:
    """Return what the first change takes, which loads Pyodide, and the median of the others."""
    page = _opened(chromium, f"{address}bench/bare-control.html")
    first, *others = [page.evaluate(f"change('{value}')") for value in VALUES[:changes]]
    page.context.close()
    return round(first), round(statistics.median(others or [first]))


def _first_touch(chromium: Browser, address: str) -> float:
    page = _opened(chromium, address + ARTICLE, SPARING)
    page.wait_for_function(SKIP)
    page.wait_for_timeout(READING)
    took: float = page.evaluate(FIRST, CELL)
    page.context.close()
    return took


def _opened(chromium: Browser, address: str, script: str = "") -> Page:
    context = chromium.new_context()
    context.set_default_timeout(1000 * SECONDS)
    context.add_init_script(script)
    page = open_page(context, address)
    page.wait_for_function("() => !window.kamipen || window.kamipen.ready.then(() => true)")
    return page


def _prepare(pages: Path) -> None:
    """Write the page of bare Pyodide: the cells that are needed, and the one that is moved once more for each value."""
    script = Scripts(SNIPPETS)[CELL.partition("#")[0]]
    cell = script[CELL.partition("#")[2]]
    above = "\n".join(script[name].source for name in dependencies.needed(script, cell))
    code = "\n".join(
        f"{PARAMETER} = VALUE" if row.startswith(f"{PARAMETER} =") else row for row in cell.source.splitlines()
    )
    whole = code + "\nimport matplotlib.pyplot as plt\nfig = plt.gcf()" + SAVE
    (pages / "bare-control.html").write_text(BARE)
    worker = WORKER.format(above=json.dumps(above), code=json.dumps(whole))
    (pages / "bare-control.mjs").write_text(worker)
