"""The page on practice computes what the practice itself computes: both are held to the same numbers."""

import json
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

ROOT = Path(__file__).parents[2]
SCRIPT = read(ROOT / "snippets/how_practice_works.py")
VECTORS = json.loads((ROOT / "tests/data/elo.json").read_text())


@pytest.fixture(scope="module")
def names():
    space = {}
    for name in ("rating", "update", "readers", "choice"):
        exec(SCRIPT[name].source, space)
    return space


def test_expected_scores(names):
    for case in VECTORS["expected"]:
        assert names["expected"](case["reader"], case["item"], case["guess"]) == pytest.approx(case["chance"], abs=1e-7)


def test_ratings_after_an_answer(names):
    for case in VECTORS["rate"]:
        value, error = names["update"](case["value"], case["error"], case["item"], case["score"], case["guess"])
        assert value == pytest.approx(case["after"]["value"], abs=1e-5)
        assert error == pytest.approx(case["after"]["error"], abs=1e-5)


def test_placement_after_each_answer(names):
    seen = []
    for case in VECTORS["placement"]:
        seen.append((np.array([case["level"]]), np.array([case["guess"]]), np.array([case["right"]])))
        value, error = names["estimate"](seen, 1200, 250)
        assert value[0] == pytest.approx(case["after"]["value"], abs=1e-5)
        assert error[0] == pytest.approx(case["after"]["error"], abs=1e-5)


def test_which_exercise_is_chosen(names):
    levels = 400.0 + 60 * np.arange(30)
    guesses = np.where(np.arange(30) % 3 == 0, 1 / 3, 0)
    reader = np.array([float(case["rating"]) for case in VECTORS["choice"]])
    left = np.ones((len(reader), 30), bool)
    assert names["most_telling"](reader, levels, guesses, left).tolist() == [c["telling"] for c in VECTORS["choice"]]
    assert names["nearest_target"](reader, levels, guesses, left).tolist() == [c["fitting"] for c in VECTORS["choice"]]
