"""A GPU companion: a notebook for Colab, generated from one script and one text per language, outputs kept.

`snippets/gpu/<name>.py` holds the code (a percent script), `snippets/gpu/<name>.<language>.md` the prose, in which a
`cell` fence with the name of a cell says where it stands. A cell that only imports from an article's script, as in
`from only_matmul import softmax  # fold, maps`, stands for these cells of the article. Nothing is typed by hand into
`docs/<language>/notebooks/<name>.ipynb`: outputs come from a recording, which all languages share.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kamipen.article.scripts import Cell, Scripts
from kamipen.export.ipynb import Json
from kamipen.project import DOCS, SNIPPETS

SOURCES = SNIPPETS / "gpu"
AS_DRAWN = "en"
"""The language whose notebooks hold figures as they were drawn: no `labels:` put their words into another."""

_ARTICLE = re.compile(r"from (?P<script>\w+) import [^\n]+  # (?P<cells>[\w:-]+(?:, [\w:-]+)*)")


@dataclass(frozen=True)
class Step:
    """One code cell of a notebook."""

    name: str
    source: str


@dataclass
class Recording:
    """What the cells of a notebook put out, and on what; `code` is what ran."""

    device: str = ""
    code: list[str] = field(default_factory=list[str])
    outputs: list[list[Json]] = field(default_factory=list[list[Json]])


@dataclass(frozen=True)
class Companion:
    """One notebook in all languages."""

    name: str  # of the script

    @property
    def slug(self) -> str:
        """Name of the notebook's file and page."""
        return self.name.replace("_", "-")

    @cached_property
    def steps(self) -> dict[str, list[Step]]:
        """The code cells that each cell of the script stands for, in order."""
        scripts, gpu = Scripts(SNIPPETS), Scripts(SOURCES)
        return {cell.name: _steps(cell, scripts) for cell in gpu[self.name].cells}

    @property
    def code(self) -> list[str]:
        """The sources of all code cells."""
        return [step.source for steps in self.steps.values() for step in steps]

    def source(self, language: str) -> Path:
        """Return the file that holds the prose."""
        return SOURCES / f"{self.name}.{language}.md"

    def path(self, language: str) -> Path:
        """Return the notebook's file."""
        return DOCS / language / "notebooks" / f"{self.slug}.ipynb"

    def recording(self) -> Recording:
        """Return what the notebooks hold already, if it is the output of the code as it now is."""
        path = self.path(AS_DRAWN)
        if not path.exists():
            return Recording()
        notebook: Any = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        code = ["".join(cell["source"]) for cell in cells]
        device = notebook["metadata"]["kamipen"]["device"]
        recorded = device and code == self.code
        return Recording(device, code, [cell["outputs"] for cell in cells]) if recorded else Recording()


def companions() -> list[Companion]:
    """Return all companions, by name."""
    return [Companion(name) for name in Scripts(SOURCES)]


def _steps(cell: Cell, articles: Scripts) -> list[Step]:
    found = _ARTICLE.fullmatch(cell.source)
    if not found:
        return [Step(cell.name, cell.source)]
    script = articles[found["script"]]
    return [Step(name, script[name].source) for name in found["cells"].split(", ")]
