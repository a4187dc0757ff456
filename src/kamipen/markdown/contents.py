"""The table of contents on the home page: `/// contents`, all articles by part, those to come in grey."""

import re
from typing import Any, override
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from kamipen.article.articles import Article, discover
from kamipen.article.plan import plan
from kamipen.project import DOCS

_VERDICT = re.compile(r"^/{3,} verdict \| (\S+)", re.MULTILINE)
_MARKS = {"確認": "○", "条件つき": "△", "反証": "×", "未決": "？"} | {
    "Confirmed": "○",
    "Conditional": "△",
    "Refuted": "×",
    "Open": "？",
}
_PLANNED = {"ja": "準備中", "en": "planned"}
_DRAFT = {"ja": "下書き", "en": "draft"}
_LEVEL = {"ja": "難しさ", "en": "level"}


class Contents(Block):
    """`/// contents`: the whole road, linked as far as it is built."""

    NAME = "contents"

    @override
    def on_create(self, parent: Element) -> Element:
        """Write all parts, in order."""
        language: str = self.config["language"]
        road = SubElement(parent, "div", {"class": "kp-road"})
        written = {article.slug: article for article in discover(DOCS, language)}
        for number, part in enumerate(plan()["parts"], 1):
            section = SubElement(road, "section", {"class": "kp-part"})
            heading = SubElement(section, "h3", {"id": f"part-{part['id']}"})
            heading.text = f"{number} {part['title'][language]}"
            items = SubElement(section, "ol")
            for slug, planned in part["articles"].items():
                item = SubElement(items, "li", {"value": str(planned["order"])})
                entry(item, written.get(slug), planned[language], language)
        return road


def rulings(article: Article) -> list[str]:
    """The labels of the article's verdicts, in reading order, each once."""
    return list(dict.fromkeys(_VERDICT.findall(article.text)))


def entry(item: Element, article: Article | None, planned: str, language: str) -> None:
    """Write one article, or the grey title of one to come."""
    if article is None:
        item.set("class", "kp-planned")
        SubElement(item, "span").text = planned
        SubElement(item, "small").text = _PLANNED[language]
        return
    SubElement(item, "a", {"href": f"{article.key}.md"}).text = article.title
    facts = SubElement(item, "small")
    if article.draft:
        facts.text = _DRAFT[language]
        return
    facts.text = f"{_LEVEL[language]} {article.level} "
    for ruling in rulings(article):
        mark = SubElement(facts, "span", {"class": "kp-ruling"})
        mark.text = f"{_MARKS.get(ruling, '')} {ruling}"


class ContentsExtension(BlocksExtension):
    """The contents block, in the language of the site."""

    def __init__(self, **options: Any) -> None:
        self.config = {"language": ["ja", "Language of the titles"]}
        super().__init__(**options)

    @override
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:
        """Register the block."""
        block_mgr.register(Contents, self.getConfigs())


def makeExtension(**options: Any) -> ContentsExtension:  # noqa: N802, the name that Markdown looks for
    """Make the extension, for `markdown_extensions: kamipen.markdown.contents`."""
    return ContentsExtension(**options)
