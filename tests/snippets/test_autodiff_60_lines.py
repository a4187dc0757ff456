"""The sixty lines: that they are sixty, and that what the article rules holds beyond its own five seeds."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "autodiff_60_lines.py")


@pytest.fixture(scope="module")
def names():
    """Names of the cells up to the network, and of `train`."""
    space = {}
    for name in ("engine", "rules", "complex-step"):
        exec(SCRIPT[name].source, space)
    exec(SCRIPT["zero-grad"].source.partition("params = init(0)")[0], space)
    return space


def test_the_autodiff_has_at_most_sixty_lines():
    engine = SCRIPT["engine"].source + "\n" + SCRIPT["rules"].source.partition("a, b = Tensor")[0]
    assert sum(bool(line.strip()) for line in engine.splitlines()) <= 60


def test_gradients_agree_with_the_formulas_worked_out_by_hand(names):
    for seed in range(20):
        params = names["init"](seed)
        names["loss"](params).backward()
        X, y = names["X"], names["y"]
        W1, b1, W2, b2 = (p.data for p in params)
        H = np.tanh(X @ W1 + b1)
        error = 2 / len(y) * (H @ W2 + b2 - y)
        inner = error @ W2.T * (1 - H**2)
        by_hand = (X.T @ inner, inner.sum(0, keepdims=True), H.T @ error, error.sum(0, keepdims=True))
        for p, expected in zip(params, by_hand, strict=True):
            np.testing.assert_allclose(p.grad, expected, atol=1e-12)


@pytest.mark.parametrize("eta", [0.05, 0.1, 0.15])
def test_forgetting_to_zero_never_settles(names, eta):
    names["eta"] = eta
    for seed in range(10):
        rises = [(np.diff(names["train"](seed, zero))[-100:] > 0).mean() for zero in (True, False)]
        assert rises[0] < 0.1
        assert 0.4 < rises[1] < 0.6


@pytest.mark.parametrize("product", [0.1, 0.5, 1.0, 2.0, 3.0])
def test_on_a_bowl_the_running_sum_is_a_spring_without_friction(product):
    """w'' = -eta lambda w: |amplitude| stays, and the period is 2 pi / arccos(1 - eta lambda / 2)."""
    w, G, path = 1.0, 0.0, []
    for _ in range(2000):
        path.append(w)
        G = G + w
        w = w - product * G
    turn = np.arccos(1 - product / 2)
    t = np.arange(2000)
    fitted = np.linalg.lstsq(np.column_stack([np.cos(turn * t), np.sin(turn * t)]), np.array(path), rcond=None)[0]
    np.testing.assert_allclose(fitted[0] * np.cos(turn * t) + fitted[1] * np.sin(turn * t), path, atol=1e-8)
