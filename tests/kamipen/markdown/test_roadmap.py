"""The road map: order of the articles, and that map and list say the same."""

from xml.etree import ElementTree

import pytest

from kamipen.markdown.roadmap import HEIGHT, LINE, WIDTH, _width, layout, roadmap_html, wrap
from tests.kamipen.article.sample import on_the_road as article

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


def test_refreshers_stand_in_a_list_of_their_own_below_the_map() -> None:
    html = roadmap_html([*GRAPH, article("log", 6, part="refreshers")], "en")
    assert html.count('data-article="log"') == 1
    assert html.index('data-article="five"') < html.index("Three-minute refreshers") < html.index("../refreshers/log/")
