"""The outline of an article's Markdown: its blocks (`/// name | argument`), its fences and the prose between them.

What `pymdownx.blocks` renders, this reads with line numbers: an unknown block or option is refused here, where
`pymdownx.blocks` would print it as text. Plain Markdown, notebooks, recorded values and tests come from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from kamipen.article import authored_yaml, lookalikes
from kamipen.article.scripts import CellReference
from kamipen.errors import SourceError, nearest

BOXES = ("set", "limits", "next", "gpu", "paper", "sources", "note")
PREDICT_KINDS = ("number", "choice", "curve")
EXERCISE_KINDS = ("number", "choice", "code")

OPTIONS: dict[str, tuple[str, ...]] = {
    "card": (),
    "verdict": ("claim", "evidence", "tried"),
    "box": ("kind",),
    "predict": ("cell", "kind", "unit", "value", "choices", "x", "y", "xlabel", "ylabel"),
    "exercise": ("id", "kind", "level", "unit", "skills"),
    "choice": (),
    "feedback": ("when",),
    "hint": (),
    "solution": (),
    "example": ("code",),
}
"""Our own blocks, and the options that each one takes."""

REQUIRED: dict[str, tuple[str, ...]] = {
    "verdict": ("evidence",),
    "box": ("kind",),
    "predict": ("cell",),
    "exercise": ("id", "kind", "level"),
    "feedback": ("when",),
}

INSIDE_EXERCISE = ("choice", "feedback", "hint", "solution")
_START = re.compile(r"^ {0,3}(?P<slashes>/{3,}) *(?P<name>[\w-]+) *(?:\| *(?P<argument>.*?) *)?$")
_END = re.compile(r"^ {0,3}(?P<slashes>/{3,}) *$")
_FENCE = re.compile(r"^(?P<indent> *)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_OPTION = re.compile(r"^ {4,}\S")


@dataclass
class Prose:
    """Lines that are neither in a fence nor the header of a block."""

    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        """Return the lines as text."""
        return "\n".join(self.lines)


@dataclass
class Fence:
    """A fenced block of code: what stands behind the opening marks, and what stands between."""

    info: str
    source: str
    line: int
    opening: str
    closing: str

    @property
    def is_cell(self) -> bool:
        """Tell whether the fence shows a cell."""
        return self.info == "cell"

    @property
    def is_diagram(self) -> bool:
        """Tell whether the fence holds a diagram."""
        return self.info == "diagram"

    @cached_property
    def reference(self) -> CellReference:
        """The cell that the fence shows, with its options; a malformed one is a SourceError with its line."""
        try:
            return CellReference.parse(self.source)
        except SourceError as error:
            error.line = error.line or self.line
            raise

    @property
    def text(self) -> str:
        """Return the fence as it was written."""
        return "\n".join([self.opening, *([self.source] if self.source else []), self.closing])


@dataclass
class Block:
    """A block, with its options and what stands in it."""

    name: str
    argument: str
    options: dict[str, Any]
    line: int
    slashes: int
    body: list[Node] = field(default_factory=list["Node"])
    source: str = field(default="", repr=False)  # what stands between header and end, as written

    def text(self, name: str, otherwise: str = "") -> str:
        """Return an option as text."""
        value = self.options.get(name, otherwise)
        return otherwise if value is None else str(value)

    @cached_property
    def reference(self) -> CellReference:
        """The cell that the option `cell` names."""
        return CellReference.parse(self.text("cell"))

    def strings(self, name: str) -> list[str]:
        """Return an option that may be one item or a list of them."""
        value = self.options.get(name)
        if value is None:
            return []
        return [str(item) for item in cast(list[object], value)] if isinstance(value, list) else [str(value)]

    def blocks(self, name: str) -> list[Block]:
        """Return the blocks of this name that stand directly in this one."""
        return [node for node in self.body if isinstance(node, Block) and node.name == name]


Node = Prose | Fence | Block


def parse(text: str, line: int = 1, known: Collection[str] = ()) -> list[Node]:
    """Read Markdown whose first line is line number `line` of its file; refuse what cannot be rendered.

    With `known`, the names of all blocks that some extension renders, any other name is refused, too.
    """
    reader = _Reader(text.splitlines(), line, known)
    nodes = reader.nodes(None)
    for block in blocks(nodes):
        _refuse_bad_options(block)
    return nodes


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield all nodes, outer before inner, in reading order."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk(node.body)


def cells(nodes: Sequence[Node]) -> Iterator[Fence]:
    """Yield the fences that show cells, in reading order."""
    return (node for node in walk(nodes) if isinstance(node, Fence) and node.is_cell)


def blocks(nodes: Sequence[Node], *names: str) -> Iterator[Block]:
    """Yield the blocks of these names, or all, in reading order."""
    return (node for node in walk(nodes) if isinstance(node, Block) and (not names or node.name in names))


def script_of(nodes: Sequence[Node]) -> str:
    """Return the name of the page's script: the one whose cells it shows; nothing if it shows none."""
    return next((fence.reference.script for fence in cells(nodes)), "")


class _Reader:
    """A position in the lines."""

    def __init__(self, lines: list[str], first: int, known: Collection[str]) -> None:
        self.lines, self.first, self.known, self.at = lines, first, known, 0

    def nodes(self, block: Block | None) -> list[Node]:
        """Read up to the end of the block, or of the text."""
        nodes: list[Node] = []
        while self.at < len(self.lines):
            line, number = self.lines[self.at], self.first + self.at
            self.at += 1
            end = _END.match(line)
            if end and block and len(end["slashes"]) == block.slashes:
                return nodes
            if end:
                raise SourceError(f"`{line.strip()}` closes nothing{_open(block)}", line=number)
            if fence := _FENCE.match(line):
                nodes.append(self.fence(fence, number))
            elif start := _START.match(line):
                nodes.append(self.block(start, block, number))
            else:
                self.prose(line, number, nodes)
        if block:
            raise SourceError(f"block `{block.name}` is never closed: write `{'/' * block.slashes}`", line=block.line)
        return nodes

    def prose(self, line: str, number: int, nodes: list[Node]) -> None:
        """Take a line as prose, unless it was meant as something else."""
        lookalikes.refuse(line, number, OPTIONS)
        if nodes and isinstance(nodes[-1], Prose):
            nodes[-1].lines.append(line)
        else:
            nodes.append(Prose([line], number))

    def fence(self, opening: re.Match[str], number: int) -> Fence:
        """Read a fence up to its end."""
        indent, marks = len(opening["indent"]), opening["marks"]
        closing = re.compile(rf"^ *{re.escape(marks[0])}{{{len(marks)},}} *$")
        inner: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if closing.match(line):
                return Fence(opening["info"].strip(), "\n".join(inner), number, opening[0], line)
            inner.append(line[indent:] if line[:indent].isspace() else line)
        raise SourceError(f"the fence is never closed: write `{marks}`", line=number)

    def block(self, start: re.Match[str], parent: Block | None, number: int) -> Block:
        """Read a block up to its end."""
        name, slashes = start["name"], len(start["slashes"])
        if self.known and name not in self.known:
            raise SourceError(f"unknown block `{name}`{nearest(name, self.known)}", line=number)
        if parent and parent.slashes == slashes:
            raise SourceError(
                f"a block in a block needs another number of slashes: write `/{start['slashes']}`", line=number
            )
        if name in INSIDE_EXERCISE and (parent is None or parent.name != "exercise"):
            raise SourceError(f"`{name}` stands outside an exercise", line=number)
        header = self.header(name)
        block = Block(name, start["argument"] or "", _options(header, number), number, slashes)
        first = self.at
        block.body = self.nodes(block)
        block.source = "\n".join(self.lines[first : self.at - 1])
        return block

    def header(self, name: str) -> list[str]:
        """Read the lines of options below the first line of a block."""
        header: list[str] = []
        for number, line in enumerate(self.lines[self.at :], self.first + self.at):
            lookalikes.refuse_option(line, number, OPTIONS.get(name, ()))
            if not _OPTION.match(line):
                break
            header.append(line)
        self.at += len(header)
        return header


def _options(header: list[str], number: int) -> dict[str, Any]:
    if not header:
        return {}
    indent = min(len(line) - len(line.lstrip()) for line in header)
    text = "\n".join(line[indent:] for line in header)
    options: object = authored_yaml.load(text, "the options cannot be read", first=number + 1, fast=True)
    if not isinstance(options, dict):
        raise SourceError("the indented lines below a block's header must be `option: value`", line=number + 1)
    return cast(dict[str, Any], options)


def _refuse_bad_options(block: Block) -> None:
    if block.name not in OPTIONS:
        return
    for option in block.options:
        if option not in OPTIONS[block.name]:
            known = OPTIONS[block.name]
            raise SourceError(f"`{block.name}` has no option `{option}`{nearest(option, known)}", line=block.line)
    for option in REQUIRED.get(block.name, ()):
        if block.options.get(option) in (None, ""):
            raise SourceError(f"`{block.name}` needs the option `{option}`", line=block.line)
    if block.name in ("card", "verdict", "box", "predict", "exercise", "choice") and not block.argument:
        raise SourceError(f"write something behind the bar: `/// {block.name} | …`", line=block.line)
    for name, kinds in (("box", BOXES), ("predict", PREDICT_KINDS), ("exercise", EXERCISE_KINDS)):
        kind = block.text("kind", "number")
        if block.name == name and kind not in kinds:
            raise SourceError(f"unknown kind `{kind}` of {name}{nearest(kind, kinds)}", line=block.line)


def _open(block: Block | None) -> str:
    return f": `{block.name}` in line {block.line} ends with `{'/' * block.slashes}`" if block else ""
