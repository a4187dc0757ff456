"""Loss landscapes: other nets, data, optimisers and paths than the article shows."""

# pyright: basic

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "loss_landscape.py").cells}


# What the article's cells do, written apart from them


def shuffled(seed, n=500, noise=0.0):
    """Return training images and one-hot labels, then new images and labels, of the digits in another order."""
    from kit import digits

    images, labels = digits.load()
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    images, labels = images[order] / 16, labels[order]
    given = labels[:n].copy()
    wrong = rng.random(n) < noise
    given[wrong] = rng.integers(10, size=wrong.sum())
    images = images - images[:n].mean(axis=0)
    return images[:n], np.eye(10)[given], images[n:], labels[n:]


def trained(sizes, X, Y, nets=2, steps=60, rate=0.02):
    from kit.nets import Adam, Nets, softmax_loss

    found = Nets(sizes, seeds=range(nets))
    adam = Adam(found.theta, rate, keep=(0.9, 0.99))
    for t in range(1, steps + 1):
        adam.step(found.gradients(softmax_loss(found(X), Y)[1]), scale=1 - t / steps)
    return found


def on_line(sizes, one, other, X, Y, points=21):
    """Return the loss on the straight line between two lists of arrays, (points,)."""
    from kit.nets import Nets, softmax_loss

    t = np.linspace(0, 1, points)[:, None, None]
    probe = Nets(sizes, seeds=[0])
    probe.theta = [(1 - t) * p + t * q for p, q in zip(one, other, strict=True)]
    return softmax_loss(probe(X), Y)[0]


def member(nets, k):
    return [array[k] for array in nets.theta]


def new_errors(nets, X, labels):
    return np.mean(nets(X).argmax(axis=2) != labels)


def xor(units, activation="relu", rule="Adam", first=0, steps=400):
    """Return the share of 200 starts that solve XOR."""
    from kit.nets import Adam, Momentum, Nets, logistic_loss

    X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([[0], [1], [1], [0.0]])
    nets = Nets([2, units, 1], seeds=range(first, first + 200), activation=activation)
    nets.theta[1] += np.random.default_rng(first).normal(size=nets.theta[1].shape) / 2
    mover = (
        Adam(nets.theta, 0.05)
        if rule == "Adam"
        else Momentum(nets.theta, 0.5, keep={"descent": 0, "momentum": 0.9}[rule])
    )
    for _ in range(steps):
        mover.step(nets.gradients(logistic_loss(nets(X), y)[1]))
    return np.mean(logistic_loss(nets(X), y)[0] < 0.1)


# 1.24: saddles


def test_ten_times_nearer_a_saddle_of_two_weights_costs_the_same_number_of_steps_more(names):
    """From one tenth to one in a trillion."""
    counts = [names["leave"](2, 10.0**-k) for k in range(1, 13)]
    assert set(np.diff(counts)) <= {24, 25}
    assert np.mean(np.diff(counts)) == pytest.approx(np.log(10) / np.log(1.1), rel=0.01)


def test_with_three_weights_it_costs_ten_times_as_many(names):
    """Their saddle has no slope and no curvature at all."""
    counts = np.array([names["leave"](3, 10.0**-k) for k in range(1, 5)])
    assert counts[1:] / counts[:-1] == pytest.approx(10, rel=0.08)


@pytest.mark.parametrize("factors", [2, 3])
def test_adam_leaves_either_in_a_dozen_steps(names, factors):
    """Until slopes fall below the 0.00000001 that it adds to what it divides by, as they do with five weights."""
    assert max(names["leave"](factors, 10.0**-k, adam=True) for k in range(1, 5)) <= 12
    assert names["leave"](5, 1e-3, adam=True) > 20


def test_exactly_on_the_line_descent_ends_at_the_saddle():
    """And a start drawn by lot is on it with probability zero."""
    theta = np.array([1.2, -1.2])
    for _ in range(400):
        a, b = theta
        theta = theta - 0.1 * (a * b - 1) * np.array([b, a])
    assert np.abs(theta).max() < 1e-15
    ends = []
    for seed in range(20):
        theta = np.random.default_rng(seed).normal(size=2)
        for _ in range(400):
            a, b = theta
            theta = theta - 0.1 * (a * b - 1) * np.array([b, a])
        ends.append(theta.prod())
    assert np.allclose(ends, 1)


# 1.24: traps


@pytest.mark.parametrize("activation", ["relu", "tanh"])
@pytest.mark.parametrize("rule", ["Adam", "descent", "momentum"])
def test_the_wider_the_more_starts_solve_xor_whatever_the_optimiser_and_activation(activation, rule):
    found = [xor(units, activation, rule) for units in (2, 4, 16)]
    assert found[0] < 0.6 and found[0] + 0.2 < found[1] and found[2] > 0.97


def test_other_starts_solve_it_as_often():
    assert 0.1 < xor(2, first=1000) < 0.3
    assert xor(16, first=1000) > 0.97


@pytest.mark.parametrize("rule", ["Adam", "descent"])
def test_four_times_the_steps_free_hardly_any_narrow_net(rule):
    """They are stuck, not slow."""
    assert xor(2, rule=rule, steps=1600) < xor(2, rule=rule) + 0.03


def test_seven_narrow_nets_with_as_many_weights_fail_more_often_than_one_wide():
    """Starting again is the cheapest opponent of a wide net."""
    assert (1 - xor(2)) ** 7 > 0.15
    assert xor(16) > 0.97


# 1.24: bowls and ridges


@pytest.mark.parametrize("seed", range(5))
def test_no_chord_of_softmax_regression_is_crossed_between_any_two_points(seed):
    X, Y, *_ = shuffled(seed)
    rng = np.random.default_rng(seed)
    for scale in (0.1, 1, 10):
        one, other = ([scale * rng.normal(size=(64, 10)), scale * rng.normal(size=(1, 10))] for _ in range(2))
        line = on_line([64, 10], one, other, X, Y)
        assert (line <= np.linspace(line[0], line[-1], 21) + 1e-9).all()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("units", [8, 32])
def test_between_any_two_of_five_trained_nets_there_is_a_ridge(units, seed):
    X, Y, *_ = shuffled(seed)
    sizes = [64, units, 10]
    nets = trained(sizes, X, Y, nets=5)
    for k, m in combinations(range(5), 2):
        line = on_line(sizes, member(nets, k), member(nets, m), X, Y)
        assert line.max() > 1.25 * max(line[0], line[-1]) and line.max() > 0.2


def test_relabelled_nets_say_the_same_and_lose_most_of_the_ridge():
    """At 32 units; with 8 much of it stays. The best of all labels hardly lowers it further."""
    space = {}
    exec(CELLS["bridge"], space)
    X, Y, sizes = space["X"], space["Y"], [64, 32, 10]
    nets = trained(sizes, X, Y, nets=5)
    first, *others = (member(nets, k) for k in range(5))
    for other in others:
        W, b, V, c = other
        order = space["alike"](first, other)
        assert sorted(order) == list(range(32))
        moved = [W[:, order], b[:, order], V[order], c]
        before, after = (np.maximum(X @ P + p, 0) @ Q + q for P, p, Q, q in (other, moved))
        assert np.allclose(before, after)
        A, B = (np.vstack([P, p, Q.T]) for P, p, Q, _ in (first, other))
        best = linear_sum_assignment(-A.T @ B)[1]
        ridge = on_line(sizes, first, moved, X, Y).max()
        lowest = on_line(sizes, first, [W[:, best], b[:, best], V[best], c], X, Y).max()
        assert ridge < 0.25 * on_line(sizes, first, other, X, Y).max() and ridge < 1.4 * lowest
    narrow = {}
    exec(CELLS["bridge"].replace("hidden = 32", "hidden = 8").replace("match = False", "match = True"), narrow)
    assert narrow["walks"]["8"].max(axis=1).min() > 0.5


@pytest.mark.parametrize("units", [8, pytest.param(32, marks=pytest.mark.slow)])
def test_a_path_with_one_bend_crosses_no_ridge(units):
    """Nothing is relabelled: the middle of the path is trained, as the nets were."""
    from kit.nets import Adam, Nets, softmax_loss

    X, Y, *_ = shuffled(0)
    sizes = [64, units, 10]
    nets = trained(sizes, X, Y)
    ends = [member(nets, 0), member(nets, 1)]
    middle = [(p + q)[None] / 2 for p, q in zip(*ends, strict=True)]
    adam, probe = Adam(middle, 0.02, keep=(0.9, 0.99)), Nets(sizes, seeds=[0])
    t = np.linspace(0.1, 1, 10)[:, None, None]
    for k in range(120):
        total = [0 * m for m in middle]
        for end in ends:
            probe.theta = [(1 - t) * e + t * m for e, m in zip(end, middle, strict=True)]
            slopes = probe.gradients(softmax_loss(probe(X), Y)[1])
            total = [g + (t * s).sum(axis=0, keepdims=True) for g, s in zip(total, slopes, strict=True)]
        adam.step(total, scale=1 - k / 120)
    straight = on_line(sizes, *ends, X, Y, 41).max()
    heights = [on_line(sizes, end, [m[0] for m in middle], X, Y, 41) for end in ends]
    worse = max(h[0] for h in heights)
    assert max(h.max() for h in heights) < worse + 1e-3 < straight / 1.5


@pytest.mark.parametrize("units", [8, 32, 128])
def test_from_a_start_straight_to_its_own_end_the_loss_only_falls(units):
    from kit.nets import Nets

    X, Y, *_ = shuffled(1)
    sizes = [64, units, 10]
    start, end = Nets(sizes, seeds=range(2)), trained(sizes, X, Y)
    for k in range(2):
        assert (np.diff(on_line(sizes, member(start, k), member(end, k), X, Y)) < 0).all()


# 1.26: many weights


@pytest.mark.parametrize("seed", range(5))
def test_with_true_labels_more_weights_miss_fewer_new_digits(seed):
    """With as many steps 32 hidden units beat none, and 128 beat none that had five times the steps."""
    X, Y, new, labels = shuffled(seed)
    none, longer = (
        new_errors(trained([64, 10], X, Y, steps=steps, rate=rate), new, labels)
        for steps, rate in ((60, 0.02), (300, 0.05))
    )
    assert new_errors(trained([64, 32, 10], X, Y), new, labels) < none
    assert new_errors(trained([64, 128, 10], X, Y), new, labels) < longer < none


@pytest.mark.parametrize("seed", range(5))
def test_with_three_labels_in_ten_drawn_by_lot_more_weights_miss_more(seed):
    X, Y, new, labels = shuffled(seed, noise=0.3)
    few = new_errors(trained([64, 10], X, Y), new, labels)
    assert new_errors(trained([64, 128, 10], X, Y), new, labels) > few + 0.04
    assert new_errors(trained([64, 32, 32, 32, 32, 10], X, Y), new, labels) > few + 0.08


@pytest.mark.parametrize("seed", range(5))
def test_stopping_early_gives_most_of_it_back(seed):
    """The wide net at 12 steps, with three labels in ten drawn by lot."""
    X, Y, new, labels = shuffled(seed, noise=0.3)
    late = new_errors(trained([64, 128, 10], X, Y), new, labels)
    assert new_errors(trained([64, 128, 10], X, Y, steps=12), new, labels) < late - 0.03


# 1.25: slices


def sliced(**changes):
    """Return shares of wrong answers and valleys of all three nets, with other words in the cell's code."""
    source = CELLS["slice"].partition("# region plot\nfig, ax")[0]
    for old, new in changes.values():
        assert old in source
        source = source.replace(old, new)
    space = {}
    exec(source, space)
    return space["missed"], space["valleys"]


CHANGES = {
    "as shown": {},
    "other points": {"data": ("default_rng(99)", "default_rng(2)")},
    "other nets": {"seeds": ("seeds=range(5)", "seeds=range(10, 15)")},
    "other lines": {"lines": ("default_rng(0)", "default_rng(5)")},
    "finer lines": {"grid": ("np.linspace(-1, 1, 41)", "np.linspace(-1, 1, 81)")},
    "thirty layers": {"depth": ("21 * [16]", "31 * [16]")},
    "three times the steps": {"steps": ("range(1, 101)", "range(1, 301)"), "rate": ("t / 100", "t / 300")},
}


SLOW = ("finer lines", "thirty layers", "three times the steps")
PARAMS = [pytest.param(change, marks=pytest.mark.slow if change in SLOW else ()) for change in CHANGES]


@pytest.fixture(scope="module", params=PARAMS)
def slices(request):
    return sliced(**CHANGES[request.param])


def test_skips_smooth_and_the_rugged_net_is_trained_all_the_same(slices):
    """With other points, nets and lines, on a finer grid, with thirty layers, and trained three times as long."""
    missed, valleys = slices
    assert valleys["skip"].max() < 2 < valleys["plain"].mean() and valleys["skip"].max() <= valleys["plain"].min() + 0.3
    assert max(missed["plain"].max(), missed["skip"].max()) < 0.1


def test_nets_that_begin_small_are_smooth_where_they_learn_nothing(slices):
    """Half of the points are on either side: to guess is to be wrong half the time."""
    missed, valleys = slices
    flat = valleys["small"] < 1
    assert flat.mean() >= 0.4
    assert (missed["small"][flat] > 0.4).all()


def test_with_eleven_layers_the_net_that_begins_small_learns():
    missed, _ = sliced(depth=("21 * [16]", "11 * [16]"))
    assert (missed["small"] < 0.1).all()


# Exercises


@pytest.mark.parametrize(("width", "passes"), [(2, False), (4, False), (7, True), (8, False), (16, False)])
def test_the_first_width_that_does_passes_and_no_other(width, passes):
    assert accepts(CELLS["check:loss-landscape-width"], {"width": width}) == passes
