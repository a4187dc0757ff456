"""Regions of a cell: `# region set-up` … `# endregion`, which the page shows folded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kamipen.errors import SourceError

_MARKER = re.compile(r"^[ \t]*#[ \t]*(?P<kind>region|endregion)\b[ \t]*(?P<name>.*?)[ \t]*$")


@dataclass(frozen=True)
class Region:
    """A region, by the lines of its cell, counted from 0; `end` is the line of `# endregion`."""

    name: str
    start: int
    end: int

    @property
    def lines(self) -> int:
        """Count the lines between the two markers."""
        return self.end - self.start - 1


def regions(source: str) -> tuple[Region, ...]:
    """Return the regions of a cell in order; one that has no name or no end is an error with its line in the cell."""
    found: list[Region] = []
    begun: tuple[str, int] | None = None
    for number, line in enumerate(source.splitlines()):
        marker = _MARKER.match(line)
        if not marker:
            continue
        if marker["kind"] == "endregion":
            if begun is None:
                raise SourceError("`# endregion` ends nothing: write `# region name` above it", line=number + 1)
            found.append(Region(*begun, number))
            begun = None
        elif begun:
            raise SourceError(
                f"region `{begun[0]}` is still open: write `# endregion` before the next one", line=number + 1
            )
        elif not marker["name"]:
            raise SourceError("a region needs a name, as in `# region set-up`", line=number + 1)
        else:
            begun = marker["name"], number
    if begun:
        raise SourceError(f"region `{begun[0]}` never ends: write `# endregion` in the same cell", line=begun[1] + 1)
    return tuple(found)


def visible_lines(code: str) -> int:
    """Count the lines that a reader sees before opening a fold, blank ones not counted."""
    folded = {number for region in regions(code) for number in range(region.start, region.end + 1)}
    return sum(1 for number, line in enumerate(code.splitlines()) if line.strip() and number not in folded)
