"""The file of recorded states; `tests/client/cell/recorded-states.test.ts` reads the same golden one."""

import json
import os
from pathlib import Path

import pytest

from kamipen.article.controls import Controls, Parameter
from kamipen.recording.states.encoding import decode, encode

GOLDEN = Path(__file__).parents[3] / "data/states.json"

CONTROLS = Controls(
    parameters=(Parameter("eta", ("0.1", "0.2", "0.3", "0.4"), 1), Parameter("kernel", ('"rbf"', '"poly"'), 0))
)
VALUES = ("limit .3f", "n")


def svg(own: str, path: str) -> str:
    clip = f'<clipPath id="p0{own}"><path d="M0 0H9"/></clipPath>'
    return f'<svg viewBox="0 0 9 9"><defs>{clip}</defs><g clip-path="url(#p0{own})"><path d="{path}"/></g></svg>'


def figure(own: str, path: str, alt: str = "a line") -> dict[str, object]:
    return {"kind": "figure", "svg": svg(own, path), "width": 9.0, "height": 9.0, "alt": alt}


def text(text: str, stream: str = "stdout") -> dict[str, object]:
    return {"kind": "text", "stream": stream, "text": text}


ERROR = {"kind": "error", "type": "AssertionError", "message": "", "line": 3, "traceback": "Traceback\nAssertionError"}
RICH = {"kind": "rich", "html": "<table><tr><td>1</td></tr></table>\n"}
RECORDED = {
    ("0.2", '"rbf"'): ([text("same\neta 0.2 <b>\nend"), figure("07be30", "M0 0L9 1"), RICH], ["0.200", "7"]),
    ("0.1", '"rbf"'): ([text("same\neta 0.1 <b>\nend"), figure("a1b2c3", "M0 0L9 2", "another"), RICH], ["0.100", "7"]),
    ("0.3", '"rbf"'): ([text("same\n"), text("late\n", "stderr"), ERROR], [None, "7"]),
    ("0.4", '"rbf"'): ([], ["0.400", "7"]),
    ("0.2", '"poly"'): (
        [text("same\neta 0.2 <b>\nend"), figure("07be30", "M0 0L9 1"), RICH, text("more")],
        ["0.200", "8"],
    ),
}


def test_the_file_is_what_it_was():
    made = {
        "file": encode(CONTROLS, VALUES, RECORDED),
        "expected": {
            "|".join(state): {"items": items, "values": values} for state, (items, values) in RECORDED.items()
        },
    }
    if os.environ.get("UPDATE"):
        GOLDEN.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert json.loads(json.dumps(made)) == json.loads(GOLDEN.read_text("utf-8"))


@pytest.mark.parametrize("state", RECORDED, ids="|".join)
def test_each_state_comes_back_to_the_character(state):
    file = json.loads(GOLDEN.read_text("utf-8"))["file"]
    items, values = RECORDED[state]
    assert decode(file, state) == (items, values)


def test_what_was_not_recorded_is_not_there():
    assert decode(json.loads(GOLDEN.read_text("utf-8"))["file"], ("0.3", '"poly"')) is None


def test_a_figure_that_stays_the_same_costs_nothing():
    """Its ids differ in every state, since they are made of all that is in it."""
    recorded = {("0.2", '"rbf"'): ([figure("07be30", "M1")], []), ("0.1", '"rbf"'): ([figure("c0ffee", "M1")], [])}
    assert encode(CONTROLS, (), recorded)["outputs"] == [[({}, [])], [({"own": "c0ffee"}, [])]]
