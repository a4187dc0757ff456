"""Run the cells of a script as the page's worker does, and each state of their controls in a copy of the process.

A program of its own, without threads, so that it can be forked: `python runner.py answers.jsonl < order.json`.
"""

# pyright: basic, reportMissingImports=false

import asyncio
import importlib
import importlib.util
import json
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

WORKER = "_kamipen_"
NAMESPACE = "article"


class Finder:
    """Finds the worker's own modules, `_kamipen_cells` in `cells.py`."""

    def __init__(self, folder: str) -> None:
        self.folder = Path(folder)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """Return where a module of the worker stands."""
        file = self.folder / f"{name.removeprefix(WORKER)}.py"
        return importlib.util.spec_from_file_location(name, file) if name.startswith(WORKER) else None


class Copy(NamedTuple):
    """A copy of this process that works, and the pipe through which it answers."""

    process: int
    pipe: int


class Output:
    """What a run puts out, as the worker's printer sends it to the page."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []

    def text(self, stream: str, text: str, _is_value: bool = False) -> None:
        """Add printed text to the text before it, if that is of the same stream."""
        last = self.items[-1] if self.items else {}
        if last.get("kind") == "text" and last["stream"] == stream:
            last["text"] += text
        elif text:
            self.items.append({"kind": "text", "stream": stream, "text": text})

    def rich(self, html: str) -> None:
        """Add a value that knows its own HTML."""
        self.items.append({"kind": "rich", "html": html})

    def figure(self, svg: str, width: float, height: float, alt: str) -> None:
        """Add a figure."""
        self.items.append({"kind": "figure", "svg": svg, "width": width, "height": height, "alt": alt})


def main() -> None:
    """Do what the order says: cells in reading order, before each the states of its controls."""
    order = json.load(sys.stdin)
    sys.meta_path.insert(0, Finder(order["worker"]))  # type: ignore[arg-type]
    from kit import draw

    draw.install()
    import _kamipen_output

    warm(order["imports"])
    output = Output()
    _kamipen_output.connect(output.text, output.rich, output.figure, lambda _: None, lambda _: None)
    with Path(sys.argv[1]).open("w", encoding="utf-8") as answers:
        for cell in order["cells"]:
            for sweep in cell["sweeps"]:
                for answer in swept(output, cell["name"], sweep, order["limit"], order["beside"]):
                    answers.write(json.dumps({"file": sweep["file"]} | answer) + "\n")
            run(output, cell["name"], cell["code"], [])


def warm(modules: list[str]) -> None:
    """Import what the cells will import, and draw once: no copy has to do it again."""
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)
    if "matplotlib" in sys.modules:
        from kit.drawing import page
        from matplotlib import pyplot

        figure, axes = pyplot.subplots()
        axes.set_title("$x$")
        page.drawn(figure)
        pyplot.close("all")


def swept(output: Output, name: str, sweep: dict[str, Any], limit: int, beside: int) -> Iterator[dict[str, Any]]:
    """Yield what each state of a sweep puts out, so many running at a time, then the processor's time for all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    running: deque[Copy] = deque()
    for code in sweep["states"]:
        running.append(copied(limit, lambda code=code: run(output, name, code, sweep["values"])))
        if len(running) == beside:
            yield answered(running.popleft(), limit)
    yield from (answered(copy, limit) for copy in running)
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield {"seconds": round(now.ru_utime + now.ru_stime - before.ru_utime - before.ru_stime, 2)}


def run(output: Output, name: str, code: str, asked: list[str]) -> dict[str, Any]:
    """Run a cell's code in the article's namespace; return what it put out, and its values."""
    import _kamipen_cells as cells
    from kit import values

    output.items = []
    result = cells.run(NAMESPACE, name, code)
    if not isinstance(result, str):
        result = asyncio.run(result)
    problem = json.loads(result).get("error")
    items = [*output.items, *([{"kind": "error", **problem}] if problem else [])]
    return {"items": items, "values": values.shown(asked, cells.names(NAMESPACE))}


def copied(limit: int, work: Callable[[], dict[str, Any]]) -> Copy:
    """Let a copy of this process do work."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.alarm(limit)
        try:
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                json.dump(work(), pipe)
        finally:
            os._exit(0)
    os.close(writing)
    return Copy(child, reading)


def answered(copy: Copy, limit: int) -> dict[str, Any]:
    """Return what a copy did; say so if it took too long, or died."""
    with os.fdopen(copy.pipe, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(copy.process, 0)
    if os.WIFSIGNALED(status):
        late = os.WTERMSIG(status) == signal.SIGALRM
        return {"failed": f"runs longer than {limit} s" if late else f"ends Python by signal {os.WTERMSIG(status)}"}
    return json.loads(said) if said else {"failed": "ends Python"}


if __name__ == "__main__":
    main()
