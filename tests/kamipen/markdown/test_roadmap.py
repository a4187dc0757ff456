"""The road map: order of the articles, and that map and list say the same."""

import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kamipen.article.articles import Article
from kamipen.errors import SourceError
from kamipen.markdown.roadmap import HEIGHT, LINE, WIDTH, _width, layout, roadmap_html, wrap
from kamipen.site.practice_index import catalogue

EXERCISE = """/// exercise | {title}
    id: {id}
    kind: choice
    level: 700
Text

//// choice | a
////
//// choice | b
////
///
"""


def article(slug: str, order: int, *prereq: str, part: str = "maths", text: str = "") -> Article:
    return Article(
        path=Path(f"docs/en/{part}/{slug}.md"),
        language="en",
        part=part,
        slug=slug,
        title=f"The case of {slug} & sons",
        date=datetime.date(2026, 11, 20),
        order=order,
        level=100 * order,
        audience="theorist",
        prereq=prereq,
        text=text,
    )


GRAPH = (
    article("one", 1),
    article("two", 2, "one"),
    article("three", 3, "one", "unwritten"),
    article("four", 4, "two", "three"),
    article("five", 5, "one", part="networks"),
)


def test_every_article_stands_below_what_it_builds_on() -> None:
    places = {node.article.slug: node for node in layout(GRAPH)}
    assert set(places) == {"one", "two", "three", "four", "five"}
    for node in places.values():
        for slug in node.article.prereq:
            if slug in places:
                assert places[slug].y + HEIGHT < node.y


def test_no_two_nodes_overlap_however_many_there_are() -> None:
    many = [article(f"a{number}", number, *(["a1"] if number > 1 else [])) for number in range(1, 40)]
    nodes = layout(many)
    for one in nodes:
        for other in nodes:
            if one is not other:
                assert abs(one.x - other.x) >= WIDTH or abs(one.y - other.y) >= HEIGHT


def test_a_circle_of_prerequisites_ends() -> None:
    assert len(layout([article("a", 1, "b"), article("b", 2, "a")])) == 2


def test_map_and_list_link_to_every_article_with_the_same_words() -> None:
    html = roadmap_html(GRAPH, "en")
    tree = ElementTree.fromstring(html[html.index("<div") :].replace("data-roadmap>", 'data-roadmap="">', 1))
    nodes = {a.get("data-article"): a for a in tree.iter("a") if a.get("data-article")}
    items = {li.get("data-article"): li.find("a") for li in tree.iter("li")}
    assert set(nodes) == set(items) == {"one", "two", "three", "four", "five"}
    for slug, node in nodes.items():
        link = items[slug]
        assert link is not None
        assert node.get("href") == link.get("href")
        assert link.text is not None
        assert link.text in (node.get("aria-label") or "")
    assert nodes["five"].get("href") == "../networks/five/"


@pytest.mark.parametrize("title", ["文脈を伸ばせばエントロピーはゼロ？", "Where squared error comes from", "A"])
def test_titles_are_broken_to_fit_their_nodes(title: str) -> None:
    lines = wrap(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(_width(line) <= LINE + 1 for line in lines)


def test_long_titles_are_cut_with_a_mark() -> None:
    assert len(wrap("とても長い題名" * 9)) == 3
    assert wrap("とても長い題名" * 9)[-1].endswith("…")


def test_the_index_lists_exercises_articles_and_routes() -> None:
    text = EXERCISE.format(title="Is $x$ odd?", id="odd")
    index = catalogue([article("one", 1, text=text), article("five", 5, "one", part="generalisation")])
    assert index["items"] == [
        {"id": "odd", "title": "Is x odd?", "kind": "choice", "level": 700, "article": "one", "choices": 2}
    ]
    assert index["articles"][1]["url"] == "generalisation/five/"
    assert index["routes"]["learner"] == ["one"]
    assert index["routes"]["sceptic"] == ["five"]


def test_one_id_for_two_exercises_is_refused() -> None:
    text = EXERCISE.format(title="Odd?", id="odd")
    with pytest.raises(SourceError, match=r"`odd` is also in one\.md"):
        catalogue([article("one", 1, text=text), article("two", 2, text=text)])
