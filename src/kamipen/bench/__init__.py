"""Measure what readers wait for, against bare Pyodide and PyScript in the same run, and what a build costs.

`make bench` writes the recorded figures to docs/how-fast.json, and from them the tables and the chart of the page
"How fast is it?" in both languages.
"""

import argparse
import json
import os
import time
import traceback
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from kamipen.bench import build_time, controls, cost, report, startup
from kamipen.bench.subjects import prepare
from kamipen.bench.throttle import PROCESSES


class BenchError(Exception):
    """A part could not be measured; the message names it."""


PARTS = ("startup", "controls", "page", "memory", "build")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure, and write the report."""
    options = _options(arguments)
    steps = [] if options.report else _steps(options)
    load = os.getloadavg()[0] / (os.cpu_count() or 1)  # before we add to it
    failed = [part for part, measure in steps if not _record(part, measure, load)]
    recorded = report.read()
    report.write(recorded)
    print(report.table(recorded, "en"))
    if failed:
        raise BenchError(f"Not measured: {', '.join(failed)}; what was recorded of it before is kept")


def _steps(options: argparse.Namespace) -> list[tuple[str, Callable[[], Any]]]:
    """Return what to measure, one after the other: each is kept by itself."""
    steps: list[tuple[str, Callable[[], Any]]] = []
    site = prepare() if set(options.parts) - {"build"} else Path()
    if "startup" in options.parts:
        steps += [("startup", partial(startup.measure, site, profile, options.rounds)) for profile in options.profiles]
    if "controls" in options.parts:
        steps.append(("controls", partial(controls.measure, site)))
    if "page" in options.parts:
        steps.append(("page", partial(cost.page, site)))
    if "memory" in options.parts:
        steps.append(("memory", partial(cost.memory, site, max(1, options.rounds // 2))))
    if "build" in options.parts:
        steps.append(("build", partial(build_time.measure, options.sizes)))
    return steps


def _record(part: str, measure: Callable[[], Any], load: float) -> bool:
    """Measure one part and keep it at once, so that what fails later takes nothing away."""
    print(f"▸ {part}", flush=True)
    began = time.monotonic()
    try:
        measured = measure()
    except Exception:
        traceback.print_exc()
        return False
    recorded = report.read()
    if part == "startup":
        measured = {**recorded.get(part, {}), **measured}
    known = {**recorded, part: measured, "machine": _machine(recorded.get("machine", {}), part, load)}
    report.RECORDED.write_text(json.dumps(known, indent=2) + "\n", "utf-8")
    print(f"  took {time.monotonic() - began:.0f} s", flush=True)
    return True


def _machine(before: dict[str, Any], part: str, load: float) -> dict[str, Any]:
    """Return what was measured where and when, and beside how much other work by core; not the machine's name."""
    when = {**before.get("dates", {}), part: datetime.now(UTC).date().isoformat()}
    return {
        "browser": startup.version(),
        "cores": os.cpu_count(),
        "dates": when,
        "load": {**before.get("load", {}), part: round(load, 1)},
    }


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kamipen bench", description=__doc__)
    profiles = [name for name, (_, slowdown) in startup.PROFILES.items() if slowdown == 1 or PROCESSES.exists()]
    parser.add_argument("--rounds", type=int, default=3, help="how often each start is measured; medians count")
    parser.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS, help="what to measure; the rest is kept")
    parser.add_argument("--profiles", nargs="*", default=profiles, choices=profiles, help="of the starts")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000], help="numbers of generated articles")
    parser.add_argument("--report", action="store_true", help="only write the report of the recorded figures again")
    return parser.parse_args(arguments)
