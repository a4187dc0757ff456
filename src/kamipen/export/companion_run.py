"""Run a GPU companion in the Python that has the frameworks, and keep what it puts out."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

from kamipen.errors import SourceError
from kamipen.export import ipynb
from kamipen.export.companion import SOURCES, Companion, Recording, Step
from kamipen.export.ipynb import Json
from kamipen.project import CACHE, ROOT, SNIPPETS
from kamipen.recording.items import Output, items_of
from kamipen.recording.kernel import kernel, run_apart

PYTHON = ROOT / ".venv-gpu/bin/python"
"""The Python that has PyTorch and JAX; `KAMIPEN_GPU_PYTHON` names another."""

CELL_LIMIT = 1_800  # seconds until a cell is given up


def run(companion: Companion, *, smoke: bool = False) -> Recording:
    """Run a notebook in the Python that has the frameworks; a failing cell is an error with its line."""
    from nbformat import v4 as format_

    start = "import kit.outputs as _kit\n_kit.start({})"
    steps = [Step("start", start), *(step for steps in companion.steps.values() for step in steps)]
    cells = [cast(Any, format_).new_code_cell(step.source) for step in steps]
    notebook = cast(Any, format_).new_notebook(cells=cells)
    options: dict[str, Any] = {"timeout": CELL_LIMIT, "kernel_name": _kernel()}
    resources = {"metadata": {"path": str(CACHE)}}
    recording = Recording(code=companion.code)

    async def execute() -> None:
        async with kernel(notebook, _environment(smoke), resources=resources, **options) as client:
            for index, step in enumerate(steps):
                began = time.monotonic()
                await client.async_execute_cell(notebook.cells[index], index)
                outputs = [_output(output, companion, step) for output in notebook.cells[index].outputs]
                print(f"  {companion.slug} {step.name} {time.monotonic() - began:.1f} s", flush=True)
                recording.outputs += [[part for parts in outputs for part in parts]] if index else []

    run_apart(execute())
    recording.device = _device(companion, recording.outputs)
    return recording


def _output(output: Output, companion: Companion, step: Step) -> list[Json]:
    """Turn what the kernel sent into standard outputs."""
    if output["output_type"] == "error":
        story = "\n".join(output["traceback"])
        raise SourceError(
            f"notebook `{companion.slug}`, cell `{step.name}`:\n{story}", SOURCES / f"{companion.name}.py"
        )
    if output["output_type"] == "stream" and output["name"] == "stderr":
        print(output["text"], end="", file=sys.stderr)  # warnings name folders of this machine: shown, not kept
        return []
    return [ipynb.output(item, themed=True) for item in items_of(output)]


def _device(companion: Companion, outputs: Iterable[Sequence[Json]]) -> str:
    """Return what the first output says behind `device:`."""
    for output in (output for parts in outputs for output in parts):
        found = re.match(r"device: ((?:CPU|GPU) .+)", "".join(output.get("text", [])))
        if found:
            return found[1]
        break
    raise SourceError("the first output must be a line `device: CPU …` or `device: GPU …`", companion.source("ja"))


def _kernel() -> str:
    """Make a kernel of the Python that has the frameworks known to this process, and return its name."""
    python = os.environ.get("KAMIPEN_GPU_PYTHON") or str(PYTHON)
    if "/" in python and not Path(python).exists():
        raise SourceError(f"there is no {python}: `make companions` makes it, or name one in KAMIPEN_GPU_PYTHON")
    folder = CACHE / "jupyter"
    spec = folder / "kernels/kamipen-gpu/kernel.json"
    spec.parent.mkdir(parents=True, exist_ok=True)
    argv = [python, "-m", "ipykernel_launcher", "-f", "{connection_file}", "--log-level=ERROR"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}), "utf-8")
    paths = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    if str(folder) not in paths:
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(folder), *paths]))
    return "kamipen-gpu"


def _environment(smoke: bool) -> dict[str, str]:
    # Beside other work, threads that wait for each other cost a small run five times its time. XLA asks no OpenMP.
    single = smoke or os.environ.get("OMP_NUM_THREADS") == "1"
    xla = {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"}
    flags = xla | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} if single else {}
    fresh = {"TORCHINDUCTOR_CACHE_DIR": tempfile.mkdtemp(prefix="kamipen-")}  # a first call is a first call
    return os.environ | flags | fresh | {"PYTHONPATH": str(SNIPPETS), "SMOKE": "1" if smoke else "0"}
