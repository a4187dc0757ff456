"""`make new FROM=notebook.ipynb`: a script of a notebook's code, and pages that hold its prose and show its cells."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from kamipen.article.articles import SLUG
from kamipen.scaffold.request import Refused

_MAGIC = re.compile(r"^\s*(?:[%!]|\?|get_ipython\(\)).*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)
_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class Step:
    """A cell of the notebook: code under the name that the script gives it, or prose without one."""

    text: str
    name: str = ""


def read(path: Path) -> list[Step]:
    """Return what a notebook holds, in order; what is none is Refused."""
    import nbformat

    try:
        notebook = cast(Any, nbformat).read(path, as_version=4)
    except FileNotFoundError:
        raise Refused(f"there is no file {path}") from None
    except Exception as problem:
        raise Refused(f"{path} is no notebook: {problem}") from None
    steps = list(_steps(notebook.cells))
    if not any(step.name for step in steps):
        raise Refused(f"{path} has no code: an article needs a cell at least")
    return steps


def script(steps: Sequence[Step], title: str) -> str:
    """Return the script with the notebook's code."""
    cells = "".join(f"\n# %% {step.name}\n{step.text}\n" for step in steps if step.name)
    return f'"""{title}"""\n{cells}'


def page(steps: Sequence[Step], name: str, language: str) -> str:
    """Return a page's text: all headings and cells, and the prose that is in its language."""
    seen: dict[str, int] = {}
    parts = [_prose(step.text, language, seen) if not step.name else _fence(name, step) for step in steps]
    return "\n\n".join(part for part in parts if part) + "\n"


def _steps(cells: Sequence[Mapping[str, Any]]) -> Iterator[Step]:
    heading, taken = "", set[str]()
    for cell in cells:
        text = str(cell["source"]).strip()
        if cell["cell_type"] == "markdown" and text:
            heading = slug(found[1]) if (found := _HEADING.search(text)) else heading
            yield Step(text)
        elif cell["cell_type"] == "code" and (code := _MAGIC.sub("", text).strip()):
            base = heading or "step"
            name = next(n for n in (base, *(f"{base}-{k}" for k in range(2, 999))) if n not in taken)
            taken.add(name)
            yield Step(code, name)


def slug(title: str) -> str:
    """Return a title as a name in ASCII, or nothing if it has no letter of it."""
    name = "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:40].strip("-")
    return name if SLUG.fullmatch(name) else ""


def _fence(name: str, step: Step) -> str:
    return f"```cell\n{name}#{step.name}\n```"


def _prose(text: str, language: str, seen: dict[str, int]) -> str:
    own = bool(_JAPANESE.search(text)) == (language == "ja")

    def heading(found: re.Match[str]) -> str:
        base = slug(found[1]) or "section"
        seen[base] = seen.get(base, 0) + 1
        anchor = base if seen[base] == 1 else f"{base}-{seen[base]}"
        return f"## {found[1]} {{#{anchor}}}"

    named = _HEADING.sub(heading, text)
    return named if own else "\n\n".join(line for line in named.splitlines() if line.startswith("## "))
