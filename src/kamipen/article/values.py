"""Values in sentences: `{{cell: expression format}}` stands for what the code has computed when that cell has run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kit import values as kit_values

from kamipen.article import outline
from kamipen.article.control_options import controls_of
from kamipen.article.controls import Controls
from kamipen.article.outline import Block, Node, Prose
from kamipen.article.scripts import CellReference, Scripts
from kamipen.errors import SourceError

PATTERN = re.compile(r"\{\{\s*(?:([a-z0-9_]+)#)?([a-z0-9-]+):\s*([^{}\n]+?)\s*\}\}")
_VERBATIM = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|(?<!\\)\$[^$\n]+\$")


def room(text: str) -> float:
    """Return the width of a text in digits (`ch`): points, hyphens and spaces are half as wide in most fonts."""
    return len(text) - sum(text.count(narrow) for narrow in ".,:- '") / 2


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
    for node in outline.walk(nodes):
        if isinstance(node, Prose):
            for number, line in enumerate(node.lines, node.line):
                yield from ((value(found, script), number) for found in _found(line))
        elif isinstance(node, Block) and PATTERN.search(node.argument):
            raise SourceError("a value stands in sentences only: put it into the text below", line=node.line)


def written_out(text: str, nodes: Sequence[Node], line: int, write: Callable[[Value], str]) -> str:
    """Return a page's text, whose first line is number `line`, with its values written by a function."""
    if not PATTERN.search(text):
        return text
    script, lines = outline.script_of(nodes), text.splitlines()
    for node in outline.walk(nodes):
        for number in range(node.line, node.line + len(node.lines)) if isinstance(node, Prose) else ():
            for found in reversed([*_found(lines[number - line])]):
                before, after = lines[number - line][: found.start()], lines[number - line][found.end() :]
                lines[number - line] = before + write(value(found, script)) + after
    return "\n".join(lines) + ("\n" if text.endswith("\n") else "")


def _found(line: str) -> Iterator[re.Match[str]]:
    """Yield the values in a line of prose, outside code and formulas."""
    shown = _VERBATIM.sub(lambda found: "\0" * len(found[0]), line)
    return PATTERN.finditer(shown)


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


def _controls(reference: CellReference, scripts: Scripts, line: int) -> Controls:
    try:
        return controls_of(reference, scripts.cell(reference))
    except SourceError as error:
        raise error.at(None, line) from None
