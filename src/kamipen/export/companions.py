"""The GPU companions: notebooks for Colab, generated from one script and one text per language, outputs kept.

`snippets/gpu/<name>.py` holds the code (a percent script), `snippets/gpu/<name>.<language>.md` the prose, in which a
`cell` fence with the name of a cell says where it stands. A cell that only imports from an article's script, as in
`from only_matmul import softmax  # fold, maps`, stands for these cells of the article. Nothing is typed by hand into
`docs/<language>/notebooks/<name>.ipynb`: outputs come from a recording, which all languages share.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from kamipen import texts
from kamipen.article import outline
from kamipen.article.articles import split_front_matter
from kamipen.article.outline import Block, Fence
from kamipen.article.scripts import Cell, Scripts
from kamipen.errors import SourceError, nearest
from kamipen.project import CACHE, DOCS, LANGUAGES, ROOT, SNIPPETS, setting
from kamipen.recording.items import Figure, Item, Rich, Text
from kamipen.recording.kernel import kernel, run_apart

SOURCES = SNIPPETS / "gpu"
PYTHON = ROOT / ".venv-gpu/bin/python"
"""The Python that has PyTorch and JAX; `KAMIPEN_GPU_PYTHON` names another."""

CELL_LIMIT = 1_800  # seconds until a cell is given up
COLAB = "https://colab.research.google.com/github/"

_ARTICLE = re.compile(r"from (?P<script>\w+) import [^\n]+  # (?P<cells>[\w:-]+(?:, [\w:-]+)*)")
_ADDRESS = re.compile(r"<(https?://[^>\s]+)>")
_HEADING = re.compile(r"(?m)^(?=#{1,6} )")
_ID = re.compile(r"(?m)^(#{1,6} .*?) *\{ *#([\w-]+) *\} *$")

Output = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One code cell of a notebook."""

    name: str
    source: str


@dataclass
class Recording:
    """What the cells of a notebook put out, and on what; `code` is what ran."""

    device: str = ""
    code: list[str] = field(default_factory=list[str])
    outputs: list[list[Output]] = field(default_factory=list[list[Output]])


@dataclass(frozen=True)
class Companion:
    """One notebook in all languages."""

    name: str  # of the script

    @property
    def slug(self) -> str:
        """Name of the notebook's file and page."""
        return self.name.replace("_", "-")

    @cached_property
    def steps(self) -> dict[str, list[Step]]:
        """The code cells that each cell of the script stands for, in order."""
        scripts, gpu = Scripts(SNIPPETS), Scripts(SOURCES)
        return {cell.name: _steps(cell, scripts) for cell in gpu[self.name].cells}

    @property
    def code(self) -> list[str]:
        """The sources of all code cells."""
        return [step.source for steps in self.steps.values() for step in steps]

    def source(self, language: str) -> Path:
        """Return the file that holds the prose."""
        return SOURCES / f"{self.name}.{language}.md"

    def path(self, language: str) -> Path:
        """Return the notebook's file."""
        return DOCS / language / "notebooks" / f"{self.slug}.ipynb"

    def recording(self) -> Recording:
        """Return what the notebooks hold already, if it is the output of the code as it now is."""
        path = self.path(LANGUAGES[0])
        if not path.exists():
            return Recording()
        notebook: Any = json.loads(path.read_text("utf-8"))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        code = ["".join(cell["source"]) for cell in cells]
        device = notebook["metadata"]["kamipen"]["device"]
        recorded = device and code == self.code
        return Recording(device, code, [cell["outputs"] for cell in cells]) if recorded else Recording()

    def notebook(self, language: str, recording: Recording) -> dict[str, Any]:
        """Return the notebook of a language."""
        return _Writer(self, language, recording).notebook()


def companions() -> list[Companion]:
    """Return all companions, by name."""
    return [Companion(name) for name in Scripts(SOURCES)]


def update(names: Sequence[str] = (), *, record: bool = False) -> list[Path]:
    """Write the notebooks whose sources changed, recorded anew if asked for; return what was written."""
    written: list[Path] = []
    for companion in _chosen(names):
        recording = run(companion) if record else companion.recording()
        for language in LANGUAGES:
            path, text = companion.path(language), _text(companion.notebook(language, recording))
            if not path.exists() or path.read_text("utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
                written.append(path)
    return written


def drift() -> list[Path]:
    """Return the notebooks that are not what their sources say, and those without a source."""
    wanted = {
        companion.path(language): _text(companion.notebook(language, companion.recording()))
        for companion in companions()
        for language in LANGUAGES
    }
    there = set(DOCS.glob("*/notebooks/*.ipynb"))
    stale = {path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}
    return sorted(stale | there - wanted.keys())


def main(names: Sequence[str], *, record: bool, smoke: bool) -> None:
    """Generate, record or try the notebooks, and say what was done."""
    if smoke:
        for companion in _chosen(names):
            run(companion, smoke=True)
        return
    for path in update(names, record=record):
        print(f"{path.relative_to(ROOT)} written")
    for companion in _chosen(names):
        if not companion.recording().code:
            print(f"{companion.slug}: no outputs; record them with `make notebooks`")


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


class _Writer:
    """A notebook while it is written."""

    def __init__(self, companion: Companion, language: str, recording: Recording) -> None:
        self.companion, self.language, self.recording = companion, language, recording
        self.path = companion.source(language)
        self.t = texts.load(language)
        try:
            self.matter, text, line = split_front_matter(self.path.read_text("utf-8"))
            self.nodes = outline.parse(text, line)
        except SourceError as error:
            raise error.at(self.path, error.line) from None

    def notebook(self) -> dict[str, Any]:
        cells = [self.prose(f"# {self.matter['title']}\n\n{self.introduction()}", "")]
        waiting, shown = "", list[str]()
        for node in self.nodes:
            if isinstance(node, Block):
                raise SourceError(f"a notebook has no blocks such as `{node.name}`", self.path, node.line)
            if isinstance(node, Fence) and node.info == "cell":
                cells += [*self.proses(waiting), *self.code(node, shown)]
                waiting = ""
            else:
                waiting += f"{node.text}\n"
        if list(self.companion.steps) != shown:
            missing = [name for name in self.companion.steps if name not in shown]
            problem = f"does not show {', '.join(missing)}" if missing else "shows the cells in another order"
            raise SourceError(problem, self.path)
        cells += self.proses(waiting)
        for number, cell in enumerate(cells):
            cell["id"] = f"{self.companion.slug}-{number}"
        return {"cells": cells, "metadata": self.metadata(), "nbformat": 4, "nbformat_minor": 5}

    def metadata(self) -> dict[str, Any]:
        colab: dict[str, Any] = {"provenance": []}
        gpu = self.matter.get("gpu", True)  # a notebook that says `gpu: false` takes none from others
        machine = {"accelerator": "GPU", "colab": {"gpuType": "T4", **colab}} if gpu else {"colab": colab}
        return {
            **machine,
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": self.matter["title"],
            "kamipen": {
                "article": self.matter["article"],
                "device": self.recording.device,
                "facts": self.facts(),
                "links": self.links(),
                "notice": self.notice(),
                "volatile": self.t("cell.volatile"),
            },
        }

    def introduction(self) -> str:
        """Return what a reader on Colab sees first: where it belongs, what it costs, what it was recorded on."""
        site = setting("site_url", self.language)
        article = f"[{self.article_title()}]({site}{self.matter['article']}/)"
        rows = [self.t("notebook.companion", article=article), self.t("notebook.costs", cost=self.matter["cost"])]
        return "\n\n".join([*rows, self.notice()])

    def notice(self) -> str:
        if not self.recording.code:
            return self.t("notebook.unrecorded")
        kind = "cpu" if self.recording.device.startswith("CPU") else "gpu"
        return self.t(f"notebook.on-{kind}", device=self.recording.device.partition(" ")[2])

    def facts(self) -> list[list[str]]:
        """Return the rows above the page: names and Markdown."""
        article = f"[{self.article_title()}](../{self.matter['article']}.md)"
        return [[self.t("notebook.article"), article], [self.t("notebook.cost"), self.matter["cost"]]]

    def links(self) -> list[list[str]]:
        repository = setting("repo_url", self.language)
        branch = setting("edit_uri", self.language).split("/")[1]
        notebook = self.companion.path(self.language).relative_to(ROOT).as_posix()
        colab = repository.replace("https://github.com/", COLAB)
        source = (SOURCES / f"{self.companion.name}.py").relative_to(ROOT).as_posix()
        return [
            [self.t("notebook.colab"), f"{colab}/blob/{branch}/{notebook}"],
            [self.t("notebook.download"), f"{self.companion.slug}.ipynb"],
            [self.t("notebook.source"), f"{repository}/blob/{branch}/{source}"],
        ]

    def article_title(self) -> str:
        path = DOCS / self.language / f"{self.matter['article']}.md"
        if not path.exists():
            raise SourceError(f"there is no article {path.relative_to(ROOT)}", self.path, 1)
        return str(split_front_matter(path.read_text("utf-8"))[0]["title"])

    def proses(self, text: str) -> list[dict[str, Any]]:
        """Return prose as cells that begin with their heading; ids go to the page only."""
        cells: list[dict[str, Any]] = []
        for part in _HEADING.split(text):
            found = _ID.search(part)
            if part.strip():
                cells.append(self.prose(_ID.sub(r"\1", part).strip(), found[2] if found else ""))
        return cells

    def prose(self, text: str, heading: str) -> dict[str, Any]:
        metadata = {"kamipen": {"id": heading}} if heading else {}
        linked = _ADDRESS.sub(r"[\1](\1)", text)  # the page's Markdown, inside HTML, would take <https://…> for a tag
        return {"cell_type": "markdown", "metadata": metadata, "source": _lines(linked)}

    def code(self, fence: Fence, shown: list[str]) -> list[dict[str, Any]]:
        name, *options = [line.strip() for line in fence.source.strip().splitlines()]
        if name not in self.companion.steps:
            known = nearest(name, self.companion.steps)
            raise SourceError(f"script `gpu/{self.companion.name}` has no cell `{name}`{known}", self.path, fence.line)
        first = sum(len(self.companion.steps[before]) for before in shown)
        shown.append(name)
        alt = next((line.removeprefix("alt:").strip() for line in options if line.startswith("alt:")), "")
        cells: list[dict[str, Any]] = []
        for number, step in enumerate(self.companion.steps[name], first):
            recorded = bool(self.recording.code)
            cells.append(
                {
                    "cell_type": "code",
                    "execution_count": number + 1 if recorded else None,
                    "metadata": {"kamipen": {"name": step.name} | ({"alt": alt} if alt else {})},
                    "outputs": self.recording.outputs[number] if recorded else [],
                    "source": _lines(step.source),
                }
            )
        return cells


def _steps(cell: Cell, articles: Scripts) -> list[Step]:
    found = _ARTICLE.fullmatch(cell.source)
    if not found:
        return [Step(cell.name, cell.source)]
    script = articles[found["script"]]
    return [Step(name, script[name].source) for name in found["cells"].split(", ")]


def _chosen(names: Sequence[str]) -> list[Companion]:
    known = {companion.slug: companion for companion in companions()}
    for name in names:
        if name not in known:
            raise SourceError(f"there is no notebook `{name}`{nearest(name, known)}")
    return [known[name] for name in names or known]


def _output(output: Mapping[str, Any], companion: Companion, step: Step) -> list[Output]:
    """Turn what the kernel sent into standard outputs."""
    from kit.outputs import MIME

    if output["output_type"] == "error":
        story = "\n".join(output["traceback"])
        raise SourceError(
            f"notebook `{companion.slug}`, cell `{step.name}`:\n{story}", SOURCES / f"{companion.name}.py"
        )
    if output["output_type"] == "stream" and output["name"] == "stderr":
        print(output["text"], end="", file=sys.stderr)  # warnings name folders of this machine: shown, not kept
        return []
    if output["output_type"] == "stream":
        return [{"output_type": "stream", "name": output["name"], "text": _lines(output["text"])}]
    kinds: dict[str, type[Item]] = {"text": Text, "figure": Figure, "rich": Rich}
    return [_standard(kinds[item["kind"]](**item)) for item in output["data"].get(MIME, [])]


def _standard(item: Item) -> Output:
    match item:
        case Text(stream, text):
            return {"output_type": "stream", "name": stream, "text": _lines(text)}
        case Figure(svg):
            data = {"image/svg+xml": _lines(_coloured(svg)), "text/plain": ["<Figure>"]}
            return {"output_type": "display_data", "metadata": {}, "data": data}
        case Rich(html):
            return {"output_type": "display_data", "metadata": {}, "data": {"text/html": _lines(html)}}


def _coloured(svg: str) -> str:
    """Give the page's variables a colour to fall back on: a notebook does not have them."""
    from kit.draw import COLOURS

    values = {variable: colour for colour, variable in reversed(COLOURS.items())}
    return re.sub(r"var\((--kp-[\w-]+)\)", lambda found: f"var({found[1]}, {values[found[1]]})", svg)


def _device(companion: Companion, outputs: Iterable[Sequence[Output]]) -> str:
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
    single = os.environ.get("OMP_NUM_THREADS") == "1"  # then XLA, which does not ask, too
    flags = {"XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"} if single else {}
    fresh = {"TORCHINDUCTOR_CACHE_DIR": tempfile.mkdtemp(prefix="kamipen-")}  # a first call is a first call
    return os.environ | flags | fresh | {"PYTHONPATH": str(SNIPPETS), "SMOKE": "1" if smoke else "0"}


def _text(notebook: Mapping[str, Any]) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
