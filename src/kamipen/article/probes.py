"""The expressions whose values articles ask for: `value:` of a guess and `when:` of a feedback."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kamipen.article import outline
from kamipen.article.articles import split_front_matter
from kamipen.article.outline import Block, Fence, Node
from kamipen.article.scripts import CellReference, Scripts
from kamipen.errors import SourceError


def probes(nodes: Sequence[Node], scripts: Scripts) -> dict[str, dict[str, list[str]]]:
    """Return the expressions that a page asks for: script → cell → expressions."""
    asked: dict[str, dict[str, list[str]]] = {}
    first = next((n for n in outline.walk(nodes) if isinstance(n, Fence) and n.is_cell), None)
    script = CellReference.parse(first.source).script if first else ""
    for block in outline.walk(nodes):
        if not isinstance(block, Block):
            continue
        if block.name == "predict" and block.text("value"):
            reference = CellReference.parse(block.text("cell"))
            asked.setdefault(reference.script, {}).setdefault(reference.cell, []).append(block.text("value"))
        for feedback in block.blocks("feedback") if block.name == "exercise" and script in scripts else ():
            cell = f"solution:{block.text('id')}"
            if scripts[script].get(cell):
                asked.setdefault(script, {}).setdefault(cell, []).append(feedback.text("when"))
    return asked


def probes_of_pages(docs: Path, scripts: Scripts) -> dict[str, dict[str, list[str]]]:
    """Return what all pages ask for; pages that cannot be read are left to the build, which says why."""
    asked: dict[str, dict[str, list[str]]] = {}
    for path in sorted(docs.glob("*/**/*.md")):
        try:
            _, text, line = split_front_matter(path.read_text(encoding="utf-8"))
            found = probes(outline.parse(text, line), scripts)
        except (SourceError, ValueError):
            continue
        for script, wanted in found.items():
            for cell, expressions in wanted.items():
                if script in scripts and scripts[script].get(cell):
                    mine = asked.setdefault(script, {}).setdefault(cell, [])
                    mine += [expression for expression in expressions if expression not in mine]
    return asked
