"""Captions under figures and diagrams: plain text with formulas."""

import re
from html import escape

_FORMULA = re.compile(r"(?<!\\)\$([^$\n]+)\$")


def figcaption(text: str) -> str:
    """Return the element of a caption; nothing where there is none."""
    shown = _FORMULA.sub(r'<span class="arithmatex">\\(\1\\)</span>', escape(text))
    return f"<figcaption>{shown}</figcaption>" if text else ""
