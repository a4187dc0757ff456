"""Words in figures: a page's `labels:` put them into its language, both in the page and in what is run there.

The client does the same (src/client/cell/figure.ts); `tests/data/figure-words.json` holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any, cast

from kamipen.errors import SourceError

Words = Mapping[str, str]

_TEXT = re.compile(r"<text(?P<attributes>[^>]*)>(?P<text>[^<]+)</text>")
_SIZE = re.compile(r"font-size: ([\d.]+)px")
_NARROW = 0.56  # of the font's size: a letter, on the average
_ROOM = 1.25  # a legend leaves as much beside a word


def read(matter: Mapping[str, Any]) -> dict[str, str]:
    """Return the `labels:` of a page's front matter."""
    labels: object = matter.get("labels") or {}
    if not isinstance(labels, dict):
        raise SourceError("`labels` must be lines of `word: word in the page's language`")
    return {str(word): str(shown) for word, shown in cast(dict[object, object], labels).items()}


def texts(svg: str) -> Iterator[str]:
    """Yield the lines of plain text in a figure; a line with a formula is none."""
    return (_plain(found["text"]) for found in _TEXT.finditer(svg))


def translate(svg: str, words: Words) -> str:
    """Return a figure with its words in the page's language; `data-word` keeps what stood there."""

    def line(found: re.Match[str]) -> str:
        word = _plain(found["text"])
        shown = words.get(word)
        if shown is None:
            return found[0]
        attributes = found["attributes"] + _squeezed(found["attributes"], word, shown)
        return f'<text{attributes} data-word="{escape(word)}">{escape(shown, quote=False)}</text>'

    return _TEXT.sub(line, svg) if words else svg


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def _squeezed(attributes: str, word: str, shown: str) -> str:
    """Return what keeps a line in its place that has become too long, as in a legend."""
    size = _SIZE.search(attributes)
    if size is None or "text-anchor" in attributes:
        return ""
    room = _width(word) * _ROOM
    return f' textLength="{room * float(size[1]):.1f}" lengthAdjust="spacingAndGlyphs"' if _width(shown) > room else ""


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WF" else _NARROW for character in text)
