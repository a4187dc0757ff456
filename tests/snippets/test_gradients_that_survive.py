"""Gradients that survive: other rates, starts, depths, widths and points than the article's, and other optimisers."""

# pyright: basic

import numpy as np
import pytest
from kit.nets import Adam, Momentum, Nets, logistic_loss

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "gradients_that_survive.py").cells}
COIN = np.log(2)
LADDER = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)


@pytest.fixture
def train(names, monkeypatch):
    """The article's training with some of its names changed: the last losses of five nets."""

    def trained(net, optimiser, rate=None, **changes):
        with monkeypatch.context() as patch:
            for name, value in {"net": net, **changes}.items():
                patch.setitem(names, name, value)
            if rate is not None:
                patch.setitem(names["RATES"][net], optimiser, rate)
            with np.errstate(over="ignore", invalid="ignore"):
                return np.nan_to_num(names["train"](optimiser)[-1], nan=9.0, posinf=9.0)

    return trained


def quadrants(rng):
    X = rng.normal(size=(64, 2))
    return X, 1.0 * (X[:, :1] * X[:, 1:] > 0)


# 2.33: sizes by variances and the chain rule


@pytest.mark.parametrize("net", ["sigmoid", "centred", "skip", "xavier", "he"])
def test_in_wide_nets_variances_alone_give_the_gradient_that_arrives(net):
    """Within a third, in nets 128 wide; in nets 16 wide within a factor of ten."""
    space = {}
    source = CELLS["fading"].replace('net = "sigmoid"', f'net = "{net}"')
    exec(source.replace("layers, m, seeds = 20, 16", "layers, m, seeds = 20, 128"), space)
    ratio = space["arrived"][-1] / space["factor"][-1]
    assert np.all((ratio > 0.66) & (ratio < 1.5))


@pytest.mark.parametrize("share", [0.1, 0.2, 0.4])
def test_a_skip_passes_the_gradient_on_whatever_the_layer_does(share):
    """Layers of weight zero: without a skip nothing arrives, with it all of it."""
    for skip, arrives in ((share, 1.0), (0.0, 0.0)):
        nets = Nets([2] + [8] * 12 + [1], seeds=range(5), activation="sigmoid", gain=1.0, skip=skip)
        for W in nets.theta[2:-2:2]:
            W *= 0
        _, slope = logistic_loss(nets(np.ones((1, 2))), np.ones((1, 1)))
        top = slope @ nets.theta[-2].swapaxes(1, 2)
        first = nets.gradients(slope)[1]  # of the first biases: what arrives there times the slope
        assert first == pytest.approx(arrives * top * nets.slope(nets.activations[0]), abs=1e-12)


def test_keeping_the_mean_square_keeps_no_direction():
    """Twenty Gaussian matrices, five draws; orthogonal ones keep all. Sums of variances do not tell the two apart."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        P = Q = np.eye(32)
        for _ in range(20):
            W = rng.normal(size=(32, 32)) / np.sqrt(32)
            P, Q = P @ W, Q @ np.linalg.qr(W)[0]
        stretch = np.linalg.svd(P, compute_uv=False)
        assert 0.3 < np.sqrt(np.mean(stretch**2)) < 3 and np.median(stretch) < 0.01
        assert np.linalg.svd(Q, compute_uv=False) == pytest.approx(1)


# 2.25: does size decide?


def test_xavier_and_he_start_as_the_same_net_but_for_size(names):
    """All gradients of one start point where the other's do, 724 times as long behind twenty layers."""
    X = names["X"]
    small, large = (names["build"](net) for net in ("xavier", "he"))
    for a, b, k in zip(small.theta[::2], large.theta[::2], range(21), strict=True):
        assert b == pytest.approx(2**0.5 * a), k
    ratio = large(X) / small(X)
    assert ratio == pytest.approx(2**10.5)
    ones = np.ones((5, 64, 1))
    for a, b in zip(small.gradients(ones)[::2], large.gradients(ones)[::2], strict=True):
        assert b == pytest.approx(2**10 * a)


def test_no_fixed_rate_lets_momentum_learn_all_five_from_xavier(train):
    """In 150 steps, at rates from 0.001 to 100,000."""
    for rate in (*LADDER, 1e3, 1e5):
        found = train("xavier", "momentum", rate)
        assert found.max() > 0.6 and found.mean() > 0.3, rate


def test_four_times_the_steps_let_momentum_learn_most_from_xavier_and_no_sigmoid(train):
    assert np.median(train("xavier", "momentum", steps=600)) < 0.1
    for how in ("momentum", "adam"):
        assert train("sigmoid", how, steps=600).min() > COIN - 0.01


@pytest.mark.parametrize("seeds", [range(5, 10), range(10, 15)])
def test_from_other_starts_a_division_helps_and_adam_helps_more(train, seeds):
    momentum, unit, adam = (np.median(train("xavier", how, seeds=seeds)) for how in ("momentum", "unit", "adam"))
    assert adam < unit < momentum - 0.1


@pytest.mark.parametrize(("layers", "m"), [(16, 16), (20, 24), (26, 24)])
def test_at_other_depths_and_widths_a_division_helps_and_so_does_adam(train, layers, m):
    momentum, *others = (np.median(train("xavier", how, layers=layers, m=m)) for how in ("momentum", "unit", "adam"))
    assert max(others) < momentum - 0.1 and others[1] < 0.05


def test_with_other_points_a_division_helps_and_adam_helps_more(train):
    X, y = quadrants(np.random.default_rng(3))
    found = [np.median(train("xavier", how, X=X, y=y)) for how in ("momentum", "unit", "adam")]
    assert found[2] < found[1] < found[0] - 0.1


def test_from_he_all_three_learn(train):
    for how in ("momentum", "unit", "adam"):
        assert np.median(train("he", how)) < 0.1


@pytest.mark.parametrize("optimiser", ["momentum", "unit", "adam"])
def test_at_no_rate_does_any_start_of_the_sigmoid_leave_the_coin(train, optimiser):
    for rate in (0.001, 0.03, 1):
        assert train("sigmoid", optimiser, rate).min() > COIN - 0.01, rate


class Bare(Adam):
    """Adam whose constant in the denominator is nothing beside any gradient here."""

    def step(self, gradients, scale=1.0):
        super().step([1e30 * G for G in gradients], scale)


@pytest.mark.parametrize("rate", [0.003, 0.03])
def test_without_its_constant_adam_hardly_moves_the_sigmoid(train, rate):
    assert np.median(train("sigmoid", "adam", rate, Adam=Bare)) > COIN - 0.02


class Layerwise(Momentum):
    """Momentum on gradients of which each layer's, weights and biases, is divided by its own length."""

    def step(self, gradients, scale=1.0):
        lengths = [
            np.sqrt(np.sum(W**2, axis=(1, 2), keepdims=True) + np.sum(b**2, axis=(1, 2), keepdims=True))
            for W, b in zip(gradients[::2], gradients[1::2], strict=True)
        ]
        super().step([G / (lengths[k // 2] + 1e-300) for k, G in enumerate(gradients)], scale)


def test_dividing_each_layer_by_its_own_length_leaves_most_sigmoids_at_the_coin(train):
    """In 150 steps at rates from 0.01 to 1; in four times as many, at the best of these rates, all five leave it."""
    for rate in (0.01, 0.03, 0.1, 0.3, 1):
        assert np.median(train("sigmoid", "momentum", rate, Momentum=Layerwise)) > COIN - 0.02, rate
    assert train("sigmoid", "momentum", 0.03, Momentum=Layerwise, steps=600).max() < 0.6


def test_against_their_size_values_stay_apart_in_relu_and_not_in_the_sigmoid(names):
    """Spread of the inputs at layer 20 over the size of the values there: above a tenth, and below a trillionth."""
    for net, low, high in (("xavier", 0.1, 1), ("he", 0.1, 1), ("sigmoid", 0, 1e-12)):
        nets = names["build"](net)
        nets(names["X"])
        H = nets.values[-1]
        share = H.std(axis=1).mean(axis=1) / np.sqrt(np.mean(H**2, axis=(1, 2)))
        assert np.all((share >= low) & (share <= high)), net


def test_signs_alone_move_the_sigmoid_off_the_coin(names):
    """Whoever steps by the gradient's sign doesn't see its size at all: half of the starts leave the coin."""
    nets = names["build"]("sigmoid")
    for t in range(200):
        for array, G in zip(nets.theta, nets.gradients(logistic_loss(nets(names["X"]), names["y"])[1]), strict=True):
            array -= 0.1 * (1 - t / 200) * np.sign(G)
    found = logistic_loss(nets(names["X"]), names["y"])[0]
    assert np.median(found) < 0.65 and found.max() > 0.2


@pytest.mark.parametrize("net", ["centred", "skip"])
def test_a_start_or_a_skip_alone_lets_the_sigmoid_learn_with_each_optimiser(train, net):
    for how in ("momentum", "unit", "adam"):
        assert np.median(train(net, how)) < 0.45


def test_the_centred_sigmoid_is_a_tanh_net(names):
    """With the first and last weights doubled: the same outputs."""
    nets = Nets([2] + [16] * 20 + [1], range(5), activation="tanh", gain=1.0)
    for W in (nets.theta[0], nets.theta[-2]):
        W *= 2
    assert names["build"]("centred")(names["X"]) == pytest.approx(nets(names["X"]), abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("net", ["centred", "skip", "xavier", "he"])
def test_what_is_printed_does_not_hang_on_the_last_digits(names, train, net):
    """Starts nudged by a part in 10¹⁴, as another processor might."""
    build = names["build"]

    def nudged(net):
        nets, rng = build(net), np.random.default_rng(0)
        for array in nets.theta:
            array *= 1 + 1e-14 * rng.normal(size=array.shape)
        return nets

    for how in ("momentum", "unit", "adam"):
        assert train(net, how, build=nudged) == pytest.approx(train(net, how), abs=0.002)


# 2.24: a compression without learning


@pytest.mark.parametrize("seed", range(5))
def test_untrained_tanh_is_compressed_by_even_cells_and_not_by_ranks(seed):
    """Five draws of weights and inputs, 20 and 40 cells."""
    for bins in (20, 40):
        for ruler, low, high in (("even", 0.5, 9.0), ("ranks", 0.0, 0.001)):
            space = {}
            source = CELLS["ruler"].replace("default_rng(0)", f"default_rng({seed})")
            exec(source.replace("bins = 30", f"bins = {bins}").replace('ruler = "even"', f'ruler = "{ruler}"'), space)
            assert low <= max(space["tanh"]) - space["tanh"][-1] <= high


def test_nothing_was_lost_all_inputs_stay_apart(names):
    """512 different outputs at every size of the weights in the figure: 9 bits."""
    for size in names["sizes"]:
        assert len(np.unique(np.tanh(size * names["inputs"] @ names["W"]), axis=0)) == 512


def test_far_beyond_the_figure_tanh_does_lose_inputs(names):
    assert len(np.unique(np.tanh(500 * names["inputs"] @ names["W"]), axis=0)) < 300


# Exercises


@pytest.mark.parametrize(("gain", "passes"), [(1.0, False), (1.5, False), (1.75, True), (2.0, False)])
def test_only_the_smallest_gain_passes(gain, passes):
    assert accepts(CELLS["check:gradients-that-survive-tanh"], {"gain": gain}) == passes


@pytest.mark.parametrize("answer", [0.02, 0.01, 1 / 75])
def test_variances_of_other_activations_fail_for_the_leaky_one(answer):
    with pytest.raises(AssertionError):
        exec(CELLS["check:gradients-that-survive-leaky"], {"answer": answer})
