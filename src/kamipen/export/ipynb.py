"""Jupyter's format: notebooks, their cells, and what recorded items become in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kit.drawing.colours import on_light_paper

from kamipen.article.figure_words import Words, translate
from kamipen.recording.items import Figure, Item, Rich, Text

Json = dict[str, Any]

SVG = "image/svg+xml"

PYTHON: Json = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""Metadata of every notebook: the kernel that runs it."""


def notebook(cells: Sequence[Json], metadata: Json, name: str) -> Json:
    """Return a notebook of these cells, each with an id made of the name and its number."""
    for number, cell in enumerate(cells):
        cell["id"] = f"{name[:50]}-{number}"
    return {"cells": [*cells], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def text(notebook: Mapping[str, Any]) -> str:
    """Return a notebook as its file holds it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def markdown_cell(source: str, metadata: Json | None = None) -> Json:
    """Return a cell of Markdown."""
    return {"cell_type": "markdown", "metadata": metadata or {}, "source": lines(source)}


def code_cell(
    source: str, outputs: Sequence[Json] = (), count: int | None = None, metadata: Json | None = None
) -> Json:
    """Return a cell of code with its outputs; `count` is the number by which Jupyter says when it ran."""
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata or {},
        "outputs": [*outputs],
        "source": lines(source),
    }


def output(item: Item, *, themed: bool = False) -> Json:
    """Return a recorded item as an output; `themed` figures also take the colours of a page that has them."""
    match item:
        case Text(stream, text):
            return {"output_type": "stream", "name": stream, "text": lines(text)}
        case Figure(svg):
            drawing = on_light_paper(svg, "var({name}, {colour})" if themed else "{colour}")
            figure: Json = {SVG: lines(drawing)}
            return _display(figure | ({"text/plain": ["<Figure>"]} if themed else {}))
        case Rich(html):
            return _display({"text/html": lines(html)})


def translated(output: Json, words: Words) -> Json:
    """Return an output with a figure's words in the reader's language."""
    drawing: list[str] = output.get("data", {}).get(SVG, [])
    if not drawing:
        return output
    return {**output, "data": {**output["data"], SVG: lines(translate("".join(drawing), words))}}


def lines(text: str) -> list[str]:
    """Return a text in lines with their ends, as the format has it."""
    return text.splitlines(keepends=True)


def _display(data: Json) -> Json:
    return {"output_type": "display_data", "metadata": {}, "data": data}
