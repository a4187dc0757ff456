"""What a cell puts out besides printed text, decided once for the browser and for the recording."""

import sys
from typing import Any

from kit import draw

Item = dict[str, Any]


def items(value: object = None) -> list[Item]:
    """Return what to show after a cell has run: the value of its last expression, then its figures."""
    return [*value_items(value), *figure_items()]


def value_items(value: object) -> list[Item]:
    """Return the value as SVG or HTML if it knows how, else its repr; nothing for None and what drawing returns."""
    if value is None or _drawn(value):
        return []
    for method in ("_repr_svg_", "_repr_html_"):
        if hasattr(value, method) and not isinstance(value, type):
            html = getattr(value, method)()
            if html is not None:
                return [{"kind": "rich", "html": str(html)}]
    return [{"kind": "text", "stream": "stdout", "text": f"{value!r}\n"}]


def figure_items() -> list[Item]:
    """Return the open figures, and close them."""
    return [{"kind": "figure", **figure._asdict()} for figure in draw.figures()]


def _drawn(value: object) -> bool:
    """Tell whether the value is what a matplotlib call returned: lines, texts, axes, or a collection of them."""
    if "matplotlib" not in sys.modules:
        return False
    if isinstance(value, list | tuple):
        return bool(value) and all(_drawn(item) for item in value)
    if type(value).__name__ == "ndarray" and value.dtype.hasobject:  # what subplots returns
        return all(_drawn(item) for item in value.flat)
    return type(value).__module__.startswith("matplotlib.")
