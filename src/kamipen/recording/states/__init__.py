"""The outputs of all values that controls can take, recorded natively and kept: what pages show at once."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from kamipen import files
from kamipen.article.controls import State
from kamipen.article.imports import modules
from kamipen.article.pages import of_pages
from kamipen.article.scripts import Cell, Script, Scripts
from kamipen.article.values import Wanted, wanted
from kamipen.errors import SourceError
from kamipen.project import CACHE, CLIENT, ROOT
from kamipen.recording.records import PROCESSES, digest_of
from kamipen.recording.run import plain_environment
from kamipen.recording.states.encoding import encode

FOLDER = CACHE / "states"
WORKER = CLIENT / "worker/python"
STATE_LIMIT = 120  # seconds until a state is given up: the machine may have much else to do

_HERE = Path(__file__).parent
RECIPE = (
    _HERE / "encoding.py",
    _HERE / "runner.py",
    _HERE.parents[1] / "article/parameters.py",
    *(WORKER / f"{name}.py" for name in ("cells", "imports", "output", "settings", "state", "streams")),
)
"""The code that decides what is recorded: when it changes, all states are recorded anew."""

Requests = Mapping[str, Iterable[Wanted]]
"""What pages want, by `script#cell`; the two languages want the same unless they ask for other values."""


class States:
    """The recorded states of the cells of a folder of scripts."""

    def __init__(self, scripts: Scripts, folder: Path = FOLDER) -> None:
        """Remember where scripts and cache are."""
        self.scripts, self.folder = scripts, folder

    def path(self, name: str) -> Path:
        """Return where the file of this name is kept."""
        return self.folder / name

    def seconds(self, name: str) -> float:
        """Return how long a processor took for all states of a file, in seconds."""
        return float(self.path(name).with_suffix(".seconds").read_text())

    def refresh(self, requests: Requests, *, quiet: bool = False) -> list[str]:
        """Record what is missing, two scripts or states at a time; return the names of all files that are wanted."""
        names = {self._name(reference, one): one for reference, asked in requests.items() for one in asked}
        stale: dict[str, dict[str, Wanted]] = {}
        for name, asked in names.items():
            if not self.path(name).is_file():
                stale.setdefault(name.split(".")[0], {})[name] = asked

        def record(script: str) -> SourceError | None:
            start = time.monotonic()
            try:
                self._record(self.scripts[script], stale[script], PROCESSES if len(stale) == 1 else 1)
            except SourceError as problem:
                return problem
            if not quiet:
                print(f"\n  {script} {time.monotonic() - start:.1f} s", end="", flush=True)
            return None

        with ThreadPoolExecutor(PROCESSES) as pool:
            problems = [problem for problem in pool.map(record, stale) if problem]
        if problems:
            raise problems[0] if len(problems) == 1 else SourceError("\n".join(map(str, problems)))
        return sorted(names)

    def _name(self, reference: str, asked: Wanted) -> str:
        cell = self.scripts.cell(reference)
        return file_name(self.scripts[cell.script], cell, asked)

    def _record(self, script: Script, stale: Mapping[str, Wanted], beside: int) -> None:
        for name, answers in _run(script, stale, beside).items():
            asked, cell = stale[name], script[_cell(name)]
            recorded: dict[State, tuple[list[Any], list[Any]]] = {}
            for state, answer in zip(asked.controls.states(), answers, strict=False):
                if failed := answer.get("failed"):
                    code = ", ".join(f"{p.name} = {v}" for p, v in zip(asked.controls.parameters, state, strict=True))
                    raise SourceError(f"cell `{cell.name}` with {code} {failed}", script.path, cell.line)
                recorded[state] = answer["items"], answer["values"]
            text = json.dumps(encode(asked.controls, asked.values, recorded), ensure_ascii=False, separators=(",", ":"))
            for old in self.folder.glob(f"{script.name}.{cell.name}.*"):
                if old.with_suffix(".json").name not in stale:
                    old.unlink(missing_ok=True)
            files.write(self.path(name).with_suffix(".seconds"), str(answers[-1]["seconds"]).encode())
            files.write(self.path(name), text.encode())


def file_name(script: Script, cell: Cell, asked: Wanted) -> str:
    """Return the name of the file that holds a cell's states; it says what they depend on."""
    source = "\n".join([*(other.source for other in script.above(cell)), cell.source])
    content = digest_of(source, None, RECIPE) + repr((asked.controls.parameters, asked.controls.states(), asked.values))
    return f"{script.name}.{cell.name}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.json"


def weight(path: Path) -> int:
    """Return how many bytes a file has when it is sent."""
    return len(gzip.compress(path.read_bytes(), 6))


def requests_of_pages(docs: Path, scripts: Scripts) -> dict[str, list[Wanted]]:
    """Return what all pages want."""
    asked: dict[str, list[Wanted]] = {}
    for found in of_pages(docs, lambda nodes: wanted(nodes, scripts)):
        for reference, one in found.items():
            mine = asked.setdefault(reference, [])
            mine += [one] if one not in mine else []
    return asked


def _cell(name: str) -> str:
    return name.split(".")[1]


def _run(script: Script, stale: Mapping[str, Wanted], beside: int) -> dict[str, list[Any]]:
    """Run a script as far as need be, so many states at a time.

    Return what each state of each file put out, and last the time it took.
    """
    last = max(script[_cell(name)].line for name in stale)
    cells = [
        {
            "name": cell.reference,
            "code": cell.source,
            "sweeps": [
                {
                    "file": name,
                    "values": asked.values,
                    "states": [asked.controls.source(cell.source, state) for state in asked.controls.states()],
                }
                for name, asked in stale.items()
                if _cell(name) == cell.name
            ],
        }
        for cell in script.shown
        if cell.line <= last
    ]
    imports = [name for name, _ in modules(script.source)]
    order = {"worker": str(WORKER), "limit": STATE_LIMIT, "beside": beside, "imports": imports, "cells": cells}
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        command = [sys.executable, "-P", str(_HERE / "runner.py"), str(answers)]
        environment = plain_environment()
        ended = subprocess.run(
            command, input=json.dumps(order), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise SourceError(f"the states cannot be recorded:\n{ended.stderr.strip()}", script.path)
        found: dict[str, list[Any]] = {}
        for line in answers.read_text("utf-8").splitlines():
            answer = json.loads(line)
            found.setdefault(answer.pop("file"), []).append(answer)
    return found
