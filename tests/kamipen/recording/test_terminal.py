"""Printed text as a terminal would show it, here and in the browser's client alike."""

import json
from pathlib import Path

import pytest

from kamipen.recording import terminal
from kamipen.recording.items import Figure, Record, Text

CASES = json.loads((Path(__file__).parents[2] / "data/terminal.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_as_in_the_browser(case):
    lines = [[list(run) for run in line] for line in terminal.shown(case["text"])]
    assert lines == case["lines"]
    plain = "\n".join("".join(text for text, _ in line) for line in case["lines"])
    assert terminal.plain(case["text"]) == plain


def test_html_holds_the_text_and_its_colours():
    assert terminal.html("\x1b[31m1 < 2\x1b[0m & x") == '<span style="color:var(--kp-bad)">1 &lt; 2</span> &amp; x'
    assert terminal.html("a < b\n") == "a &lt; b\n"


def test_numbers_of_colours_are_no_numbers_of_the_output():
    items = [Text("stdout", "\x1b[31m3.14\x1b[0m\n"), Figure("<svg/>", 1, 1, ""), Text("stdout", "1\r2\n")]
    record = Record("s", outputs={"a": items})
    assert record.text("a") == "3.14\n2\n"
