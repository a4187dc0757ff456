"""Diagrams: fences of Graphviz's DOT, drawn by Node in the page's colours and kept by their content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from kamipen import files, node
from kamipen.article.outline import Fence, Node, walk
from kamipen.errors import SourceError, nearest
from kamipen.project import CACHE, CLIENT

OPTIONS = ("alt", "caption")
_SCRIPT = CLIENT / "diagrams.mjs"
_GRAPHVIZ = CLIENT / "node_modules/@viz-js/viz/package.json"
_KEPT = CACHE / "diagrams"
_OPTION = re.compile(r"^(?P<name>[\w-]+): *(?P<value>.*)$")
_DOT = re.compile(r"^\s*(?:strict\s+)?(?:di)?graph\b", re.IGNORECASE)
_LINE = re.compile(r" in line (\d+)")
_LINK = re.compile(r'\b(?:URL|href)\s*=\s*"?(?P<target>[^"\s,;\]]+)')
_TOKEN = re.compile(r"--kp-([\w-]+): light-dark\((#\w+),")
_MIX = re.compile(r"color-mix\(in srgb, var\(--kp-([\w-]+)\) 14%, var\(--kp-surface\)\)")


@dataclass(frozen=True)
class Diagram:
    """A diagram as its fence has it; `line` is the line of the page on which its DOT begins."""

    dot: str
    alt: str
    caption: str
    line: int

    @property
    def links(self) -> tuple[str, ...]:
        """What its nodes lead to."""
        return tuple(found["target"] for found in _LINK.finditer(self.dot))

    @property
    def name(self) -> str:
        """Return the name of its picture beside the plain Markdown."""
        return f"diagram-{sha256(self.dot.encode()).hexdigest()[:8]}.svg"


@dataclass(frozen=True)
class Drawing:
    """A diagram drawn: as it is written and, where that is too wide for a phone, for a phone."""

    wide: str
    narrow: str = ""


def diagrams(nodes: Sequence[Node]) -> Iterator[tuple[Fence, Diagram]]:
    """Yield the diagrams of a page, in reading order."""
    for fence in walk(nodes):
        if isinstance(fence, Fence) and fence.is_diagram:
            yield fence, parse(fence)


def parse(fence: Fence) -> Diagram:
    """Read a fence: options, one a line, then DOT."""
    lines = fence.source.split("\n")
    start = next((number for number, line in enumerate(lines) if _DOT.match(line)), None)
    if start is None:
        raise SourceError("a diagram has options and then DOT, as in `digraph { a -> b }`", line=fence.line)
    options: dict[str, str] = {}
    for number, line in enumerate(lines[:start], fence.line + 1):
        option = _OPTION.match(line)
        if option is None and line.strip():
            raise SourceError(f"`{line.strip()}` is no option: write `name: value`, and DOT below", line=number)
        if option and option["name"] not in OPTIONS:
            raise SourceError(
                f"a diagram has no option `{option['name']}`{nearest(option['name'], OPTIONS)}", line=number
            )
        if option:
            options[option["name"]] = option["value"].strip()
    if not options.get("alt"):
        raise SourceError("say what the diagram shows in a line `alt: …` above its DOT", line=fence.line)
    diagram = Diagram("\n".join(lines[start:]), options["alt"], options.get("caption", ""), fence.line + 1 + start)
    for target in diagram.links:
        if not re.match(r"#|https?://", target):
            remedy = 'write `URL="#heading"`, `URL="#cell-name"` or a full address'
            raise SourceError(f"`{target}`: {remedy}", line=diagram.line)
    return diagram


def draw(wanted: Iterable[Diagram]) -> dict[str, Drawing]:
    """Return drawings by their DOT, new ones made in one go; what Graphviz cannot read is an error with its line."""
    all_ = {diagram.dot: diagram for diagram in wanted}
    new = [diagram for dot, diagram in all_.items() if not _kept(dot).exists()]
    if new:
        for diagram, answer in zip(new, _run([diagram.dot for diagram in new]), strict=True):
            if "error" in answer:
                raise _error(diagram, answer["error"])
            files.write(_kept(diagram.dot), json.dumps(answer, ensure_ascii=False).encode())
    return {dot: Drawing(**json.loads(_kept(dot).read_text("utf-8"))) for dot in all_}


def picture(drawing: Drawing) -> str:
    """Return a drawing as a picture of its own, in the colours of the light scheme."""
    light = _light()
    svg = _MIX.sub(lambda found: _mixed(light[found[1]], light["surface"]), drawing.wide)
    svg = re.sub(r"var\(--kp-font-text\)", "sans-serif", svg)
    svg = re.sub(r"var\(--kp-([\w-]+)\)", lambda found: light[found[1]], svg)
    return svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) + "\n"


def _error(diagram: Diagram, problem: str) -> SourceError:
    found = _LINE.search(problem)
    line = diagram.line + int(found[1]) - 1 if found else diagram.line
    remedy = "; names with signs or spaces need quotes, and each line ends with `;`" if found else ""
    return SourceError(f"the diagram cannot be drawn: {_LINE.sub('', problem)}{remedy}", line=line)


def _kept(dot: str) -> Any:
    return _KEPT / f"{sha256(f'{_version()} {dot}'.encode()).hexdigest()[:24]}.json"


@cache
def _version() -> str:
    return sha256(_SCRIPT.read_bytes() + _GRAPHVIZ.read_bytes()).hexdigest()


def _run(dots: list[str]) -> list[dict[str, str]]:
    return json.loads(node.run(_SCRIPT.name, given=json.dumps(dots)))


@cache
def _light() -> dict[str, str]:
    """The page's colours in the light scheme."""
    found = dict(_TOKEN.findall((CLIENT / "style/tokens.css").read_text("utf-8")))
    return {name: re.sub(r"^#(.)(.)(.)$", r"#\1\1\2\2\3\3", value) for name, value in found.items()}


def _mixed(colour: str, surface: str) -> str:
    channels = ((int(colour[at : at + 2], 16), int(surface[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(0.14 * one + 0.86 * other):02x}" for one, other in channels)
