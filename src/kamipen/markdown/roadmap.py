"""The road map: the articles as a graph of what builds on what, drawn at build time, with a list that says the same.

`/// roadmap` on a page puts both there; the client colours them by what the reader masters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import override
from xml.etree.ElementTree import Element, SubElement

from kamipen.article.articles import PARTS, REFRESHERS, Article, discover, on_the_road
from kamipen.article.plan import planned
from kamipen.markdown.block import PageBlock
from kamipen.project import DOCS
from kamipen.texts import Texts, load

WIDTH, HEIGHT = 150, 68  # of a node
GAP, DROP = 16, 46  # between neighbours, between rows
ROW = 4  # nodes side by side
LINE = 9.5  # full-width characters in a line of a node
LINES = 3


@dataclass(frozen=True)
class Node:
    """An article in its place."""

    article: Article
    x: int
    y: int


def roadmap_html(articles: Sequence[Article], language: str, prefix: str = "../") -> str:
    """Return the map and the list of these articles, and below them the refreshers.

    `prefix` leads from the page to the language's root.
    """
    texts = load(language)
    road, refreshers = on_the_road(articles), [article for article in articles if article.is_refresher]
    below = f"<p>{escape(texts('refreshers.below'))}</p>{_list(refreshers, texts, prefix)}" if refreshers else ""
    return (
        '<div class="kp-roadmap" data-roadmap>'
        f'<div class="kp-roadmap__map" role="region" tabindex="0" aria-label="{escape(texts("roadmap.map"))}">'
        f"{_svg(layout(road), texts, prefix)}</div>{_legend(texts)}{_list(road, texts, prefix)}{below}</div>"
    )


def layout(articles: Sequence[Article]) -> list[Node]:
    """Place every article below all that it builds on, near the middle of them, without crossing more than needed."""
    known = {article.slug: article for article in articles}
    ranks = {article.slug: _rank(article, known) for article in articles}
    nodes: dict[str, Node] = {}
    row = 0
    for rank in sorted(set(ranks.values())):
        members = [article for article in articles if ranks[article.slug] == rank]
        members.sort(key=lambda article: (_centre(article, nodes), article.order))
        for start in range(0, len(members), ROW):
            side_by_side = members[start : start + ROW]
            left = (ROW - len(side_by_side)) * (WIDTH + GAP) // 2
            for column, article in enumerate(side_by_side):
                nodes[article.slug] = Node(article, left + column * (WIDTH + GAP), row * (HEIGHT + DROP))
            row += 1
    return list(nodes.values())


def _rank(article: Article, known: Mapping[str, Article], seen: tuple[str, ...] = ()) -> int:
    """The longest way from a beginning; a circle counts once."""
    before = [known[slug] for slug in article.prereq if slug in known and slug not in seen]
    return max((1 + _rank(other, known, (*seen, article.slug)) for other in before), default=0)


def _centre(article: Article, nodes: Mapping[str, Node]) -> float:
    above = [nodes[slug].x for slug in article.prereq if slug in nodes]
    return sum(above) / len(above) if above else 0.0


def _svg(nodes: Sequence[Node], texts: Texts, prefix: str) -> str:
    places = {node.article.slug: node for node in nodes}
    width = ROW * (WIDTH + GAP) - GAP
    height = max((node.y for node in nodes), default=0) + HEIGHT
    edges = "".join(_edge(places[slug], node) for node in nodes for slug in node.article.prereq if slug in places)
    return (
        f'<svg viewBox="-9 -9 {width + 18} {height + 18}" width="{width + 18}" height="{height + 18}" role="group" '
        f'aria-label="{escape(texts("roadmap.map"))}"><g class="kp-roadmap__ways" aria-hidden="true">{edges}</g>'
        f"{''.join(_node(node, texts, prefix) for node in nodes)}</svg>"
    )


def _edge(above: Node, below: Node) -> str:
    x0, y0 = above.x + WIDTH // 2, above.y + HEIGHT
    x1, y1 = below.x + WIDTH // 2, below.y
    bend = max(DROP // 2, (y1 - y0) // 2)
    return f'<path d="M{x0} {y0}C{x0} {y0 + bend} {x1} {y1 - bend} {x1} {y1}"/>'


def _node(node: Node, texts: Texts, prefix: str) -> str:
    article = node.article
    lines = wrap(short_title(article))
    top = HEIGHT / 2 - (len(lines) - 1) * 8.5 + 4.5
    words = "".join(
        f'<tspan x="{WIDTH / 2:g}" y="{top + 17 * number:g}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    label = texts("roadmap.node", title=article.title, level=article.level)
    return (
        f'<a href="{escape(_url(article, prefix))}" data-article="{escape(article.slug)}" data-label="{escape(label)}" '
        f'aria-label="{escape(label)}" transform="translate({node.x} {node.y})"><title>{escape(label)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="4"/><text>{words}</text>'
        f'<circle cx="{WIDTH - 4}" cy="4" r="11"/>'
        f'<text class="kp-roadmap__mark" x="{WIDTH - 4}" y="9" aria-hidden="true"></text></a>'
    )


def _legend(texts: Texts) -> str:
    marks = {"started": "…", "mastered": "✓", "fading": "↻"}
    items = "".join(
        f'<span data-mastery="{name}">{mark} {escape(texts(f"roadmap.{name}"))}</span>' for name, mark in marks.items()
    )
    return f'<p class="kp-roadmap__legend">{items}</p>'


def _list(articles: Sequence[Article], texts: Texts, prefix: str) -> str:
    known = {article.slug: article for article in articles}
    parts = [[article for article in articles if article.part == part] for part in (*PARTS, REFRESHERS)]
    items = "".join(
        f'<li data-article="{escape(article.slug)}">'
        f'<a href="{escape(_url(article, prefix))}">{escape(article.title)}</a> '
        f"<small>{escape(texts('roadmap.level', level=article.level))}{_builds_on(article, known, texts)}</small> "
        '<span class="kp-roadmap__state"></span></li>'
        for members in parts
        for article in members
    )
    return f'<ol class="kp-roadmap__list">{items}</ol>'


def _builds_on(article: Article, known: Mapping[str, Article], texts: Texts) -> str:
    titles = [short_title(known[slug]) for slug in article.prereq if slug in known]
    return escape(texts("roadmap.after", titles=texts("roadmap.comma").join(titles))) if titles else ""


def _url(article: Article, prefix: str) -> str:
    return f"{prefix}{article.part}/{article.slug}/"


def short_title(article: Article) -> str:
    """The title that the plan gives the article, or its own without the label."""
    own = planned().get(article.slug, {}).get(article.language)
    return str(own or re.sub(r"^【.*?】", "", article.title))


def wrap(title: str) -> list[str]:
    """Break a title into the lines of a node, at spaces or between Japanese characters; what is left over is cut."""
    pieces = re.findall(r"[!-~’“”–é]+ ?|.", title)
    lines = [""]
    for piece in pieces:
        if _width(lines[-1] + piece.rstrip()) > LINE and lines[-1] and piece not in "、。？！」）":
            lines.append("")
        lines[-1] += piece
    lines = [line.strip() for line in lines]
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], lines[LINES - 1][:-1] + "…"]


def _width(text: str) -> float:
    return sum(1 if unicodedata.east_asian_width(character) in "WFA" else 0.53 for character in text)


class Roadmap(PageBlock):
    """`/// roadmap`: the map of all articles, and their list."""

    NAME = "roadmap"

    @override
    def on_create(self, parent: Element) -> Element:
        """Put the finished map into the page."""
        language = self.page.texts.language
        place = SubElement(parent, "div")
        place.text = self.md.htmlStash.store(roadmap_html(discover(DOCS, language), language))
        return place
