"""Squared error: what the article rules, over other noise, sizes, draws, opponents and laws than it shows."""

# pyright: basic

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read
from tests.snippets.exercises import accepts

SCRIPT = Path(__file__).parents[2] / "snippets" / "line_fitting_mle.py"
CELLS = {cell.name: cell.source for cell in read(SCRIPT).cells}


def scene(x, px, py, seed=0):
    """The first figure's points: eleven about 2x + 1 and a wild one."""
    x = np.append(x, px)
    y = np.append(2 * x[:-1] + 1 + 0.2 * np.random.default_rng(seed).normal(size=len(x) - 1), py)
    return x, y


def least_absolute(x, y):
    """The line of least |error| as a linear programme: nothing of the article's."""
    from scipy.optimize import linprog

    n = len(x)
    X = np.column_stack([x, np.ones(n)])
    above, below = np.hstack([X, -np.eye(n)]), np.hstack([-X, -np.eye(n)])
    limits = [(None, None)] * 2 + [(0, None)] * n
    c = np.append(np.zeros(2), np.ones(n))
    return linprog(c, A_ub=np.vstack([above, below]), b_ub=np.append(y, -y), bounds=limits).x[:2]


# 1.13: the noise names the loss


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [3, 8, 31])
@pytest.mark.parametrize("beta", [1.0, 1.5, 2.0, 4.0])
def test_the_most_likely_value_has_the_least_sum_of_that_power(names, seed, n, beta):
    from scipy.optimize import minimize_scalar
    from scipy.stats import gennorm

    y = np.random.default_rng(seed).exponential(size=n) * 3
    limits = (y.min(), y.max())
    likely = minimize_scalar(lambda t: -gennorm.logpdf(y, beta, t).sum(), bounds=limits, options={"xatol": 1e-9}).x
    least = names["lowest"](lambda t: (np.abs(y - t) ** beta).sum(), *limits)
    cost = [(np.abs(y - t) ** beta).sum() for t in (likely, least)]
    assert cost[0] == pytest.approx(cost[1], rel=1e-6)  # with an even n and a tent, many values are equally likely
    if beta == 2:
        assert least == pytest.approx(y.mean(), abs=1e-5)
    if beta == 1 and n % 2:
        assert least == pytest.approx(np.median(y), abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sigma", [0.1, 1.0, 20.0])
def test_the_most_likely_line_in_gaussian_noise_of_any_width_is_that_of_least_squares(seed, sigma):
    from scipy.optimize import minimize
    from scipy.stats import norm

    rng = np.random.default_rng(seed)
    x = rng.normal(size=20)
    y = rng.normal() * x + rng.normal() + sigma * rng.normal(size=20)
    likely = minimize(lambda w: -norm.logpdf(y, w[0] * x + w[1], sigma).sum() * sigma**2, np.zeros(2)).x
    assert likely == pytest.approx(np.polyfit(x, y, 1), abs=1e-4 * max(1, sigma))


@pytest.mark.parametrize("seed", range(5))
def test_where_the_widths_differ_plain_squares_are_not_the_most_likely(seed):
    """What flips the ruling: the likelihood then weighs each square by its width."""
    rng = np.random.default_rng(seed)
    sigma = rng.uniform(0.2, 5, 20)
    y = sigma * rng.normal(size=20)

    def unlikely(theta):
        return np.sum((y - theta) ** 2 / sigma**2)

    weighted = np.sum(y / sigma**2) / np.sum(1 / sigma**2)
    assert unlikely(weighted) < unlikely(y.mean()) - 1e-3


@pytest.mark.parametrize("beta", [1.0, 2.0, 4.0])
def test_the_product_underflows_where_the_sum_does_not_and_the_sum_keeps_its_minimum(beta):
    y = np.random.default_rng(0).normal(size=2000)
    thetas = np.linspace(-0.5, 0.5, 101)
    products = [np.prod(np.exp(-(np.abs(y - t) ** beta))) for t in thetas]
    sums = [(np.abs(y - t) ** beta).sum() for t in thetas]
    assert np.max(products) == 0  # no maximum left to find
    assert np.ptp(sums) > 1
    few = [np.prod(np.exp(-(np.abs(y[:50] - t) ** beta))) for t in thetas]
    assert np.argmax(few) == np.argmin([(np.abs(y[:50] - t) ** beta).sum() for t in thetas])


# 1.17: four parts


@pytest.mark.parametrize("seed", range(5))
def test_another_optimiser_or_origin_leaves_the_line_and_another_loss_or_model_moves_it(seed):
    x, y = scene(np.linspace(0, 1, 11), 1.0, 11.0, seed)
    line = np.polyval(np.polyfit(x, y, 1), x)
    w, X = np.zeros(2), np.column_stack([x, np.ones(12)])
    for _ in range(5000):
        w = w - 0.5 * X.T @ (X @ w - y) / 12
    assert X @ w == pytest.approx(line, abs=1e-6)  # optimiser
    assert np.polyval(np.polyfit(3 * x - 7, y, 1), 3 * x - 7) == pytest.approx(line, abs=1e-6)  # representation
    assert np.abs(X @ least_absolute(x, y) - line).max() > 1  # loss
    assert np.abs(y.mean() - line).max() > 1  # model: a level line


@pytest.mark.parametrize("seed", range(5))
def test_a_nearest_neighbour_has_a_training_error_of_0_by_any_loss_and_nothing_to_optimise(seed):
    """What flips the ruling on four parts: no other loss moves its answers."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=30), rng.normal(size=30)
    nearest = y[np.abs(x[:, None] - x).argmin(axis=1)]
    assert all(np.sum(np.abs(nearest - y) ** power) == 0 for power in (1, 2, 4))


# 1.12: the best line


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("px", "py"), [(1.0, 11.0), (0.0, -5.0), (0.75, 9.0)])
def test_one_wild_point_turns_the_squared_line_and_not_the_absolute_one(seed, px, py):
    x, y = scene(np.linspace(0, 1, 11), px, py, seed)
    assert abs(np.polyfit(x, y, 1)[0] - 2) > 1
    assert abs(least_absolute(x, y)[0] - 2) < 0.6


def test_the_article_finds_the_line_that_a_linear_programme_finds(names):
    x, y = scene(np.linspace(0, 1, 11), 1.0, 11.0)
    assert names["absolute"] == pytest.approx(least_absolute(x, y), abs=1e-6)
    assert names["squared"] == pytest.approx(np.polyfit(x, y, 1), abs=1e-9)


def ratio(share, seed, n=51, times=10.0, repeats=8000, noise="normal"):
    """Variance of the median / variance of the mean; written apart from the article's."""
    rng = np.random.default_rng(seed)
    e = getattr(rng, noise)(size=(repeats, n)) - (0.5 if noise == "random" else 0)
    e = np.where(rng.random((repeats, n)) < share, times * e, e)
    return np.median(e, axis=1).var() / e.mean(axis=1).var()


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("n", [15, 51, 151])
def test_without_wild_errors_the_median_needs_half_as_much_data_again_and_with_one_in_a_hundred_less(seed, n):
    assert 1.4 < ratio(0, seed, n, repeats=4000) < 1.75
    assert ratio(0.01, seed, n, repeats=4000) < 0.95


@pytest.mark.parametrize("seed", range(100, 105))
def test_the_two_cross_between_one_in_200_and_one_in_130(seed):
    assert ratio(0.005, seed) > 1 > ratio(0.0075, seed)


@pytest.mark.parametrize("seed", range(100, 105))
def test_wild_errors_only_three_times_as_large_do_not_turn_it(seed):
    assert ratio(0.01, seed, times=3) > 1.3


@pytest.mark.parametrize("seed", range(100, 105))
def test_a_box_prefers_the_mean_even_more_and_a_tent_the_median(seed):
    """Squares are not for the bell alone."""
    assert ratio(0, seed, noise="random") > 2.5
    assert ratio(0, seed, noise="laplace") < 0.75


@pytest.mark.parametrize("seed", range(100, 105))
def test_huber_costs_little_without_wild_errors_and_saves_almost_half_with_one_in_a_hundred(names, seed):
    rng = np.random.default_rng(seed)
    calm = rng.normal(size=(4000, 51))
    for share, low, high in ((0, 1.0, 1.12), (0.01, 0.45, 0.65)):
        e = np.where(rng.random(calm.shape) < share, 10 * calm, calm)
        assert low < names["huber"](e).var() / e.mean(axis=1).var() < high


@pytest.mark.parametrize(("share", "low", "high"), [(0, 1.2, 2.0), (0.01, 0.5, 0.99)])
def test_the_slope_of_a_line_pays_what_a_mean_pays(share, low, high):
    """By reweighted least squares, a thousand lines at once."""
    rng = np.random.default_rng(7)
    x = np.linspace(-1, 1, 50)
    e = rng.normal(size=(1500, 50))
    e = np.where(rng.random(e.shape) < share, 10 * e, e)
    X = np.column_stack([x, np.ones(50)])
    slopes = e @ x / (x @ x)
    w = np.column_stack([slopes, e.mean(axis=1)])
    for _ in range(60):
        weight = 1 / np.maximum(np.abs(e - w @ X.T), 1e-4)  # (1500, 50)
        A = np.einsum("ni,kn,nj->kij", X, weight, X)
        w = np.linalg.solve(A, np.einsum("ni,kn,kn->ki", X, weight, e)[..., None])[..., 0]
    assert low < w[:, 0].var() / slopes.var() < high


# 3.30: a law of one weight

FAR = np.array([100.0])


def off(names, predict, far=FAR):
    return predict(far)[:, 0] / (far[0] * names["c2"]) - 1


@pytest.fixture
def bend(names):
    """Let the article's nets have another activation for a while."""
    before = names["activation"]
    yield lambda activation: names.update(activation=activation)
    names["activation"] = before


@pytest.mark.parametrize("block", range(4))
def test_one_weight_is_off_by_two_fifths_of_a_percent_at_most_and_by_as_much_at_any_distance(names, block):
    m, E = names["measure"](range(100 + 10 * block, 110 + 10 * block))
    one = np.mean(E / m, axis=1)
    assert np.abs(one / names["c2"] - 1).max() < 0.004
    with_height = [
        np.polyval(np.polyfit(*points, 1), 100.0) / (100 * names["c2"]) - 1 for points in zip(m, E, strict=True)
    ]
    assert np.abs(with_height).max() < 0.03  # a line with a height is a fair line, too


@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize(("hidden", "steps"), [(16, 800), (100, 400), (100, 800), (300, 800)])
def test_nets_of_other_sizes_and_lengths_miss_by_ten_times_as_much(names, bend, activation, hidden, steps):
    bend(activation)
    m, E = names["measure"](range(200, 205))
    line = np.abs(np.mean(E / m, axis=1) / names["c2"] - 1).max()
    away = off(names, names["train"](m, E, hidden, steps))
    assert np.abs(away).max() > 10 * line
    if activation == "tanh":
        assert away.max() < -0.8


@pytest.mark.slow
def test_relu_nets_go_on_almost_straight_and_miss_by_a_fifth_at_most(names, bend):
    bend("relu")
    away = off(names, names["train"](*names["measure"](range(300, 315))))
    assert 0.03 < np.abs(away).max() < 0.2


@pytest.mark.slow
@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_logarithms_do_not_give_the_net_the_law(names, bend, activation):
    """A stronger opponent: told to look at log m and log E, where the law is a line of slope 1."""
    bend(activation)
    m, E = names["measure"](range(400, 410))
    predict = names["train"](np.log(m), np.log(E))
    away = np.exp(predict(np.log(FAR))[:, 0]) / (100 * names["c2"]) - 1
    line = np.abs(np.mean(E / m, axis=1) / names["c2"] - 1).max()
    assert np.abs(away).max() > 10 * line


@pytest.mark.slow
def test_ten_relu_nets_together_miss_by_more_than_the_line(names, bend):
    bend("relu")
    worse = 0
    for seed in range(500, 505):
        m, E = names["measure"](range(seed, seed + 1))
        together = names["train"](np.repeat(m, 10, axis=0), np.repeat(E, 10, axis=0))(FAR).mean()
        line = np.mean(E / m) * 100
        worse += abs(together / (100 * names["c2"]) - 1) > 3 * abs(line / (100 * names["c2"]) - 1)
    assert worse >= 4


@pytest.mark.parametrize("power", [0.5, 1.2, 2.0])
def test_one_weight_misses_a_law_that_bends(power):
    """What flips the ruling."""
    rng = np.random.default_rng(0)
    m = rng.uniform(1, 10, 50)
    E = m**power * (1 + 0.01 * rng.normal(size=50))
    assert abs(np.mean(E / m) * 100 / 100**power - 1) > 0.3


@pytest.mark.slow
def test_where_the_law_bends_a_little_relu_nets_beat_the_one_weight(names, bend):
    bend("relu")
    rng = np.random.default_rng(0)
    m = rng.uniform(1, 10, (10, 50))
    E = m**1.2 * (1 + 0.01 * rng.normal(size=m.shape))
    nets = np.abs(names["train"](m, E)(FAR)[:, 0] / 100**1.2 - 1)
    assert nets.max() < np.abs(np.mean(E / m, axis=1) * 100 / 100**1.2 - 1).min()


@pytest.mark.slow
def test_one_weight_misses_a_law_that_misses_the_origin_and_nets_do_not(names, bend):
    """A proportion is more than a straight line."""
    bend("relu")
    rng = np.random.default_rng(1)
    m = rng.uniform(1, 10, (10, 50))
    E = (m + 3) * (1 + 0.01 * rng.normal(size=m.shape))
    nets = np.abs(names["train"](m, E)(FAR)[:, 0] / 103 - 1)
    assert nets.max() < 0.2 < np.abs(np.mean(E / m, axis=1) * 100 / 103 - 1).min()


@pytest.mark.parametrize("seed", range(100, 110))
def test_a_net_without_biases_is_a_line_out_there_too(names, seed):
    """It is told that nothing weighs nothing, as the one weight is."""
    m, E = names["measure"](range(seed, seed + 1))
    rng = np.random.default_rng(seed)
    hidden = np.maximum(np.outer(m[0], rng.normal(size=200)), 0)  # (50, 200)
    v = np.linalg.lstsq(hidden, E[0], rcond=None)[0]
    far = np.maximum(100 * np.random.default_rng(seed).normal(size=200), 0) @ v
    assert abs(far / (100 * names["c2"]) - 1) < 0.006


# Exercises


@pytest.mark.parametrize(("beta", "found"), [(1.0, False), (1.5, False), (1.53, True), (1.6, False), (2.0, False)])
def test_only_a_noise_between_tent_and_bell_passes_the_experiment(beta, found):
    assert accepts(CELLS["check:between"], {"beta": beta}) == found


@pytest.mark.parametrize("seed", range(5))
def test_a_wild_point_above_the_middle_lifts_the_line_and_does_not_turn_it(seed):
    x, y = scene(np.linspace(0, 1, 11), 0.5, 11.0, seed)
    assert np.polyfit(x, y, 1)[0] == pytest.approx(np.polyfit(x[:-1], y[:-1], 1)[0])
