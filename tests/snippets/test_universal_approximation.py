"""Universal approximation: rougher curves, more inputs, other scales, optimisers and starts than the article's."""

# pyright: basic

import matplotlib.pyplot as plt
import numpy as np
import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "universal_approximation.py").cells}
X = np.linspace(0, 1, 4801)


def article():
    space = {}
    exec(CELLS["bends"], space)
    plt.close("all")
    return space


def interpolant(f, m):
    """The article's net for a target of one's own, at X."""
    space = article()
    space["f"] = f
    return space["net"](X, m)


def relu(u):
    return np.maximum(u, 0)


def least_worst(V, y):
    """The smallest worst error that a mix of the columns of V can have, by Lawson's weights: (lower bound, found)."""
    weight, found = np.ones(len(y)) / len(y), np.inf
    for _ in range(300):
        root = np.sqrt(weight)
        off = np.abs(V @ np.linalg.lstsq(V * root[:, None], y * root, rcond=None)[0] - y)
        found, bound = min(found, off.max()), np.sqrt(weight @ off**2)
        weight *= off / (weight @ off)
    return bound, found


# 2.21: is ReLU covered?


def weierstrass(x):
    return sum(0.5**k * np.cos(3**k * np.pi * x) for k in range(12))


def walk(seed):
    heights = np.cumsum(np.random.default_rng(seed).normal(size=1201)) / 35
    return lambda x: np.interp(x, np.linspace(0, 1, 1201), heights)


@pytest.mark.parametrize("f", [np.sin, np.sqrt, weierstrass, *map(walk, range(5))])
def test_curves_however_rough_are_followed_as_closely_as_they_vary_between_two_bends(f):
    """A curve that is nowhere smooth and five random walks among them."""
    found = []
    for m in (8, 64, 600):
        pieces = np.minimum((X * m).astype(int), m - 1)
        ends = np.linspace(0, 1, m + 1)
        low, high = np.full(m, np.inf), np.full(m, -np.inf)
        for x, piece in ((X, pieces), (ends[:-1], np.arange(m)), (ends[1:], np.arange(m))):
            np.minimum.at(low, piece, f(x))
            np.maximum.at(high, piece, f(x))
        found.append(np.abs(interpolant(f, m) - f(X)).max())
        assert found[-1] <= (high - low).max() + 1e-9
    assert found[0] > found[1] > found[2] and found[2] < 0.15


def test_two_relus_make_the_sigmoid_that_the_theorem_of_1989_asks_for():
    """It climbs from 0 on the far left to 1 on the far right without a jump."""
    u = np.linspace(-50, 50, 10_001)
    pair = relu(u + 1) - relu(u)
    assert (pair[u <= -1] == 0).all() and np.allclose(pair[u >= 0], 1)
    assert (np.diff(pair) >= -1e-9).all() and np.abs(np.diff(pair)).max() < 0.011


@pytest.mark.parametrize("seed", range(5))
def test_on_a_square_such_pairs_come_closer_the_more_there_are(seed):
    rng = np.random.default_rng(seed)
    told, asked = rng.uniform(-1, 1, (1500, 2)), rng.uniform(-1, 1, (1500, 2))
    W, b = 4 * rng.normal(size=(2, 400)), 4 * rng.uniform(-1, 1, 400)

    def hidden(points, m):
        u = points @ W[:, :m] + b[:m]
        return np.c_[relu(u + 1) - relu(u), np.ones(len(points))]

    def f(points):
        return np.sin(3 * points[:, 0]) * np.cos(2 * points[:, 1])

    off = []
    for m in (10, 100, 400):
        v = np.linalg.lstsq(hidden(told, m), f(told), rcond=1e-9)[0]
        off.append(np.abs(hidden(asked, m) @ v - f(asked)).mean())
    assert off[0] > 4 * off[1] > 16 * off[2] and off[2] < 0.01


def test_the_four_belongs_to_the_wave_and_not_to_relu():
    """The same nets gain 2 a doubling on the kink and 1.41 on the root; with bends crowded to the left, 4 there too."""
    for f, gain in ((lambda x: np.sin(2 * np.pi * x), 4), (lambda x: np.abs(x - 1 / 3), 2), (np.sqrt, 2**0.5)):
        coarse, fine = (np.abs(interpolant(f, m) - f(X)).max() for m in (64, 128))
        assert coarse / fine == pytest.approx(gain, rel=0.03)
    assert 1 / 3 - X + 2 * relu(X - 1 / 3) == pytest.approx(np.abs(X - 1 / 3))  # one bend on the corner of the kink
    x, knots = X**4, [np.linspace(0, 1, m + 1) ** 4 for m in (64, 128)]
    coarse, fine = (np.abs(np.interp(x, t, np.sqrt(t)) - np.sqrt(x)).max() for t in knots)
    assert coarse / fine == pytest.approx(4, rel=0.03)


# 1.22: any function?


@pytest.mark.parametrize("scale", [0.5, 6, 30])
def test_cubes_stay_at_the_level_of_answering_0_whatever_the_draw_or_scale(scale):
    """Five draws, 8 to 512 units."""
    x = np.linspace(-1, 1, 601)
    y = np.sin(3 * np.pi * x)
    for seed in range(5):
        rng = np.random.default_rng(seed)
        for m in (8, 64, 512):
            w = scale * rng.normal(size=m)
            H = np.c_[(np.outer(x, w) + np.abs(w) * rng.uniform(-1, 1, m)) ** 3, np.ones(len(x))]
            assert np.abs(H @ np.linalg.lstsq(H, y, rcond=1e-9)[0] - y).max() >= 1


def test_no_weights_at_all_bring_cubes_below_1_and_fifth_powers_get_below():
    """Bounds over all polynomials of the degree, not fits."""
    x = np.linspace(-1, 1, 601)
    y = np.sin(3 * np.pi * x)
    for degree in (1, 2, 3, 4):
        bound, _ = least_worst(np.polynomial.chebyshev.chebvander(x, degree), y)
        assert bound > 0.99
    assert least_worst(np.polynomial.chebyshev.chebvander(x, 5), y)[1] < 0.97


@pytest.mark.parametrize("seed", range(5))
def test_a_second_layer_of_cubes_gets_well_below_1(seed):
    """Cubes of cubics have degree 9; one layer, however wide, has degree 3."""
    rng = np.random.default_rng(seed)
    x = np.linspace(-1, 1, 601)
    y = np.sin(3 * np.pi * x)
    first = (np.outer(x, rng.uniform(-1, 1, 16)) + rng.uniform(-1, 1, 16)) ** 3
    second = (first @ rng.normal(size=(16, 64)) / 4 + rng.uniform(-1, 1, 64)) ** 3
    H = np.c_[second, np.ones(len(x))]
    assert np.abs(H @ np.linalg.lstsq(H, y, rcond=1e-12)[0] - y).max() < 0.8


@pytest.mark.parametrize("name", ["relu", "sigmoid", "swish", "sine"])
def test_the_other_four_follow_a_wave_a_kink_and_a_bump_in_every_draw(names, name):
    """128 units, five draws, at some scale of the hidden weights."""
    x = np.linspace(-1, 1, 300)
    for f in (lambda x: np.sin(3 * np.pi * x), lambda x: np.abs(x - 1 / 3), lambda x: np.exp(-20 * x**2)):
        worst = []
        for scale in (2, 6, 20):
            off = []
            for seed in range(5):
                rng = np.random.default_rng(seed)
                w = scale * rng.normal(size=128)
                b = np.abs(w) * rng.uniform(-1, 1, 128)
                H, B = (np.c_[names["ACTIVATIONS"][name](np.outer(z, w) + b), np.ones(len(z))] for z in (x, X * 2 - 1))
                off.append(np.abs(B @ np.linalg.lstsq(H, f(x), rcond=1e-9)[0] - f(X * 2 - 1)).max())
            worst.append(max(off))
        assert min(worst) < 0.06


@pytest.mark.parametrize("m", [8, 64, 512])
def test_at_a_jump_the_worst_error_stays_above_one_half_and_the_average_does_not(m):
    def f(x):
        return 1.0 * (x >= 1 / 3)

    off = np.abs(interpolant(f, m) - f(X))
    assert off.max() >= 0.5 and off.mean() < 1.2 / m


def test_units_with_a_threshold_make_the_jump_exactly():
    """Not continuous themselves, they need no slope: the limit is the activation's, not the width's."""
    assert (np.heaviside(X - 1 / 3, 1) == 1.0 * (X >= 1 / 3)).all()


def test_right_of_its_last_bend_the_net_goes_straight_on():
    outside = article()["net"](np.array([1.0, 2, 3]), 8)
    assert np.diff(outside, 2) == pytest.approx(0, abs=1e-9) and abs(outside[2]) > 5


# 2.21b: one shape?


def gelu(u):
    grid = np.linspace(-14, 14, 28_001)
    density = np.exp(-(grid**2) / 2)
    return u * np.interp(u, grid, np.cumsum(density) / density.sum())


def sigma(u):
    return 1 / (1 + np.exp(-u))


@pytest.mark.parametrize("reach", [1, 2, 4, 10])
def test_no_alpha_and_beta_come_within_a_quarter_of_the_range(reach):
    u = np.linspace(-reach, reach, 801)
    target = gelu(u)
    symmetric = target[-1] + target[0]  # α σ(βu) + α σ(-βu) = α at every u
    for beta in np.linspace(0.01, 6, 60):
        for alpha in np.linspace(0, 2 * reach, 81):
            assert np.abs(alpha * sigma(beta * u) - target).max() >= symmetric / 4 - 1e-3
    assert symmetric / 4 == pytest.approx(reach / 4, rel=0.33)


def test_with_a_shift_and_an_offset_the_best_sigmoid_still_misses_ten_times_as_much():
    """Nothing that only climbs can follow the dip: half its depth is the least miss."""
    u = np.linspace(-4, 4, 161)
    target, least = gelu(u), np.inf
    for beta in np.linspace(0.2, 1.6, 15):
        for shift in np.linspace(0, 8, 17):
            _, found = least_worst(np.c_[sigma(beta * u - shift), np.ones(161)], target)
            least = min(least, found)
    assert -target.min() / 2 < 0.15 < least < 0.3


def test_u_sigma_fits_on_a_wider_range_as_well():
    u = np.linspace(-12, 12, 961)
    gaps = [np.abs(u * sigma(beta * u) - gelu(u)).max() for beta in np.linspace(1.5, 2, 101)]
    assert min(gaps) < 0.0165
    assert np.abs(u * sigma(1.702 * u) - gelu(u)).max() == pytest.approx(0.0203, abs=2e-3)


def test_tanh_is_of_the_shape_once_a_constant_may_be_added_and_not_before():
    u = np.linspace(-6, 6, 241)
    assert np.tanh(u) == pytest.approx(2 * sigma(2 * u) - 1)
    gaps = [
        np.abs(alpha * sigma(beta * u) - np.tanh(u)).max()
        for alpha in np.linspace(-2, 2, 81)
        for beta in np.linspace(0.1, 30, 60)
    ]
    assert min(gaps) > 0.33


# On the way: what is there, and what is found


def parts(m):
    ramps = relu(np.linspace(0, 1, 4 * m + 1)[:, None] - np.arange(m) / m)
    return ramps, ramps @ (m * (np.eye(m) - 2 * np.eye(m, k=-1) + np.eye(m, k=-2)))


def wave(m, waves):
    return np.sin(2 * np.pi * waves * np.linspace(0, 1, 4 * m + 1))


def train(A, y, steps, method, eta=0.1):
    S, q = A.T @ A / len(y), A.T @ y / len(y)
    steepest = np.linalg.eigvalsh(S)[-1]
    v = ahead = mean = square = np.zeros(len(q))
    for k in range(1, steps + 1):
        last, g = v, S @ ahead - q
        mean, square = 0.9 * mean + 0.1 * g, 0.999 * square + 0.001 * g * g
        if method == "adam":
            v = ahead = v - eta * mean / (1 - 0.9**k) / (np.sqrt(square / (1 - 0.999**k)) + 1e-8)
        else:
            v = ahead - g / steepest
            ahead = v + (k - 1) / (k + 2) * (v - last) if method == "momentum" else v
    return np.abs(A @ v - y).max()


@pytest.mark.parametrize("m", [16, 64, 128])
def test_ramps_and_hats_are_the_same_functions_and_not_the_same_valley(m):
    ramps, hats = parts(m)
    y = wave(m, 2)
    there = [np.abs(A @ np.linalg.lstsq(A, y, rcond=1e-13)[0] - y).max() for A in (ramps, hats)]
    assert there[0] == pytest.approx(there[1], rel=1e-4)
    ratio = [np.linalg.cond(A) ** 2 for A in (ramps, hats)]
    assert ratio[0] > 1e5 and ratio[1] < 4


@pytest.mark.parametrize(("m", "waves"), [(32, 4), (64, 4), (64, 8), (128, 4)])
def test_descent_finds_it_with_hats_in_sixteen_steps_and_not_with_ramps_in_four_thousand(m, waves):
    ramps, hats = parts(m)
    y = wave(m, waves)
    there = np.abs(hats @ np.linalg.lstsq(hats, y, rcond=None)[0] - y).max()
    assert train(hats, y, 16, "descent") < 1.1 * there
    assert train(ramps, y, 4096, "descent") > 0.9


def test_momentum_gets_there_with_ramps_as_well_and_needs_thousands_of_steps():
    ramps, hats = parts(64)
    y = wave(64, 4)
    assert train(ramps, y, 256, "momentum") > 0.8
    assert train(ramps, y, 4096, "momentum") < 0.06
    assert train(hats, y, 16, "momentum") < 0.02


@pytest.mark.parametrize("eta", [0.01, 0.1, 0.3])
def test_adam_does_not_find_it_with_ramps_in_a_thousand_steps_and_does_with_hats(eta):
    ramps, hats = parts(64)
    y = wave(64, 4)
    assert train(ramps, y, 1024, "adam", eta) > 0.8
    assert train(hats, y, 1024, "adam", eta) < 0.03


def test_ramps_on_one_scale_or_facing_both_ways_leave_descent_where_it_was():
    """Adam gains from those that face both ways, and is still behind hats."""
    ramps, hats = parts(64)
    y, x, t = wave(64, 4), np.linspace(0, 1, 257)[:, None], np.arange(64) / 64
    facing = np.c_[np.where(np.arange(64) % 2, relu(x - t), relu(t - x)), np.ones(257)]
    scaled = (ramps - ramps.mean(axis=0)) / ramps.std(axis=0)
    for A in (facing, scaled, ramps / np.linalg.norm(ramps, axis=0)):
        assert np.abs(A @ np.linalg.lstsq(A, y, rcond=1e-13)[0] - y).max() < 0.05
        assert train(A, y, 4096, "descent") > 0.75
    assert train(facing, y, 1024, "adam") < 0.4 < 0.7 < train(scaled, y, 1024, "adam")
    assert train(hats, y, 1024, "adam") < 0.03


def test_slow_waves_are_found_before_fast_ones():
    ramps, _ = parts(64)
    found = [train(ramps, wave(64, waves), 4096, "descent") for waves in (1, 2, 4)]
    assert found[0] < 0.2 < found[1] < 0.6 < 0.9 < found[2]


@pytest.mark.parametrize("eta", [0.003, 0.01, 0.03])
def test_adam_on_all_weights_does_not_find_four_waves_in_a_thousand_steps_from_any_start(eta):
    """64 ReLUs, four waves, five starts with all weights drawn from -1 to 1; one wave is found."""
    x = np.linspace(-1, 1, 129)[:, None]
    off = {}
    for waves in (1, 4):
        y, start = np.sin(waves * np.pi * x), []
        for seed in range(5):
            rng = np.random.default_rng(seed)
            start.append([*rng.uniform(-1, 1, (2, 1, 64)), rng.normal(size=(64, 1)) / 8, np.zeros((1, 1))])
        theta = [np.stack(p) for p in zip(*start, strict=True)]
        mean, square = [0 * p for p in theta], [0 * p for p in theta]
        for k in range(1, 1001):
            W, b, v, c = theta
            H = relu(x * W + b)
            E = 2 * (H @ v + c - y) / len(x)
            G = (E @ v.swapaxes(1, 2)) * (H > 0)
            gradients = x.T @ G, G.sum(1, keepdims=True), H.swapaxes(1, 2) @ E, E.sum(1, keepdims=True)
            for p, a, s, g in zip(theta, mean, square, gradients, strict=True):
                a += 0.1 * (g - a)
                s += 0.001 * (g * g - s)
                p -= eta * (1 - k / 1000) * (a / (1 - 0.9**k)) / (np.sqrt(s / (1 - 0.999**k)) + 1e-8)
        W, b, v, c = theta
        off[waves] = np.abs(relu(x * W + b) @ v + c - y).max(axis=(1, 2))
    assert off[4].min() > 0.7 and np.median(off[1]) < 0.2


# Exercises


@pytest.mark.parametrize(("power", "passes"), [(1.0, False), (2.0, False), (3.0, False), (4.0, True), (5.0, True)])
def test_bends_crowded_enough_pass(power, passes):
    assert accepts(CELLS["check:universal-approximation-crowd"], {"power": power}) == passes
