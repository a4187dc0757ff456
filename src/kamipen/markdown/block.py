"""What the blocks of a page have in common.

The outline has checked names and options before; here `pymdownx.blocks` hands over the elements, and what they hold is
rendered as Markdown.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

from pymdownx.blocks.block import Block as PymdownBlock

from kamipen.article import outline

if TYPE_CHECKING:
    from kamipen.markdown.page import Page

Element = ElementTree.Element
child = ElementTree.SubElement


class PageBlock(PymdownBlock):
    """A block that knows the page on which it stands."""

    @property
    def page(self) -> Page:
        """The page that is being rendered."""
        return self.config["page"]()


class Block(PageBlock):
    """A block whose options the outline has read and checked."""

    ARGUMENT = None
    source: outline.Block

    def on_markdown(self) -> str:
        """Read what stands inside as blocks of Markdown, whatever the element."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Take the next block of the outline, and make its element."""
        self.source = self.page.next_block(self.NAME)
        return self.create(parent)

    def create(self, parent: Element) -> Element:
        """Make the element."""
        raise NotImplementedError

    def html(self, parent: Element, html: str) -> None:
        """Put finished HTML into an element."""
        parent.text = (parent.text or "") + self.md.htmlStash.store(html)


def radio(parent: Element, name: str, number: int, text: str, attributes: dict[str, str] | None = None) -> None:
    """Add a radio button with its text, in the group of this name."""
    label = child(parent, "label")
    button = child(label, "input", {"type": "radio", "name": name, "value": str(number)} | (attributes or {}))
    button.tail = " "
    child(label, "span").text = text
