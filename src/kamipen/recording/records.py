"""Run each script once, natively, and keep what its cells put out: the published output is recorded, never typed.

A record is cached by the content of the script, of what it imports from the kit, and of the pinned versions. It also
holds the values of expressions that articles ask for (`value:` of a guess, `answer` of an exercise), evaluated right
after the cell they belong to.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kamipen import files
from kamipen.article.imports import KIT_FOLDER, kit_files
from kamipen.article.probes import probes_of_pages
from kamipen.article.scripts import Script, Scripts
from kamipen.errors import SourceError
from kamipen.project import CACHE, DOCS, SNIPPETS
from kamipen.recording.items import Probes, Record, item_from
from kamipen.recording.run import run

PINNED = ("numpy", "matplotlib", "scikit-learn", "scipy")
PROCESSES = 2

_HERE = Path(__file__).parent
RECIPE = (*sorted(_HERE.glob("*.py")), *(_HERE.parent / "article" / name for name in ("imports.py", "scripts.py")))
"""The code that decides what is recorded: when it changes, everything is recorded anew."""


KIT_ALWAYS = ("draw.py", "labels.py", "outputs.py", "rich.py", "pictures.py", "ipython.py", "values.py", "matplotlibrc")
"""Of the kit, what every cell's output goes through."""


class Records:
    """The records of all scripts of a folder, made when asked for and kept in a cache."""

    def __init__(
        self, scripts: Scripts, folder: Path = CACHE / "record", environment: Mapping[str, str] | None = None
    ) -> None:
        """Remember where scripts and cache are, and the variables that kernels get beside their own."""
        self.scripts = scripts
        self.folder = folder
        self.environment = environment or {}
        self._read: dict[str, tuple[str, Record]] = {}
        self._failed: dict[str, tuple[str, SourceError]] = {}

    def get(self, name: str, probes: Probes | None = None) -> Record:
        """Return a script's record with at least these values in it, running the script only if needed."""
        return self._get(name, probes or {})[0]

    def failed(self, name: str) -> bool:
        """Tell whether the script, as it stands, was run here and failed."""
        return name in self._failed and self._failed[name][0] == digest(self.scripts[name], self.environment)

    def refresh(self, probes: Mapping[str, Probes]) -> None:
        """Bring all records up to date, two scripts at a time, and print how long each one took."""

        def refresh(name: str) -> SourceError | None:
            start = time.monotonic()
            try:
                if self._get(name, probes.get(name, {}))[1]:
                    print(f"\n  {name} {time.monotonic() - start:.1f} s", end="", flush=True)
            except SourceError as problem:
                return problem
            return None

        with ThreadPoolExecutor(PROCESSES) as pool:
            problems = [problem for problem in pool.map(refresh, self.scripts) if problem]
        if len(problems) > 1:
            raise SourceError("\n".join(str(problem) for problem in problems))
        for problem in problems:
            raise problem

    def _get(self, name: str, probes: Probes) -> tuple[Record, bool]:
        script = self.scripts[name]
        for cell in probes:
            _ = script[cell]  # an unknown one says so
        key = digest(script, self.environment)
        known = self._cached(name, key)
        if known and known.knows(probes):
            return known, False
        if self.failed(name):
            raise self._failed[name][1]  # once is enough
        wanted = {cell.name: ["answer", "tolerance"] for cell in script.cells if cell.kind == "solution"}
        for source in (known.values if known else {}, probes):
            for cell, asked in source.items():
                wanted[cell] = [*dict.fromkeys([*wanted.get(cell, []), *asked])]
        try:
            record = run(script, wanted, self.environment)
        except SourceError as problem:
            self._failed[name] = key, problem
            raise
        self._keep(key, record)
        return record, True

    def _cached(self, name: str, key: str) -> Record | None:
        if name in self._read and self._read[name][0] == key:
            return self._read[name][1]
        try:
            data = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        if data["key"] != key:
            return None
        outputs = {cell: [item_from(item) for item in items] for cell, items in data["outputs"].items()}
        self._read[name] = key, Record(name, outputs, data["values"], data["printed"])
        return self._read[name][1]

    def _keep(self, key: str, record: Record) -> None:
        self._read[record.script] = key, record
        text = json.dumps({"key": key, **asdict(record)}, ensure_ascii=False, indent=1, sort_keys=True)
        files.write(self.folder / f"{record.script}.json", text.encode())


def digest(script: Script, environment: Mapping[str, str] | None = None, recipe: Sequence[Path] = RECIPE) -> str:
    """Return what a record depends on as a digest: script, kit, versions, and the way of recording."""
    return digest_of(script.source, environment, recipe)


def digest_of(source: str, environment: Mapping[str, str] | None, recipe: Sequence[Path]) -> str:
    """Return what the output of code depends on as a digest: the code, kit, versions, and the way of recording."""
    used = kit_files(source)
    always = [*(KIT_FOLDER / name for name in KIT_ALWAYS), *(KIT_FOLDER / "drawing").glob("*.py")]
    data = [path for path in KIT_FOLDER.rglob("*") if used and path.is_file() and path.suffix not in (".py", ".pyc")]
    content = hashlib.sha256(source.encode())
    for path in [*sorted({*used, *always, *data}), *recipe]:
        content.update(path.name.encode() + path.read_bytes() if path.exists() else b"")
    rest = f"{_versions()}{sorted((environment or {}).items())}"
    return hashlib.sha256((content.hexdigest() + rest).encode()).hexdigest()[:16]


def record_all(records: Records | None = None) -> None:
    """Bring the records of all scripts up to date, with the values that the articles ask for."""
    records = records or Records(Scripts(SNIPPETS))
    records.refresh(probes_of_pages(DOCS, records.scripts))


@cache
def _versions() -> str:
    return " ".join(
        [f"python {sys.version_info[0]}.{sys.version_info[1]}", *(f"{name} {version(name)}" for name in PINNED)]
    )
