"""Words in figures: exact lines of text, with what stood there kept; formulas and other words stay."""

# pyright: basic

import json
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kamipen.article.figure_words import fixed, read, texts, translate
from kamipen.errors import SourceError

CASES = json.loads((Path(__file__).parents[2] / "data/figure-words.json").read_text("utf-8"))
FORMULA = '<g><text><tspan x="0 3">step</tspan></text></g>'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shown"])
def test_a_word_is_shown_in_the_pages_language(case):
    svg = f'<svg><text x="1" y="2" style="{case["style"]}">{escape(case["word"], quote=False)}</text></svg>'
    line = BeautifulSoup(translate(svg, {case["word"]: case["shown"]}), "html.parser").find("text")
    assert line is not None
    assert (line.text, line["data-word"], line.get("textlength")) == (case["shown"], case["word"], case["room"])


def test_what_is_no_word_stays():
    svg = f"<svg>{FORMULA}<text>other</text></svg>"
    assert translate(svg, {"step": "歩数", "oth": "x"}) == svg
    assert list(texts("<svg><text>a  b</text><text>1 &lt; 2</text></svg>")) == ["a b", "1 < 2"]


LABELLED = (
    '<svg><text x="1" y="2" style="font-size: 10px" data-label="loss at $n$, $k^2$ times">loss at '
    '<tspan><tspan style="font-style: italic">n</tspan></tspan>, '
    '<tspan><tspan style="font-style: italic">k</tspan><tspan dy="-4">2</tspan><tspan dy="4">\u200b</tspan></tspan>'
    " times</text></svg>"
)


def test_a_label_keeps_its_formulas():
    assert list(texts(LABELLED)) == ["loss at $n$, $k^2$ times"]
    shown = "$k^2$ 回、$n$ のときの損失の値 <a>"
    svg = translate(LABELLED, {"loss at $n$, $k^2$ times": shown})
    line = BeautifulSoup(svg, "html.parser").find("text")
    assert line is not None and line.text == "k2\u200b 回、n のときの損失の値 <a>"
    assert [part.text for part in line.find_all("tspan", recursive=False)] == ["k2\u200b", "n"]
    assert (line["data-label"], line["textlength"]) == ("loss at $n$, $k^2$ times", "140.0")
    assert list(texts(svg)) == list(texts(LABELLED))
    assert translate(LABELLED, {"loss at": "損失"}) == LABELLED


def test_a_formula_that_the_label_lacks_is_refused():
    assert read({"labels": {"loss at $n$": "$n$ での損失"}})
    with pytest.raises(SourceError, match=r"\$m\$ where the figure's `loss at \$n\$` has no such formula"):
        read({"labels": {"loss at $n$": "$m$ での損失"}})


def test_what_cannot_be_translated_is_known():
    drawn = '<g transform="translate(1 2)" data-label="to $\\frac{a}{b}$"><text><tspan x="0">to</tspan></text></g>'
    assert list(fixed(f"<svg>{drawn}</svg>")) == [r"to $\frac{a}{b}$"]
    assert list(texts(f"<svg>{drawn}</svg>")) == []


def test_labels_are_a_table():
    assert read({"labels": {"step": "歩数", 1: 2}}) == {"step": "歩数", "1": "2"}
    assert read({}) == {}
    with pytest.raises(SourceError, match="`labels` must be lines"):
        read({"labels": ["step"]})
