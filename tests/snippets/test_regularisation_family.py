"""Ways to keep weights small: exact means, other rivals, sizes, starts, optimisers and losses than in the article."""

# pyright: basic

from functools import cache
from itertools import product

import numpy as np
import pytest

SEEDS = range(5)


def every_mask(d, drop):
    """All masks of d inputs (2^d, d), scaled up, and how often each comes (2^d,)."""
    keep = np.array(list(product([0, 1], repeat=d)))
    return keep / (1 - drop), np.prod(np.where(keep, 1 - drop, drop), axis=1)


def problem(seed, n=30, d=6):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * np.geomspace(0.3, 3, d)
    return X, X @ rng.normal(size=d) + rng.normal(size=n), rng.normal(size=d)


# 0.19 and 2.22: dropout, L2 and noise in a linear model


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("drop", [0.1, 0.5, 0.9])
def test_the_mean_over_all_masks_is_the_formula_to_the_last_digit(seed, drop):
    """All 64 masks, each as often as it comes."""
    X, y, w = problem(seed)
    masks, often = every_mask(6, drop)
    mean = sum(p * np.mean((X * mask @ w - y) ** 2) for mask, p in zip(masks, often, strict=True))
    formula = np.mean((X @ w - y) ** 2) + drop / (1 - drop) * np.mean(X**2, axis=0) @ w**2
    assert mean == pytest.approx(formula, rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_any_noise_of_that_size_costs_the_same(seed):
    """Each input moved up or down at random, none dropped, and all alike in size: the same mean."""
    X, y, w = problem(seed)
    odds = 0.3 / 0.7
    signs, often = every_mask(6, 0.5)
    formula = np.mean((X @ w - y) ** 2) + odds * np.mean(X**2, axis=0) @ w**2
    for sizes in (np.sqrt(odds) * np.abs(X), np.sqrt(odds * np.mean(X**2, axis=0))):
        mean = sum(p * np.mean(((X + (s - 1) * sizes) @ w - y) ** 2) for s, p in zip(signs, often, strict=True))
        assert mean == pytest.approx(formula, rel=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_mask_a_step_ends_at_sized_l2_and_not_at_plain_l2(names, seed):
    X, y, _, rng = names["make"](seed)
    masks = (rng.random((10_000, 40, 6)) > 0.3) / 0.7
    prices = 0.3 / 0.7 * (X**2).mean(axis=0)
    goal, plain = names["ridge"](X, y, prices), names["ridge"](X, y, np.full(6, prices.mean()))
    length = np.linalg.norm(goal)
    assert np.linalg.norm(names["walk"](X, y, masks) - goal) < 0.03 * length
    assert np.linalg.norm(plain - goal) > 0.2 * length


@pytest.mark.parametrize("seed", SEEDS)
def test_no_strength_of_plain_l2_does_it_unless_inputs_are_of_one_size(names, seed):
    X, y, _, _ = names["make"](seed)
    for inputs, reached in ((X, False), (X / np.sqrt((X**2).mean(axis=0)), True)):
        goal = names["ridge"](inputs, y, 0.5 / 0.5 * (inputs**2).mean(axis=0))
        found = [names["ridge"](inputs, y, np.full(6, s)) for s in [*np.geomspace(1e-4, 1e3, 200), 1.0]]
        nearest = min(np.linalg.norm(u - goal) for u in found) / np.linalg.norm(goal)
        assert nearest < 1e-12 if reached else nearest > 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_with_the_logistic_loss_it_is_only_nearly_so(seed):
    X, y, w = problem(seed)
    y = (y > 0).astype(float)
    masks, often = every_mask(6, 0.5)

    def loss(f):
        return np.mean(np.logaddexp(0, f) - y * f)

    mean = sum(p * loss(X * mask @ w) for mask, p in zip(masks, often, strict=True))
    chance = 1 / (1 + np.exp(-X @ w))
    second_order = loss(X @ w) + 0.5 * np.mean((chance * (1 - chance))[:, None] * X**2, axis=0) @ w**2
    assert mean > loss(X @ w)
    assert abs(mean / second_order - 1) > 0.001


@pytest.mark.parametrize("seed", SEEDS)
def test_a_frozen_hidden_layer_makes_it_l2_again(seed):
    rng = np.random.default_rng(seed)
    x, a = rng.uniform(-1, 1, 20), rng.normal(size=8)
    H = np.maximum(np.outer(x, rng.normal(size=8)) + rng.normal(size=8), 0)
    y = np.sin(3 * x)
    masks, often = every_mask(8, 0.5)
    mean = sum(p * np.mean((H * mask @ a - y) ** 2) for mask, p in zip(masks, often, strict=True))
    assert mean == pytest.approx(np.mean((H @ a - y) ** 2) + np.mean(H**2, axis=0) @ a**2, rel=1e-12)


# 0.19 and 0.21: a hidden layer that learns


def wave(t):
    return 1.5 * np.maximum(t, 0) - 1.2 * np.maximum(t + 0.4, 0)


NONE, L2, DROPOUT = {}, {"layers": (1e-3, 1e-3, 1e-3)}, {"drop": 0.5}
MIXTURES = [(u, u, a) for u in (0, 1e-3, 1e-2) for a in (0, 1e-3, 1e-2) if u or a]
KINDS = {
    "none": NONE,
    "L2": L2,
    "dropout": DROPOUT,
    "both": {**L2, **DROPOUT},
    "moving": {"moving": 1.0},
    **{f"dropout {d}": {"drop": d} for d in (0.1, 0.2, 0.8)},
    **{f"L2 {s}": {"layers": (s, s, s)} for s in (3e-4, 3e-3)},
    **{f"fixed {s}": {"fixed": s} for s in (1.0, 0.1, 0.01)},
    **{f"layers {q}": {"layers": q} for q in (*MIXTURES, (1e-3, 0, 1e-3), (1e-2, 0, 1e-2))},
    **{f"AdamW {s}": {"apart": s} for s in (0.01, 1.0, 3.0)},
}


def nets(kinds, seed, h=40, n=24, steps=1500, eta=0.005, scale=1.0, truth=wave, adam=True, eps=1e-3):
    """Train a net a kind, from the same start on the same data: how many neurons work, bends, and test errors."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    y = truth(x) + 0.1 * rng.normal(size=n)
    rng = np.random.default_rng(100 + seed)
    start = (rng.normal(size=h), rng.normal(size=h) / 2, rng.normal(size=h) / np.sqrt(h))
    theta = [*(np.tile(scale * q, (len(kinds), 1)) for q in start), np.zeros((len(kinds), 1))]
    drop = np.array([k.get("drop", 0) for k in kinds])[:, None, None]
    moving = np.array([k.get("moving", 0) for k in kinds])[:, None]  # the mean of dropout's noise, and no masks
    fixed = np.array([k.get("fixed", 0) for k in kinds])[:, None]  # the same penalty, at its prices of the first step
    layers = np.array([k.get("layers", (0, 0, 0)) for k in kinds]).T[:, :, None]  # W, b, a
    apart = np.array([k.get("apart", 0) for k in kinds])[:, None]  # AdamW
    m, v, first = [0 * q for q in theta], [0 * q for q in theta], 0
    for t in range(1, steps + 1):
        W, b, a, c = theta
        keep = (rng.random((n, h)) >= drop) / (1 - drop)
        Z = x[:, None] * W[:, None] + b[:, None]
        H = np.maximum(Z, 0) * keep
        e = ((H @ a[..., None])[..., 0] + c - y) / n
        D = e[..., None] * a[:, None]
        D *= keep
        slope_a = (e[:, None] @ H)[:, 0]
        if moving.any() or fixed.any():
            square = (H**2).mean(axis=1)
            first = square if t == 1 else first
            slope_a = slope_a + (moving * square + fixed * first) * a
            D += moving[..., None] * a[:, None] ** 2 * H / n
        D *= Z > 0
        for k, g in enumerate([x @ D, D.sum(axis=1), slope_a, e.sum(axis=1)[:, None]]):
            g = g + (layers[k] * theta[k] if k < 3 else 0)
            m[k], v[k] = 0.9 * m[k] + 0.1 * g, 0.99 * v[k] + 0.01 * g * g
            rate = eta * min(1, 4 * (1 - t / steps))
            step = rate / (1 - 0.9**t) * m[k] / (np.sqrt(v[k] / (1 - 0.99**t)) + eps) if adam else rate * g
            theta[k] = theta[k] - step - (rate * apart * theta[k] if k < 3 else 0)
    W, b, a, c = theta
    t = np.linspace(-1, 1, 101)
    parts = np.maximum(t[:, None] * W[:, None] + b[:, None], 0) * a[:, None]
    work = np.sqrt((parts**2).mean(axis=1))
    bends = (np.abs(a * W) * (np.abs(b) < np.abs(W))).sum(axis=1)
    return work.sum(axis=1) ** 2 / (work**2).sum(axis=1), bends, ((parts.sum(axis=2) + c - truth(t)) ** 2).mean(axis=1)


def five(kinds, **how):
    """Rows are seeds: neurons at work, bends, errors."""
    return np.moveaxis([nets(kinds, seed, **how) for seed in SEEDS], 1, 0)


@cache
def trained():
    """Neurons at work, and bends, of each kind in the article's setting: five starts each."""
    used, bends = {}, {}
    means = {"moving", *(kind for kind in KINDS if kind.startswith("fixed"))}  # apart, for they take longer
    for kinds in (means, KINDS.keys() - means):
        found = five([KINDS[kind] for kind in kinds])
        used |= dict(zip(kinds, found[0].T, strict=True))
        bends |= dict(zip(kinds, found[1].T, strict=True))
    return used, bends


def test_these_nets_are_those_of_the_article(names):
    used, bends, _ = nets([NONE, L2, DROPOUT], 0)
    assert used == pytest.approx(names["used"], rel=1e-6) and bends == pytest.approx(names["bends"], rel=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize(
    "how",
    [
        {"h": 20},
        {"h": 60},
        {"n": 40},
        {"scale": 0.3},
        {"eta": 0.01},
        {"truth": lambda t: np.sin(3 * t)},
        {"eps": 1e-8},
        {"adam": False, "eta": 0.1, "steps": 2000},
    ],
    ids=["20 neurons", "60 neurons", "40 examples", "small start", "faster", "sine", "usual epsilon", "without Adam"],
)
def test_dropout_spreads_the_work_wherever_it_was_tried(how):
    """Other sizes, data, rates, plain descent: each time more at work than with L2; than with none in 4 starts of 5."""
    used, bends, _ = five([NONE, L2, DROPOUT], **how)
    assert (used[:, 2] > used[:, 1]).all()
    assert (used[:, 2] > used[:, 0]).sum() >= 4 and (used[:, 2] > 0.9 * used[:, 0]).all()
    if how.get("adam", True):  # plain descent has hardly begun to gather by then
        assert (used[:, 1] < used[:, 0]).sum() >= (3 if "truth" in how else 4)
        assert (bends[:, 1:].max(axis=1) < bends[:, 0]).all()


@pytest.mark.slow
def test_five_starts_keep_the_order_and_in_one_dropout_hardly_differs_from_no_penalty():
    """Fewest at work with L2, most with dropout; a third more than with no penalty in four starts of five."""
    used, bends = trained()
    assert (used["L2"] < used["none"]).all() and (used["none"] < used["dropout"]).all()
    assert ((used["dropout"] / used["none"]) > 1.3).sum() == 4
    assert (bends["L2"] < bends["none"] / 3).all() and (bends["dropout"] < bends["none"] / 3).all()


@pytest.mark.slow
def test_no_strengths_of_l2_by_layer_spread_the_work_as_dropout_does():
    """Input weights, biases and output weights, each at 0, 0.001 or 0.01, in ten mixtures, two with free biases."""
    used, _ = trained()
    mixtures = [u for kind, u in used.items() if kind.startswith("layers")]
    assert len(mixtures) == 10 and (used["dropout"] > np.max(mixtures, axis=0)).all()


@pytest.mark.slow
def test_with_biases_left_free_l2_gathers_all_the_same():
    """No penalty on the biases of the hidden neurons."""
    used, _ = trained()
    assert (used["layers (0.001, 0, 0.001)"] < used["none"]).all()


@pytest.mark.slow
def test_every_rate_of_dropout_spreads_and_every_strength_of_l2_gathers():
    """Rates from 0.1 to 0.8, strengths from 0.0003 to 0.01, means of five starts."""
    used, _ = trained()
    rates = [used[kind].mean() for kind in ("dropout 0.1", "dropout 0.2", "dropout", "dropout 0.8")]
    strengths = [used[kind].mean() for kind in ("L2 0.0003", "L2", "L2 0.003", "layers (0.01, 0.01, 0.01)")]
    assert min(rates) > used["none"].mean() > max(strengths)
    assert (np.diff(strengths) < 0).all()


@pytest.mark.slow
def test_the_stronger_a_penalty_the_flatter_the_bends():
    """Dropout at four rates, L2 at four strengths, means of five starts."""
    _, bends = trained()
    for kinds in (
        ("none", "dropout 0.1", "dropout 0.2", "dropout", "dropout 0.8"),
        ("none", "L2 0.0003", "L2", "L2 0.003", "layers (0.01, 0.01, 0.01)"),
    ):
        assert (np.diff([bends[kind].mean() for kind in kinds]) < 0).all()


@pytest.mark.slow
def test_its_mean_alone_spreads_too():
    """No masks: an L2 whose strengths follow each neuron's activity as it learns."""
    used, _ = trained()
    assert (used["moving"] > used["L2"]).all()
    assert used["moving"].mean() > 1.3 * used["none"].mean()
    assert abs(used["moving"].mean() / used["dropout"].mean() - 1) < 0.1


@pytest.mark.slow
def test_with_the_prices_fixed_at_the_start_the_work_is_gathered():
    """Each output weight has a strength of its own, the neuron's activity before training, at three scales."""
    used, _ = trained()
    fixed = [used[f"fixed {s}"] for s in (1.0, 0.1, 0.01)]
    assert (used["dropout"] > np.max(fixed, axis=0)).all()
    assert (np.max(fixed[:2], axis=0) < used["none"]).all()


@pytest.mark.slow
def test_l2_and_dropout_together_spread():
    """They don't cancel out."""
    used, _ = trained()
    assert (used["both"] > used["none"]).all() and used["both"].mean() > 0.95 * used["dropout"].mean()


@pytest.mark.slow
def test_adamw_flattens_the_bends_of_a_net_and_does_not_gather_its_work():
    """At strength 1 fewer bends than with L2, and more neurons at work; at the usual 0.01 nearly all bends remain."""
    used, bends = trained()
    assert (bends["AdamW 1.0"] < bends["L2"]).all() and (used["AdamW 1.0"] > used["L2"]).all()
    assert used["AdamW 1.0"].mean() > 1.4 * used["L2"].mean()
    assert bends["AdamW 0.01"].mean() > 0.8 * bends["none"].mean()


# 0.18, 0.20, 0.22 and 2.22b: what each penalty calls simple


def descend(X, y, lam):
    """L1 by proximal steps, with a cut that knows nothing of ReLUs: argmin |Xw - y|²/2n + lam |w|."""
    w, L = np.zeros(X.shape[1]), np.linalg.eigvalsh(X.T @ X / len(y)).max()
    for _ in range(5000):
        u = w - X.T @ (X @ w - y) / len(y) / L
        w = np.sign(u) * np.where(np.abs(u) > lam / L, np.abs(u) - lam / L, 0)
    return w


@pytest.mark.parametrize("seed", SEEDS)
def test_l1_is_a_pair_of_relus_where_inputs_are_orthogonal_and_nowhere_else(names, seed):
    rng = np.random.default_rng(seed)
    relu, lam = names["relu"], 0.4
    X = np.linalg.qr(rng.normal(size=(50, 6)))[0] * np.sqrt(50)
    y = X @ [2, -1, 0.5, 0.2, 0, 0] + rng.normal(size=50)
    z = X.T @ y / 50
    assert descend(X, y, lam) == pytest.approx(relu(z - lam) - relu(-z - lam), abs=1e-9)
    X = X @ (0.4 * np.eye(6) + 0.6)  # correlated
    z = np.linalg.solve(X.T @ X, X.T @ y)
    assert np.abs(descend(X, y, lam) - relu(z - lam) + relu(-z - lam)).max() > 0.1


@pytest.mark.parametrize("size", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("lam", [0.25, 1.0, 2.0])
def test_the_lines_of_the_first_picture_are_where_the_search_ends(names, size, lam):
    """Each remaining weight found by trying 80,001 of them."""
    w, relu = np.linspace(-4, 4, 80_001), names["relu"]
    for z in (-3.0, -0.7, 0.3, 1.0, 2.5):
        misfit, cut = size**2 * (w - z) ** 2 / 2, lam / size**2
        for cost, line in (
            (lam * w**2 / 2, z * size**2 / (size**2 + lam)),
            (lam * np.abs(w), relu(z - cut) - relu(-z - cut)),
            (lam * size**2 * w**2 / 2, z / (1 + lam)),
            (np.where(np.abs(w) > 1 / lam + 1e-9, np.inf, 0), np.clip(z, -1 / lam, 1 / lam)),
        ):
            assert w[np.argmin(misfit + cost)] == pytest.approx(line, abs=2e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_l2_never_looks_at_the_answers(seed):
    """In a direction of size d it leaves d² / (d² + lam) of the weight, for answers of any kind."""
    rng = np.random.default_rng(seed)
    U, d, V = np.linalg.svd(rng.normal(size=(40, 6)) * np.geomspace(0.2, 3, 6), full_matrices=False)
    X = U * d @ V
    for y in (rng.normal(size=40), X @ rng.normal(size=6), np.sign(X[:, 0])):
        free, held = V @ np.linalg.lstsq(X, y, rcond=None)[0], V @ np.linalg.solve(X.T @ X + 2 * np.eye(6), X.T @ y)
        assert held / free == pytest.approx(d**2 / (d**2 + 2), rel=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_l2_holds_back_what_matters_if_it_is_small_and_spares_what_does_not_if_it_is_large(seed):
    rng = np.random.default_rng(seed)
    Q = np.linalg.qr(rng.normal(size=(200, 2)))[0] * np.sqrt(200)
    y = Q @ [1, 0.1] + 0.1 * rng.normal(size=200)  # the first matters
    for X, first in ((Q * [0.1, 3], False), (Q * [3, 0.1], True), (Q, None)):
        free, held = (np.linalg.solve(X.T @ X + lam * np.eye(2), X.T @ y) for lam in (0, 10))
        small, large = sorted(held / free)
        if first is None:
            assert small == pytest.approx(large)
        else:
            assert small < 0.2 and large > 0.99 and (held[0] / free[0] == large) == first


def tuned(seed, spread, w):
    """Best test errors of L2 and of the leading directions alone, both tuned on the same further 500 examples."""
    rng = np.random.default_rng(seed)
    A, B, C = (rng.normal(size=(n, len(w))) * spread for n in (60, 500, 2000))
    y, z = (X @ w + 0.5 * rng.normal(size=len(X)) for X in (A, B))
    V = np.linalg.svd(A, full_matrices=False)[2]  # directions, largest first
    soft = [np.linalg.solve(A.T @ A + lam * np.eye(len(w)), A.T @ y) for lam in np.geomspace(1e-3, 1e4, 60)]
    hard = [V[:k].T @ np.linalg.lstsq(A @ V[:k].T, y, rcond=None)[0] for k in range(1, len(w) + 1)]
    best = [min(ways, key=lambda u: np.mean((B @ u - z) ** 2)) for ways in (soft, hard)]
    return [np.mean((C @ (u - w)) ** 2) for u in best]


def test_l2_comes_close_to_fewer_directions_unless_the_answer_ends_at_an_edge():
    """Both tuned alike, ten draws each: directions that fade out, and five large ones that hold all of the answer."""
    fading = np.array([tuned(s, np.geomspace(3, 0.1, 30), np.ones(30)) for s in range(10)])
    edge = np.array([tuned(s, np.where(np.arange(30) < 5, 3.0, 0.5), np.arange(30) < 5) for s in range(10)])
    fading, edge = (found[:, 0] / found[:, 1] for found in (fading, edge))
    assert (fading > 0.6).all() and (fading < 1.4).all()
    assert np.median(edge) > 1.5


# 0.23: AdamW


@cache
def plates(one_size=False):
    """Five problems like the article's, with inputs as they are or divided by their root mean square."""
    X, y = [], []
    for seed in SEEDS:
        rng = np.random.default_rng(seed)
        X.append(rng.normal(size=(60, 6)) @ (np.eye(6) + 0.3) * np.linspace(0.5, 1.5, 6))
        y.append(X[-1] @ [3, -2, 1.5, -0.5, 0.2, 0] + 0.5 * rng.normal(size=60))
    X = np.array(X)
    return X / np.sqrt((X**2).mean(axis=1, keepdims=True)) if one_size else X, np.array(y)


@cache
def descent(kind, lam, batch, eta=0.02, steps=8000, one_size=False):
    """Weights (seeds, 6) by AdamW ("apart"), Adam or SGD on the loss plus L2 ("adam", "sgd"), and the mean of v."""
    X, y = plates(one_size)
    rng = np.random.default_rng(0)
    w, m, v, mean, scale = (np.zeros((len(X), 6)) for _ in range(5))
    for t in range(1, steps + 1):
        rows = rng.integers(60, size=batch) if batch < 60 else slice(None)
        A = X[:, rows]
        g = np.einsum("bnd,bn->bd", A, np.einsum("bnd,bd->bn", A, w) - y[:, rows]) / batch
        g = g + (0 if kind in ("apart", "shared") else lam * w)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        used = v.mean(axis=1, keepdims=True) if kind == "shared" else v
        step = g if kind == "sgd" else m / (1 - 0.9**t) / (np.sqrt(used / (1 - 0.999**t)) + 1e-12)
        w = w - eta / (1 + t / 500) * (step + (lam * w if kind in ("apart", "shared") else 0))
        if t > steps // 2:
            mean, scale = mean + w / (steps - steps // 2), scale + used / (steps - steps // 2)
    return mean, scale


def off(w, goal, *rest, one_size=False):
    """How far the farthest weight is from a rival's, in each problem."""
    X, y = plates(one_size)
    return np.array([np.abs(w[s] - goal(X[s], y[s], *(r[s] for r in rest))).max() for s in SEEDS])


@pytest.mark.slow
@pytest.mark.parametrize("eta", [0.005, 0.02, 0.05])
def test_with_all_examples_a_step_adamw_ends_in_the_box(names, eta):
    w, _ = descent("apart", 1.0, 60, eta)
    assert off(w, lambda X, y: names["boxed"](X, y, 1.0)).max() < 0.1


@pytest.mark.slow
def test_in_a_wide_box_it_takes_longer(names):
    """At half the strength the article's number of steps is not enough."""
    far = [
        off(descent("apart", 0.5, 60, steps=steps)[0], lambda X, y: names["boxed"](X, y, 2.0)).mean()
        for steps in (8000, 16_000)
    ]
    assert far[1] < 0.7 * far[0]


@pytest.mark.slow
@pytest.mark.parametrize("batch", [4, 16, 60])
def test_adamw_is_l2_with_a_price_that_its_own_gradients_set(names, batch):
    """Where each weight is charged by the root of its mean squared gradient, the two agree; plain L2 is farther."""
    w, v = descent("apart", 1.0, batch)
    near = off(w, lambda X, y, s: names["ridge"](X, y, np.sqrt(s)), v)
    plain = off(w, lambda X, y: names["ridge"](X, y, np.ones(6)))
    assert near.max() < 0.07 and (near < plain).all()


@pytest.mark.slow
def test_the_batch_moves_the_end_of_adamw_and_hardly_that_of_sgd_with_l2():
    """Batches of 4 and of 60. SGD and Adam on the loss plus L2 end at the same place, AdamW does not."""
    moved = {}
    for kind in ("apart", "adam", "sgd"):
        ends = [descent(kind, 1.0, batch)[0] for batch in (4, 60)]
        moved[kind] = np.abs(ends[0] - ends[1]).max(axis=1)
    assert moved["apart"].min() > 0.2
    assert moved["sgd"].max() < 0.05 and moved["adam"].max() < 0.05


def best_l2(names, batch, one_size):
    """How far the best of 80 strengths of L2 ends from AdamW, in each problem, and which strength that is."""
    w, _ = descent("apart", 1.0, batch, one_size=one_size)
    strengths = np.geomspace(0.1, 10, 80)
    ways = [lambda X, y, s=s: names["ridge"](X, y, np.full(6, s)) for s in strengths]
    found = np.array([off(w, way, one_size=one_size) for way in ways])
    return found.min(axis=0), strengths[found.argmin(axis=0)]


@pytest.mark.slow
def test_no_strength_of_l2_comes_to_where_adamw_ends(names):
    """Inputs of unlike size, batches of 1 and 60."""
    gaps, strengths = zip(*(best_l2(names, batch, one_size=False) for batch in (1, 60)), strict=True)
    assert np.min(gaps) > 0.06
    assert (strengths[0] > 2 * strengths[1]).all()  # nor is it the same strength for either batch


@pytest.mark.slow
def test_with_inputs_of_one_size_and_one_example_a_step_it_is_nearly_l2_of_a_strength_the_batch_sets(names):
    """And with all examples a step it is not."""
    gaps, strengths = zip(*(best_l2(names, batch, one_size=True) for batch in (1, 4, 60)), strict=True)
    assert gaps[0].max() < 0.06 and gaps[2].min() > 0.15
    assert (strengths[0] > 1.8 * strengths[1]).all() and (strengths[1] > 1.8 * strengths[2]).all()


@pytest.mark.slow
@pytest.mark.parametrize("batch", [4, 60])
def test_if_all_weights_share_one_root_v_adamw_is_l2(names, batch):
    w, v = descent("shared", 1.0, batch)
    assert off(w, lambda X, y, s: names["ridge"](X, y, np.full(6, np.sqrt(s[0]))), v).max() < 0.05


@pytest.mark.slow
def test_at_the_usual_strength_nothing_is_seen_of_adamw_at_this_length(names):
    """The decay of 0.01 that libraries set, and 8,000 steps."""
    w, _ = descent("apart", 0.01, 60)
    assert off(w, lambda X, y: names["ridge"](X, y, np.zeros(6))).max() < 0.02


# Exercises


@pytest.mark.parametrize("k", [1, 2, 4, 10])
def test_copies_of_a_neuron_cost_dropout_less_and_l2_the_same(k):
    s = np.geomspace(0.01, 100, 20_001)
    assert k * (2 / k) ** 2 == pytest.approx(4 / k)
    assert k * ((2 / k) ** 2 / s**2 + 9 * s**2).min() == pytest.approx(2 * 2 * 3, rel=1e-6)
