"""What each article also offers: a twin in plain Markdown, which pytest executes, and a Jupyter notebook.

The twin holds every shown cell as a bare Python fence that continues the one before, with what it printed below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kamipen import texts
from kamipen.article import history, outline
from kamipen.article.articles import Article, discover
from kamipen.article.history import Days
from kamipen.article.imports import KIT_FOLDER, kit_files
from kamipen.article.outline import Block, Fence, Node, Prose
from kamipen.article.scripts import Cell, CellReference, Scripts
from kamipen.errors import SourceError
from kamipen.project import ROOT, SITE
from kamipen.recording.items import Figure, Item, Record, Rich, Text
from kamipen.recording.records import SNIPPETS, Records
from kamipen.texts import Texts

CONTINUED = "<!--pytest-codeblocks:cont-->"
EXPECTED = "<!--pytest-codeblocks:expected-output-->"


def export_all(site: Path = SITE, days: Days | None = None) -> None:
    """Write the twin and the notebook of every article beside its page."""
    records = Records(Scripts(SNIPPETS))
    days = history.history() if days is None else days
    for article in discover(ROOT / "docs"):
        folder = site / article.url
        folder.mkdir(parents=True, exist_ok=True)
        text = twin(article, records, history.changed(article, days))
        (folder / "index.md").write_text(text, encoding="utf-8")
        notebook_text = json.dumps(notebook(article, records), ensure_ascii=False, indent=1) + "\n"
        (folder / f"{article.slug}.ipynb").write_text(notebook_text, encoding="utf-8")


def twin(article: Article, records: Records, changed: date | None = None) -> str:
    """Return an article as plain Markdown."""
    writer = _Writer(article, records)
    facts = _front_matter(article, changed or article.date)
    parts = [facts, f"# {article.title}", *writer.parts(writer.nodes), *writer.everything_printed()]
    return "\n\n".join(part for part in parts if part) + "\n"


def notebook(article: Article, records: Records) -> dict[str, Any]:
    """Return an article as a Jupyter notebook with its recorded outputs; what it needs of the kit is in it."""
    writer = _Writer(article, records)
    cells: list[dict[str, Any]] = [_prose(f"# {article.title}")]
    used = {cell.script: writer.scripts[cell.script] for cell in writer.cells}
    for path in sorted({path for script in used.values() for path in kit_files(script.source)}):
        cells += _kit_cells(path, first=len(cells) == 1)
    waiting: list[str] = []
    for node in writer.nodes:
        if isinstance(node, Fence) and node.is_cell:
            cells += [_prose("\n\n".join(waiting))] if waiting else []
            waiting = []
            cell = writer.scripts.cell(CellReference.parse(node.source))
            cells.append(_code(cell.source, writer.record(cell).outputs[cell.name]))
        else:
            waiting += writer.parts([node])
    cells += [_prose("\n\n".join(waiting))] if waiting else []
    for number, cell in enumerate(cells):
        cell["id"] = f"{article.slug[:50]}-{number}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "title": article.title}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


class _Writer:
    """An article while it is written out."""

    def __init__(self, article: Article, records: Records) -> None:
        self.article, self.records, self.scripts = article, records, records.scripts
        try:
            self.nodes = outline.parse(article.text, article.text_line)
        except SourceError as error:
            raise error.at(article.path, error.line) from None
        self.texts: Texts = texts.load(article.language)
        self.cells = [self.scripts.cell(CellReference.parse(fence.source)) for fence in _cell_fences(self.nodes)]
        self.started = False

    def record(self, cell: Cell) -> Record:
        return self.records.get(cell.script)

    def parts(self, nodes: Sequence[Node]) -> list[str]:
        """Return nodes as paragraphs of plain Markdown."""
        written: list[str] = []
        for node in nodes:
            match node:
                case Prose():
                    written.append(self.prose(node.text))
                case Fence():
                    written += self.cell(node) if node.is_cell else [_indented(node.source)]
                case Block():
                    written += self.block(node)
        return [part for part in written if part]

    def prose(self, text: str) -> str:
        text = re.sub(r"[ \t]*\{ *#[\w-]+ *\}[ \t]*$", "", text, flags=re.MULTILINE)
        text = re.sub(r"\]\((?!https?:|#|/)([^)\s]*?)([\w-]+)\.ipynb\)", r"](../\1\2/\2.ipynb)", text)
        return re.sub(r"\]\((?!https?:|#|/)([^)\s]*?)\.md(#[^)\s]*)?\)", r"](../\1/index.md\2)", text).strip()

    def cell(self, fence: Fence) -> list[str]:
        reference = CellReference.parse(fence.source)
        cell = self.scripts.cell(reference)
        options = dict(reference.options)
        mark = f"{CONTINUED}\n" if self.started else ""
        self.started = True
        written = [f"{mark}```python\n{cell.source}\n```"]
        for item in self.record(cell).outputs[cell.name]:
            match item:
                case Text():
                    written.append(_indented(item.text.rstrip("\n")))
                case Figure():
                    written.append(f"*{self.texts('twin.figure')} {options.get('alt', item.alt)}*")
                case Rich():
                    written.append(item.markdown)
        return written

    def block(self, block: Block) -> list[str]:
        t = self.texts
        inside = self.parts(block.body) if block.name != "exercise" else []
        match block.name:
            case "card":
                return _led(f"**{block.argument}**", inside)
            case "verdict":
                return _led(f"**{t('role.ruling')}｜{block.argument}**", inside)
            case "predict":
                question = f"{block.argument}{f' [{block.text("unit")}]' if block.text('unit') else ''}"
                choices = "\n".join(f"{n}. {choice}" for n, choice in enumerate(block.strings("choices"), 1))
                return [f"**{t('predict.choices')}** {question}", *inside, choices]
            case "exercise":
                return self.exercise(block)
            case "box" | "details":
                return [f"**{block.argument}**", *inside]
            case _:
                return inside

    def exercise(self, block: Block) -> list[str]:
        t, script = self.texts, self.scripts[self.cells[0].script]
        text = [
            node for node in block.body if isinstance(node, Prose | Fence) or node.name not in outline.INSIDE_EXERCISE
        ]
        choices = "\n".join(f"{n}. {choice.argument}" for n, choice in enumerate(block.blocks("choice"), 1))
        written = [f"**{t('twin.exercise')} {block.argument}** ({block.text('level')})", *self.parts(text), choices]
        starter = script.get(f"exercise:{block.text('id')}")
        if block.text("kind") == "code" and starter:
            written.append(_indented(starter.source))
        for number, hint in enumerate(block.blocks("hint"), 1):
            written += _folded(t("exercise.hint", n=number), self.parts(hint.body))
        for solution in block.blocks("solution"):
            inside = self.parts(solution.body)
            if block.text("kind") == "code":
                inside.append(_indented(script[f"solution:{block.text('id')}"].source))
            written += _folded(t("exercise.solution"), inside)
        return written

    def everything_printed(self) -> list[str]:
        """Return what all cells print together: pytest compares it with what the fences print."""
        fences = [CellReference.parse(fence.source) for fence in _cell_fences(self.nodes)]
        printed = "".join(self.record(cell).printed.get(cell.name, "") for cell in self.cells)
        if not printed or any(("volatile", "true") in fence.options for fence in fences):
            return []
        return [f"## {self.texts('twin.printed')}", f"{EXPECTED}\n```text\n{printed}```"]


def _cell_fences(nodes: Sequence[Node]) -> Iterator[Fence]:
    return (node for node in outline.walk(nodes) if isinstance(node, Fence) and node.is_cell)


def _front_matter(article: Article, changed: date) -> str:
    lines = [
        f"title: {json.dumps(article.title, ensure_ascii=False)}",
        f"date: {article.date}",
        f"updated: {changed}",
        f"lang: {article.language}",
        f"tags: {json.dumps(article.tags, ensure_ascii=False)}",
        f"level: {article.level}",
        "licence: CC BY 4.0 (prose), MIT (code)",
    ]
    return "\n".join(["---", *lines, "---"])


def _led(label: str, inside: list[str]) -> list[str]:
    """Put a label before the first paragraph, or above what is none."""
    first, *rest = inside or [""]
    return (
        [label, first, *rest]
        if re.match(r"[>|$#<`*+-] ?|\d+\. |    ", first) and not first.startswith("**")
        else [
            f"{label} {first}",
            *rest,
        ]
    )


def _folded(summary: str, inside: list[str]) -> list[str]:
    return [f"<details><summary>{summary}</summary>", *inside, "</details>"]


def _indented(code: str) -> str:
    """Return code as an indented block: any other fence, quoted ones too, would end the chain of continued ones."""
    return "\n".join(f"    {re.sub('^( *)```+', r'\1~~~', line)}".rstrip() for line in code.splitlines())


def _prose(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(source: str, items: Sequence[Item] = ()) -> dict[str, Any]:
    outputs = [_output(item) for item in items]
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": outputs, "source": _lines(source)}


def _output(item: Item) -> dict[str, Any]:
    match item:
        case Text(stream, text):
            return {"output_type": "stream", "name": stream, "text": _lines(text)}
        case Figure(svg):
            return {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": _lines(_coloured(svg))}}
        case Rich(html):
            return {"output_type": "display_data", "metadata": {}, "data": {"text/html": _lines(html)}}


def _coloured(svg: str) -> str:
    """Put colours in place of the page's variables, which a notebook does not have."""
    from kit.draw import COLOURS

    values = {variable: colour for colour, variable in reversed(COLOURS.items())}
    return re.sub(r"var\((--kp-[\w-]+)\)", lambda match: values.get(match[1], "#14213a"), svg)


def _kit_cells(path: Path, *, first: bool) -> list[dict[str, Any]]:
    """Return cells that write a module of the kit, and the data beside it, next to the notebook."""
    cells = [_code('import pathlib\n\npathlib.Path("kit").mkdir(exist_ok=True)')] if first else []
    data = [other for other in KIT_FOLDER.glob(f"{path.stem}.*") if other.suffix not in (".py", ".pyc")]
    for file in (path, *sorted(data)):
        cells.append(_code(f"%%writefile kit/{file.name}\n{file.read_text(encoding='utf-8')}"))
    return cells


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
