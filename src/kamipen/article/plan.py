"""The plan of the road, `docs/plan.yml`: its parts, and the articles planned for each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from kamipen.article import authored_yaml
from kamipen.project import DOCS

PLAN = DOCS / "plan.yml"


def plan(path: Path = PLAN) -> dict[str, Any]:
    """Return the road: parts, and the articles planned for each."""
    stat = path.stat()
    return _read(path, (stat.st_mtime_ns, stat.st_size))


def planned(path: Path = PLAN) -> dict[str, dict[str, Any]]:
    """Return slug → order and titles; nothing where there is no plan."""
    parts: list[dict[str, Any]] = plan(path)["parts"] if path.exists() else []
    return {slug: {"part": part["id"], **entry} for part in parts for slug, entry in part["articles"].items()}


@lru_cache(maxsize=4)
def _read(path: Path, _version: tuple[int, int]) -> dict[str, Any]:
    return authored_yaml.read(path)
