"""Double descent: what the article rules, over more draws than it shows, and against independent oracles."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = Path(__file__).parents[2] / "snippets" / "double_descent.py"
SEEDS = range(40)


@pytest.fixture(scope="module")
def names():
    """Names that the cells define, all but the curve, which draws only."""
    import matplotlib.pyplot as plt

    space = {}
    for cell in read(SCRIPT).shown:
        if cell.name != "whole-curve":
            exec(cell.source, space)
    plt.close("all")
    return space


def error(names, p, noise=0.1, ridge=0.0):
    """Return the median test error over forty draws."""
    before, names["noise"] = names["noise"], noise
    try:
        return np.median([names["trial"](p, seed, ridge)[1] for seed in SEEDS])
    finally:
        names["noise"] = before


def test_thirty_is_the_worst_and_three_thousand_the_best(names):
    three, thirty, many = (error(names, p) for p in (3, 30, 3000))
    assert thirty > 5 * three and many < 0.5 * three


def test_with_much_noise_three_is_the_least_bad(names):
    three, thirty, many = (error(names, p, noise=1.0) for p in (3, 30, 3000))
    assert three < many < thirty and many > 1  # said in the ruling: worse than answering with the mean


def test_ridge_takes_the_peak_and_leaves_the_rest(names):
    assert error(names, 30, ridge=0.01) < 0.1 * error(names, 30)
    assert error(names, 3000, ridge=0.01) == pytest.approx(error(names, 3000), abs=0.05)


@pytest.mark.parametrize("seed", range(5))
def test_the_shortest_fit_is_the_pseudoinverse(names, seed):
    F, _, y = names["sample"](300, seed)
    w = np.linalg.pinv(F[:30]) @ y
    assert names["trial"](300, seed)[2] == pytest.approx(np.linalg.norm(w), rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_descent_is_what_its_formula_says_and_leaves_the_unseen_part(names, seed, monkeypatch):
    monkeypatch.setitem(names, "p", 300)  # a cell below has another
    _, test, before, after = names["descend"](seed)
    F, f, y = names["sample"](300, seed)
    A, B = F[:30], F[30:]
    lam, U = np.linalg.eigh(A @ A.T)
    shrink = (1 - (1 - 1.9 * lam / lam[-1]) ** names["steps"]) / lam  # 1 / lam in the end: the shortest fit
    w = A.T @ U @ (shrink * (U.T @ y))
    assert test[0] == pytest.approx(np.mean((B @ w - f[30:]) ** 2) / f[30:].var(), rel=1e-3)
    assert np.allclose(before, after)


@pytest.mark.parametrize("seed", range(10, 15))
def test_a_far_start_does_harm_in_other_draws_too(names, seed, monkeypatch):
    monkeypatch.setitem(names, "p", 300)
    train, test, _, _ = names["descend"](seed)
    assert train.max() < 0.02 and test[2] > 1.5 * test[0]


def test_size_helps_the_right_taste_and_harms_the_wrong_one(names):
    def median(p, power):
        fits = np.array([names["interpolate"](p, power, seed)[0] for seed in SEEDS])
        return np.median(np.mean((fits - names["truth"]) ** 2, axis=1))

    assert median(100, 0.0) < median(300, 0.0) < median(3000, 0.0)
    assert median(3000, 1.0) < 0.5 * median(100, 1.0) and median(3000, 1.0) < 0.1 * median(3000, 0.0)


def test_junk_features_are_ridge(names):
    def median(junk, ridge=0.0):
        fits = [names["fit_noise"](seed, junk, ridge) for seed in SEEDS]
        return np.median([np.mean((g[30:] - f[30:]) ** 2) for _, f, g, _ in fits])

    assert median(3000) == pytest.approx(median(0, 0.1), rel=0.15)
    assert median(30) > 3 * median(3000) and median(0) > 10 * median(3000)
