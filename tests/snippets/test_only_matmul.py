"""What folds and what does not, over more seeds than the article shows, and GPT-2's count against its shapes."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "only_matmul.py")


def run(*changes):
    """Return what the cells that time nothing leave behind, after changes (cell, before, after)."""
    import matplotlib.pyplot as plt

    space = {}
    for name in ("fold", "what-breaks", "share"):
        source = SCRIPT[name].source
        for cell, before, after in changes:
            assert cell != name or source.count(before) == 1
            source = source.replace(before, after) if cell == name else source
        exec(source, space)
    plt.close("all")
    return space


@pytest.fixture(scope="module")
def names():
    return run()


def additivity(f, X, Y):
    """Return how far f(X + Y) - f(0) is from the sum of f(X) - f(0) and f(Y) - f(0), as a share."""
    zero = f(np.zeros_like(X))
    both = f(X + Y) - zero
    return np.linalg.norm(both - (f(X) - zero) - (f(Y) - zero)) / np.linalg.norm(both)


def test_attention_is_that_of_loops_over_tokens(names):
    rng = np.random.default_rng(3)
    X = rng.normal(size=(4, 8))
    seeded = np.random.default_rng(9)
    _, Q, K, V = (seeded.normal(0, 1 / np.sqrt(8), (8, 8)) for _ in range(4))
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
        error = additivity(f, X, Y)
        assert error < 1e-9 if name in {"affine layer", "attention, frozen"} else error > 0.1


def test_attention_that_looks_everywhere_alike_adds_up():
    X, Y = np.random.default_rng(7).normal(size=(2, 4, 8))
    blunt = run(("what-breaks", "sharpness = 1.0", "sharpness = 0.0"))["make_maps"](7)["attention, softmax"]
    assert additivity(blunt, X, Y) < 1e-9


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
