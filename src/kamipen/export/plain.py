"""An article as plain Markdown, which pytest executes.

It holds every cell as a bare Python fence that continues the one before, with what it printed below.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from kamipen import texts
from kamipen.article import articles, claims, diagrams, outline
from kamipen.article.articles import Article
from kamipen.article.outline import Block, Fence, Node, Prose
from kamipen.article.scripts import Cell
from kamipen.recording import rich, terminal
from kamipen.recording.items import Figure, Record, Rich, Text
from kamipen.recording.prose_values import with_values
from kamipen.recording.records import Records
from kamipen.texts import Texts

CONTINUED = "<!--pytest-codeblocks:cont-->"
EXPECTED = "<!--pytest-codeblocks:expected-output-->"


def markdown(article: Article, records: Records, changed: date | None = None) -> str:
    """Return an article as plain Markdown."""
    writer = Writer(article, records)
    facts = _front_matter(article, changed or article.date)
    parts = [facts, f"# {article.title}", *writer.parts(writer.article.nodes), *writer.everything_printed()]
    return "\n\n".join(part for part in parts if part) + "\n"


class Writer:
    """An article while it is written out."""

    def __init__(self, article: Article, records: Records) -> None:
        self.article, self.records, self.scripts = with_values(article, records), records, records.scripts
        self.texts: Texts = texts.load(article.language)
        self.fences = list(outline.cells(article.nodes))
        self.cells = [self.scripts.cell(fence.reference) for fence in self.fences]
        self.started = False
        self.beside = ""  # where pictures stand

    def record(self, cell: Cell) -> Record:
        """Return the record that holds a cell's outputs."""
        return self.records.get(cell.script)

    def parts(self, nodes: Sequence[Node]) -> list[str]:
        """Return nodes as paragraphs of plain Markdown."""
        written: list[str] = []
        for node in nodes:
            match node:
                case Prose():
                    written.append(self.prose(node.text))
                case Fence():
                    written += self.fence(node)
                case Block():
                    written += self.block(node)
        return [part for part in written if part]

    def fence(self, fence: Fence) -> list[str]:
        """Return a cell, a diagram as a picture, or code."""
        if fence.is_cell:
            return self.cell(fence)
        if not fence.is_diagram:
            return [_indented(fence.source)]
        diagram = diagrams.parse(fence)
        return [f"![{diagram.alt}]({self.beside}{diagram.name})", f"*{diagram.caption}*" if diagram.caption else ""]

    def prose(self, text: str) -> str:
        """Return prose without what only the site's Markdown knows, its links leading to plain files."""
        text = re.sub(r"[ \t]*\{ *#[\w-]+ *\}[ \t]*$", "", text, flags=re.MULTILINE)
        text = re.sub(r"\]\((?!https?:|#|/)([^)\s]*?)([\w-]+)\.ipynb\)", r"](../\1\2/\2.ipynb)", text)
        return re.sub(r"\]\((?!https?:|#|/)([^)\s]*?)\.md(#[^)\s]*)?\)", self.link, text).strip()

    def link(self, found: re.Match[str]) -> str:
        """Return a link to another article's twin, or to the page itself where that is no article."""
        place, section = found[1], found[2] or ""
        target = self.article.path.parent / f"{place}.md"
        index = "" if target.exists() and articles.read(target) is None else "index.md"
        return f"](../{place}/{index}{section})"

    def cell(self, fence: Fence) -> list[str]:
        """Return a cell's code and what it put out."""
        cell, options = self.scripts.cell(fence.reference), dict(fence.reference.options)
        mark = f"{CONTINUED}\n" if self.started else ""
        self.started = True
        written = [f"{mark}```python\n{cell.source}\n```"]
        for item in self.record(cell).outputs[cell.name]:
            match item:
                case Text():
                    written.append(_indented(terminal.plain(item.text).rstrip("\n")))
                case Figure():
                    written.append(f"*{self.texts('plain.figure')} {options.get('alt', item.alt)}*")
                case Rich():
                    written.append(rich.in_markdown(item.markdown))
        return written

    def block(self, block: Block) -> list[str]:
        """Return a block under its label."""
        t = self.texts
        inside = self.parts(block.body) if block.name != "exercise" else []
        match block.name:
            case "card":
                return _led(f"**{block.argument}**", inside)
            case "verdict":
                return [*self.claims(block), *_led(f"**{t('role.ruling')}｜{block.argument}**", inside)]
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

    def claims(self, verdict: Block) -> list[str]:
        """Return what a verdict rules on, as quotations."""
        known = claims.load(self.article.path.parents[2] / claims.CLAIMS.name)
        language, label = self.article.language, self.texts
        names = verdict.strings("claim")
        return [f"> **{label('ruling.claim', id=name)}** {known[name].statement[language]}" for name in names]

    def exercise(self, block: Block) -> list[str]:
        """Return an exercise with its choices, hints and solution."""
        t, script = self.texts, self.scripts[self.cells[0].script]
        text = [
            node for node in block.body if isinstance(node, Prose | Fence) or node.name not in outline.INSIDE_EXERCISE
        ]
        choices = "\n".join(f"{n}. {choice.argument}" for n, choice in enumerate(block.blocks("choice"), 1))
        written = [f"**{t('plain.exercise')} {block.argument}** ({block.text('level')})", *self.parts(text), choices]
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
        printed = "".join(self.record(cell).printed.get(cell.name, "") for cell in self.cells)
        if printed != terminal.plain(printed):
            return []  # Markdown keeps neither returns nor colours, so there is nothing that pytest could compare
        if not printed or any(("volatile", "true") in fence.reference.options for fence in self.fences):
            return []
        return [f"## {self.texts('plain.printed')}", f"{EXPECTED}\n```text\n{printed}```"]


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
