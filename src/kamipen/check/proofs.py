"""Exercises, proved: solutions pass their checks, starters and wrong answers do not, and no cell keeps readers waiting.

A script is proved in a process of its own, once a version: what was found is kept beside its record.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

from kamipen import files
from kamipen.article import outline
from kamipen.article.scripts import Script, Scripts
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording import exercises
from kamipen.recording.records import PROCESSES, Records, digest
from kamipen.recording.run import REMEDY

LIMIT = 300
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "svg"}
_REMEDIES = {
    "accepts the starter": "leave out of it what the reader is to write, or ask more in the check",
    "accepts the wrong answer": "let the check's assert say what is right, to the tolerance",
    "takes": REMEDY,
}

Choices = Mapping[str, int]


def find(pages: Sequence[AuthoredPage], scripts: Scripts, records: Records, slug: str = "") -> Iterator[SourceError]:
    """Find exercises that cannot be trusted, and cells that take too long, in scripts that do not fail."""
    offered = _choices(pages)

    def prove(script: Script) -> list[SourceError]:
        return list(_proved(script, offered.get(script.name, {}), records.folder / "proofs"))

    with ThreadPoolExecutor(PROCESSES) as pool:
        wanted = [script for script in scripts.values() if slug.replace("-", "_") in ("", script.name)]
        for problems in pool.map(prove, [script for script in wanted if not records.failed(script.name)]):
            yield from problems


def _choices(pages: Sequence[AuthoredPage]) -> dict[str, dict[str, int]]:
    """Return how many choices each exercise offers: script → exercise → number."""
    offered: dict[str, dict[str, int]] = {}
    for page in pages:
        for block in outline.blocks(page.nodes, "exercise"):
            if block.text("kind") == "choice":
                number = len(block.blocks("choice"))
                offered.setdefault(outline.script_of(page.nodes), {})[block.text("id")] = number
    return offered


def _proved(script: Script, choices: Choices, folder: Path) -> Iterator[SourceError]:
    code = b"".join(Path(module).read_bytes() for module in (__file__, exercises.__file__))
    key = sha256(f"{digest(script)}{sorted(choices.items())}".encode() + code).hexdigest()[:16]
    path = folder / f"{script.name}.json"
    kept: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    if kept.get("key") != key:
        kept = {"key": key, "problems": _prove(script, choices)}
        files.write(path, json.dumps(kept, ensure_ascii=False).encode())
    for name, problem in kept["problems"]:
        cell = script.get(name)
        yield SourceError(problem, script.path, cell.line if cell else 1)


def _prove(script: Script, choices: Choices) -> list[tuple[str, str]]:
    command = [sys.executable, "-W", "error", "-m", exercises.__name__, str(script.path), json.dumps(dict(choices))]
    try:
        environment = os.environ | _ENVIRONMENT
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return [("", f"its exercises take longer than {LIMIT} s: compute less")]
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return [("", f"its exercises cannot be run: {reason}")]
    return [_told(*found) for found in re.findall(rf"^{script.name}#(\S+) (.*)$", done.stdout, re.MULTILINE)]


def _told(cell: str, said: str) -> tuple[str, str]:
    remedy = next((text for start, text in _REMEDIES.items() if said.startswith(start)), "")
    return cell, f"cell `{cell}` {said}{f': {remedy}' if remedy else ''}"
