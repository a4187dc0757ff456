"""What the tests cost, and what an article adds, as tables of a run.

    make test PYTEST=--junitxml=.cache/tests.xml
    .venv/bin/python -m tests.costs .cache/tests.xml

An article's tests are those that name it or its script; a test that many articles have is counted at its median.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median
from typing import NamedTuple
from xml.etree import ElementTree

from kamipen.article.articles import discover
from kamipen.project import DOCS


class Ran(NamedTuple):
    """A test that ran: its file's folder, its function, its case, and how many seconds it took."""

    folder: str
    function: str
    case: str
    seconds: float


def read(path: Path) -> list[Ran]:
    """Return the tests of a report in JUnit's form, as pytest writes it."""
    found: list[Ran] = []
    for element in ElementTree.parse(path).iter("testcase"):
        name, _, case = element.attrib["name"].partition("[")
        module = element.attrib["classname"].removeprefix("tests.")
        seconds = float(element.attrib["time"])
        found.append(Ran(module.rpartition(".")[0] or module, f"{module}.{name}", case.removesuffix("]"), seconds))
    return found


def per_article(ran: Iterable[Ran], slugs: Iterable[str]) -> dict[str, list[float]]:
    """Return the seconds of each test that articles have, one number for each article that has it."""
    names = "|".join(re.escape(name) for slug in slugs for name in (slug, slug.replace("-", "_")))
    named = re.compile(rf"(?<![\w-])({names})(?![\w-])")
    seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for test in ran:
        if found := named.search(test.case):
            seconds[test.function][found[1].replace("_", "-")] += test.seconds
    return {test: [*of.values()] for test, of in seconds.items() if len(of) > 1}


def table(ran: list[Ran], articles: Mapping[str, list[float]]) -> str:
    """Return both tables, of what an article adds and of what everything takes, in Markdown."""
    added = sorted(articles.items(), key=lambda one: -median(one[1]))
    total = sum(median(of) for _, of in added)
    lines = ["| an article adds | seconds | most |", "|---|--:|--:|"]
    lines += [f"| `{test}` | {median(of):.1f} | {max(of):.1f} |" for test, of in added if max(of) >= 0.05]
    lines += [f"| together | {total:.1f} | |", "", "| folder | tests | seconds |", "|---|--:|--:|"]
    folders: dict[str, list[float]] = defaultdict(list)
    for test in ran:
        folders[test.folder].append(test.seconds)
    lines += [f"| {folder} | {len(of)} | {sum(of):.0f} |" for folder, of in sorted(folders.items())]
    return "\n".join([*lines, f"| together | {len(ran)} | {sum(test.seconds for test in ran):.0f} |"])


if __name__ == "__main__":
    tests = read(Path(sys.argv[1]))
    print(table(tests, per_article(tests, {article.slug for article in discover(DOCS)})))
