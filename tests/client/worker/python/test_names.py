"""What code makes, takes and imports: as Python compiles it, not as it looks."""

import json
import runpy
from typing import Any

import pytest

from kamipen.project import ROOT

NAMES = runpy.run_path(str(ROOT / "src/client/worker/python/names.py"))["names"]


def names(code: str) -> Any:
    return json.loads(NAMES([code]))[0]


@pytest.mark.parametrize(
    ("code", "makes", "takes"),
    [
        ("def f(x):\n    return x + 1", {"f"}, set()),
        (
            "X, (w, *rest) = np.ones(3), g()\nfor step in steps:\n    w += step",
            {"X", "w", "rest", "step"},
            {"np", "g", "steps"},
        ),
        ("w = w - eta * slope(w)", {"w"}, {"w", "eta", "slope"}),
        ("eta: float = 0.19", {"eta"}, set()),
        ("thing.loss = 1  # curvature", set(), {"thing"}),
        ('f(eta=1), "the loss and its curvature"', set(), {"f"}),
        ('f"{eta:.2f} is a loss"', set(), {"eta"}),
        ("total = [w * scale for w in ws if (best := w)]\nbest", {"total", "best"}, {"scale", "ws"}),
        ("key = lambda X: X * scale\nscale = 2", {"key", "scale"}, set()),
        ("def tick():\n    global count\n    count += 1", {"tick", "count"}, set()),
        ("def f():\n    def g():\n        return late\n    return g", {"f"}, {"late"}),
        ("class A(B):\n    x = 1\n    y = x\n    def m(self):\n        return outer", {"A"}, {"B", "outer"}),
        ("match p:\n    case {'a': q, **r}:\n        q, r", {"q", "r"}, {"p"}),
        ("with open(f) as h:\n    h", {"h"}, {"f"}),
        ("if w == 3:\n    pass", set(), {"w"}),
        ("x = await thing()", {"x"}, {"thing"}),
        ("x[0] = 1", set(), {"x"}),
    ],
)
def test_names_that_code_makes_and_takes(code: str, makes: set[str], takes: set[str]) -> None:
    found = names(code)
    builtin = {"open", "float"}
    assert (set(found["makes"]), set(found["takes"]) - builtin) == (makes, takes)


def test_imports_stand_with_their_statement() -> None:
    code = "import numpy as np, os.path\nfrom kit.data import (\n    points,\n    labels as y,\n)\nnp.ones(y)"
    found = names(code)
    assert found["imports"].keys() == {"np", "os", "points", "y"}
    assert found["imports"]["y"] == "from kit.data import (\n    points,\n    labels as y,\n)"
    assert found["makes"] == [], "an import is not made again by running its cell"
    assert found["takes"] == []


@pytest.mark.parametrize("code", ["def (", "x = \0", "return"])
def test_what_is_no_python_says_nothing(code: str) -> None:
    assert names(code) == {"makes": [], "takes": [], "imports": {}}


def test_a_warning_is_left_to_the_run() -> None:
    assert names('x = "\\d"')["makes"] == ["x"]
