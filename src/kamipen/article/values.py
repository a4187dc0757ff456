"""Values in sentences: `{{cell: expression format}}` stands for what the code has computed when that cell has run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kit import values as kit_values

from kamipen.article import outline
from kamipen.article.controls import Controls, controls_of
from kamipen.article.outline import Block, Node, Prose
from kamipen.article.scripts import CellReference, Scripts
from kamipen.errors import SourceError

PATTERN = re.compile(r"\{\{\s*(?:([a-z0-9_]+)#)?([a-z0-9-]+):\s*([^{}\n]+?)\s*\}\}")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Value:
    """A value as a page asks for it."""

    script: str
    cell: str
    expression: str
    form: str

    @property
    def key(self) -> str:
        """The expression and its format, as the page and the recorded states name the value."""
        return f"{self.expression} {self.form}".strip()

    @property
    def probe(self) -> str:
        """The expression that is evaluated while recording: it makes the text."""
        return kit_values.written(self.key)

    @property
    def reference(self) -> str:
        """Return `script#cell`."""
        return f"{self.script}#{self.cell}"


def value(found: re.Match[str], script: str) -> Value:
    """Return the value that a match of the pattern asks for; `script` is the page's own."""
    return Value(found[1] or script, found[2], *kit_values.split(found[3]))


def values(nodes: Sequence[Node]) -> Iterator[tuple[Value, int]]:
    """Yield the values that a page asks for, with the lines on which they stand."""
    script = outline.script_of(nodes)
    for line, text in _lines(nodes):
        for found in PATTERN.finditer(_CODE.sub("", text)):
            yield value(found, script), line


def _lines(nodes: Sequence[Node]) -> Iterator[tuple[int, str]]:
    for node in outline.walk(nodes):
        if isinstance(node, Prose):
            yield from enumerate(node.lines, node.line)
        elif isinstance(node, Block):
            yield node.line, node.argument


@dataclass(frozen=True)
class Wanted:
    """What is recorded of one cell for a page: the states of its controls, and the values that follow them."""

    controls: Controls
    values: tuple[str, ...] = ()


def wanted(nodes: Sequence[Node], scripts: Scripts) -> dict[str, Wanted]:
    """Return the cells of a page that have states to be recorded: `script#cell` → what is recorded."""
    asked: dict[str, list[str]] = {}
    for found, _ in values(nodes):
        asked.setdefault(found.reference, []).append(found.key)
    result: dict[str, Wanted] = {}
    for fence in outline.cells(nodes):
        controls = _controls(fence.reference, scripts, fence.line)
        if controls.states():
            name = str(fence.reference)
            result[name] = Wanted(controls, tuple(sorted({*asked.get(name, ())})))
    return result


def probes(nodes: Sequence[Node]) -> Mapping[str, Mapping[str, list[str]]]:
    """Return the expressions that the values of a page need: script → cell → expressions."""
    asked: dict[str, dict[str, list[str]]] = {}
    for found, _ in values(nodes):
        asked.setdefault(found.script, {}).setdefault(found.cell, []).append(found.probe)
    return asked


def _controls(reference: CellReference, scripts: Scripts, line: int) -> Controls:
    try:
        return controls_of(reference, scripts.cell(reference))
    except SourceError as error:
        raise error.at(None, line) from None
