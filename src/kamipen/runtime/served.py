"""The runtime that the site serves: its version, its lock, and what the client must know of it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kamipen.files import digest
from kamipen.project import SITE

VERSION = "314.0.4"
LOCK = "pyodide-lock.json"


class RuntimeStageError(Exception):
    """The runtime cannot be staged; the message names the file and says what to do."""


def identity(site: Path = SITE) -> dict[str, Any]:
    """Return what the client is built for: Pyodide's version, the lock, the start of its digest, the files' sizes."""
    folder = site / "runtime" / VERSION
    if not (folder / LOCK).exists():
        raise RuntimeStageError(f"{folder / LOCK} is missing: run `python -m kamipen runtime` first")
    content = (folder / LOCK).read_bytes()
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}
    return {"version": VERSION, "lock": digest(content)[:8], "lockfile": json.loads(content), "files": files}


def closure(names: Iterable[str], packages: Mapping[str, Any]) -> set[str]:
    """Return these packages of a lock with all that they depend on; names that the lock lacks are among them."""
    found, left = set[str](), list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += packages.get(name, {}).get("depends", [])
    return found
