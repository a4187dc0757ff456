"""Values in sentences: `{{cell: expression format}}` becomes the number, marked so that the page can let it follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from kamipen.article import outline
from kamipen.article.parameters import plain
from kamipen.article.values import PATTERN, Value, room, value

if TYPE_CHECKING:
    from kamipen.markdown.page import Page

PRIORITY = 185  # after code and formulas, before what a backslash escapes
TIES_PRIORITY = 15  # after all inline markup

_OPENING = "([“‘（「『【〈《$×±−+≈~="
_CLOSING = re.compile(r"(?:[ \u00a0]%|[!%',\-./:;?)\]0-9A-Za-z°…”’、。〉》」』】！％），．：；？])*")


class Values(InlineProcessor):
    """Puts the recorded value in place of what asks for it."""

    def __init__(self, md: Any, page: Callable[[], Page | None]) -> None:
        super().__init__(PATTERN.pattern, md)
        self.page = page

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # noqa: N802
        """Return the value's element, and what it stands for."""
        page = self.page()
        if page is None:
            return None, None, None
        return _element(page, value(m, outline.script_of(page.nodes))), m.start(0), m.end(0)


class Ties(Treeprocessor):
    """Keeps beside a value what may not begin or end a line: browsers break lines at the sides of its box."""

    def run(self, root: Element) -> None:
        """Put values that have such neighbours into a span with them."""
        for parent in [*root.iter()]:
            for at, child in enumerate([*parent]):
                if _is_value(child):
                    _tie(parent, at, child)


def _is_value(element: Element) -> bool:
    """Tell whether an element is a value, or emphasises one and nothing else."""
    if len(element) == 1 and not element.text and not element[0].tail:
        return _is_value(element[0])
    return "kp-value" in element.get("class", "").split()


def _tie(parent: Element, at: int, element: Element) -> None:
    before = (parent[at - 1].tail if at else parent.text) or ""
    opening = before[len(before.rstrip(_OPENING)) :]
    closing = _CLOSING.match(element.tail or "")
    end = closing.end() if closing else 0
    if not opening and not end:
        return
    tied = Element("span", {"style": "white-space:nowrap"})
    tied.text, tied.tail = opening, (element.tail or "")[end:]
    element.tail = (element.tail or "")[:end]
    tied.append(element)
    parent[at] = tied
    kept = before.removesuffix(opening)
    if at:
        parent[at - 1].tail = kept
    else:
        parent.text = kept


def _element(page: Page, asked: Value) -> Element:
    text = page.value(asked)
    span = Element("span", {"class": "kp-value", "data-of": asked.reference})
    controls = page.controls.get(asked.reference)
    literals = {p.name: p.literal for p in controls.parameters} if controls else {}
    if asked.expression in literals and not asked.form:
        span.set("class", "kp-value kp-scrub")
        span.set("data-parameter", asked.expression)
        text = plain(literals[asked.expression])
    else:
        span.set("data-value", asked.key)
    span.set("style", f"min-width:{room(text):g}ch")
    span.text = AtomicString(text)
    return span
