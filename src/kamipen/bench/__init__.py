"""Measure what readers wait for, against bare Pyodide and PyScript in the same run, and what a build costs.

`make bench` writes the recorded figures to docs/how-fast.json, and from them the tables and charts of the page
"How fast is it?" in both languages.
"""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from kamipen.bench import building, report, startup
from kamipen.bench.subjects import prepare


def main(arguments: Sequence[str] = ()) -> None:
    """Measure, and write the report."""
    options = _options(arguments)
    recorded: dict[str, Any] = json.loads(report.RECORDED.read_text("utf-8")) if report.RECORDED.exists() else {}
    if not options.report:
        if "startup" in options.parts:
            recorded["startup"] = startup.measure(prepare(), options.rounds)
        if "build" in options.parts:
            recorded["build"] = building.measure(options.sizes)
        report.RECORDED.write_text(json.dumps(recorded, indent=2) + "\n", "utf-8")
    report.write(recorded)
    print(report.table(recorded, "en"))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kamipen bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each start is measured; medians count")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000], help="numbers of generated articles")
    parser.add_argument("--parts", nargs="*", default=["startup", "build"], choices=["startup", "build"])
    parser.add_argument("--report", action="store_true", help="only write the report of the recorded figures again")
    return parser.parse_args(arguments)
