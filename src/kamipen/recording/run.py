"""Run a script once, natively, in a fresh Jupyter kernel, and sort what its cells put out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from kamipen.article.imports import KIT_FOLDER
from kamipen.article.scripts import Cell, Script
from kamipen.errors import SourceError
from kamipen.project import ROOT
from kamipen.recording.items import Item, Output, Probes, Record, Text, items_of
from kamipen.recording.kernel import kernel, run_apart

CELL_SECONDS = 10
"""The most that a cell may take of one core, where it is recorded; browsers take some three times that."""

CELL_LIMIT = 30
"""Seconds until a cell is given up, whatever it does; a machine with other things to do is slow, too."""

REMEDY = f"{CELL_SECONDS} s at most, for browsers take three times that; compute less"


def run(script: Script, probes: Probes, environment: Mapping[str, str] | None = None) -> Record:
    """Execute a script in a fresh Jupyter kernel, as the notebook that jupytext reads in it.

    `environment` holds variables beside those that all kernels get, such as another processor's.
    """
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # slow to import

    steps = _steps(script, probes)
    notebook = _notebook(script, [source for _, source in steps])
    options: dict[str, Any] = {
        "timeout": CELL_LIMIT,
        "kernel_name": "python3",
        "extra_arguments": ["--log-level=ERROR"],
        "resources": {"metadata": {"path": str(ROOT)}},
    }
    record = Record(script.name)

    async def execute() -> None:
        async with kernel(notebook, plain_environment() | dict(environment or {}), **options) as client:
            for index, (cell, _) in enumerate(steps):
                name = cell.name if cell else "start"
                try:
                    await client.async_execute_cell(notebook.cells[index], index)
                except CellTimeoutError:
                    problem = f"cell `{name}` takes more than {CELL_LIMIT} s: {REMEDY}"
                    raise SourceError(problem, script.path, cell and cell.line) from None
                except DeadKernelError:
                    raise SourceError(f"Python died in cell `{name}`", script.path, cell and cell.line) from None
                _collect(record, script, cell, notebook.cells[index].outputs)

    run_apart(execute())
    return record


def _steps(script: Script, probes: Probes) -> list[tuple[Cell | None, str]]:
    """Return what the kernel executes: the set-up, each cell, and after it the expressions asked for."""
    names = {cell.source: cell.reference for cell in script.shown}
    steps: list[tuple[Cell | None, str]] = [(None, f"import kit.outputs as _kit\n_kit.start({names!r})")]
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


def _collect(record: Record, script: Script, cell: Cell | None, outputs: Iterable[Output]) -> None:
    """Sort what the kernel sent after one step into the record."""
    from kit.outputs import REPLACED, VALUES

    items: list[Item] = []
    for output in outputs:
        if output["output_type"] == "error":
            raise _failure(script, cell, output)
        if replaced := output.get("data", {}).get(REPLACED):
            raise _replaced(script, cell, replaced)
        for item in items_of(output):
            _append(items, item)
        if cell and cell.kind == "cell" and output["output_type"] == "stream":
            record.printed[cell.name] = record.printed.get(cell.name, "") + output["text"]
        if values := output.get("data", {}).get(VALUES):
            record.values.setdefault(cell.name if cell else "", {}).update(values)
    if cell and cell.kind == "cell":
        _refuse_warnings(script, cell, items)
        record.outputs.setdefault(cell.name, []).extend(items)


def _append(items: list[Item], item: Item) -> None:
    """Add an item; text goes to the text before it, if that is of the same stream."""
    last = items[-1] if items else None
    if isinstance(item, Text) and isinstance(last, Text) and last.stream == item.stream:
        items[-1] = Text(item.stream, last.text + item.text)
    else:
        items.append(item)


def _refuse_warnings(script: Script, cell: Cell, items: Iterable[Item]) -> None:
    for item in items:
        if isinstance(item, Text) and item.stream == "stderr":
            said = next((line for line in item.text.splitlines() if "Warning" in line), item.text.strip())
            raise SourceError(f"cell `{cell.name}` writes to stderr: {said}", script.path, cell.line)


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


def _failure(script: Script, cell: Cell | None, output: Output) -> SourceError:
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


def plain_environment() -> dict[str, str]:
    """Return the environment of what runs cells: one thread, so that sums are added in one order."""
    single = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM")}
    return os.environ | single | {"PYTHONPATH": str(KIT_FOLDER.parent), "PYTHONHASHSEED": "0"}
