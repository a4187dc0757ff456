"""The scripts of the articles: percent files in `snippets/`, read cell by cell with line numbers.

A cell begins with `# %% name`. Cells of exercises are named `exercise:ID`, `solution:ID` and `check:ID`; all others are
the article's own, and run in reading order in one namespace.
"""

from __future__ import annotations

import ast
import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from kamipen.article import notebook_form
from kamipen.article.regions import regions
from kamipen.errors import SourceError, UnknownCell, UnknownScript, nearest

EXERCISE_KINDS = ("exercise", "solution", "check")

_MARKER = re.compile(r"^# *%%(?P<title>.*)$")
_FILE = re.compile(r"[a-z][a-z0-9_]*")
_NAME = re.compile(r"^(?:(?:exercise|solution|check):)?[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Cell:
    """A cell of a script: its source without blank lines at either end, and where that begins."""

    script: str
    name: str
    source: str
    line: int

    @property
    def reference(self) -> str:
        """Return `script#name`."""
        return f"{self.script}#{self.name}"

    @property
    def kind(self) -> str:
        """Return `cell`, or `exercise`, `solution` or `check`."""
        kind, colon, _ = self.name.partition(":")
        return kind if colon else "cell"

    @property
    def exercise(self) -> str:
        """Return the id of the exercise that the cell belongs to, or nothing."""
        return self.name.partition(":")[2]

    @property
    def digest(self) -> str:
        """Return the 12 hexadecimal digits under which a reader's edits of this cell are kept."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Script:
    """A script: what its docstring says, and its cells in reading order."""

    name: str
    path: Path
    title: str
    cells: tuple[Cell, ...]
    source: str = field(repr=False)

    @cached_property
    def shown(self) -> tuple[Cell, ...]:
        """The article's own cells."""
        return tuple(cell for cell in self.cells if cell.kind == "cell")

    @cached_property
    def exercises(self) -> tuple[str, ...]:
        """Ids of the exercises, in order."""
        return tuple(dict.fromkeys(cell.exercise for cell in self.cells if cell.kind != "cell"))

    def __getitem__(self, name: str) -> Cell:
        """Return the cell of this name."""
        for cell in self.cells:
            if cell.name == name:
                return cell
        raise UnknownCell(f"script `{self.name}` has no cell `{name}`{nearest(name, (c.name for c in self.cells))}")

    def get(self, name: str) -> Cell | None:
        """Return the cell of this name, or None."""
        return next((cell for cell in self.cells if cell.name == name), None)

    def above(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the shown cells that run before this one."""
        return tuple(other for other in self.shown if other.line < cell.line)


@dataclass(frozen=True)
class CellReference:
    """What a `cell` fence says: `script#cell`, then lines of `option: value`."""

    script: str
    cell: str
    options: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, source: str) -> CellReference:
        """Read the text of a fence."""
        reference, *lines = [line.strip() for line in source.strip().splitlines()] or [""]
        script, hash_sign, cell = reference.partition("#")
        if not (script and hash_sign and cell):
            raise SourceError(f"`{reference}` names no cell: write `script#cell`")
        options: list[tuple[str, str]] = []
        for line in filter(None, lines):
            name, colon, value = line.partition(":")
            if not colon:
                wide = "`：` is full-width: write `:`" if "：" in line else "write `name: value`"
                raise SourceError(f"`{line}` is no option: {wide}")
            options.append((name.strip(), value.strip()))
        return cls(script, cell, tuple(options))

    def __str__(self) -> str:
        """Return `script#cell`."""
        return f"{self.script}#{self.cell}"


class Scripts(Mapping[str, Script]):
    """All scripts of a folder; a file is read again when it has changed."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self.folder = folder
        self._read: dict[str, tuple[int, Script]] = {}

    def __getitem__(self, name: str) -> Script:
        """Return the script of this name."""
        path = self.folder / f"{name}.py"
        if not path.is_file():
            raise UnknownScript(f"there is no script `{name}`{nearest(name, self)}")
        changed = path.stat().st_mtime_ns
        if name not in self._read or self._read[name][0] != changed:
            self._read[name] = changed, read(path)
        return self._read[name][1]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is such a script."""
        return (self.folder / f"{name}.py").is_file()

    def __iter__(self) -> Iterator[str]:
        """Return the names, sorted."""
        return (path.stem for path in sorted(self.folder.glob("*.py")))

    def __len__(self) -> int:
        """Count the scripts."""
        return sum(1 for _ in self)

    def cell(self, reference: CellReference | str) -> Cell:
        """Return the cell that a reference names."""
        if isinstance(reference, str):
            reference = CellReference.parse(reference)
        return self[reference.script][reference.cell]


def read(path: Path) -> Script:
    """Read one script; say where it cannot be split into named cells."""
    _refuse_bad_file_name(path)
    source = path.read_text(encoding="utf-8")
    try:
        with warnings.catch_warnings(action="error", category=SyntaxWarning):
            tree = ast.parse(source)
    except SyntaxError as error:
        raise SourceError(f"is no Python: {error.msg}", path, error.lineno) from error
    lines = source.splitlines()
    markers = [
        (number, match["title"].strip()) for number, line in enumerate(lines, 1) if (match := _MARKER.match(line))
    ]
    markers = notebook_form.without_docstring(tree, markers)
    notebook_form.refuse_prose(path, markers)
    _refuse_bad_names(path, markers)
    _refuse_code_above(path, tree, markers)
    ends = [number for number, _ in markers[1:]] + [len(lines) + 1]
    cells = tuple(
        _cell(path.stem, name, start, lines[start : end - 1]) for (start, name), end in zip(markers, ends, strict=True)
    )
    for cell in cells:
        if not cell.source:
            raise SourceError(f"cell `{cell.name}` is empty", path, cell.line)
        try:
            regions(cell.source)
        except SourceError as error:
            raise error.at(path, cell.line + (error.line or 1) - 1) from None
    _refuse_half_exercises(path, cells)
    return Script(path.stem, path, ast.get_docstring(tree) or "", cells, source)


def _cell(script: str, name: str, start: int, lines: list[str]) -> Cell:
    """Make a cell of the lines below the marker on line `start`."""
    blank = next((count for count, line in enumerate(lines) if line.strip()), 0)
    return Cell(script, name, "\n".join(lines[blank:]).rstrip(), start + blank + 1)


def _refuse_bad_names(path: Path, markers: list[tuple[int, str]]) -> None:
    if not markers:
        raise SourceError("has no cells: begin each with `# %% name`", path, 1)
    seen: set[str] = set()
    for line, name in markers:
        if not _NAME.match(name):
            raise SourceError(
                f"`{name}` is no cell name: small letters, digits and hyphens, as in `two-lines`", path, line
            )
        if name in seen:
            raise SourceError(f"there are two cells `{name}`", path, line)
        seen.add(name)


def _refuse_bad_file_name(path: Path) -> None:
    if not _FILE.fullmatch(path.stem):
        remedy = "small letters, digits and underscores, as in `two_lambda.py`"
        raise SourceError(f"`{path.name}` is no name of a script: {remedy}", path, 1)


def _refuse_half_exercises(path: Path, cells: tuple[Cell, ...]) -> None:
    """Refuse an exercise without its solution, or whose check would run before it."""
    places = {cell.name: cell.line for cell in cells}
    for cell in (cell for cell in cells if cell.kind != "cell"):
        if (solution := f"solution:{cell.exercise}") not in places:
            close = get_close_matches(solution, [name for name in places if name.startswith("solution:")], 1)
            near = f": did you mean `{close[0]}`?" if close else ""
            raise SourceError(f"`{cell.name}` needs a cell `# %% {solution}`{near}", path, cell.line)
        if cell.kind == "check" and cell.line < places[solution]:
            problem = f"`{cell.name}` stands above its solution, and would run before it: move it below"
            raise SourceError(problem, path, cell.line)


def _refuse_code_above(path: Path, tree: ast.Module, markers: list[tuple[int, str]]) -> None:
    first = markers[0][0]
    docstring = ast.get_docstring(tree) is not None
    for statement in tree.body[docstring:]:
        if statement.lineno < first:
            raise SourceError("stands above the first cell, where nobody would run it", path, statement.lineno)
