"""Entropy counted: the article's cells against other ways to the same numbers, and its rulings beyond its sources."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "shannon_entropy.py")


@pytest.fixture(scope="module")
def names():
    """Names of the cells about known sources."""
    space = {}
    for name in ("known-source", "plug-in"):
        exec(SCRIPT[name].source, space)
    import matplotlib.pyplot as plt

    plt.close("all")
    return space


def draw(names, seed: int):
    """Return five tables, a path of 20,000 symbols from each, and their rates."""
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(6), size=(5, 6))
    return P, names["sample"](P, 20000, rng), names["entropy_rate"](P)


def blocks(x: np.ndarray, k: int) -> float:
    """Return the entropy in bits of the blocks of k symbols that occur in x."""
    counts: dict[tuple[int, ...], int] = {}
    for t in range(len(x) - k + 1):
        block = tuple(x[t : t + k])
        counts[block] = counts.get(block, 0) + 1
    p = np.array(list(counts.values())) / sum(counts.values())
    return float(-(p * np.log2(p)).sum())


@pytest.mark.parametrize("k", [0, 1, 3, 8])
def test_marking_on_its_own_data_is_the_difference_of_block_entropies(names, k):
    x = names["X"][0][:5000]
    own = names["bits"](x, k, slice(None), slice(None), 0)
    assert own == pytest.approx(blocks(x, k + 1) - (blocks(x, k) if k else 0), abs=0.01)


def test_the_rate_is_the_mean_surprise_of_a_long_path(names):
    P, X, rate = draw(names, 1)
    for table, x, expected in zip(P, X, rate, strict=True):
        assert -np.log2(table[x[:-1], x[1:]]).mean() == pytest.approx(expected, abs=0.05)


@pytest.mark.parametrize("seed", range(1, 7))
def test_rulings_hold_for_other_sources(names, seed):
    _, X, rate = draw(names, seed)
    every, first, second = slice(None), slice(10000), slice(10000, None)
    own = np.array([names["bits"](x, 8, every, every, 0) for x in X])
    unseen = np.array([[names["bits"](x, k, first, second, 0.1) for k in (0, 1, 2, 4, 8)] for x in X])
    assert (own < 0.5 * rate).all()  # long contexts look certain at home
    assert (unseen.argmin(axis=1) == 1).all()
    assert (np.abs(unseen[:, 1] - rate) < 0.06).all()  # and the best of them costs the true rate
    assert (unseen[:, 4] > unseen[:, 1] + 0.1).all()


def test_a_repeating_pattern_has_entropy_zero(names):
    x = np.tile(np.array([0, 1, 2, 5], dtype=np.int64), 5000)
    assert names["bits"](x, 1, slice(10000), slice(10000, None), 1e-6) < 1e-3
