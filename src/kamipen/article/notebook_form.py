"""Scripts as notebook tools save them: jupytext's docstring cell is accepted, and prose is sent to the page."""

import ast
import re
from pathlib import Path

from kamipen.errors import SourceError

Markers = list[tuple[int, str]]
"""Line and name of each cell."""

_PROSE = re.compile(r"\[(?:markdown|md|raw)\]")


def without_docstring(tree: ast.Module, markers: Markers) -> Markers:
    """Return the markers without a first one that has no name and holds the docstring and nothing else."""
    if not markers or markers[0][1] or ast.get_docstring(tree) is None:
        return markers
    end = markers[1][0] if len(markers) > 1 else tree.body[-1].lineno + 1
    first = [statement for statement in tree.body if statement.lineno < end]
    return markers[1:] if len(first) == 1 else markers


def refuse_prose(path: Path, markers: Markers) -> None:
    """Refuse a cell of words."""
    for line, name in markers:
        if _PROSE.match(name):
            remedy = "write it into the page, docs/<language>/<part>/<slug>.md, between the cells"
            raise SourceError(f"`# %% {name}` is prose, which belongs in the page: {remedy}", path, line)
