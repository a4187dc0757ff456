"""The table of contents, those to come in grey: `/// contents`, all articles by part, or `/// contents | part`."""

from itertools import count
from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.article import outline
from kamipen.article.articles import Article, discover
from kamipen.article.plan import plan
from kamipen.article.rulings import MARKS
from kamipen.errors import SourceError, nearest
from kamipen.markdown.block import PageBlock
from kamipen.project import DOCS
from kamipen.texts import Texts


class Contents(PageBlock):
    """`/// contents`: the whole road, or one part of it, linked as far as it is built."""

    NAME = "contents"
    ARGUMENT = None

    @override
    def on_create(self, parent: Element) -> Element:
        """Write all parts, in order, or the one that the argument names."""
        texts, parts = self.page.texts, plan()["parts"]
        written = {article.slug: article for article in discover(DOCS, texts.language)}
        if self.argument and self.argument not in (ids := [part["id"] for part in parts]):
            raise SourceError(f"`contents`: there is no part `{self.argument}`{nearest(self.argument, ids)}")
        road = SubElement(parent, "div", {"class": "kp-part" if self.argument else "kp-road"})
        place = count(1)
        for number, part in enumerate(parts, 1):
            items = Element("ol")
            for slug, planned in part["articles"].items():
                item = SubElement(items, "li", {"value": str(next(place))})
                entry(item, written.get(slug), planned[texts.language], texts, self.page.to_root)
            if self.argument == part["id"]:
                road.append(items)
            elif not self.argument:
                section = SubElement(road, "section", {"class": "kp-part"})
                heading = SubElement(section, "h3", {"id": f"part-{part['id']}"})
                _title(heading, f"{number} {part['title'][texts.language]}", part["id"], texts.language)
                section.append(items)
        return road


def _title(heading: Element, text: str, part: str, language: str) -> None:
    """Write a part's title, which leads to the page on the part where there is one."""
    if (DOCS / language / part / "index.md").exists():
        heading = SubElement(heading, "a", {"href": f"{part}/index.md"})
    heading.text = text


def rulings(article: Article) -> list[str]:
    """The labels of the article's verdicts, in reading order, each once."""
    return list(dict.fromkeys(verdict.argument for verdict in outline.blocks(article.nodes, "verdict")))


def entry(item: Element, article: Article | None, planned: str, texts: Texts, to_root: str = "") -> None:
    """Write one article, or the grey title of one to come."""
    if article is None:
        item.set("class", "kp-planned")
        SubElement(item, "span").text = planned
        SubElement(item, "small").text = texts("contents.planned")
        return
    SubElement(item, "a", {"href": f"{to_root}{article.key}.md"}).text = article.title
    facts = SubElement(item, "small")
    if article.draft:
        facts.text = texts("contents.draft")
        return
    facts.text = f"{texts('contents.level', level=article.level)} "
    names = texts.names("verdict")
    for ruling in rulings(article):
        mark = SubElement(facts, "span", {"class": "kp-ruling"})
        mark.text = f"{MARKS.get(names.get(ruling, ''), '')} {ruling}"
