"""Diagrams: read from their fences, drawn in the page's colours, refused with file, line and remedy."""

import re
from xml.etree import ElementTree

import pytest

from kamipen.article import outline
from kamipen.article.diagrams import diagrams, draw, picture
from kamipen.errors import SourceError

CHAIN = (
    'digraph { rankdir=LR; a [label="台本を\\nreadする" URL="#top"]; a -> b -> c -> d -> e [color=red, label="次"] }'
)
FENCE = f"Text.\n\n```diagram\nalt: 流れ\ncaption: $x$ へ\n{CHAIN}\n```\n"


def read(text):
    return [diagram for _, diagram in diagrams(outline.parse(text))]


def drawing(dot):
    (diagram,) = read(f"```diagram\nalt: x\n{dot}\n```")
    return draw([diagram])[diagram.dot]


def test_a_fence_has_options_and_dot():
    (diagram,) = read(FENCE)
    assert (diagram.alt, diagram.caption, diagram.line, diagram.links) == ("流れ", "$x$ へ", 6, ("#top",))


def test_a_wide_diagram_is_turned_for_a_phone():
    drawn = drawing(CHAIN)
    wide, narrow = (float(re.findall(r' width="([\d.]+)"', svg)[0]) for svg in (drawn.wide, drawn.narrow))
    assert wide > 400
    assert narrow < 340
    assert not drawing("digraph { a -> b }").narrow


def test_a_drawing_is_the_pages():
    svg = drawing(CHAIN).wide
    ElementTree.fromstring(svg)
    assert {"台本を", "readする", "次"} <= set(re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    assert '<a href="#top">' in svg
    assert not re.search(r' (?:id|class)="|<title|"(?:black|red|white|gray)"|Times', svg)
    assert "var(--kp-pen-red)" in svg


def test_boxes_fit_japanese():
    svg = drawing('digraph { a [label="正則化をかけた損失関数"] }').wide
    points = re.findall(r'points="([^"]*)"', svg)[0].split()
    xs = [float(point.split(",")[0]) for point in points]
    assert 11 * 14 < max(xs) - min(xs) < 11 * 14 + 40


def test_each_line_of_a_label_comes_back():
    letters = "abcdefghijklmnopqrstuvwxyz"
    svg = drawing("digraph { " + " -> ".join(letters) + " }").wide
    assert sorted(re.findall(r"<text[^>]*>([^<]*)</text>", svg)) == list(letters)
    record = drawing('digraph { n [shape=record label="{<f>入力|p & q|0 &lt; 1}"] }').wide
    assert re.findall(r"<text[^>]*>([^<]*)</text>", record)[:2] == ["入力", "p &amp; q"]


def test_a_picture_has_colours_of_its_own():
    svg = picture(drawing("digraph { a [fillcolor=red] }"))
    assert "var(" not in svg
    assert "color-mix" not in svg
    ElementTree.fromstring(svg)


BAD = {
    "digraph { a }": (1, "say what the diagram shows in a line `alt: …`"),
    "alt: x\na -> b": (1, "a diagram has options and then DOT"),
    "alt: x\naltt: y\ndigraph { a }": (3, "no option `altt`: did you mean `alt`?"),
    "alt: x\ndigraph {\n  a -> ;\n}": (4, "near ';'; names with signs or spaces need quotes"),
    "alt: x\ndigraph { a [color=pink] }": (3, "colour `pink` is not the page's: there are black"),
    "alt: x\ndigraph { a [label=<<b>x</b>>] }": (3, "labels in HTML are not drawn"),
    'alt: x\ndigraph { a [URL="other.md"] }': (3, '`other.md`: write `URL="#heading"`'),
}


@pytest.mark.parametrize("source", BAD)
def test_what_cannot_be_drawn_is_refused(source):
    line, problem = BAD[source]
    with pytest.raises(SourceError) as refused:
        draw(read(f"```diagram\n{source}\n```"))
    assert refused.value.line == line
    assert problem in refused.value.problem
