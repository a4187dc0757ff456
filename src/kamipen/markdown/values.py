"""Values in sentences: `{{cell: expression format}}` becomes the number, marked so that the page can let it follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from kamipen.article import outline
from kamipen.article.parameters import plain
from kamipen.article.values import PATTERN, Value, room, value

if TYPE_CHECKING:
    from kamipen.markdown.page import Page

PRIORITY = 185  # after code and formulas, before what a backslash escapes


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
