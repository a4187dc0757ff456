"""What a script put out, cell by cell: printed text, figures, values that know their own HTML, and asked-for values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any, cast

from kamipen.errors import SourceError
from kamipen.recording import terminal

_MARKDOWN = re.compile(r'<div class="kp-markdown">(.*?)</div>', re.DOTALL)
_FORMULA = re.compile(r'<div class="arithmatex">\\\[(.*?)\\\]</div>', re.DOTALL)

Value = float | int | str | list["Value"]
Output = Mapping[str, Any]  # what a kernel sent, as nbformat has it
Probes = Mapping[str, Iterable[str]]  # cell → expressions to evaluate right after it


@dataclass(frozen=True)
class Text:
    """Printed text."""

    stream: str
    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Figure:
    """A drawn figure, in the page's colours."""

    svg: str
    width: float
    height: float
    alt: str
    kind: str = "figure"


@dataclass(frozen=True)
class Rich:
    """A value that knows its own HTML or SVG; what is Markdown or a formula stands in it written out."""

    html: str
    kind: str = "rich"

    @property
    def markdown(self) -> str:
        """The value where everything is Markdown."""
        text = _MARKDOWN.sub(lambda found: unescape(found[1]), self.html)
        return _FORMULA.sub(lambda found: f"$$\n{unescape(found[1])}\n$$", text)


Item = Text | Figure | Rich


@dataclass
class Record:
    """What a script put out, cell by cell, and the values that articles asked for."""

    script: str
    outputs: dict[str, list[Item]] = field(default_factory=dict[str, list[Item]])
    values: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    printed: dict[str, str] = field(default_factory=dict[str, str])  # standard output, without values of expressions

    def text(self, cell: str) -> str:
        """Return all that a cell printed, as it is read."""
        return "".join(terminal.plain(item.text) for item in self.outputs[cell] if isinstance(item, Text))

    def value(self, cell: str, expression: str) -> Value:
        """Return the value of an expression after a cell."""
        value = self.values[cell][expression]
        if isinstance(value, dict):
            reason = cast(dict[str, str], value)["error"]
            raise SourceError(f"`{expression}` cannot be evaluated after cell `{self.script}#{cell}`: {reason}")
        return value

    def knows(self, probes: Probes) -> bool:
        """Tell whether all these expressions were evaluated."""
        return all(expression in self.values.get(cell, {}) for cell, asked in probes.items() for expression in asked)


def item_from(data: Mapping[str, Any]) -> Item:
    """Return the item that `asdict` made this of."""
    kinds: dict[str, type[Item]] = {"text": Text, "figure": Figure, "rich": Rich}
    return kinds[data["kind"]](**data)


def items_of(output: Output) -> list[Item]:
    """Return what a kernel's output holds to be shown: printed text, or what `kit.outputs` published."""
    from kit.outputs import MIME  # slow to import, with matplotlib

    if output["output_type"] == "stream":
        return [Text(output["name"], output["text"])]
    return [item_from(item) for item in output.get("data", {}).get(MIME, [])]
