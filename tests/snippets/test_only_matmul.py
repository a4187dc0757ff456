"""Only matrix products: what folds, what GPT-2 spends, and what no straight line can do, attacked by other weights."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "only_matmul.py")


def run(**changes: str):
    """Return the names that the cells leave behind, after changes of constants: name → what stands behind `=`."""
    space: dict = {}
    for cell in SCRIPT.shown:
        lines = cell.source.split("\n")
        for name, value in changes.items():
            lines = [f"{name} = {value}" if line.startswith(f"{name} = ") else line for line in lines]
        exec("\n".join(lines), space)
    import matplotlib.pyplot as plt

    plt.close("all")
    return space


@pytest.fixture(scope="module")
def names():
    return run()


# What folds


def fold(layers, d):
    A, b = np.eye(d), np.zeros(d)
    for W, c in layers:
        A, b = A @ W, b @ W + c
    return A, b


@pytest.mark.parametrize(("d", "depth"), [(2, 30), (32, 10), (100, 4)])
@pytest.mark.parametrize("seed", range(5))
def test_wider_and_deeper_stacks_fold(seed, d, depth):
    rng = np.random.default_rng(seed)
    layers = [(rng.normal(0, np.sqrt(1 / d), (d, d)), rng.normal(0, 0.1, d)) for _ in range(depth)]
    X = Z = rng.normal(size=(200, d))
    for W, c in layers:
        Z = Z @ W + c
    A, b = fold(layers, d)
    np.testing.assert_allclose(X @ A + b, Z, atol=1e-9)


@pytest.mark.parametrize("depth", range(1, 9))
def test_the_paper_folds_at_every_depth(depth):
    assert run(depth=str(depth))["gap"] < 1e-9


@pytest.mark.parametrize("depth", range(1, 9))
def test_a_crease_never_folds(depth):
    assert run(depth=str(depth), crease="True")["gap"] > 0.5


@pytest.mark.parametrize("depth", [1, 3, 6, 12])
@pytest.mark.parametrize("seed", range(5))
def test_no_layer_of_any_weights_follows_a_crease(names, seed, depth):
    """A stronger opponent than the folded layer: the affine map that comes nearest to the creased paper."""
    rng = np.random.default_rng(seed)
    X = Z = names["X"]
    for _ in range(depth):
        Z = Z @ np.linalg.qr(rng.normal(size=(2, 2)))[0] @ np.diag([1.3, 0.9]) + rng.normal(0, 0.35, 2)
        Z[:, 0] = np.abs(Z[:, 0])
    H = np.column_stack([X, np.ones(len(X))])
    rest = Z - H @ np.linalg.lstsq(H, Z, rcond=None)[0]
    assert np.abs(rest).max() > 0.1


def test_a_crease_that_misses_the_paper_folds_away(names):
    """A bend bends only what it meets: far from its corner, or beside its mirror image, it is straight."""
    X = Z = names["X"]
    layers = [(W, c + np.array([20.0, 0.0])) for W, c in names["layers"][:1]]
    for W, c in layers:
        Z = Z @ W + c
        Z[:, 0] = np.abs(Z[:, 0])
    A, b = fold(layers, 2)
    np.testing.assert_allclose(X @ A + b, Z, atol=1e-9)
    relu = lambda U: np.maximum(U, 0)  # noqa: E731
    np.testing.assert_array_equal(relu(X) - relu(-X), X)


@pytest.mark.parametrize("seed", range(5))
def test_rounding_of_the_smallest_numbers_bends_straight_layers(names, seed):
    """Shrunk to the smallest float32 and back, three products by a number are a staircase: the rings come apart."""
    X, y = names["points"]("rings", seed)
    rng = np.random.default_rng(seed)
    W, c = rng.normal(size=(2, 100)).astype("f4"), rng.normal(size=100).astype("f4")
    H = X.astype("f4") @ W + c
    for factor in (2.0**-149, 2.0**100, 2.0**49):  # products with factor · I
        H = H * np.float32(factor)
    np.testing.assert_array_equal(H, np.round(X.astype("f4") @ W + c))
    H = np.column_stack([H, np.ones(len(X))])
    v = np.linalg.lstsq(H[:300], y[:300], rcond=1e-6)[0]
    assert np.mean(np.sign(H[300:] @ v) == y[300:]) > 0.8 > names["best_line"](X[300:], y[300:])[0]


# What GPT-2 spends


def test_operations_of_a_small_transformer_counted_product_by_product(names):
    """The two kinds of product of `share`, against a walk through the shapes of GPT-2 small."""
    width, blocks, heads, vocab = 768, 12, 12, 50257
    for context in (128, 1024):
        by_weights = [(context, width, 3 * width), (context, width, width)]
        by_weights += [(context, width, 4 * width), (context, 4 * width, width)]
        by_data = heads * [(context, width // heads, context), (context, context, width // heads)]
        counted = names["count"](context, 10)
        spent = [2 * sum(n * k * m for n, k, m in products) for products in (by_weights, by_data)]
        assert counted["data × weights"] * context == blocks * spent[0] + 2 * context * width * vocab
        assert counted["data × data"] * context == blocks * spent[1]


def test_the_weights_that_are_counted_are_those_of_gpt2_small(names):
    """One product with a weight is two operations a token; 124,439,808 weights are published."""
    positions, small = 1024 * 768, 12 * (13 * 768) + 2 * 768  # position table; biases and norms
    assert names["count"](1024, 10)["data × weights"] // 2 + positions + small == 124_439_808


def test_the_share_falls_with_the_context_and_the_price_of_an_exp(names):
    share = {(n, price): names["shares"](n, price)[:2].sum() for n in (128, 1024, 4096, 32768) for price in (1, 10, 50)}
    for price in (1, 10, 50):
        at = [share[n, price] for n in (1024, 4096, 32768)]
        assert at[0] > at[1] > at[2]
    for n in (128, 1024, 4096, 32768):
        assert share[n, 1] > share[n, 10] > share[n, 50]
    assert min(share.values()) == share[32768, 50] > 70


# What the bend is good for


def exact_best_line(X, y):
    """Return the share right of the best of all lines: between the directions at which two points change places."""
    i, j = np.triu_indices(len(X), 1)
    turns = np.sort(np.arctan2(X[i, 0] - X[j, 0], X[j, 1] - X[i, 1]) % np.pi)
    angles = np.append((turns[1:] + turns[:-1]) / 2, turns[0] / 2)
    best = 0.0
    for part in np.array_split(angles, 60):
        order = np.argsort(X @ [np.cos(part), np.sin(part)], axis=0)
        best = max(best, np.abs(y.sum() / 2 - np.cumsum(y[order], axis=0)).max())
    return 0.5 + best / len(y)


@pytest.mark.parametrize("seed", range(5))
def test_no_line_at_all_separates_the_rings(names, seed):
    """Not between the directions that the cell tries, nor in rings of other seeds or of many points."""
    X, y = (part[300:] for part in names["points"]("rings", seed))
    exact, tried = exact_best_line(X, y), names["best_line"](X, y)[0]
    assert tried == pytest.approx(exact) and exact < 0.72
    X, y = names["points"]("rings", 1000 + seed, 20_000)
    assert names["best_line"](X, y)[0] < 2 / 3  # hindsight pays with few points only


def test_without_noise_a_line_gets_two_thirds_of_the_rings(names):
    t = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    ring = np.column_stack([np.cos(t), np.sin(t)])
    X, y = np.vstack([ring, 2 * ring]), np.repeat([-1, 1], 3000)
    assert names["best_line"](X, y)[0] == pytest.approx(2 / 3, abs=2e-3)


@pytest.mark.parametrize("width", [2, 20, 100])
@pytest.mark.parametrize("seed", range(5))
def test_without_a_bend_a_net_is_a_line_whatever_its_weights(names, seed, width):
    rng = np.random.default_rng(50 + seed)
    X, y = (part[300:] for part in names["points"]("rings", seed))
    limit = names["best_line"](X, y)[0]
    for _ in range(200):  # the last layer is not fitted, but anything
        W, c, D = rng.normal(size=(2, width)), rng.normal(size=width), rng.normal(size=(width, width))
        said = np.sign((X @ W + c) @ D @ rng.normal(size=width) + rng.normal(0, width))
        assert np.mean(said == y) <= limit


BENDS = {"tanh": np.tanh, "abs": np.abs, "relu": lambda U: np.maximum(U, 0), "square": np.square,
         "step": lambda U: 1.0 * (U > 0), "swish": lambda U: U / (1 + np.exp(-U))}  # fmt: skip


@pytest.mark.parametrize("name", BENDS)
@pytest.mark.parametrize("seed", range(100, 105))
def test_any_bend_separates_the_rings_from_other_seeds(names, seed, name):
    X, y = (part[300:] for part in names["points"]("rings", seed))
    assert np.mean(names["net"](BENDS[name], seed, 100)(X) == y) > (0.9 if name == "step" else 0.97)


@pytest.mark.parametrize("seed", range(5))
def test_squaring_twice_is_not_bend_enough_for_four_rings(names, seed):
    """Four rings take turns: whatever the width, two squares draw curves of degree four; ReLU goes on."""
    rng = np.random.default_rng(seed)
    k, t = rng.integers(4, size=1200), rng.uniform(0, 2 * np.pi, 1200)
    X = np.column_stack([np.cos(t), np.sin(t)]) * (0.55 * (k + 1) + 0.04 * rng.normal(size=1200))[:, None]
    y, right = np.where(k % 2, 1, -1), {}
    for name, width in (("square", 200), ("square", 400), ("relu", 200)):
        W, c = rng.normal(size=(2, width)), rng.normal(size=width)
        D, f = rng.normal(size=(width, width)) / width**0.5, BENDS[name]
        H = np.column_stack([f(f(X @ W + c) @ D), np.ones(len(X))])
        v = np.linalg.lstsq(H[:600], y[:600], rcond=1e-6)[0]
        right[name, width] = np.mean(np.sign(H[600:] @ v) == y[600:])
    assert max(right["square", 200], right["square", 400]) < 0.8 < 0.97 < right["relu", 200]


def test_a_step_leaves_descent_nothing_to_go_by(names):
    X, rng = names["points"]("rings", 0)[0], np.random.default_rng(0)
    W, c, nudge = rng.normal(size=(2, 100)), rng.normal(size=100), 1e-9 * rng.normal(size=(2, 100))
    moved = {name: np.abs(BENDS[name](X @ (W + nudge) + c) - BENDS[name](X @ W + c)).max() for name in BENDS}
    assert moved["step"] == 0 < min(moved[name] for name in BENDS if name != "step")


def test_the_width_of_the_experiment_is_the_least_of_those_offered(names):
    worst = {
        width: min(np.mean(names["net"](BENDS["relu"], s, width)(X) == y) for s, (X, y) in enumerate(names["new"]))
        for width in (5, 10, 20, 50, 100)
    }
    assert [width for width, share in worst.items() if share > 0.95] == [20, 50, 100]
    assert worst[10] == pytest.approx(0.937, abs=5e-4)


@pytest.mark.parametrize("seed", range(5))
def test_products_of_data_with_data_are_bend_enough(names, seed):
    """Attention without softmax, each token (x, 1) by itself: matrix products alone, and the rings come apart."""
    X, y = names["points"]("rings", seed)
    X, heads = np.column_stack([X, np.ones(len(X))])[:, None, :], 12  # (n, one token, 3)
    Q, K, V = np.random.default_rng(seed).normal(size=(3, heads, 1, 3, 3))
    H = np.concatenate([(X @ q) @ np.swapaxes(X @ k, 1, 2) @ (X @ v) for q, k, v in zip(Q, K, V, strict=True)], axis=2)
    H = H[:, 0]  # (n, 3 heads)
    v = np.linalg.lstsq(H[:300], y[:300], rcond=1e-6)[0]
    assert np.mean(np.sign(H[300:] @ v) == y[300:]) > 0.97


@pytest.mark.parametrize("seed", range(5))
def test_attention_is_affine_maps_and_bends_in_a_row(seed):
    """Softmax and all: sums with fixed weights, and between them each number by itself through a square, exp or log."""
    rng = np.random.default_rng(seed)
    (Q, K, V), X = rng.normal(size=(3, 8, 8)), rng.normal(size=(4, 8))

    def times(A, B):
        """Multiply matrices of data: sums and differences of two numbers, squares, sums."""
        A, B = A[:, :, None], B[None]
        return ((A + B) ** 2 - (A - B) ** 2).sum(axis=1) / 4

    scores = times(X @ Q, (X @ K).T)
    shares = np.exp(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))
    plain = np.exp(X @ Q @ (X @ K).T)
    plain = plain / plain.sum(axis=1, keepdims=True) @ (X @ V)
    np.testing.assert_allclose(times(shares, X @ V), plain, atol=1e-9)


def test_no_single_affine_map_and_bend_multiplies():
    """Across its weights, one bend of one sum stays the same; a product stays the same in no direction."""
    t = np.linspace(0, np.pi, 720, endpoint=False)
    P = np.random.default_rng(0).normal(size=(200, 1, 2))
    moved = P + np.column_stack([np.cos(t), np.sin(t)])  # (200, 720, 2)
    assert np.abs(moved.prod(axis=2) - P.prod(axis=2)).max(axis=0).min() > 1


@pytest.mark.parametrize("seed", range(5))
def test_attention_without_softmax_is_of_degree_three(seed):
    rng = np.random.default_rng(seed)
    (Q, K, V), X = rng.normal(size=(3, 8, 8)), rng.normal(size=(4, 8))
    attend = lambda X: (X @ Q) @ (X @ K).T @ (X @ V)  # noqa: E731
    np.testing.assert_allclose(attend(2 * X), 8 * attend(X))
    np.testing.assert_allclose((2 * X @ Q) @ (2 * X @ K).T, 4 * (X @ Q) @ (X @ K).T)


@pytest.mark.parametrize("frozen", [True, False])
@pytest.mark.parametrize("seed", range(5))
def test_a_block_with_frozen_attention_and_no_bend_is_affine(seed, frozen):
    """Twelve blocks of attention and two more products, residuals and all: sums go through if attention is fixed."""
    rng = np.random.default_rng(seed)
    blocks = [rng.normal(0, 0.2, (6, 8, 8)) for _ in range(12)]
    looks = rng.normal(0, 0.3, (12, 5, 5))  # which token looks at which, if fixed beforehand

    def send(X):
        for (Q, K, V, out, up, down), look in zip(blocks, looks, strict=True):
            X = X + (look if frozen else (X @ Q) @ (X @ K).T / 8) @ X @ V @ out
            X = X + X @ up @ down + 0.1
        return X

    X, Y = 0.3 * rng.normal(size=(2, 5, 8))
    gap = send(X + Y) + send(0 * X) - send(X) - send(Y)
    assert (np.abs(gap).max() < 1e-9 * np.abs(send(X)).max()) == frozen


@pytest.mark.parametrize("seed", range(5))
def test_where_a_line_will_do_the_bend_adds_nothing(seed):
    names = run(shape='"clouds"')
    X, y = (part[300:] for part in names["points"]("clouds", 10 + seed))
    shares = [np.mean(names["net"](names["bends"][f], 10 + seed, 100)(X) == y) for f in ("none", "relu")]
    assert shares[0] >= shares[1] - 0.01 and min(shares) > 0.93
