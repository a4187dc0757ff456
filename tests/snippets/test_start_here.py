"""Start here: the line, the curve and the score against independent oracles and over seeds."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = Path(__file__).parents[2] / "snippets" / "start_here.py"


@pytest.fixture(scope="module")
def names():
    """The names that the article's cells leave behind."""
    space = {}
    for cell in read(SCRIPT).shown:
        exec(cell.source, space)
    import matplotlib.pyplot as plt

    plt.close("all")
    return space


def test_formula_is_least_squares(names):
    slope, height = np.polyfit(names["x"], names["y"], 1)
    assert names["a_best"] == pytest.approx(slope) and names["b_best"] == pytest.approx(height)


def test_one_slider_at_a_time_ends_where_no_slider_helps_alone(names):
    """Slider by slider from the published line, by hand, until a round changes nothing."""
    x, y = names["x"], names["y"]
    slopes, heights = [0.05 * i - 1 for i in range(61)], [0.1 * j - 1 for j in range(61)]

    def error(a, b):
        return round(np.mean((y - a * x - b) ** 2), 9)  # two heights may be equally good

    a, b, before = 0.2, 3.0, None
    while (a, b) != before:
        before = a, b
        a = min(slopes, key=lambda a, b=b: error(a, b))
        b = min(heights, key=lambda b, a=a: error(a, b))
    assert (a, b) == pytest.approx((0.55, 1.5))
    assert error(a, b) > 1.05 * min(error(a, b) for a in slopes for b in heights)


def test_points_are_all_solutions(names):
    found = {point for point in names["points"] if point}
    assert found == {(x, y) for x in range(97) for y in range(97) if (y**2 - (x**3 + 2 * x + 3)) % 97 == 0}


def test_sum_lies_on_the_line_mirrored(names):
    points, add = names["points"], names["add"]
    rng = np.random.default_rng(0)
    for i, j in rng.integers(0, 99, (500, 2)):
        P, Q = points[i], points[j]
        R = add(P, Q)
        assert R in points
        if P[0] != Q[0]:  # P, Q and the mirrored sum on one line: the determinant vanishes
            (x1, y1), (x2, y2), (x3, y3) = P, Q, (R[0], -R[1])
            assert ((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) % 97 == 0


def test_sum_has_neutral_inverse_and_order(names):
    points, add = names["points"], names["add"]
    for P in points:
        assert add(P, None) == P == add(None, P)
        assert P is None or add(P, (P[0], -P[1] % 97)) is None
        total = None
        for _ in range(100):  # Lagrange: the group has 100 elements
            total = add(total, P)
        assert total is None
    assert add((3, 6), (3, 6)) == (80, 10)  # told in the exercise


@pytest.mark.parametrize("seed", range(8))
def test_score_loses_to_three_labels_after_8_answers_and_wins_after_20(names, seed):
    quick = names["misses"](seed + 100, True)
    assert quick[8] > names["label"] > quick[20]
    assert abs(quick[8] - 98) < 12 and abs(quick[20] - 64) < 8


def test_chance_is_a_matter_of_odds(names):
    assert names["chance"](0) == 0.5
    for lead in (-300, 40, 200):
        odds = names["chance"](lead) / names["chance"](-lead)
        assert names["chance"](lead + 400) / names["chance"](-lead - 400) == pytest.approx(10 * odds)


def test_three_labels_cost_what_the_normal_distribution_says(names):
    from scipy import stats

    truth = stats.norm(1200, 250)
    edges = truth.ppf([1e-9, 1 / 3, 2 / 3, 1 - 1e-9])
    costs = []
    for low, high in pairwise(edges):
        level = truth.expect(lambda x: x, low, high, conditional=True)
        costs.append(truth.expect(lambda x, level=level: abs(x - level), low, high, conditional=True))
    assert names["label"] == pytest.approx(np.mean(costs), rel=0.05)
