"""Dice nets against SGD: other digits, draws, optimisers, starts and widths than the article shows."""

# pyright: basic

import numpy as np
import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "guess_and_check.py").cells}
PAIRS = ["38", "49", "17", "27"]


def train(X, y, rng, *, eta=0.02, steps=400, batch=4, act=None, slope=None, scale=1.0, adam=False, width=20):
    """A second implementation of gradient descent: nets on the way, all of the same shape."""
    act = act or (lambda Z: np.maximum(Z, 0))
    slope = slope or (lambda Z: Z > 0)
    W = rng.normal(size=(65, width)) * np.sqrt(2 / 65) * scale
    a = rng.normal(size=width) / np.sqrt(width)
    m, v, path = [0.0, 0.0], [0.0, 0.0], [(W, a)]
    for step in range(1, steps + 1):
        i = rng.choice(len(y), min(batch, len(y)), replace=False)
        H, D = act(X[i] @ W), slope(X[i] @ W)
        e = -y[i] / (1 + np.exp(np.clip(y[i] * (H @ a), -50, 50))) / len(i)
        gradients = [X[i].T @ (e[:, None] * a * D), H.T @ e]
        if adam:
            for k, g in enumerate(gradients):
                m[k], v[k] = 0.9 * m[k] + 0.1 * g, 0.999 * v[k] + 0.001 * g**2
            gradients = [m[k] / (1 - 0.9**step) / (np.sqrt(v[k] / (1 - 0.999**step)) + 1e-8) for k in (0, 1)]
        W, a = W - eta * gradients[0], a - eta * gradients[1]
        path.append((W, a))
    return np.array([p[0] for p in path]), np.array([p[1] for p in path])


def last(path):
    return path[0][-1:], path[1][-1:]


def first(names, path, X, y):
    fits = names["right"](path, X, y) == 1
    assert fits.any()
    k = fits.argmax()
    return path[0][k : k + 1], path[1][k : k + 1]


def vote(names, nets, T, act=None):
    S = np.sign(names["outputs"](nets, T, act or names["relu"]))
    return np.where(S.sum(axis=0) >= 0, 1, -1)


def margin(names, nets, X, y):
    lengths = np.sqrt((nets[0] ** 2).sum(axis=(1, 2)) * (nets[1] ** 2).sum(axis=1))
    return (names["outputs"](nets, X) * y).min(axis=1) / lengths


def wide_nets(X, y, thrown, rng, width, *, uniform=False):
    """Dice of another width or law that fit."""
    if uniform:
        W = rng.uniform(-1, 1, size=(thrown, 65, width))
        a = rng.uniform(-1, 1, size=(thrown, width))
    else:
        W, a = rng.normal(size=(thrown, 65, width)), rng.normal(size=(thrown, width))
    S = np.array([np.sign(np.maximum(X @ w, 0) @ c) for w, c in zip(W, a, strict=True)]) * y
    fit = np.abs(S.sum(axis=1)) == len(y)
    return W[fit], a[fit] * S[fit, :1]


# 0.13: dice against SGD


@pytest.mark.parametrize("pair", PAIRS)
def test_in_each_of_six_other_draws_one_dice_net_loses_to_whatever_is_trained_on(names, pair):
    """SGD, Adam, descent on all images at once and blind steps, with three, four, one and two told from others."""
    for seed in range(10, 16):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        one = names["right"](names["guess"](X, y, 2000, rng), T, t).mean()
        trained = [
            last(names["descend"](X, y, rng)),
            last(train(X, y, rng, eta=0.01, adam=True)),
            last(train(X, y, rng, batch=12)),
            names["climb"](X, y, rng),
        ]
        assert one + 0.02 < min(names["right"](nets, T, t)[0] for nets in trained)


@pytest.mark.parametrize(("pair", "eta"), [*((pair, 0.02) for pair in PAIRS), ("38", 0.01), ("49", 0.05)])
def test_sgd_stopped_at_its_first_perfect_score_is_close_to_one_dice_net(names, pair, eta):
    """Twelve draws, three lengths of a step: 7 points apart at most, with 10 more to come for SGD."""
    table = []
    for seed in range(12):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        dice, path = names["guess"](X, y, 1000, rng), train(X, y, rng, eta=eta, steps=200)
        found = [dice, first(names, path, X, y), last(path)]
        table.append([names["right"](nets, T, t).mean() for nets in found if len(nets[1])])
    one, begun, done = np.mean([row for row in table if len(row) == 3], axis=0)
    assert abs(begun - one) < 0.07
    assert done > one + 0.1


@pytest.mark.parametrize("pair", PAIRS)
def test_steps_without_a_gradient_go_as_far_as_sgd(names, pair):
    """Six draws: within 4 points on average, whichever is ahead."""
    blind, sgd = [], []
    for seed in range(20, 26):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        blind.append(names["right"](names["climb"](X, y, rng, tries=600), T, t)[0])
        sgd.append(names["right"](last(names["descend"](X, y, rng)), T, t)[0])
    assert abs(np.mean(blind) - np.mean(sgd)) < 0.04


@pytest.mark.parametrize("pair", PAIRS)
def test_a_vote_of_the_dice_nets_comes_close_to_sgd_on_average(names, pair):
    """Within 5 points over eight draws, though every voter alone is 10 points behind."""
    voted, done, one = [], [], []
    for seed in range(30, 38):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        dice = names["guess"](X, y, 2000, rng)
        voted.append((vote(names, dice, T) == t).mean())
        one.append(names["right"](dice, T, t).mean())
        done.append(names["right"](last(names["descend"](X, y, rng)), T, t)[0])
    assert abs(np.mean(voted) - np.mean(done)) < 0.05 < 0.1 < np.mean(done) - np.mean(one)


def test_where_one_digit_is_rare_among_those_shown_the_vote_falls_behind(names):
    """The draw of the article with nine threes and three eights."""
    X, y, T, t, rng = names["deal"]("38", 5, 12)
    assert (y == 1).sum() == 9
    dice = names["guess"](X, y, 3000, rng)
    assert (vote(names, dice, T) == t).mean() < 0.8
    assert names["right"](last(names["descend"](X, y, rng)), T, t)[0] > 0.84


@pytest.mark.parametrize("pair", PAIRS)
def test_infinitely_wide_dice_nets_in_closed_form_do_as_well_as_sgd(names, pair):
    """The average of those that say exactly 1 and -1, by the kernel of Cho and Saul (2009): no throw and no step."""

    def kernel(A, B):
        lengths = np.sqrt(np.outer((A**2).sum(axis=1), (B**2).sum(axis=1)))
        angle = np.arccos(np.clip(A @ B.T / lengths, -1, 1))
        return lengths * (np.sin(angle) + (np.pi - angle) * np.cos(angle))

    closed, done = [], []
    for seed in range(8):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        closed.append((np.sign(kernel(T, X) @ np.linalg.solve(kernel(X, X), y.astype(float))) == t).mean())
        done.append(names["right"](last(names["descend"](X, y, rng)), T, t)[0])
    assert abs(np.mean(closed) - np.mean(done)) < 0.03


@pytest.mark.parametrize("pair", ["38", "49"])
@pytest.mark.parametrize(("width", "uniform"), [(2, False), (20, True), (100, False)])
def test_dice_of_other_widths_and_laws_are_no_better_alone(names, pair, width, uniform):
    """Two or a hundred units, or weights drawn evenly between -1 and 1: right on 0.65 to 0.87 of the others."""
    found = []
    for seed in range(4):
        X, y, T, t, rng = names["deal"](pair, seed, 10)
        found.append(names["right"](wide_nets(X, y, 600, rng, width, uniform=uniform), T, t).mean())
    assert 0.65 < np.mean(found) < 0.87


@pytest.mark.parametrize("pair", ["38", "49", "17"])
def test_at_the_margin_of_a_dice_net_sgd_is_ahead_by_less_than_two_thirds_of_its_final_lead(names, pair):
    """Margins over the lengths of both layers, as the paper divides its loss; SGD goes on to ones no throw had."""
    table = []
    for seed in range(6):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        dice, path = names["guess"](X, y, 1500, rng), train(X, y, rng, eta=0.01, steps=600)
        asked, had = margin(names, dice, X, y), margin(names, path, X, y)
        scores = names["right"](path, T, t)
        assert had[-1] > asked.max()
        same = scores[(had >= asked[:, None]).argmax(axis=1)].mean()
        table.append([names["right"](dice, T, t).mean(), same, scores[-1]])
    one, same, done = np.mean(table, axis=0)
    assert one - 0.02 < same < one + 2 / 3 * (done - one)


@pytest.mark.parametrize("pair", ["38", "49", "17"])
def test_at_the_training_loss_of_a_dice_net_sgd_has_no_clear_lead(names, pair):
    """Six draws: within 7 points, ahead or behind; SGD goes on to losses no throw had and gains 8 points or more."""

    def losses(nets):
        return np.log1p(np.exp(-y * names["outputs"](nets, X))).mean(axis=1)

    table = []
    for seed in range(6):
        X, y, T, t, rng = names["deal"](pair, seed, 12)
        dice = names["guess"](X, y, 6000, rng)
        path = names["descend"](X, y, rng)
        asked, had, scores = losses(dice), losses(path), names["right"](path, T, t)
        assert had[-1] < asked.min()
        same = scores[(had <= asked[:, None]).argmax(axis=1)].mean()
        table.append([names["right"](dice, T, t).mean(), same, scores[-1]])
    one, same, done = np.mean(table, axis=0)
    assert abs(same - one) < 0.07
    assert done > max(one, same) + 0.08


@pytest.mark.parametrize("n", [6, 8, 10])
def test_the_share_of_dice_nets_that_a_further_image_keeps_is_the_share_right(names, n):
    """Averaged over the next image it is an identity; throws therefore grow like a power of n."""
    X, y, T, t, rng = names["deal"]("38", n, n)
    dice = names["guess"](X, y, 1500, rng)
    kept = [(np.sign(names["outputs"](dice, T[k : k + 1])[:, 0]) == t[k]).mean() for k in range(len(t))]
    assert np.mean(kept) == pytest.approx(names["right"](dice, T, t).mean(), rel=0, abs=1e-12)


# 0.14: where the preference comes from


def wild(names, pace):
    return (lambda Z: np.sin(pace * Z)), (lambda Z: pace * np.cos(pace * Z))


@pytest.mark.parametrize("pair", ["38", "49"])
@pytest.mark.parametrize("how", ["small steps", "Adam", "all images"])
def test_no_way_down_gives_wild_nets_a_preference(names, pair, how):
    """They fit all images shown and are right on half of the others, as a coin."""
    act, slope = wild(names, 4.0)
    options = {
        "small steps": {"eta": 0.0005, "steps": 1500},
        "Adam": {"eta": 0.003, "adam": True},
        "all images": {"eta": 0.003, "batch": 8},
    }[how]
    found = []
    for seed in range(4):
        X, y, T, t, rng = names["deal"](pair, seed, 8)
        nets = last(train(X, y, rng, act=act, slope=slope, **options))
        assert names["right"](nets, X, y, act) == 1
        found.append(names["right"](nets, T, t, act)[0])
    assert abs(np.mean(found) - 0.5) < 0.06


@pytest.mark.parametrize("pair", ["38", "49"])
def test_wild_nets_that_start_from_small_weights_are_tame(names, pair):
    """A fifth of the weights is a fifth of the pace."""
    act, slope = wild(names, 4.0)
    for seed in range(4):
        X, y, T, t, rng = names["deal"](pair, seed, 8)
        nets = last(train(X, y, rng, act=act, slope=slope, scale=0.2, eta=0.003))
        assert names["right"](nets, X, y, act) == 1
        assert names["right"](nets, T, t, act) > 0.75


@pytest.mark.parametrize("pair", PAIRS)
def test_dice_of_relu_tanh_and_slow_sines_have_a_preference_for_other_digits_too(names, pair):
    """Right on more than two thirds of the other images after eight, on average over five draws."""
    for act in (names["relu"], np.tanh, wild(names, 0.5)[0]):
        found = []
        for seed in range(40, 45):
            X, y, T, t, rng = names["deal"](pair, seed, 8)
            found.append(names["right"](names["guess"](X, y, 600, rng, act), T, t, act).mean())
        assert np.mean(found) > 0.68


def test_the_preference_of_relu_nets_is_worth_nothing_where_labels_are_wild(names):
    """Labels from a wild net with random weights: dice that fit eight of them are right on half of the others."""
    act, _ = wild(names, 4.0)
    found = []
    for seed in range(5):
        X, y, T, t, rng = names["deal"]("38", seed, 8)
        teacher = names["throw"](1, rng)
        y, t = (np.sign(names["outputs"](teacher, A, act))[0] for A in (X, T))
        found.append(names["right"](names["guess"](X, y, 2500, rng), T, t).mean())
    assert abs(np.mean(found) - 0.5) < 0.05


# 1.22b: width and complexity


def curves(names, width, act, seed, *, reach=1.0, bias=1.0):
    rng = np.random.default_rng([seed, width])
    x = np.linspace(-reach, reach, 161)
    W = rng.normal(size=(60, 2, width)) * np.array([1, bias])[:, None]
    F = names["outputs"]((W, rng.normal(size=(60, width))), np.column_stack([x, np.ones(161)]), act)
    return F[np.ptp(F, axis=1) > 1e-6]


@pytest.mark.parametrize(("reach", "bias"), [(1.0, 1.0), (3.0, 1.0), (1.0, 0.3)])
@pytest.mark.parametrize("name", ["relu", "tanh", "wild"])
def test_visible_turns_stop_growing_at_sixteen_units(names, name, reach, bias):
    """Other draws, biases and stretches of x: fewer at 2 units than at 16, and not a third more at 512."""
    act = names["activations"][name]
    few, some, many = (
        np.mean([names["turns"](curves(names, h, act, s, reach=reach, bias=bias), 0.05).mean() for s in range(3)])
        for h in (2, 16, 512)
    )
    assert few < some
    assert many < 4 / 3 * some + 0.1


def test_small_turns_of_relu_nets_go_on_growing_with_width(names):
    act = names["relu"]
    found = [names["turns"](curves(names, h, act, 0), 1e-9).mean() for h in (2, 16, 128, 1024)]
    assert (np.diff(found) > 0.3).all()


@pytest.mark.parametrize("seed", range(5))
def test_two_wild_units_turn_more_often_than_a_thousand_rectified_ones(names, seed):
    wild_two, relu_many = (
        names["turns"](curves(names, h, names["activations"][name], seed), 0.05).mean()
        for h, name in ((2, "wild"), (1024, "relu"))
    )
    assert wild_two > relu_many + 0.5


# Exercises


@pytest.mark.parametrize(("scale", "passes"), [(1.0, False), (0.5, False), (0.2, True), (0.05, True)])
def test_sgd_on_wild_nets_needs_a_small_start(scale, passes):
    assert accepts(CELLS["check:guess-and-check-start"], {"scale": scale}) == passes
