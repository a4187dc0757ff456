"""Attention by hand: its sums against loops, its rulings against other draws, sizes and stronger opponents."""

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "attention_by_hand.py")


def run(*names: str, **changes: str) -> dict:
    """Return what the cells so named leave behind, after changes of constants: name → what stands behind `=`."""
    import matplotlib.pyplot as plt

    space: dict = {}
    for cell in SCRIPT.shown:
        if cell.name in names:
            lines = cell.source.split("\n")
            for name, value in changes.items():
                lines = [f"{name} = {value}" if line.startswith(f"{name} = ") else line for line in lines]
            exec("\n".join(lines), space)
    plt.close("all")
    return space


@pytest.fixture(scope="module")
def names():
    """What the three light cells define, and the functions of the last."""
    space = run("one-query", "by-hand")
    source = next(cell.source for cell in SCRIPT.shown if cell.name == "look-up")
    exec(source[: source.index("table = {}")], space)
    return space


# What attention is


def attend(Q, K, V, base=np.e):
    """Attention word by word and entry by entry, as on paper."""
    out = np.zeros((len(Q), V.shape[1]))
    for i, q in enumerate(Q):
        shares = [base ** sum(a * b for a, b in zip(q, k, strict=True)) for k in K]
        for share, v in zip(shares, V, strict=True):
            out[i] += share / sum(shares) * v
    return out


@pytest.mark.parametrize("seed", range(5))
def test_two_matrix_products_are_the_loops(names, seed):
    rng = np.random.default_rng(seed)
    Q, K, V = rng.normal(size=(5, 3)), rng.normal(size=(7, 3)), rng.normal(size=(7, 2))
    np.testing.assert_allclose(names["softmax"](Q @ K.T) @ V, attend(Q, K, V))


def test_the_numbers_on_paper(names):
    A = [[2 / 5, 2 / 5, 1 / 5], [2 / 7, 4 / 7, 1 / 7], [1 / 5, 2 / 5, 2 / 5]]
    np.testing.assert_allclose(names["A"], A)
    Q, K, V = (names[name].astype(float) for name in "QKV")
    np.testing.assert_allclose(attend(Q / 2, K, V, base=2), np.array(A) @ V)
    np.testing.assert_allclose((names["A"] @ V)[1], [16 / 7, 24 / 7])


def inside(points, corners):
    """Tell which points (n, 2) lie strictly within a triangle (3, 2)."""
    M = np.vstack([corners.T, np.ones(3)])
    return (np.linalg.solve(M, np.vstack([points.T, np.ones(len(points))])) > 0).all(axis=0)


@pytest.mark.parametrize("seed", range(5))
def test_no_query_leaves_the_triangle(names, seed):
    """Ten thousand queries of every length, with the values of the page and with others."""
    rng = np.random.default_rng(seed)
    Q = rng.normal(size=(10_000, 4)) * rng.choice([0.1, 1, 5], size=(10_000, 1))
    K = rng.normal(size=(3, 4))
    S = np.clip(Q @ K.T, -15, 15)  # shares below 1e-13 stand on the edge, as far as numbers tell
    for V in (names["V"].astype(float), rng.normal(size=(3, 2))):
        assert inside(names["softmax"](S) @ V, V).all()


@pytest.mark.parametrize("seed", range(5))
def test_sums_that_are_not_divided_leave_the_triangle(names, seed):
    rng = np.random.default_rng(seed)
    Q, K, V = rng.normal(size=(200, 4)), rng.normal(size=(3, 4)), names["V"].astype(float)
    for A in (np.exp(Q @ K.T), Q @ K.T):
        assert np.mean(inside(A @ V, V)) < 0.2


# The root of d


@pytest.mark.parametrize("d", [16, 256, 1024])
def test_scores_of_strangers_spread_by_the_root(d):
    Q, K = np.random.default_rng(d).normal(size=(2, 4000, d))
    assert np.einsum("nd,nd->n", Q, K).std() == pytest.approx(np.sqrt(d), rel=0.05)


def shares(names, d, n, seed, power, draw):
    Q, K = draw(np.random.default_rng(seed), (2, n, d))
    A = names["softmax"](Q @ K.T / d**power)
    return A.max(axis=1).mean(), (A * (1 - A)).sum(axis=1).mean()


DRAWS = {
    "normal": lambda rng, size: rng.normal(size=size),
    "uniform": lambda rng, size: rng.uniform(-np.sqrt(3), np.sqrt(3), size=size),
    "signs": lambda rng, size: rng.choice([-1.0, 1.0], size=size),
}


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("n", [16, 64, 256])
@pytest.mark.parametrize("d", [64, 256, 1024])
def test_without_the_root_one_stranger_takes_most(names, d, n, draw):
    for seed in range(100, 105):
        bare, scaled = (shares(names, d, n, seed, power, DRAWS[draw]) for power in (0, 0.5))
        assert bare[0] > 0.6 and scaled[0] < 0.35
        assert bare[0] > 2.5 * scaled[0] and bare[1] < 0.6 * scaled[1]


@pytest.mark.parametrize("seed", range(5))
def test_slopes_shrink_without_the_root_but_values_still_learn(names, seed):
    """The gradient of ½|A V − Y|² by hand: that of V is of the same size with and without the root."""
    rng = np.random.default_rng(seed)
    Q, K, V, Y = rng.normal(size=(4, 64, 256))
    norms = []
    for power in (0, 0.5):
        A = names["softmax"](Q @ K.T / 256**power)
        G = A @ V - Y
        dA = G @ V.T
        dS = A * (dA - (A * dA).sum(axis=1, keepdims=True))
        norms.append((np.linalg.norm(A.T @ G), np.linalg.norm(dS)))
    (value_bare, _), (value_scaled, _) = norms
    assert value_bare > value_scaled
    assert min(norm for _, norm in norms) > 0


@pytest.mark.parametrize("seed", range(5))
def test_the_root_is_no_law_once_queries_and_keys_agree(names, seed):
    """Independence is what gives the root: if each query is its key, the root leaves one winner, d does not."""
    K = np.random.default_rng(seed).normal(size=(64, 1024))
    assert names["softmax"](K @ K.T / 32).max(axis=1).min() > 0.99
    assert names["softmax"](K @ K.T / 1024).max(axis=1).max() < 0.1


@pytest.mark.parametrize("seed", range(5))
def test_another_scale_with_the_same_spread_does_as_well(names, seed):
    """It is the spread that counts: lengths made 1 and the scores then raised by √d give the same shares."""
    Q, K = np.random.default_rng(seed).normal(size=(2, 64, 256))
    even = [Z / np.linalg.norm(Z, axis=1, keepdims=True) for Z in (Q, K)]
    tops = [names["softmax"](S).max(axis=1).mean() for S in (Q @ K.T / 16, 16 * even[0] @ even[1].T)]
    assert tops[0] == pytest.approx(tops[1], abs=0.02)


# The two questions


def ask(names, seed, count, pairs, d):
    """Return X, its keys, values and query, the wanted pairs of both questions and their values."""
    names["count"], names["pairs"], names["d"] = count, pairs, d
    X, wanted, goals = names["episodes"](seed)
    K, V, q = X[:, :-1, :d], X[:, :-1, d:], X[:, -1, :d]
    assert np.array_equal(K[np.arange(count), wanted[:, 0]], q)
    return X, K, V, q, wanted, goals


def waves(X):
    return np.fft.rfft2(X, norm="ortho").view(float).reshape(len(X), -1)


def marks(guess, V, wanted):
    """Return the share of the last examples in which a guess (exam, 1 or 2, d) lies nearest to the wanted value."""
    near = [
        [max(range(V.shape[1]), key=lambda p: v[p] @ g) for g in both]
        for v, both in zip(V[-len(guess) :], guess, strict=True)
    ]
    return np.mean(np.array(near) == wanted[-len(guess) :], axis=0)


def look_up(A, V):
    return np.einsum("bp,bpd->bd", A, V)[-400:, None]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 25))
def test_both_questions_in_other_draws(names, seed):
    """Attention looks up by key, the read-out by place, and neither does the other; ten times the examples, too."""
    X, K, V, q, wanted, goals = ask(names, seed, 10_400, 8, 16)
    A = names["softmax"](20 * np.einsum("bpd,bd->bp", K, q))
    by_key, third = marks(look_up(A, V), V, wanted)
    assert by_key > 0.97 and third < 0.2
    by_key, third = marks(names["learnt"](waves(X), goals), V, wanted)
    assert by_key < 0.2 and third > 0.98


@pytest.mark.parametrize("price", [1e-6, 1e-1, 10, 1000])
@pytest.mark.parametrize("seed", range(20, 25))
def test_no_ridge_lets_a_fixed_mix_look_up(names, seed, price):
    X, _, V, _, wanted, goals = ask(names, seed, 2400, 8, 16)
    assert marks(names["learnt"](waves(X), goals, price), V, wanted)[0] < 0.2


@pytest.mark.parametrize("seed", range(5))
def test_any_invertible_mix_says_what_no_mix_says(names, seed):
    """The transform before a free linear read-out does nothing: a random rotation and a Fourier transform."""
    X, *_, goals = ask(names, seed, 1400, 8, 16)
    plain = names["learnt"](X.reshape(1400, -1), goals, 1e-9)
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(288, 288)))[0]
    for mixed in (X.reshape(1400, -1) @ turn, waves(X)):
        np.testing.assert_allclose(names["learnt"](mixed, goals, 1e-9), plain, atol=1e-2)


@pytest.mark.slow
def test_what_the_best_linear_read_out_says_is_the_mean_of_the_values(names):
    X, _, _, _, _, goals = ask(names, 0, 20_400, 8, 16)
    Z = X.reshape(len(X), -1)
    R = np.linalg.lstsq(Z, goals[:, 0], rcond=1e-10)[0].reshape(9, 32, 16)
    for pair in range(8):
        np.testing.assert_allclose(R[pair, 16:], np.eye(16) / 8, atol=0.04)
        np.testing.assert_allclose(R[pair, :16], 0, atol=0.04)


@pytest.mark.parametrize("seed", range(20, 25))
def test_the_product_is_what_it_lacked(names, seed):
    """Hand the products (q·k) v to the very same read-out, and it looks up."""
    _, K, V, q, wanted, goals = ask(names, seed, 1400, 8, 16)
    products = np.einsum("bpd,bd,bpe->bpe", K, q, V).reshape(1400, -1)
    assert marks(names["learnt"](products, goals), V, wanted)[0] > 0.7


@pytest.mark.parametrize("seed", range(20, 25))
def test_random_bends_do_not_look_up_among_eight(names, seed):
    X, _, V, _, wanted, goals = ask(names, seed, 1400, 8, 16)
    for price in (0.01, 1, 100):
        said = names["learnt"](names["bent"](waves(X), 1000), goals, price)
        assert marks(said, V, wanted)[0] < 0.25


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 23))
def test_many_bends_do_look_up_among_two(names, seed):
    """What would flip it: products can be made of bends, at a price that two short keys can pay."""
    X, _, V, _, wanted, goals = ask(names, seed, 4400, 2, 4)
    for mixed in (X.reshape(4400, -1), waves(X)):
        assert marks(names["learnt"](names["bent"](mixed, 1500), goals, 1), V, wanted)[0] > 0.65
    X, _, V, _, wanted, goals = ask(names, seed, 4400, 4, 8)
    assert marks(names["learnt"](names["bent"](X.reshape(4400, -1), 1500), goals, 1), V, wanted)[0] < 0.4


@pytest.mark.slow
@pytest.mark.parametrize(("pairs", "d", "least", "most"), [(2, 4, 0.85, 1), (8, 4, 0, 0.2), (8, 16, 0, 0.2)])
def test_a_trained_network_looks_up_among_two_but_not_among_eight(names, pairs, d, least, most):
    """A stronger opponent than random bends: two hidden layers, trained on twenty times as many examples."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    X, _, V, _, wanted, goals = ask(names, 20, 20_400, pairs, d)
    Z = waves(X) / waves(X).std()
    net = MLPRegressor(hidden_layer_sizes=(128, 128), batch_size=256, max_iter=12, random_state=0)
    with pytest.warns(ConvergenceWarning):
        net.fit(Z[:-400], goals[:-400, 0] * np.sqrt(d))
    assert least < marks(net.predict(Z[-400:])[:, None], V, wanted[:, :1])[0] <= most


@pytest.mark.parametrize("sharp", [5, 10, 20, 100])
@pytest.mark.parametrize("seed", range(20, 25))
def test_the_sharpness_of_attention_is_not_tuned(names, seed, sharp):
    _, K, V, q, wanted, _ = ask(names, seed, 1400, 8, 16)
    A = names["softmax"](sharp * np.einsum("bpd,bd->bp", K, q))
    assert marks(look_up(A, V), V, wanted)[0] > 0.95


@pytest.mark.parametrize(("pairs", "d", "least", "most"), [(8, 4, 0, 0.6), (8, 16, 0.75, 0.97), (8, 32, 0.95, 1)])
@pytest.mark.parametrize("seed", range(20, 25))
def test_without_softmax_short_keys_are_mixed_up(names, seed, pairs, d, least, most):
    _, K, V, q, wanted, _ = ask(names, seed, 1400, pairs, d)
    S = np.einsum("bpd,bd->bp", K, q)
    found = [marks(look_up(A, V), V, wanted)[0] for A in (S, names["softmax"](20 * S))]
    assert least < found[0] <= most and found[1] >= found[0] - 0.02


@pytest.mark.parametrize("seed", range(5))
def test_attention_ignores_the_order_of_the_pairs(names, seed):
    """Why it cannot say which value is third: all orders of the pairs get one answer."""
    rng = np.random.default_rng(seed)
    K, V, q = rng.normal(size=(4, 6)), rng.normal(size=(4, 6)), rng.normal(size=6)
    answers = [names["softmax"](K[list(o)] @ q) @ V[list(o)] for o in permutations(range(4))]
    np.testing.assert_allclose(answers, np.broadcast_to(answers[0], (24, 6)))


@pytest.mark.slow
@pytest.mark.parametrize(("pairs", "d"), [(2, 16), (4, 16), (8, 4), (8, 32)])
def test_both_questions_at_other_sizes(pairs, d):
    table = run("one-query", "look-up", pairs=str(pairs), d=str(d))["table"]
    by_key, third = (np.array([rows[:, k] for rows in table.values()]) for k in range(2))
    assert by_key[0].min() > by_key[2].max() and third[2].min() > third[0].max()
    assert by_key[2].max() < 1 / pairs + 0.1
