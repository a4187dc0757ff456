"""What a script imports: the kit's modules it draws on, and the runtime's packages the browser must load for it."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from kamipen.errors import SourceError, nearest
from kamipen.project import CLIENT, ROOT

KIT = "kamipen-kit"
KIT_FOLDER = ROOT / "snippets/kit"
LOCK = CLIENT / "node_modules/pyodide/pyodide-lock.json"


@cache
def modules(source: str) -> tuple[tuple[str, int], ...]:
    """Return every module that Python source imports, anywhere in it, with the line."""
    return tuple(_modules(source))


def _modules(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def kit_files(source: str) -> tuple[Path, ...]:
    """Return the files of the kit that Python source draws on, directly or through each other, sorted."""
    found: set[Path] = set()
    waiting = [source]
    while waiting:
        for name, _ in modules(waiting.pop()):
            first, *rest = name.split(".")
            path = KIT_FOLDER.joinpath(*rest).with_suffix(".py") if first == "kit" and rest else None
            if path and path.is_file() and path not in found:
                found.add(path)
                waiting.append(path.read_text(encoding="utf-8"))
    return tuple(sorted(found))


def packages(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names, in the runtime's lock, of what these sources need; the kit comes last."""
    needed: set[str] = set()
    for source in sources:
        needed |= _packages(source, Path("-"))
        for path in kit_files(source):
            needed |= _packages(path.read_text(encoding="utf-8"), path)
    return (*sorted(needed), KIT)


@cache
def _packages(source: str, path: Path) -> frozenset[str]:
    known = _lock()
    names: set[str] = set()
    for module, line in modules(source):
        first = module.split(".")[0]
        if first in known:
            names.add(known[first])
        elif first != "kit" and first not in sys.stdlib_module_names:
            problem = f"imports `{first}`, which the browser's runtime lacks{nearest(first, known)}"
            raise SourceError(problem, None if path == Path("-") else path, line)
    return frozenset(names)


@cache
def _lock() -> dict[str, str]:
    """Map what can be imported to the package that holds it."""
    if not LOCK.is_file():
        raise SourceError("is missing: run `make setup`, which fetches the runtime's list of packages", LOCK)
    entries: dict[str, dict[str, Any]] = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    # Pyodide's stand-ins for parts of the standard library come under the module's own name.
    return {module: name for name, entry in entries.items() for module in entry["imports"] if "." not in module}
