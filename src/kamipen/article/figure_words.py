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

_ELEMENT = re.compile(r"<tspan>(?:<tspan[^>]*>[^<]*</tspan>)+</tspan>")  # a formula within a line
_TEXT = re.compile(rf"<text(?P<attributes>[^>]*)>(?P<content>[^<]*(?:{_ELEMENT.pattern}[^<]*)*)</text>")
_LABEL = re.compile(r' data-label="([^"]*)"')
_FORMULA = re.compile(r"((?<!\\)\$.+?(?<!\\)\$)")
_FIXED = re.compile(rf"<g[^>]*{_LABEL.pattern}>")
_TAG = re.compile(r"</?tspan[^>]*>")
_SIZE = re.compile(r"font-size: ([\d.]+)px")
_NARROW = 0.56  # of the font's size: a letter, on the average
_ROOM = 1.25  # a legend leaves as much beside a word


def read(matter: Mapping[str, Any]) -> dict[str, str]:
    """Return the `labels:` of a page's front matter."""
    labels: object = matter.get("labels") or {}
    if not isinstance(labels, dict):
        raise SourceError("`labels` must be lines of `word: word in the page's language`")
    words = {str(word): str(shown) for word, shown in cast(dict[object, object], labels).items()}
    for word, shown in words.items():
        for formula in _FORMULA.findall(shown):
            if formula not in _FORMULA.findall(word):
                raise SourceError(f"`labels` puts {formula} where the figure's `{word}` has no such formula")
    return words


def texts(svg: str) -> Iterator[str]:
    """Yield the lines of text in a figure as its code has them; without those that are all formula."""
    return map(_word, _TEXT.finditer(svg))


def fixed(svg: str) -> Iterator[str]:
    """Yield the lines of words whose formula has a bar, as a fraction or a root has: they cannot be translated."""
    return map(unescape, _FIXED.findall(svg))


def without_formulas(text: str) -> str:
    """Return a line of text without its formulas."""
    return _FORMULA.sub(" ", text)


def translate(svg: str, words: Words) -> str:
    """Return a figure with its words in the page's language; `data-word`, or `data-label`, keeps what stood there."""

    def line(found: re.Match[str]) -> str:
        word, attributes, before = _word(found), found["attributes"], found["content"]
        shown = words.get(word)
        if shown is None:
            return found[0]
        elements = _ELEMENT.findall(before)
        formulas = dict(zip(_FORMULA.findall(word), elements, strict=True)) if elements else {}
        after = "".join(formulas.get(part) or escape(part, quote=False) for part in _FORMULA.split(shown))
        attributes += _squeezed(attributes, _plain(before), _plain(after))
        attributes += "" if elements else f' data-word="{escape(word)}"'
        return f"<text{attributes}>{after}</text>"

    return _TEXT.sub(line, svg) if words else svg


def _word(found: re.Match[str]) -> str:
    label = _LABEL.search(found["attributes"])
    return _plain(label[1] if label else found["content"])


def _plain(text: str) -> str:
    return " ".join(unescape(_TAG.sub("", text)).split())


def _squeezed(attributes: str, word: str, shown: str) -> str:
    """Return what keeps a line in its place that has become too long, as in a legend."""
    size = _SIZE.search(attributes)
    if size is None or "text-anchor" in attributes:
        return ""
    room = _width(word) * _ROOM
    return f' textLength="{room * float(size[1]):.1f}" lengthAdjust="spacingAndGlyphs"' if _width(shown) > room else ""


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WF" else _NARROW for character in text)
