"""YAML that authors write: what cannot be read is told with its line and what to put in quotes."""

import re
from pathlib import Path
from typing import Any, cast

import yaml

from kamipen.errors import SourceError

_IN_C = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NAME = re.compile(r"^[\s-]*([\w-]+)\s*:\s")


def load(text: str, what: str, path: Path | None = None, first: int = 1, *, fast: bool = False) -> Any:
    """Return what the YAML says; an error tells `what` it is, with its line where the text begins on line `first`.

    `fast` is for the hundreds of blocks of a site: the loader in C, which takes a little more than that of MkDocs does.
    """
    try:
        return yaml.load(text, _IN_C if fast else yaml.SafeLoader)
    except yaml.YAMLError as error:
        number, problem = _place(error)
        lines = text.splitlines()
        written = lines[number] if number < len(lines) else ""
        raise SourceError(f"{what}: {problem}{_remedy(problem, written)}", path, first + number) from error


def read(path: Path) -> Any:
    """Return what a file of YAML says."""
    return load(path.read_text("utf-8"), "is not YAML", path)


def _place(error: yaml.YAMLError) -> tuple[int, str]:
    """Return the line of an error, counted from 0, and what is said of it."""
    marked = cast(Any, error)
    mark = getattr(marked, "problem_mark", None) or getattr(marked, "context_mark", None)
    return mark.line if mark else 0, str(getattr(marked, "problem", None) or error)


def _remedy(problem: str, line: str) -> str:
    if "http" in line:
        return "; put each address in quotes"
    if "mapping values" in problem and (name := _NAME.match(line)):
        return f'; put the {name[1]} in quotes, as in `{name[1]}: "a: b"`'
    return "; quotes around the value may help"
