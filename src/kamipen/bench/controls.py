"""From the event of a control to the changed page: what is recorded, the same run live, and the same with bare Pyodide."""

import json
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from kamipen.article.scripts import Scripts
from kamipen.bench.cost import SPARING
from kamipen.bench.startup import SECONDS, launched, open_page
from kamipen.bench.subjects import SAVE
from kamipen.bench.throttle import line
from kamipen.project import SNIPPETS

ARTICLE = "en/maths/gradient-descent-physics/"
CELL = "gradient_descent_physics#threshold"
PARAMETER = "eta"
SLOWDOWNS = {"unthrottled": 1, "4x CPU": 4}
RECORDED, LIVE = 60, 8  # events that are measured

# How long an event takes until the page is changed: all of it happens before the event ends.
AT_ONCE = """([cell, count]) => {
  const root = document.querySelector(`[data-cell="${cell}"]`)
  const input = root.querySelector(".kp-control input"), output = root.querySelector("[data-output]")
  return Array.from({ length: count }, (_, at) => {
    const before = output.firstChild
    input.value = Number(input.min) + (at % 15) * Number(input.step)
    const began = performance.now()
    input.dispatchEvent(new Event("input", { bubbles: true }))
    const took = performance.now() - began
    return output.firstChild === before ? Infinity : took
  })
}"""
# The same until a run has ended; the code is another's, so that nothing of it is recorded.
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
# A reader's first touch: nothing of the controls is there yet.
FIRST = """async (cell) => {
  const root = document.querySelector(`[data-cell="${cell}"]`)
  const input = root.querySelector(".kp-control input"), output = root.querySelector("[data-output]")
  const changed = new Promise((resolve) => new MutationObserver(resolve).observe(output, { childList: true }))
  const began = performance.now()
  input.dispatchEvent(new Event("pointerover", { bubbles: true }))
  input.value = input.min
  input.dispatchEvent(new Event("input", { bubbles: true }))
  await changed
  return performance.now() - began
}"""
BARE = """<!doctype html><meta charset="utf-8"><title>bare Pyodide</title><link rel="icon" href="data:,"><pre></pre>
<script type="module">
const worker = new Worker("bare-control.mjs", { type: "module" })
window.change = (value) => new Promise((resolve) => {
  const began = performance.now()
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


def measure(site: Path) -> dict[str, dict[str, float]]:
    """Return milliseconds: the 95th percentile of what is recorded, medians of runs, and of a first touch."""
    _prepare(site / "bench")
    measured: dict[str, dict[str, float]] = {}
    with launched(site) as (chromium, server):
        for name, slowdown in SLOWDOWNS.items():
            measured[name] = _measured(chromium, server.address, slowdown)
            print(f"  {name}: {measured[name]}", flush=True)
        with line(server.server_address[1], 10) as port:
            address = f"http://127.0.0.1:{port}{server.prefix}"
            touches = [_first_touch(chromium, address) for _ in range(3)]
        measured["10 Mbit/s"] = {"first": round(statistics.median(touches))}
    return measured


def _measured(chromium: Browser, address: str, slowdown: int) -> dict[str, float]:
    page = _article(chromium, address, slowdown)
    _load_controls(page)
    at_once: list[float] = page.evaluate(AT_ONCE, [CELL, RECORDED])
    at_once = sorted(page.evaluate(AT_ONCE, [CELL, RECORDED]))
    page.route("**/states/*", lambda route: route.abort())
    page.evaluate("localStorage.clear()")
    page.reload()
    _lift_veil(page)
    _load_controls(page)
    live: list[float] = [page.evaluate(RUN, [CELL, f"0.{10 + at}"]) for at in range(LIVE + 1)]
    page.context.close()
    bare = _throttled(chromium, f"{address}bench/bare-control.html", slowdown)
    plain: list[float] = [bare.evaluate(f"change('0.{10 + at}')") for at in range(LIVE + 1)]
    bare.context.close()
    return {
        "recorded": round(at_once[int(0.95 * len(at_once))], 1),
        "live": round(statistics.median(live[1:])),  # the first has started Python
        "bare": round(statistics.median(plain[1:])),
    }


def _first_touch(chromium: Browser, address: str) -> float:
    page = _article(chromium, address, 1)
    took: float = page.evaluate(FIRST, CELL)
    page.context.close()
    return took


def _article(chromium: Browser, address: str, slowdown: int) -> Page:
    page = _throttled(chromium, address + ARTICLE, slowdown, SPARING)
    _lift_veil(page)
    return page


def _lift_veil(page: Page) -> None:
    """Skip the guess before which nothing is moved."""
    page.locator(f'form[data-predict="{CELL}"] [data-action=skip]').click()
    page.locator(f'[data-cell="{CELL}"] .kp-veiled').wait_for(state="detached")


def _throttled(chromium: Browser, address: str, slowdown: int, script: str = "") -> Page:
    context = chromium.new_context()
    context.set_default_timeout(1000 * SECONDS)
    context.add_init_script(script)
    page = open_page(context, address)
    page.wait_for_function("() => !window.kamipen || window.kamipen.ready.then(() => true)")
    if slowdown > 1:
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})  # pyright: ignore[reportUnknownMemberType]
    return page


def _load_controls(page: Page) -> None:
    control = page.locator(f'[data-cell="{CELL}"] .kp-control input').first
    control.focus()
    page.wait_for_function(f"() => document.querySelector('[data-cell=\"{CELL}\"] [aria-valuetext]')")


def _prepare(pages: Path) -> None:
    """Write the page of bare Pyodide: the same cells, and the one that is moved once more for each value."""
    script = Scripts(SNIPPETS)[CELL.partition("#")[0]]
    cell = script[CELL.partition("#")[2]]
    above = "\n".join(other.source for other in script.above(cell))
    code = "\n".join(
        f"{PARAMETER} = VALUE" if row.startswith(f"{PARAMETER} =") else row for row in cell.source.splitlines()
    )
    whole = code + "\nimport matplotlib.pyplot as plt\nfig = plt.gcf()" + SAVE
    (pages / "bare-control.html").write_text(BARE)
    worker = WORKER.format(above=json.dumps(above), code=json.dumps(whole))
    (pages / "bare-control.mjs").write_text(worker)
