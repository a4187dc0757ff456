"""What an author writes, beside what a reader sees: for the gallery."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from html import escape

from kamipen.markdown.block import Block, Element, child
from kamipen.markdown.highlight import code


class Example(Block):
    """Markdown beside its result: `/// example`; `code` names cells of the script to be shown as written, too."""

    NAME = "example"

    def create(self, parent: Element) -> Element:
        """Show the source, and make the place of the result."""
        page = self.page
        example = child(parent, "div", {"class": "kp-example"})
        written = child(example, "div", {"class": "kp-example__source"})
        name = escape(page.texts("example.page"))
        source = escape(self.source.source.strip("\n"))
        self.html(written, f'<p>{name}</p><pre tabindex="0"><code>{source}</code></pre>')
        for cell in self.source.strings("code"):
            self.html(written, f"<p>{escape(page.texts('example.script', name=page.script.name))}</p>")
            self.html(written, code(f"# %% {cell}\n{page.script[cell].source}"))
        child(example, "div", {"class": "kp-example__result"})
        return example

    def on_add(self, block: Element) -> Element:
        """Put what stands in the block into the place of the result."""
        return block[-1]
