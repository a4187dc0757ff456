"""The cells and pictures of a page: enough of them, short, none silent, and one picture before any code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kamipen.article import outline
from kamipen.article.control_options import KINDS
from kamipen.article.outline import Fence, Node, Prose
from kamipen.article.regions import visible_lines
from kamipen.article.scripts import Scripts
from kamipen.check.figures import draws
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.records import Records

CELLS = (3, 4)
VISIBLE_LINES = 15
PICTURES = 3
_PICTURE = re.compile(r"!\[|<(?:svg|img|video)\b")


@dataclass(frozen=True)
class Pictures:
    """What a page shows, told by its scripts and records."""

    page: AuthoredPage
    scripts: Scripts
    records: Records

    def shows(self, node: Node) -> bool:
        """Tell whether a node is a picture: a diagram, an image, or a cell that draws."""
        if isinstance(node, Prose):
            return bool(_PICTURE.search(node.text))
        if not isinstance(node, Fence):
            return False
        return node.is_diagram or (node.is_cell and draws(node, self.scripts, self.records, otherwise=True))

    def moves(self, node: Node) -> bool:
        """Tell whether a node is a picture that the reader can move."""
        controlled = isinstance(node, Fence) and node.is_cell and _controls(node)
        return bool(controlled) and self.shows(node)

    def shown(self) -> Sequence[Node]:
        """Return all pictures in reading order."""
        return [node for node in outline.walk(self.page.nodes) if self.shows(node)]

    def find_in_cells(self) -> Iterator[SourceError]:
        """Find cells that show too much code, or put nothing out."""
        for fence in outline.cells(self.page.nodes):
            if (lines := self._visible(fence)) > VISIBLE_LINES:
                problem = (
                    f"`{fence.reference}` shows {lines} lines: {VISIBLE_LINES} at most, "
                    "fold set-up, data and plotting between `# region plot` and `# endregion`"
                )
                yield self.page.problem(problem, fence.line)
            if self._is_silent(fence):
                yield self.page.problem(f"`{fence.reference}` puts nothing out: let it print or draw", fence.line)

    def find_before_code(self) -> Iterator[SourceError]:
        """Find an article that opens with code."""
        for node in outline.walk(self.page.nodes):
            is_code = isinstance(node, Fence) and node.is_cell and self._visible(node) > 0
            if self.shows(node) and not is_code:
                return
            if is_code:
                problem = "opens with code: put the hero before it, a diagram or a cell whose code is all folded"
                yield self.page.problem(problem, getattr(node, "line", 1))
                return

    def _visible(self, fence: Fence) -> int:
        try:
            return visible_lines(self.scripts.cell(fence.reference).source)
        except SourceError:
            return 1  # who reads scripts and pages tells

    def _is_silent(self, fence: Fence) -> bool:
        try:
            reference = fence.reference
            return not self.records.get(reference.script).outputs[self.scripts.cell(reference).name]
        except SourceError:
            return False


def find(page: AuthoredPage, pictures: Pictures) -> Iterator[SourceError]:
    """Find what an article's cells and pictures lack, or have too much of."""
    cells = list(outline.cells(page.nodes))
    fewest, most = CELLS
    if len(cells) < fewest:
        yield page.problem(f"has {len(cells)} of {fewest} to {most} cells: let the reader run more", 1)
    if len(cells) > most:
        yield page.problem(f"has {len(cells)} cells: {most} at most, join some or leave some out", cells[most].line)
    yield from pictures.find_in_cells()
    yield from pictures.find_before_code()
    shown = pictures.shown()
    if len(shown) < PICTURES:
        problem = f"has {len(shown)} pictures: {PICTURES} at least, a hero, a diagram and one that moves"
        yield page.problem(problem, 1)
    if not any(isinstance(node, Fence) and node.is_diagram for node in shown):
        yield page.problem("has no diagram: draw what builds on what in a `diagram` fence", 1)
    if not any(map(pictures.moves, shown)):
        kinds = ", ".join(KINDS)
        yield page.problem(f"has no picture that moves: give a cell that draws a control ({kinds})", 1)


def _controls(fence: Fence) -> list[str]:
    try:
        return [name for name, _ in fence.reference.options if name in KINDS]
    except SourceError:
        return []
