"""The refreshers of a language, the easier first, each with the articles that need it."""

from collections.abc import Sequence
from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.article.articles import Article, discover
from kamipen.markdown.block import PageBlock
from kamipen.project import DOCS


class Refreshers(PageBlock):
    """`/// refreshers`: all of them."""

    NAME = "refreshers"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write the list."""
        articles = discover(DOCS, self.page.texts.language)
        items = SubElement(parent, "ul", {"class": "kp-refreshers"})
        for refresher in articles:
            if refresher.is_refresher:
                self._entry(SubElement(items, "li"), refresher, articles)
        return items

    def _entry(self, item: Element, refresher: Article, articles: Sequence[Article]) -> None:
        texts = self.page.texts
        link = SubElement(item, "a", {"href": f"{self.page.to_root}{refresher.key}.md"})
        link.text = refresher.title
        facts = SubElement(item, "small")
        link.tail = " "
        facts.text = texts("contents.draft") if refresher.draft else texts("contents.level", level=refresher.level)
        if refresher.description:
            facts.tail = f" {refresher.description}"
        users = [article for article in articles if refresher.slug in article.skills]
        for number, article in enumerate(users):
            if not number:
                SubElement(item, "br").tail = texts("refreshers.for")
            user = SubElement(item, "a", {"href": f"{self.page.to_root}{article.key}.md"})
            user.text = article.title
            user.tail = texts("roadmap.comma") if number < len(users) - 1 else ""
