"""Errors in articles and scripts, told with the place and the way to mend them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class SourceError(Exception):
    """Something an author wrote that cannot be built: `path:line: what is wrong and what to do`."""

    def __init__(self, problem: str, path: Path | str | None = None, line: int | None = None) -> None:
        """Say the problem; where it stands may be added later by whoever knows (see `at`)."""
        super().__init__(problem)
        self.problem = problem
        self.path = path
        self.line = line

    def at(self, path: Path | str | None, line: int | None) -> SourceError:
        """Fill in the place if it is not known yet."""
        if self.path is None:
            self.path, self.line = path, line
        return self

    def __str__(self) -> str:
        """Return `path:line: problem`, as far as the place is known."""
        place = [str(part) for part in (display_path(self.path) if self.path else None, self.line) if part is not None]
        return ": ".join([":".join(place), self.problem]) if place else self.problem


class UnknownScript(SourceError):  # noqa: N818 (reads as what it says)
    """No script of this name stands in `snippets/`."""


class UnknownCell(SourceError):  # noqa: N818
    """The script has no cell of this name."""


def display_path(path: Path | str) -> str:
    """Return the path relative to the working directory where that is shorter."""
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def nearest(name: str, names: Iterable[str]) -> str:
    """Return `: did you mean …?` for the likeliest of the names, or the list of them if none is near."""
    known = sorted(names)
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    if close:
        return f": did you mean `{close[0]}`?"
    return f" (there are: {', '.join(known)})" if known else " (there are none)"
