"""A page as the checks see it: its lines with their numbers, and what in them is prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kamipen.article import figure_words, outline
from kamipen.article.articles import REFRESHERS, read, split_front_matter
from kamipen.article.outline import Block, Node, Prose
from kamipen.article.values import PATTERN
from kamipen.errors import SourceError
from kamipen.project import LANGUAGES

CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
FORMULA = re.compile(r"(?<!\\)\$[^$\n]+\$")
_ADDRESS = re.compile(r"<?https?://[^\s>)\]]*>?|(?<=\])\([^)\s]*\)|\{[^{}]*\}|<[^<>]*>")


FORM = 2
"""The form that articles are written in now; one of an earlier form says so in its front matter."""

BESIDE = ("index", "rulings")
"""The pages with which a part begins and ends: the order of its articles, and what they ruled."""


@dataclass(frozen=True)
class AuthoredPage:
    """One page of one language."""

    path: Path
    docs: Path
    language: str
    title: str
    draft: bool
    text: str  # below the front matter
    nodes: Sequence[Node]
    form: int = FORM
    claims: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    is_detour: bool = False  # a short page in a part's folder, beside the road

    @property
    def is_article(self) -> bool:
        """Tell articles from other pages: they stand in a part's folder, between the pages on the part."""
        inside = self.path.parent.parent.name == self.language and self.path.parent.name != REFRESHERS
        return inside and self.path.stem not in BESIDE and not self.is_detour

    @property
    def is_refresher(self) -> bool:
        """Tell refreshers from other pages."""
        return self.path.parent.name == REFRESHERS and self.path.stem != "index"

    @cached_property
    def lines(self) -> tuple[tuple[int, str], ...]:
        """Everything outside fences, line by line, with what stands behind the bar of a block."""
        found: list[tuple[int, str]] = [(1, self.title)]
        for node in outline.walk(self.nodes):
            if isinstance(node, Prose):
                found += enumerate(node.lines, node.line)
            elif isinstance(node, Block):
                found.append((node.line, node.argument))
                found += [(node.line, str(choice)) for choice in node.strings("choices")]
        return tuple(found)

    @cached_property
    def uncoded(self) -> tuple[tuple[int, str], ...]:
        """The lines without inline code."""
        return tuple((number, CODE.sub(" ", line)) for number, line in self.lines)

    @cached_property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """The lines without code, formulas, addresses and attributes: what a person reads as words."""
        found: list[tuple[int, str]] = []
        display = False
        for number, line in self.uncoded:
            if line.strip() == "$$":
                display = not display
            elif not display:
                found.append((number, _ADDRESS.sub(" ", FORMULA.sub(" ", PATTERN.sub("0", line)))))
        return tuple(found)

    def box(self, kind: str) -> Iterator[Prose]:
        """Yield the prose in the boxes of a kind."""
        for block in outline.blocks(self.nodes, "box"):
            if block.text("kind") == kind:
                yield from (node for node in outline.walk(block.body) if isinstance(node, Prose))

    def line_of(self, start: str) -> int:
        """Return the first line of the file that begins so, else the first."""
        lines = enumerate(self.path.read_text("utf-8").splitlines(), 1)
        return next((number for number, line in lines if line.startswith(start)), 1)

    def problem(self, text: str, line: int | None) -> SourceError:
        """Return a finding in this page."""
        return SourceError(text, self.path, line)


def read_pages(docs: Path) -> Iterator[AuthoredPage | SourceError]:
    """Yield every page, or what keeps it from being read."""
    for language in LANGUAGES:
        for path in sorted((docs / language).rglob("*.md")):
            try:
                read(path)  # what no article may say
                matter, text, line = split_front_matter(path.read_text("utf-8"))
                title, draft = str(matter.get("title", "")), matter.get("draft") is True
                form, claims = int(matter.get("form", FORM)), tuple(map(str, matter.get("claims") or ()))
                nodes, labels = outline.parse(text, line), figure_words.read(matter)
                detour = matter.get("detour") is True
                for fence in outline.cells(nodes):
                    _ = fence.reference  # a malformed one says so
                yield AuthoredPage(path, docs, language, title, draft, text, nodes, form, claims, labels, detour)
            except SourceError as problem:
                yield problem.at(path, problem.line or 1)
