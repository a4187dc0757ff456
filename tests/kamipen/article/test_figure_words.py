"""Words in figures: exact lines of text, with what stood there kept; formulas and other words stay."""

import json
from html import escape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from kamipen.article.figure_words import read, texts, translate
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


def test_labels_are_a_table():
    assert read({"labels": {"step": "歩数", 1: 2}}) == {"step": "歩数", "1": "2"}
    assert read({}) == {}
    with pytest.raises(SourceError, match="`labels` must be lines"):
        read({"labels": ["step"]})
