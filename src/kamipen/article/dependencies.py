"""Which cells above one its output may depend on, from what each does with names, as Python compiles it."""

from __future__ import annotations

import builtins
import json
import runpy
from collections.abc import Callable
from functools import cache
from typing import Any

from kamipen.article.scripts import Cell, Script
from kamipen.project import CLIENT

NAMES = CLIENT / "worker/python/names.py"
"""The same analysis that the page asks Python for."""


def needed(script: Script, cell: Cell) -> list[str]:
    """Return the names of the cells above that make or may change what this one takes, directly or through others."""
    above = [other for other in script.above(cell) if other.name]
    told: list[dict[str, Any]] = json.loads(_analysis()([*(other.source for other in above), cell.source]))
    shared = {name for one in told for name in one["imports"]}  # modules, and what no cell makes
    shared |= {*dir(builtins)} - {name for one in told for name in one["makes"]}
    taken = [{*one["takes"]} - shared for one in told]
    touched = [{*one["makes"]} | takes for one, takes in zip(told, taken, strict=True)]
    wanted, found = taken[-1], set[int]()
    while more := {at for at in range(len(above)) if at not in found and touched[at] & wanted}:
        found |= more
        wanted = wanted.union(*(taken[at] for at in more))
    return [above[at].name for at in sorted(found)]


@cache
def _analysis() -> Callable[[list[str]], str]:
    return runpy.run_path(str(NAMES))["names"]
