"""The glossary page: `/// glossary` renders `docs/glossary.yml` as a table, sorted for the reader's language."""

from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.article.glossary import terms
from kamipen.markdown.block import PageBlock
from kamipen.project import LANGUAGES


class Glossary(PageBlock):
    """`/// glossary`: every term in both languages, with what it means on this site."""

    NAME = "glossary"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write the table."""
        texts = self.page.texts
        language = texts.language
        (other,) = (name for name in LANGUAGES if name != language)
        table = SubElement(parent, "table", {"id": "terms"})
        head = SubElement(SubElement(table, "thead"), "tr")
        for heading in (language, other, "meaning"):
            SubElement(head, "th", {"scope": "col"}).text = texts(f"glossary.{heading}")
        body = SubElement(table, "tbody")
        for term in sorted(terms(), key=lambda term: term["yomi" if language == "ja" else "en"].casefold()):
            row = SubElement(body, "tr")
            SubElement(row, "th", {"scope": "row"}).text = term[language]
            SubElement(row, "td", {"lang": other}).text = term[other]
            SubElement(row, "td").text = term[f"{language}_note"]
        return table
