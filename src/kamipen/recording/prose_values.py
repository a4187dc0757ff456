"""Values in sentences, as they were recorded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from kamipen.article import values
from kamipen.article.articles import Article
from kamipen.article.scripts import Cell, Script
from kamipen.article.values import Value
from kamipen.errors import SourceError, nearest
from kamipen.recording.items import Record
from kamipen.recording.records import Records


def written(value: Value, script: Script, record: Record) -> str:
    """Return a value's text; what cannot be evaluated is refused, with the name that was perhaps meant."""
    cell = script[value.cell]
    if cell.kind != "cell":
        raise SourceError(f"`{value.reference}` belongs to an exercise: name a cell of the article")
    found = record.values[cell.name][value.probe]
    if isinstance(found, str):
        return found
    reason = cast(dict[str, str], found)["error"] if isinstance(found, dict) else f"it is {found!r}"
    said = f"`{{{{{value.cell}: {value.key}}}}}` cannot be evaluated after cell `{value.reference}`: {reason}"
    raise SourceError(said + (nearest(_missing(reason), _names(script, cell)) if _missing(reason) else ""))


def with_values(article: Article, records: Records) -> Article:
    """Return an article in whose text values are written out as what they are."""

    def write(value: Value) -> str:
        record = records.get(value.script, {value.cell: [value.probe]})
        return written(value, records.scripts[value.script], record)

    text = values.written_out(article.text, article.nodes, article.text_line, write)
    return article if text == article.text else replace(article, text=text)


def _missing(reason: str) -> str:
    """Return the name that is not defined, if that is the reason."""
    return reason.split("'")[1] if reason.startswith("NameError: name '") else ""


def _names(script: Script, cell: Cell) -> Iterator[str]:
    """Yield what the cells up to this one define."""
    for one in (*script.above(cell), cell):
        for node in ast.walk(ast.parse(one.source)):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                yield node.name
