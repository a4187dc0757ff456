"""The glossary page: `/// glossary` renders `docs/glossary.yml` as a table, sorted for the reader's language."""

from typing import Any, override
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from kamipen.article.glossary import terms

_OTHER = {"ja": "en", "en": "ja"}
_HEADINGS = {"ja": ("日本語", "English", "ここでの意味"), "en": ("English", "日本語", "Meaning here")}


class Glossary(Block):
    """`/// glossary`: every term in both languages, with what it means on this site."""

    NAME = "glossary"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write the table."""
        language: str = self.config["language"]
        table = SubElement(parent, "table", {"id": "terms"})
        head = SubElement(SubElement(table, "thead"), "tr")
        for heading in _HEADINGS[language]:
            SubElement(head, "th", {"scope": "col"}).text = heading
        body = SubElement(table, "tbody")
        for term in sorted(terms(), key=lambda term: term["yomi" if language == "ja" else "en"].casefold()):
            row = SubElement(body, "tr")
            SubElement(row, "th", {"scope": "row"}).text = term[language]
            SubElement(row, "td", {"lang": _OTHER[language]}).text = term[_OTHER[language]]
            SubElement(row, "td").text = term[f"{language}_note"]
        return table


class GlossaryExtension(BlocksExtension):
    """The glossary block, in the language of the site."""

    def __init__(self, **options: Any) -> None:
        self.config = {"language": ["ja", "Language that comes first"]}
        super().__init__(**options)

    @override
    def extendMarkdownBlocks(self, md: Any, block_mgr: Any) -> None:
        """Register the block."""
        block_mgr.register(Glossary, self.getConfigs())


def makeExtension(**options: Any) -> GlossaryExtension:  # noqa: N802, the name that Markdown looks for
    """Make the extension, for `markdown_extensions: kamipen.markdown.glossary`."""
    return GlossaryExtension(**options)
