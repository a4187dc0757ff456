"""Measure what readers wait for, against bare Pyodide and PyScript in the same run, and what a build costs.

`make bench` writes the recorded figures to docs/how-fast.json, and from them the tables and the chart of the page
"How fast is it?" in both languages.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from kamipen.bench import building, cost, report, startup
from kamipen.bench.slower import PROCESSES
from kamipen.bench.subjects import prepare

PARTS = ("startup", "page", "memory", "build")


def main(arguments: Sequence[str] = ()) -> None:
    """Measure, and write the report."""
    options = _options(arguments)
    recorded = report.read()
    if not options.report:
        for part, measure in _measurements(options).items():
            print(f"▸ {part}", flush=True)
            began = time.monotonic()
            recorded[part] = measure()
            recorded["machine"] = _machine(recorded.get("machine", {}), part)
            report.RECORDED.write_text(json.dumps(recorded, indent=2) + "\n", "utf-8")
            print(f"  took {time.monotonic() - began:.0f} s", flush=True)
    report.write(recorded)
    print(report.table(recorded, "en"))


def _measurements(options: argparse.Namespace) -> dict[str, Callable[[], Any]]:
    """Return how to measure each part that was asked for."""
    site = prepare() if set(options.parts) - {"build"} else None
    known = report.read().get("startup", {})
    measures: dict[str, Callable[[], Any]] = {"build": lambda: building.measure(options.sizes)}
    if site:
        measures["startup"] = lambda: {**known, **startup.measure(site, options.profiles, options.rounds)}
        measures["page"] = lambda: cost.page(site)
        measures["memory"] = lambda: cost.memory(site, max(1, options.rounds // 2))
    return {part: measures[part] for part in PARTS if part in options.parts}


def _machine(before: dict[str, Any], part: str) -> dict[str, Any]:
    """Return what was measured where and when, without the machine's name."""
    when = {**before.get("dates", {}), part: datetime.now(UTC).date().isoformat()}
    return {"browser": startup.version(), "cores": os.cpu_count(), "dates": when}


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kamipen bench", description=__doc__)
    profiles = [name for name, (_, slowdown) in startup.PROFILES.items() if slowdown == 1 or PROCESSES.exists()]
    parser.add_argument("--rounds", type=int, default=3, help="how often each start is measured; medians count")
    parser.add_argument("--parts", nargs="*", default=PARTS, choices=PARTS, help="what to measure; the rest is kept")
    parser.add_argument("--profiles", nargs="*", default=profiles, choices=profiles, help="of the starts")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000], help="numbers of generated articles")
    parser.add_argument("--report", action="store_true", help="only write the report of the recorded figures again")
    return parser.parse_args(arguments)
