"""Labels whose formula cannot be read: drawn as they are written, so that the figure is kept, and then told."""

import re
from collections.abc import Callable
from typing import Any

_found: list[tuple[str, str]] = []


class UnreadableLabelError(ValueError):
    """A label between dollar signs that is no formula; `label` is its text."""

    def __init__(self, label: str, reason: str) -> None:
        super().__init__(f"{label}: {reason}")
        self.label = label


def kept(draw: Callable[[Any], Any], figure: Any) -> Any:
    """Draw a figure, with what is no formula as plain text if need be."""
    try:
        return draw(figure)
    except ValueError:
        if not _mend(figure):
            raise
        return draw(figure)


def tell() -> None:
    """Raise `UnreadableLabelError` if a figure drawn since the last time had such a label."""
    if _found:
        label, reason = _found[0]
        _found.clear()
        raise UnreadableLabelError(label, reason)


def _mend(figure: Any) -> bool:
    from matplotlib.mathtext import MathTextParser
    from matplotlib.text import Text

    parser = MathTextParser("path")
    before = len(_found)
    for text in figure.findobj(Text):
        label = text.get_text()
        if not text.get_parse_math() or label.count("$") < 2:
            continue
        try:
            parser.parse(label)
        except ValueError as error:
            text.set_parse_math(False)
            _found.append((label, _reason(error)))
    return len(_found) > before


def _reason(error: ValueError) -> str:
    """Return what pyparsing says below its sketch, without its place in the text."""
    last = str(error).strip().splitlines()[-1]
    return re.sub(r"^Parse\w*Exception: |\s*\(at char.*$", "", last)
