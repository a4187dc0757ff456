"""The expressions whose values articles ask for: `value:` of a guess, `when:` of a feedback, `{{cell: …}}` in prose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kamipen.article import outline, values
from kamipen.article.outline import Node
from kamipen.article.pages import of_files, of_pages
from kamipen.article.scripts import Scripts


def probes(nodes: Sequence[Node], scripts: Scripts) -> dict[str, dict[str, list[str]]]:
    """Return the expressions that a page asks for: script → cell → expressions."""
    asked: dict[str, dict[str, list[str]]] = {}
    for guess in outline.blocks(nodes, "predict"):
        if guess.text("value"):
            cell = guess.reference
            asked.setdefault(cell.script, {}).setdefault(cell.cell, []).append(guess.text("value"))
    script = outline.script_of(nodes)
    for exercise in outline.blocks(nodes, "exercise") if script in scripts else ():
        cell = f"solution:{exercise.text('id')}"
        for feedback in exercise.blocks("feedback") if scripts[script].get(cell) else ():
            asked.setdefault(script, {}).setdefault(cell, []).append(feedback.text("when"))
    for value, _ in values.values(nodes):
        asked.setdefault(value.script, {}).setdefault(value.cell, []).append(value.probe)
    return asked


def probes_of_pages(docs: Path, scripts: Scripts) -> dict[str, dict[str, list[str]]]:
    """Return what all pages below a folder ask for."""
    return _together(of_pages(docs, lambda nodes: probes(nodes, scripts)), scripts)


def probes_of_files(paths: Iterable[Path], scripts: Scripts) -> dict[str, dict[str, list[str]]]:
    """Return what these pages ask for."""
    return _together(of_files(paths, lambda nodes: probes(nodes, scripts)), scripts)


def _together(
    pages: Iterable[Mapping[str, Mapping[str, Sequence[str]]]], scripts: Scripts
) -> dict[str, dict[str, list[str]]]:
    """Return what several pages ask for, of cells that there are."""
    asked: dict[str, dict[str, list[str]]] = {}
    for found in pages:
        for script, wanted in found.items():
            for cell, expressions in wanted.items():
                if script in scripts and scripts[script].get(cell):
                    mine = asked.setdefault(script, {}).setdefault(cell, [])
                    mine += [expression for expression in expressions if expression not in mine]
    return asked
