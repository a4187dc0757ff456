"""Attention by hand: what the article rules, on other draws and against loops."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = Path(__file__).parents[2] / "snippets" / "attention_by_hand.py"


@pytest.fixture(scope="module")
def names():
    """Names that the cells define, without the one that measures time."""
    import matplotlib.pyplot as plt

    space = {}
    for cell in read(SCRIPT).shown:
        if cell.name != "cost":
            exec(cell.source, space)
    plt.close("all")
    return space


def attend(Q, K, V):
    """Attention word by word and entry by entry, as on paper."""
    out = np.zeros((len(Q), V.shape[1]))
    for i, q in enumerate(Q):
        weights = [np.exp(sum(a * b for a, b in zip(q, k, strict=True))) for k in K]
        for weight, v in zip(weights, V, strict=True):
            out[i] += weight / sum(weights) * v
    return out


@pytest.mark.parametrize("seed", range(5))
def test_two_matrix_products_are_the_loops(names, seed):
    rng = np.random.default_rng(seed)
    Q, K, V = rng.normal(size=(5, 3)), rng.normal(size=(7, 3)), rng.normal(size=(7, 2))
    assert np.allclose(names["softmax"](Q @ K.T) @ V, attend(Q, K, V))


def test_the_numbers_on_paper(names):
    assert np.allclose(names["A"], [[2 / 5, 2 / 5, 1 / 5], [2 / 7, 4 / 7, 1 / 7], [1 / 5, 2 / 5, 2 / 5]])
    Q, K = (np.array(names[name]) for name in "QK")
    S = np.where(np.tri(3) == 1, Q @ K.T / 2, -np.inf)
    assert np.allclose(names["softmax"](S * np.log(2)), [[1, 0, 0], [1 / 3, 2 / 3, 0], [1 / 5, 2 / 5, 2 / 5]])


@pytest.mark.parametrize("n", [16, 64, 256])
def test_the_right_key_gets_half_near_the_width_of_the_formula(names, n, monkeypatch):
    monkeypatch.setitem(names, "n", n)
    d = (np.log(n) + 0.5) ** 2

    def own(d):
        return np.mean([names["weights"](round(d), 0.5, seed)[1] for seed in range(20)])

    assert own(d / 2) < 0.5 < own(2 * d)


@pytest.mark.parametrize("d", [16, 256, 1024])
def test_scores_of_strangers_spread_by_the_root(d):
    Q, K = np.random.default_rng(d).normal(size=(2, 4000, d))
    assert np.einsum("nd,nd->n", Q, K).std() == pytest.approx(np.sqrt(d), rel=0.05)


@pytest.mark.parametrize("seed", range(8))
def test_context_moves_a_word_whatever_its_vectors_and_the_mask_holds(names, seed, monkeypatch):
    rng = np.random.default_rng(seed)
    monkeypatch.setitem(names, "meaning", {word: rng.normal(size=3) for word in ("river", "loan", "bank", "the")})
    contextual = names["read"]
    assert not np.array_equal(contextual("the river bank")[-1], contextual("the loan bank")[-1])
    assert np.array_equal(contextual("the bank river", 1)[:2], contextual("the bank loan", 1)[:2])
    assert not np.array_equal(contextual("the bank river", 2)[:2], contextual("the bank loan", 2)[:2])


def test_attention_ignores_the_order_of_the_pairs(names):
    X, _ = names["episodes"](0)
    order = [*np.random.default_rng(0).permutation(names["pairs"]), names["pairs"]]
    assert np.allclose(names["attention"](X[:, order]), names["attention"](X))


@pytest.mark.parametrize("seed", range(20, 23))
def test_a_random_layer_in_between_does_not_help_fourier_to_look_up(names, seed):
    X, place = names["episodes"](seed)
    F = np.fft.rfft2(X).reshape(len(X), -1).view(float)
    rng = np.random.default_rng(seed)
    H = np.maximum(F / F.std() @ rng.normal(size=(F.shape[1], 800)) / np.sqrt(F.shape[1]) + rng.normal(size=800), 0)
    goal = X[np.arange(len(X)), place, names["X"].shape[2] // 2 :]
    R = np.linalg.solve(H[:900].T @ H[:900] + 10 * np.eye(800), H[:900].T @ goal[:900])
    assert names["hit"](H @ R, X, place) < 0.35 < 0.9 < names["hit"](names["attention"](X), X, place)
