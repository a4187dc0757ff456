"""What is learning: what the article rules, over other weeks, rules, orders and weather than it shows."""

# pyright: basic

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read
from tests.snippets.exercises import accepts

SCRIPT = Path(__file__).parents[2] / "snippets" / "what_is_learning.py"
CELLS = {cell.name: cell.source for cell in read(SCRIPT).cells}
SEEDS = range(1, 7)
"""None that the page shows."""


# 1.7: four days, and nothing assumed


@pytest.mark.parametrize("levels", [2, 5, 8, 11])
@pytest.mark.parametrize("seed", SEEDS)
def test_without_an_assumption_no_answer_is_excluded_by_other_data(levels, seed):
    seen = tuple(np.random.default_rng(seed).integers(levels, size=4))
    left = [week[4] for week in product(range(levels), repeat=5) if week[:4] == seen]
    assert sorted(left) == list(range(levels))


def test_an_assumption_about_the_four_days_alone_excludes_nothing_either():
    """Not any assumption will do: it must tie the fifth day to the others."""
    weeks = [w for w in product(range(8), repeat=5) if max(w[:4]) - min(w[:4]) <= 2 and w[:4] == (3, 4, 4, 5)]
    assert {week[4] for week in weeks} == set(range(8))


@pytest.mark.parametrize(("jump", "left"), [(1, 3), (2, 5), (3, 6), (4, 7), (5, 8), (7, 8)])
def test_the_days_left_are_those_within_the_jump(names, jump, left):
    source = CELLS["worlds"].replace("jump = 7", f"jump = {jump}")
    space = {}
    exec(source, space)
    import matplotlib.pyplot as plt

    plt.close("all")
    assert list(space["left"][:, 4]) == [day for day in range(8) if abs(day - 5) <= jump]
    assert len(space["left"]) == left


# 1.6 and 1.2: by heart, and beyond


@pytest.mark.parametrize("k", range(8))
def test_votes_of_all_rules_tie_on_every_unseen_question(k):
    """For all three-switch rules, whatever nature answers."""
    rules = np.array(list(product([0, 1], repeat=8)))  # (256, 8)
    for truth in rules[::17]:
        order = np.random.default_rng(k).permutation(8)
        left = rules[(rules[:, order[:k]] == truth[order[:k]]).all(axis=1)]
        assert len(left) == 2 ** (8 - k)
        assert (left[:, order[k:]].mean(axis=0) == 0.5).all()


@pytest.mark.parametrize("k", range(16))
def test_reciting_climbs_where_seen_questions_count_and_nowhere_else(names, k):
    rng = np.random.default_rng(k)
    scores = []
    for _ in range(400):
        truth, coins, seen = rng.random(16) < 0.5, rng.random(16) < 0.5, rng.permutation(16) < k
        right = np.where(seen, truth, coins) == truth
        scores.append([right.mean(), right[~seen].mean()])
    everything, unseen = np.mean(scores, axis=0)
    assert everything == pytest.approx(k / 16 + (1 - k / 16) / 2, abs=0.02)
    assert unseen == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize(("nature", "low", "high"), [("two", 0.55, 0.7), ("odd", 0.35, 0.45)])
def test_reciting_and_the_majority_elsewhere_is_an_assumption_that_may_be_wrong(names, nature, low, high):
    """A stronger opponent than a coin; ties are a coin's."""
    rng, truth, runs = np.random.default_rng(3), names[nature], []
    for _ in range(2000):
        order = rng.permutation(16)
        yes = truth[order[:8]].mean()
        runs.append(0.5 if yes == 0.5 else (truth[order[8:]] == (yes > 0.5)).mean())
    assert low < np.mean(runs) < high


def test_threshold_rules_are_all_there(names):
    """As many as are known (oeis.org/A000609), and no larger weights give another."""
    X = names["X"]
    W = np.array(list(product(range(-4, 5), repeat=4)))
    wider = np.unique([2 ** np.arange(16) @ (t < X @ W.T) for t in np.arange(-16.5, 17)])
    assert len(names["H"]) == len(wider) == 1882
    assert (names["H"] == names["two"]).all(axis=1).any()
    assert not (names["H"] == names["odd"]).all(axis=1).any()


def test_curves_are_what_single_votes_average_to(names):
    rng = np.random.default_rng(5)
    for k in (0, 4, 8, 12):
        runs = []
        for _ in range(400):
            truth, order = names["H"][rng.integers(1882)], rng.permutation(16)
            runs.append(names["vote"](names["H"], order, truth, k)[2])
        assert np.mean(runs) == pytest.approx(names["true"][k], abs=0.035)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_true_assumption_helps_and_a_false_one_is_worse_than_a_coin(names, seed):
    true, false = names["curve"](names["H"], seed), names["curve"](names["odd"][None], seed)
    assert true[0] == pytest.approx(0.5, abs=0.02)
    assert 0.66 < true[4] < true[8] < true[12]
    assert 0.72 < true[8] < 0.8
    assert 0.3 < false[4] < 0.36


def test_one_rule_drawn_from_those_left_gains_too(names):
    """Voting is not what does it."""
    rng, H = np.random.default_rng(0), names["H"]
    found = {}
    for k in (8, 12):
        runs = []
        for _ in range(600):
            truth, order = H[rng.integers(len(H))], rng.permutation(16)
            left = H[(H[:, order[:k]] == truth[order[:k]]).all(axis=1)]
            runs.append((left[rng.integers(len(left))] == truth)[order[k:]].mean())
        found[k] = np.mean(runs)
    assert 0.66 < found[8] < names["true"][8]
    assert 0.7 < found[12] < names["true"][12]


def test_other_natures_outside_the_assumption_gain_nothing_on_average(names):
    """Rules drawn from all 2^16: as good as a coin while any threshold rule is left."""
    found = names["curve"](np.random.default_rng(0).random((4000, 16)) < 0.5, 1)
    alive = found[~np.isnan(found)]
    assert len(alive) >= 8
    assert alive == pytest.approx(0.5, abs=0.06)
    assert alive.mean() == pytest.approx(0.5, abs=0.02)


def test_no_run_with_a_rule_left_is_left_out_of_four_examples_of_odd(names):
    """What is said of four examples is said of nearly all orders, not of a lucky remainder."""
    rng, alive = np.random.default_rng(2), []
    for _ in range(500):
        order = rng.permutation(16)
        alive.append(len(names["vote"](names["H"], order, names["odd"], 4)[0]) > 0)
    assert np.mean(alive) > 0.97


# 1.7b: things go on as they have


def series(rho, seed, n=5000, turn=None, noise="normal", days=100):
    """Another hand's weather: one series, drawn from a stream of its own."""
    rng = np.random.default_rng(1000 + seed)
    e = {"normal": rng.normal, "laplace": lambda size: rng.laplace(size=size) / 2**0.5}[noise](size=n)
    y = [e[0]]
    for t in range(1, n):
        r = -rho if turn and t > turn else rho
        y.append(r * y[-1] + (1 - rho**2) ** 0.5 * e[t])
    return np.array(y)


def errors(y, days=100):
    a = y[: days - 1] @ y[1:days] / (y[: days - 1] @ y[: days - 1])
    today, tomorrow = y[days:-1], y[days + 1 :]
    return [np.mean((tomorrow - guess) ** 2) for guess in (today, 0 * today, a * today)]


@pytest.mark.parametrize("noise", ["normal", "laplace"])
@pytest.mark.parametrize("rho", [-0.8, -0.3, 0.0, 0.3, 0.5, 0.7, 0.8, 0.95])
def test_yesterday_costs_twice_one_minus_rho(rho, noise):
    found = np.mean([errors(series(rho, seed, noise=noise))[0] for seed in SEEDS])
    assert found == pytest.approx(2 * (1 - rho), rel=0.06)


@pytest.mark.parametrize("rho", [-0.8, 0.0, 0.3, 0.4, 0.6, 0.7, 0.9])
def test_yesterday_beats_the_mean_only_above_one_half(rho):
    for seed in SEEDS:
        yesterday, mean, _ = errors(series(rho, seed))
        assert (yesterday < mean) == (rho > 0.5)


@pytest.mark.parametrize("rho", [-0.8, 0.0, 0.3, 0.5, 0.7, 0.8, 0.95])
def test_a_fitted_slope_is_best_or_nearly_so_while_things_go_on(rho):
    runs = np.array([errors(series(rho, seed)) for seed in SEEDS])
    assert (runs[:, 2] < 1.06 * runs.min(axis=1)).all()


@pytest.mark.parametrize("days", [100, 1000])
def test_a_fitted_slope_loses_to_the_mean_once_rho_has_turned(days):
    """However much it had seen before."""
    for seed in SEEDS:
        _, mean, fitted = errors(series(0.8, seed, turn=days), days)
        assert fitted > 2 * mean


@pytest.mark.parametrize("seed", SEEDS)
def test_a_slope_that_is_fitted_again_each_day_beats_the_mean_after_the_turn(seed):
    y = series(0.8, seed, turn=100)
    now, then = np.cumsum(y[:-1] * y[1:]), np.cumsum(y[:-1] ** 2)
    guess = (now[:-1] / then[:-1]) * y[1:-1]  # of day t + 1 from all days up to t
    assert np.mean((y[102:] - guess[100:]) ** 2) < 0.6 * np.mean(y[102:] ** 2)


# Exercises


@pytest.mark.parametrize(
    ("w", "passes"), [(1, False), (3, False), (5, True), (10, True), (20, True), (30, False), (100, False)]
)
def test_only_a_memory_of_the_right_length_passes(w, passes):
    assert accepts(CELLS["check:what-is-learning-forget"], {"w": w}) == passes


def test_half_of_yesterday_pays_above_a_quarter():
    for rho in (0.15, 0.35):
        for seed in SEEDS:
            y = series(rho, seed)
            assert (np.mean((y[1:] - y[:-1] / 2) ** 2) < np.mean(y[1:] ** 2)) == (rho > 0.25)
