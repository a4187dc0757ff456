"""Recorded states: what takes long to record, or is heavy to send, becomes coarser or goes."""

from collections.abc import Iterator
from pathlib import Path

from kamipen.article import outline
from kamipen.article.scripts import Scripts
from kamipen.article.values import wanted
from kamipen.check.pages import AuthoredPage, read_pages
from kamipen.errors import SourceError
from kamipen.project import SNIPPETS
from kamipen.recording.states import FOLDER, States, file_name, requests_of_pages, weight

SECONDS = 8.0
"""The most time of one processor for all states of a cell."""
KILOBYTES = 60
"""The most that they weigh when they are sent."""

REMEDY = "take coarser steps, say how many in a line `states: …`, or make the cell lighter"


def record(docs: Path) -> None:
    """Record what is missing, two scripts at a time, and shown."""
    scripts = Scripts(SNIPPETS)
    States(scripts).refresh(requests_of_pages(docs, scripts))


def findings(root: Path, folder: Path = FOLDER, slug: str = "") -> list[SourceError]:
    """Return what is wrong with the states of the pages below `root`, or of one; `folder` holds the recorded ones."""
    scripts = Scripts(root / "snippets")
    states = States(scripts, folder)
    pages = [
        page for page in read_pages(root / "docs") if isinstance(page, AuthoredPage) and slug in ("", page.path.stem)
    ]
    told = {finding.problem: finding for page in pages for finding in find(page, scripts, states)}
    return sorted(told.values(), key=lambda finding: (str(finding.path), finding.line or 0))


def find(page: AuthoredPage, scripts: Scripts, states: States) -> Iterator[SourceError]:
    """Find cells of a page whose states are too much; what cannot be read is told by those who look at the page."""
    try:
        asked = wanted(page.nodes, scripts)
    except SourceError:
        return
    lines = {str(fence.reference): fence.line for fence in outline.cells(page.nodes)}
    for reference, one in asked.items():
        cell = scripts.cell(reference)
        name = file_name(scripts[cell.script], cell, one)
        try:
            states.refresh({reference: [one]}, quiet=True)
        except SourceError as problem:
            yield problem
            continue
        count = len(one.controls.states())
        if (seconds := states.seconds(name)) > SECONDS:
            problem = f"`{reference}` takes {seconds:.1f} s for its {count} states, {SECONDS:g} at most: {REMEDY}"
            yield page.problem(problem, lines[reference])
        if (size := weight(states.path(name)) / 1000) > KILOBYTES:
            problem = f"the {count} states of `{reference}` weigh {size:.0f} KB, {KILOBYTES} at most: {REMEDY}"
            yield page.problem(problem, lines[reference])
