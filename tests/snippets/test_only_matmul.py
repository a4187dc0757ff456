"""What folds and what does not, over more seeds than the article shows, and GPT-2's count against its shapes."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "only_matmul.py")


@pytest.fixture(scope="module")
def names():
    """Names of the cells that draw nothing and time nothing."""
    space = {}
    for name in ("fold", "maps", "share"):
        exec(SCRIPT[name].source, space)
    return space


def test_attention_is_that_of_loops_over_tokens(names):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(4, 8))
    seeded = np.random.default_rng(9)
    _, Q, K, V, _ = (seeded.normal(0, 1 / np.sqrt(8), (n, 8)) for n in (8, 8, 8, 8, 4))
    out = np.zeros((4, 8))
    for i in range(4):
        scores = [sum((X[i] @ Q) * (X[j] @ K)) / np.sqrt(8) for j in range(4)]
        powers = [np.exp(score) for score in scores]
        for j in range(4):
            out[i] += powers[j] / sum(powers) * (X[j] @ V)
    np.testing.assert_allclose(names["make_maps"](9)["attention, softmax"](X), out, atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_only_affine_maps_add_up(names, seed):
    X, Y = np.random.default_rng(1000 + seed).normal(size=(2, 4, 8))
    for name, f in names["make_maps"](seed).items():
        error = names["additivity"](f, X, Y)
        assert error < 1e-9 if name in {"affine layer", "attention, frozen weights"} else error > 0.1


@pytest.mark.parametrize("seed", range(5))
def test_attention_without_softmax_is_of_degree_three(names, seed):
    X = np.random.default_rng(seed).normal(size=(4, 8))
    f = names["make_maps"](seed)["attention, no softmax"]
    np.testing.assert_allclose(f(2 * X), 8 * f(X))


def test_operations_of_a_small_transformer_counted_product_by_product():
    """The formula of `share`, with small numbers, against a walk through the shapes."""
    width, heads, context, vocab = 8, 2, 5, 11
    products = [(context, width, 3 * width), (context, width, width), (context, width, 4 * width)]
    products += [(context, 4 * width, width)]
    products += heads * [(context, width // heads, context), (context, context, width // heads)]
    products += [(context, width, vocab)]
    counted = sum(2 * n * k * m for n, k, m in products)
    assert counted == context * (24 * width**2 + 4 * context * width + 2 * width * vocab)


def test_gpt2_small_has_124_million_weights(names):
    positions, small = 1024 * 768, 12 * (13 * 768) + 2 * 768  # position table; biases and norms
    assert names["weights"] + positions + small == 124_439_808
