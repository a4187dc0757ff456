"""Text in figures: large enough to be read on a phone, which shows a figure as wide as its column."""

import re
from collections.abc import Iterator

from kamipen.article import outline
from kamipen.check.drawn import Drawn
from kamipen.check.pages import FORM, AuthoredPage
from kamipen.errors import SourceError

COLUMN = 358
"""CSS pixels that a figure has on a phone 390 wide: in `cell.css`, what edges and padding of a cell leave."""
SMALLEST = 9
"""CSS pixels; the exponents of a line that has them are smaller by `kit.drawing.metrics.SMALLER`."""

_WIDTH = re.compile(r'<svg [^>]*viewBox="\S+ \S+ ([\d.]+)')
_TEXT = re.compile(r"<text.*?</text>", re.DOTALL)
_SIZE = re.compile(r"font-size: ([\d.]+)px")


def find(page: AuthoredPage, drawn: Drawn) -> Iterator[SourceError]:
    """Find cells whose figures have text that a phone shows too small."""
    if page.language != "ja" or page.form < FORM:
        return
    for fence in outline.cells(page.nodes):
        smallest = min(map(on_a_phone, drawn.by(fence)), default=SMALLEST)
        if smallest < SMALLEST:
            problem = (
                f"`{fence.reference}` draws text that a phone shows {smallest:.1f} px high, {SMALLEST} at least: "
                "leave the font's size as it is, or draw the figure narrower"
            )
            yield page.problem(problem, fence.line)


def on_a_phone(svg: str) -> float:
    """Return the size in CSS pixels of a figure's smallest line of text on a phone."""
    width = _WIDTH.search(svg)
    shrunk = min(1, COLUMN / float(width[1])) if width else 1
    lines = [[float(size) for size in _SIZE.findall(text)] for text in _TEXT.findall(svg)]
    return shrunk * min((max(sizes) for sizes in lines if sizes), default=SMALLEST)
