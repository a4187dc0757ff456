"""Jupyter's format: notebooks, their cells, and what recorded items become in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from kamipen.recording.items import Figure, Item, Rich, Text

Json = dict[str, Any]

PYTHON: Json = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
"""Metadata of every notebook: the kernel that runs it."""

INK = "#14213a"  # for a variable of the page that is no colour of figures


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
            figure: Json = {"image/svg+xml": lines(coloured(svg, themed=themed))}
            return _display(figure | ({"text/plain": ["<Figure>"]} if themed else {}))
        case Rich(html):
            return _display({"text/html": lines(html)})


def coloured(svg: str, *, themed: bool) -> str:
    """Put colours in place of the page's variables, which a notebook does not have, or beside them as a fallback."""
    from kit.draw import COLOURS  # slow to import, with matplotlib

    values = {variable: colour for colour, variable in reversed(COLOURS.items())}

    def colour(variable: re.Match[str]) -> str:
        value = values.get(variable[1], INK)
        return f"var({variable[1]}, {value})" if themed else value

    return re.sub(r"var\((--kp-[\w-]+)\)", colour, svg)


def lines(text: str) -> list[str]:
    """Return a text in lines with their ends, as the format has it."""
    return text.splitlines(keepends=True)


def _display(data: Json) -> Json:
    return {"output_type": "display_data", "metadata": {}, "data": data}
