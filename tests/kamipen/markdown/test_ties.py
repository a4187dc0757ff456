"""A value in a sentence keeps beside it what may not begin or end a line."""

# pyright: basic

from xml.etree.ElementTree import fromstring, tostring

import pytest
from markdown import Markdown

from kamipen.markdown.ties import Ties

VALUE = '<span class="kp-value" data-of="a#b">7</span>'
TIE = '<span style="white-space:nowrap">{}</span>'


def tied(sentence: str) -> str:
    root = fromstring(f"<p>{sentence}</p>")
    Ties(Markdown()).run(root)
    return tostring(root, encoding="unicode").removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("before", "inside", "after"),
    [
        ("誤差は ", f"{VALUE}。", "次は"),
        ("誤差（最小で", f"{VALUE}）。", "次は"),
        ("誤差", f"（{VALUE}", " 回）"),
        ("誤差は ", f"<strong>{VALUE}</strong>、", "次は"),
        ("an error of ", f"{VALUE}.", " Then"),
        ("it costs ", f"${VALUE},", " then"),
        ("a share of ", f"{VALUE} %,", " then"),
        ("a factor of ", f"×{VALUE}", " then"),
    ],
)
def test_neighbours_stay_with_it(before: str, inside: str, after: str) -> None:
    assert tied(before + inside + after) == before + TIE.format(inside) + after


def test_each_of_several_has_its_own() -> None:
    assert tied(f"({VALUE}, {VALUE}。") == f"{TIE.format(f'({VALUE},')} {TIE.format(f'{VALUE}。')}"


@pytest.mark.parametrize(
    "sentence", [f"of {VALUE} and", f"が {VALUE} 倍", f"<strong>about {VALUE}</strong> of", "of 7。"]
)
def test_where_a_line_may_break_nothing_is_tied(sentence: str) -> None:
    assert tied(sentence) == sentence
