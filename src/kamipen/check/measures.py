"""How long a text is: what a reader reads of it, in characters of Japanese or in English words."""

import re
from collections.abc import Iterator, Sequence

from kamipen.article.outline import Block, Node, Prose
from kamipen.article.values import PATTERN
from kamipen.check.pages import CODE, FORMULA

_DISPLAY = re.compile(r"\$\$.*?\$\$", re.DOTALL)
_DRAWING = re.compile(r"<svg\b.*?</svg>|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ASIDE = re.compile(r"<[^<>\n]*>|https?://\S+|\{[^{}\n]*\}")
_MARKS = re.compile(r"[\s*`]")
_JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")

UNITS = {"ja": "characters", "en": "words"}
"""Language → what `amount` counts."""


def amount(text: str, language: str) -> int:
    """Count the characters of Japanese, or the English words, outside formulas, drawings, addresses and code."""
    text = _DRAWING.sub(" ", FORMULA.sub(" ", _DISPLAY.sub(" ", text)))
    text = _ASIDE.sub(" ", _LINK.sub(r"\1", text))
    return len(_JAPANESE.findall(text)) if language == "ja" else len(_WORD.findall(CODE.sub(" ", text)))


def length(text: str) -> int:
    """Count the characters that a reader reads, no marks or spaces; a formula counts as one, a value as two."""
    text = PATTERN.sub("00", FORMULA.sub("x", _DISPLAY.sub("x", text)))
    return len(_MARKS.sub("", _LINK.sub(r"\1", text)))


def said(nodes: Sequence[Node], *, exercises: bool = True) -> str:
    """Return all that is said, blocks with what stands behind their bar; sources and what code says left out."""
    return "\n".join(_said(nodes, exercises))


def _said(nodes: Sequence[Node], exercises: bool) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Prose):
            yield node.text
        elif isinstance(node, Block) and _counts(node, exercises):
            yield from () if node.name in ("card", "verdict") else (node.argument,)
            yield from node.strings("choices")
            yield from _said(node.body, exercises)


def _counts(block: Block, exercises: bool) -> bool:
    return (exercises or block.name != "exercise") and block.text("kind") != "sources"
