"""The HTML of a diagram: one drawing or, where that is too wide for a phone, one for each width."""

import re
from html import escape

from kamipen.article.diagrams import Diagram, Drawing
from kamipen.markdown.captions import figcaption

# In the page itself: few pages have a diagram, and any generator's pages show it.
_STYLE = (
    "<style>.kp-diagram{overflow-x:auto}.kp-diagram svg{margin-inline:auto}.kp-diagram svg+svg{display:none}"
    ".kp-diagram figcaption{margin-inline:auto;text-align:center}"
    "@media screen and (max-width:44.984375em){.kp-diagram svg:has(+svg){display:none}"
    ".kp-diagram svg+svg{display:block}}</style>"
)
_WIDTH = re.compile(r' width="([\d.]+)"')
_SMALLEST = 0.8
_PHONE = 340


def render(diagram: Diagram, drawing: Drawing) -> str:
    """Return a diagram as a figure."""
    label = escape(diagram.alt)
    role = "group" if diagram.links else "img"
    svgs = [_labelled(svg, f'role="{role}" aria-label="{label}"') for svg in (drawing.wide, drawing.narrow) if svg]
    scrolls = ' tabindex="0"' if _least(svgs[-1]) > _PHONE else ""
    return (
        f'<figure class="kp-figure kp-diagram"{scrolls}>{_STYLE}{"".join(svgs)}{figcaption(diagram.caption)}</figure>'
    )


def _labelled(svg: str, attributes: str) -> str:
    return svg.replace("<svg ", f'<svg {attributes} style="min-width: {_least(svg):.0f}px" ', 1)


def _least(svg: str) -> float:
    """Return the width below which a drawing scrolls, so that it stays legible."""
    found = _WIDTH.search(svg)
    return _SMALLEST * float(found[1]) if found else 0
