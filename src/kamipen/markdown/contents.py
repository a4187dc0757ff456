"""The table of contents on the home page: `/// contents`, all articles by part, those to come in grey."""

from itertools import count
from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.article import outline
from kamipen.article.articles import Article, discover
from kamipen.article.plan import plan
from kamipen.article.rulings import MARKS
from kamipen.markdown.block import PageBlock
from kamipen.project import DOCS
from kamipen.texts import Texts


class Contents(PageBlock):
    """`/// contents`: the whole road, linked as far as it is built."""

    NAME = "contents"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write all parts, in order."""
        texts = self.page.texts
        road = SubElement(parent, "div", {"class": "kp-road"})
        written = {article.slug: article for article in discover(DOCS, texts.language)}
        place = count(1)
        for number, part in enumerate(plan()["parts"], 1):
            section = SubElement(road, "section", {"class": "kp-part"})
            heading = SubElement(section, "h3", {"id": f"part-{part['id']}"})
            heading.text = f"{number} {part['title'][texts.language]}"
            items = SubElement(section, "ol")
            for slug, planned in part["articles"].items():
                item = SubElement(items, "li", {"value": str(next(place))})
                entry(item, written.get(slug), planned[texts.language], texts)
        return road


def rulings(article: Article) -> list[str]:
    """The labels of the article's verdicts, in reading order, each once."""
    return list(dict.fromkeys(verdict.argument for verdict in outline.blocks(article.nodes, "verdict")))


def entry(item: Element, article: Article | None, planned: str, texts: Texts) -> None:
    """Write one article, or the grey title of one to come."""
    if article is None:
        item.set("class", "kp-planned")
        SubElement(item, "span").text = planned
        SubElement(item, "small").text = texts("contents.planned")
        return
    SubElement(item, "a", {"href": f"{article.key}.md"}).text = article.title
    facts = SubElement(item, "small")
    if article.draft:
        facts.text = texts("contents.draft")
        return
    facts.text = f"{texts('contents.level', level=article.level)} "
    names = texts.names("verdict")
    for ruling in rulings(article):
        mark = SubElement(facts, "span", {"class": "kp-ruling"})
        mark.text = f"{MARKS.get(names.get(ruling, ''), '')} {ruling}"
