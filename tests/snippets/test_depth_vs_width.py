"""Depth or width: other shapes, starts, rates, steps, data and activations than the article's."""

# pyright: basic

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit.nets import Adam, Momentum, Nets, logistic_loss, squared_loss

from kamipen.article.scripts import read
from kamipen.project import ROOT

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "depth_vs_width.py").cells}


def run(cell, **constants):
    """The names that a cell defines once some of its constants are set."""
    source = CELLS[cell]
    for name, value in constants.items():
        lines = source.splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith(f"{name} = "))
        source = "\n".join([*lines[:at], f"{name} = {value!r}", *lines[at + 1 :]])
    space = {}
    exec(source, space)
    plt.close("all")
    return space


# 1.23: fewer weights with depth?


def spiral(n, seed, turns):
    rng = np.random.default_rng(seed)
    r, y = np.sqrt(rng.uniform(0.01, 1, n)), np.arange(n) % 2
    angle = 2 * np.pi * turns * r + np.pi * y
    return 2 * np.c_[r * np.cos(angle), r * np.sin(angle)], y[:, None]


def board(n, seed, squares):
    X = np.random.default_rng(seed).uniform(-2, 2, (n, 2))
    return X, (np.floor((X + 2) / 4 * squares).sum(axis=1) % 2)[:, None]


def contest(
    hidden, task, size, rates=(0.01, 0.03, 0.1, 0.3), steps=500, activation="relu", seeds=10, data=0, spread=0.0
):
    """Test accuracies of ten starts, sorted, at the rate with the lowest training loss."""
    X, y = (p.astype(np.float32) for p in task(300, data, size))
    T, u = (p.astype(np.float32) for p in task(1000, 99 + data, size))
    gain = 2.0 if activation == "relu" else 1.0
    nets = Nets([2, *hidden, 1], list(range(seeds)) * len(rates), activation, gain)
    bends = np.random.default_rng(5).uniform(-spread, spread, (seeds, 1, hidden[0]))
    nets.theta[1] += np.concatenate([bends] * len(rates))
    nets.theta = [p.astype(np.float32) for p in nets.theta]
    adam = Adam(nets.theta, 1.0)
    scale = np.repeat(rates, seeds)[:, None, None].astype(np.float32)
    for k in range(steps):
        _, slope = logistic_loss(nets(X), y)
        adam.step(nets.gradients(slope.astype(np.float32)), scale * np.float32(1 - k / steps))
    loss = np.median(logistic_loss(nets(X), y)[0].reshape(len(rates), seeds), axis=1)
    hits = np.mean((nets(T) > 0) == u, axis=(1, 2)).reshape(len(rates), seeds)
    return np.sort(hits[loss.argmin()])


def weights(hidden):
    return sum(before * after for before, after in pairwise([2, *hidden, 1]))


def test_both_nets_have_as_many_weights_as_is_said():
    for said, pair in run("match")["SHAPES"].items():
        assert [weights(hidden) for hidden in pair] == [said, said]


@pytest.mark.slow
@pytest.mark.parametrize("turns", [2, 3])
@pytest.mark.parametrize("weights", [60, 324])
def test_each_net_of_the_article_has_the_best_of_four_learning_rates(weights, turns):
    """By the training loss of the middle start."""
    space = run("match", weights=weights, turns=turns)
    for name, hidden in zip(("deep", "wide"), space["SHAPES"][weights], strict=True):
        here, *others = (
            np.median(logistic_loss(nets(space["X"]), space["y"])[0])
            for nets in (space["contest"][name], *(space["learn"](hidden, rate) for rate in (0.01, 0.03, 0.1, 0.3)))
        )
        assert here <= min(others) + 1e-6


def test_with_60_weights_four_thin_layers_lose_to_one():
    """Ten starts each, four learning rates each."""
    deep, wide = contest([4, 4, 4, 4], spiral, 2), contest([20], spiral, 2)
    assert np.median(wide) > np.median(deep) + 0.04


@pytest.mark.slow
@pytest.mark.parametrize(("activation", "data"), [("relu", 1), ("relu", 2), ("tanh", 0), ("tanh", 1)])
def test_so_they_do_on_other_spirals_and_with_tanh(activation, data):
    deep = contest([4, 4, 4, 4], spiral, 2, activation=activation, data=data)
    wide = contest([20], spiral, 2, activation=activation, data=data)
    assert np.median(wide) > np.median(deep) + 0.04


@pytest.mark.slow
def test_four_times_the_steps_do_not_help_the_thin_layers():
    deep = contest([4, 4, 4, 4], spiral, 2, rates=(0.01, 0.03), steps=2000)
    wide = contest([20], spiral, 2, rates=(0.03, 0.1), steps=2000)
    assert np.median(wide) > np.median(deep) + 0.1


@pytest.mark.slow
def test_with_tanh_they_nearly_draw_level_and_do_not_overtake():
    deep = contest([4, 4, 4, 4], spiral, 2, rates=(0.01, 0.03), steps=2000, activation="tanh", seeds=6)
    wide = contest([20], spiral, 2, rates=(0.1, 0.3), steps=2000, activation="tanh", seeds=6)
    assert np.median(wide) - 0.05 < np.median(deep) < np.median(wide) + 0.005


@pytest.mark.slow
def test_two_layers_of_six_are_hardly_behind_one_of_twenty():
    two, wide = contest([6, 6], spiral, 2), contest([20], spiral, 2)
    assert abs(np.median(two) - np.median(wide)) < 0.06


def at_three_turns(**options):
    deep = contest([12, 12, 12], spiral, 3, rates=(0.01, 0.03), **options)
    return np.median(deep) - np.median(contest([108], spiral, 3, rates=(0.1, 0.3), **options))


@pytest.mark.slow
def test_with_324_weights_it_hangs_on_the_points_who_is_ahead():
    """Three layers of twelve with the article's 300 points, one of 108 with another 300."""
    assert at_three_turns() > 0.05 and at_three_turns(spread=2.0) > 0.05
    assert at_three_turns(data=1) < -0.02


@pytest.mark.slow
def test_with_four_times_the_steps_the_two_are_level():
    assert abs(at_three_turns(steps=2000, seeds=5)) < 0.04


@pytest.mark.slow
def test_on_a_board_of_sixteen_squares_thin_layers_lose_as_well():
    deep, wide = contest([4, 4, 4, 4], board, 4), contest([20], board, 4)
    assert np.median(wide) > np.median(deep) + 0.04


# 2.23: exponentially many pieces


@pytest.mark.parametrize("layers", range(1, 11))
def test_each_fold_doubles_the_pieces_exactly(layers):
    x = np.arange(2 ** (layers + 3) + 1) / 2 ** (layers + 3)
    y, _ = run("folds")["net"](x, layers)
    slopes = np.diff(y) * 2 ** (layers + 3)
    assert set(np.abs(slopes)) == {2.0**layers}
    assert 1 + np.count_nonzero(np.diff(slopes)) == 2**layers


@pytest.mark.parametrize("seed", range(5))
def test_one_layer_bends_once_for_each_relu_at_most(seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(-20, 20, 400_001)
    for m in (3, 6, 12):
        y = np.maximum(np.outer(x, rng.normal(size=m)) + rng.normal(size=m), 0) @ rng.normal(size=m)
        bend = np.abs(np.diff(y, 2)) > 1e-9
        assert np.count_nonzero(bend[1:] & ~bend[:-1]) + bend[0] <= m


@pytest.mark.parametrize("width", [4, 8, 16])
@pytest.mark.parametrize("bias", [0.1, 0.3, 1.0])
def test_random_nets_have_about_a_piece_for_each_relu_and_never_two(width, bias):
    """Ten draws each, six layers, biases small or large."""
    x = (np.arange(2**13) + 0.5) / 2**13 * 6 - 3
    for seed in range(10):
        rng, h, on = np.random.default_rng(seed), x[:, None], []
        for _ in range(6):
            z = h @ rng.normal(0, np.sqrt(2 / h.shape[1]), (h.shape[1], width)) + rng.normal(0, bias, width)
            on.append(z > 0)
            h = np.maximum(z, 0)
        on = np.hstack(on)
        assert 1 + np.any(on[1:] != on[:-1], axis=1).sum() < 2 * 6 * width


def unfold(width, rate, seeds=20, steps=1000, method=Adam):
    space = run("unfold")
    nets = Nets([1, width, width, width, 1], range(seeds))
    nets.theta[1] -= nets.theta[0] * np.random.default_rng(1).random((seeds, 1, width))
    walk = method(nets.theta, rate)
    for k in range(steps):
        _, slope = squared_loss(nets(space["X"]), space["Y"])
        walk.step(nets.gradients(slope), 1 - k / steps)
    return squared_loss(nets(space["X"]), space["Y"])[0] / space["Y"].var()


@pytest.mark.parametrize("rate", [0.003, 0.01, 0.03, 0.1])
def test_with_two_relus_a_layer_none_of_twenty_starts_finds_the_folds_at_any_rate(rate):
    assert unfold(2, rate).min() > 0.3


def test_nor_does_momentum_or_three_times_the_steps():
    assert unfold(2, 0.02, method=Momentum).min() > 0.3
    assert unfold(2, 0.01, steps=3000).min() > 0.3


def test_the_wider_the_layers_the_more_starts_find_it():
    """Of ten: none with four ReLUs in a layer, some with eight, nearly all with sixteen."""
    found = [int((unfold(width, 0.01, seeds=10) < 0.02).sum()) for width in (4, 8, 16)]
    assert found[0] == 0 < found[1] < 8 <= found[2]


def test_a_net_that_begins_at_the_folds_stays_whatever_the_width():
    for width in (2, 4, 8):
        assert run("unfold", start="near", width=width)["found"] == 5


# 2.14b, 2.15: how narrow may a layer be?


@pytest.mark.parametrize("numbers", [1, 3, 10])
def test_a_layer_as_wide_as_the_plane_has_dimensions_loses_nothing(numbers):
    rng = np.random.default_rng(numbers)
    X = rng.normal(size=(500, numbers)) @ rng.normal(size=(numbers, 400))
    left = 1 - np.cumsum(np.linalg.svd(X, compute_uv=False) ** 2) / np.sum(X**2)
    assert left[numbers - 1] < 1e-9 and (numbers == 1 or left[numbers - 2] > 1e-4)


@pytest.mark.slow
def test_nets_squeezed_through_three_learn_the_plane_as_well_as_through_a_hundred():
    """A trained layer, 67 times narrower: five starts, the label says on which side of a sphere a point lies."""
    rng = np.random.default_rng(0)
    hidden, mix = rng.normal(size=(900, 3)), rng.normal(size=(3, 200)) / np.sqrt(3)
    X, y = hidden @ mix, (np.sum(hidden**2, axis=1) > 2.4).astype(float)[:, None]
    hits = {}
    for width in (1, 3, 100):
        nets = Nets([200, width, 16, 1], range(5), "tanh", gain=1.0)
        adam = Adam(nets.theta, 0.01)
        for k in range(300):
            _, slope = logistic_loss(nets(X[:500]), y[:500])
            adam.step(nets.gradients(slope), 1 - k / 300)
        hits[width] = np.median(np.mean((nets(X[500:]) > 0) == y[500:], axis=(1, 2)))
    assert hits[3] > hits[100] - 0.03 and hits[1] < hits[3] - 0.1


@pytest.mark.parametrize("highest", [5, 100, 400])
def test_two_numbers_hold_the_loop_however_many_numbers_and_weights_it_takes_to_write_it_out(highest):
    """What Whitney's theorem counts stays 2; the directions that a reader has to write out grow."""
    t, j = np.linspace(0, 2 * np.pi, 2001)[:-1], np.arange(1, highest + 1)
    X = np.hstack([np.cos(np.outer(t, j)), np.sin(np.outer(t, j))])
    turns = (np.cos(t) + 1j * np.sin(t))[:, None] ** j
    assert np.allclose(np.hstack([turns.real, turns.imag]), X)
    assert np.linalg.matrix_rank(X) == 2 * highest


@pytest.mark.parametrize("seed", range(5))
def test_every_continuous_single_number_gives_two_opposite_points_of_a_loop_the_same_value(seed):
    rng = np.random.default_rng(seed)
    t, j = np.linspace(0, 2 * np.pi, 20_001), np.arange(1, 9)
    code = np.cos(np.outer(t, j)) @ rng.normal(size=8) + np.sin(np.outer(t, j)) @ rng.normal(size=8)
    apart = code[:10_001] - code[10_000:]
    assert (apart > 0).any() and (apart < 0).any()


def test_one_number_is_enough_where_the_loop_may_be_cut():
    t = np.random.default_rng(0).uniform(0, 2 * np.pi, 500)
    assert np.allclose(np.arctan2(np.sin(t), np.cos(t)) % (2 * np.pi), t)


@pytest.mark.parametrize("width", [10, 50, 100, 199])
def test_of_equally_strong_directions_each_one_cut_is_lost(width):
    X = np.linalg.qr(np.random.default_rng(width).normal(size=(600, 200)))[0]
    left = 1 - np.cumsum(np.linalg.svd(X, compute_uv=False) ** 2) / 200
    assert left[width - 1] == pytest.approx(1 - width / 200)
