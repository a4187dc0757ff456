"""Run each script once, natively, and keep what its cells put out: the published output is recorded, never typed.

A record is cached by the content of the script, of what it imports from the kit, and of the pinned versions. It also
holds the values of expressions that articles ask for (`value:` of a guess, `answer` of an exercise), evaluated right
after the cell they belong to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

from kamipen.article.imports import KIT_FOLDER, kit_files
from kamipen.article.probes import probes_of_pages
from kamipen.article.scripts import Cell, Script, Scripts
from kamipen.errors import SourceError
from kamipen.project import CACHE, ROOT
from kamipen.recording.items import Item, Probes, Record, Text, item_from
from kamipen.recording.kernel import kernel, run_apart

SNIPPETS = ROOT / "snippets"
PINNED = ("numpy", "matplotlib", "scikit-learn", "scipy")
CELL_LIMIT = 60  # seconds until a cell is given up
PROCESSES = 2


class Records:
    """The records of all scripts of a folder, made when asked for and kept in a cache."""

    def __init__(self, scripts: Scripts, folder: Path = CACHE / "record") -> None:
        """Remember where scripts and cache are."""
        self.scripts = scripts
        self.folder = folder
        self._read: dict[str, tuple[str, Record]] = {}

    def get(self, name: str, probes: Probes | None = None) -> Record:
        """Return a script's record with at least these values in it, running the script only if needed."""
        return self._get(name, probes or {})[0]

    def refresh(self, probes: Mapping[str, Probes]) -> None:
        """Bring all records up to date, two scripts at a time, and print how long each one took."""

        def one(name: str) -> None:
            start = time.monotonic()
            if self._get(name, probes.get(name, {}))[1]:
                print(f"\n  {name} {time.monotonic() - start:.1f} s", end="", flush=True)

        with ThreadPoolExecutor(PROCESSES) as pool:
            problems = [error for error in pool.map(_caught(one), self.scripts) if error]
        if len(problems) > 1:
            raise SourceError("\n".join(str(problem) for problem in problems))
        for problem in problems:
            raise problem

    def _get(self, name: str, probes: Probes) -> tuple[Record, bool]:
        script = self.scripts[name]
        for cell in probes:
            _ = script[cell]  # an unknown one says so
        key = digest(script)
        known = self._cached(name, key)
        if known and known.knows(probes):
            return known, False
        wanted = {cell.name: ["answer", "tolerance"] for cell in script.cells if cell.kind == "solution"}
        for source in (known.values if known else {}, probes):
            for cell, asked in source.items():
                wanted[cell] = [*dict.fromkeys([*wanted.get(cell, []), *asked])]
        record = run(script, wanted)
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
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"key": key, **asdict(record)}, ensure_ascii=False, indent=1, sort_keys=True)
        with tempfile.NamedTemporaryFile("w", dir=self.folder, delete=False, encoding="utf-8") as file:
            file.write(text)
        Path(file.name).replace(self.folder / f"{record.script}.json")


def digest(script: Script) -> str:
    """Return what a record depends on as a digest: script, kit, versions, and the way of recording."""
    used = kit_files(script.source)
    always = [KIT_FOLDER / name for name in ("draw.py", "notebook.py", "rich.py", "matplotlibrc")]
    data = [path for path in KIT_FOLDER.rglob("*") if used and path.is_file() and path.suffix not in (".py", ".pyc")]
    content = hashlib.sha256(script.source.encode())
    for path in [*sorted({*used, *always, *data}), Path(__file__)]:
        content.update(path.name.encode() + path.read_bytes() if path.exists() else b"")
    return hashlib.sha256((content.hexdigest() + _versions()).encode()).hexdigest()[:16]


def run(script: Script, probes: Probes) -> Record:
    """Execute a script in a fresh Jupyter kernel, as the notebook that jupytext reads in it."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # slow to import

    steps = _steps(script, probes)
    notebook = _notebook(script, [source for _, source in steps])
    quiet = ["--log-level=ERROR"]
    options: dict[str, Any] = {"timeout": CELL_LIMIT, "kernel_name": "python3", "extra_arguments": quiet}
    record = Record(script.name)

    async def execute() -> None:
        async with kernel(notebook, _environment(), resources=_resources(), **options) as client:
            for index, (cell, _) in enumerate(steps):
                name = cell.name if cell else "start"
                try:
                    await client.async_execute_cell(notebook.cells[index], index)
                except CellTimeoutError:
                    problem = f"cell `{name}` ran longer than {CELL_LIMIT} s"
                    raise SourceError(problem, script.path, cell and cell.line) from None
                except DeadKernelError:
                    raise SourceError(f"Python died in cell `{name}`", script.path, cell and cell.line) from None
                _collect(record, script, cell, notebook.cells[index].outputs)

    run_apart(execute())
    return record


def record_all() -> None:
    """Bring the records of all scripts up to date, with the values that the articles ask for."""
    scripts = Scripts(SNIPPETS)
    Records(scripts).refresh(probes_of_pages(ROOT / "docs", scripts))


def _steps(script: Script, probes: Probes) -> list[tuple[Cell | None, str]]:
    """Return what the kernel executes: the set-up, each cell, and after it the expressions asked for."""
    names = {cell.source: cell.reference for cell in script.shown}
    steps: list[tuple[Cell | None, str]] = [(None, f"import kit.notebook as _kit\n_kit.start({names!r})")]
    for cell in script.cells:
        if cell.kind == "cell":
            steps.append((cell, cell.source))
        elif cell.kind != "exercise":
            steps.append((cell, f"_kit.aside({cell.exercise!r}, {cell.reference!r}, {cell.source!r})"))
        asked = [*probes.get(cell.name, ())]
        if asked:
            steps.append((cell, f"_kit.values({asked!r}, {cell.exercise!r})"))
    return steps


def _notebook(script: Script, sources: Iterable[str]) -> Any:
    """Return a notebook of these sources; jupytext must see the same cells in the script as we do."""
    import jupytext
    from nbformat import v4 as format_

    reads = cast(Any, jupytext).reads
    theirs = {
        str(cell.metadata.get("title")): str(cell.source) for cell in reads(script.source, fmt="py:percent").cells
    }
    for cell in script.cells:
        if theirs.get(cell.name, "").strip() != cell.source.strip():
            raise SourceError(f"cell `{cell.name}` is read differently by jupytext", script.path, cell.line)
    return format_.new_notebook(cells=[format_.new_code_cell(source) for source in sources])  # pyright: ignore


def _collect(record: Record, script: Script, cell: Cell | None, outputs: Iterable[Mapping[str, Any]]) -> None:
    """Sort what the kernel sent after one step into the record."""
    from kit.notebook import MIME, REPLACED, VALUES

    items: list[Item] = []
    for output in outputs:
        if output["output_type"] == "error":
            raise _failure(script, cell, output)
        if output["output_type"] == "stream":
            _add_text(items, Text(output["name"], output["text"]))
            if cell and cell.kind == "cell":
                record.printed[cell.name] = record.printed.get(cell.name, "") + output["text"]
            continue
        data: Mapping[str, Any] = output["data"]
        if REPLACED in data:
            raise _replaced(script, cell, data[REPLACED])
        if VALUES in data:
            record.values.setdefault(cell.name if cell else "", {}).update(data[VALUES])
        for item in map(item_from, data.get(MIME, [])):
            _add_text(items, item) if isinstance(item, Text) else items.append(item)
    if cell and cell.kind == "cell":
        for item in items:
            if isinstance(item, Text) and item.stream == "stderr":
                said = next((line for line in item.text.splitlines() if "Warning" in line), item.text.strip())
                raise SourceError(f"cell `{cell.name}` writes to stderr: {said}", script.path, cell.line)
        record.outputs.setdefault(cell.name, []).extend(items)


def _add_text(items: list[Item], text: Text) -> None:
    last = items[-1] if items else None
    if isinstance(last, Text) and last.stream == text.stream:
        items[-1] = Text(text.stream, last.text + text.text)
    else:
        items.append(text)


def _replaced(script: Script, cell: Cell | None, names: list[str]) -> SourceError:
    """Return the refusal of a cell that leaves other streams behind: what follows it would print nothing."""
    if cell is None:
        return SourceError(f"the start leaves {' and '.join(names)} replaced", script.path)
    lines = cell.source.splitlines()
    setting = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\s*(?::[^=]*)?=(?!=)")
    at = next((number for number, line in enumerate(lines) if setting.search(line)), 0)
    return SourceError(
        f"cell `{cell.name}` leaves {' and '.join(names)} replaced, and what follows would not be recorded: "
        "replace it for a block only, by `with contextlib.redirect_stdout(…):` or `redirect_stderr`",
        script.path,
        cell.line + at,
    )


def _failure(script: Script, cell: Cell | None, output: Mapping[str, Any]) -> SourceError:
    """Return the kernel's error with the lines of the file instead of those of the cells."""
    line = cell.line if cell else 1
    story: list[str] = []
    for text in output["traceback"]:
        for other in script.cells:
            before, mark, after = text.partition(f'File "{other.reference}", line ')
            if mark:
                number, _, rest = after.partition(",")
                line = other.line + int(number) - 1
                text = f'{before}File "{script.path}", line {line}{"," if rest else ""}{rest}'
        story.append(text)
    return SourceError(f"cell `{cell.name if cell else 'start'}` fails\n" + "\n".join(story), script.path, line)


def _caught(function: Any) -> Any:
    def call(argument: str) -> SourceError | None:
        try:
            function(argument)
        except SourceError as error:
            return error
        return None

    return call


def _resources() -> dict[str, Any]:
    return {"metadata": {"path": str(ROOT)}}


def _environment() -> dict[str, str]:
    """Return the kernel's environment: one thread, so that sums are added in one order."""
    single = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
    return os.environ | single | {"PYTHONPATH": str(KIT_FOLDER.parent), "PYTHONHASHSEED": "0"}


@cache
def _versions() -> str:
    return " ".join(
        [f"python {sys.version_info[0]}.{sys.version_info[1]}", *(f"{name} {version(name)}" for name in PINNED)]
    )
