"""Gradient descent and physics: what the article rules, over many seeds and against independent oracles."""

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = Path(__file__).parents[2] / "snippets" / "gradient_descent_physics.py"


@pytest.fixture(scope="module")
def names():
    """Names of the cells that define functions, without the figures."""
    space = {}
    for cell in read(SCRIPT).shown:
        if cell.name in {"cost", "oscillator", "uncertainty"}:
            exec(cell.source, space)
    import matplotlib.pyplot as plt

    plt.close("all")
    return space


@pytest.mark.parametrize("seed", range(8))
def test_adaptive_climb_costs_about_140_times_backpropagation(names, seed):
    lam = np.geomspace(1, 10, 200)
    theta = np.random.default_rng(seed).standard_normal((5, 200))
    theta *= np.sqrt(2 / (theta**2 @ lam))[:, None]
    ratio = np.median(names["climb"](theta, lam, 0.1, 1.5, seed)) / (4 * np.median(names["descent"](theta, lam)))
    assert 110 < ratio < 170


@pytest.mark.parametrize("seed", range(8))
def test_rigid_climb_does_not_arrive_in_50_dimensions(names, seed):
    lam = np.geomspace(1, 10, 50)
    theta = np.random.default_rng(seed).standard_normal((5, 50))
    theta *= np.sqrt(2 / (theta**2 @ lam))[:, None]
    assert np.median(names["climb"](theta, lam, 0.1, 1.0, seed)) == names["most"]


@pytest.mark.parametrize("seed", range(8))
def test_in_two_dimensions_the_adaptive_climb_is_cheaper(names, seed):
    lam = np.array([1.0, 10.0])
    theta = np.random.default_rng(seed).standard_normal((5, 2))
    theta *= np.sqrt(2 / (theta**2 @ lam))[:, None]
    assert np.median(names["climb"](theta, lam, 0.1, 1.5, seed)) < 4 * np.median(names["descent"](theta, lam))


@pytest.mark.parametrize("beta", [0.3, 0.81, 0.98])
def test_spring_solves_its_differential_equation(names, beta):
    lam, c, dt = 10.0, (1 - beta) / np.sqrt(0.001), 1e-4
    t = np.arange(0, 2, dt)
    x = names["spring"](t, lam, c)
    residual = np.gradient(np.gradient(x, dt), dt) + c * np.gradient(x, dt) + lam * x
    assert np.abs(residual[5:-5]).max() < 1e-2
    assert x[0] == pytest.approx(1) and abs(x[1] - x[0]) < 1e-5


def test_gap_to_the_spring_shrinks_with_the_time_step(names):
    gaps = []
    for eta in (0.004, 0.001, 0.00025):  # the time step halves
        h = np.sqrt(eta)
        k = np.arange(int(3 / h))
        path = names["heavy_ball"](10.0, eta, 1 - 1.0 * h, len(k) - 1)
        gaps.append(np.abs(path - names["spring"](k * h, 10.0, 1.0)).max())
    assert 0.4 < gaps[1] / gaps[0] < 0.6 and 0.4 < gaps[2] / gaps[1] < 0.6


@pytest.mark.parametrize("kappa", [25.0, 100.0, 400.0])
def test_momentum_needs_the_square_root_of_the_steps(names, kappa):
    lam = np.geomspace(1, kappa, 30)
    root = np.sqrt(kappa)

    def steps(eta, beta):
        return int(np.flatnonzero(np.abs(names["heavy_ball"](lam, eta, beta, 3000)).max(axis=1) > 0.01)[-1]) + 1

    plain = steps(2 / (1 + kappa), 0.0)
    ball = steps(4 / (1 + root) ** 2, ((root - 1) / (root + 1)) ** 2)
    assert 2 * kappa < plain < 2.5 * kappa and 3 * root < ball < 6 * root
    if kappa == 100:
        assert (plain, ball) == (231, 45)  # told in the exercise


@pytest.mark.parametrize("seed", range(8))
def test_no_random_wave_beats_one_half(names, seed):
    rng = np.random.default_rng(seed)
    x, k, spread = names["x"], names["k"], names["spread"]
    psi = sum(rng.normal() * np.exp(-((x - rng.uniform(-4, 4)) ** 2) / rng.uniform(0.5, 4)) for _ in range(6))
    assert spread(x, psi) * spread(k, np.fft.fft(psi)) >= 0.5


@pytest.mark.parametrize("chirp", [0.0, 1.0, 3.0])
def test_chirped_gaussian_has_the_product_of_the_formula(names, chirp):
    x, k, spread = names["x"], names["k"], names["spread"]
    psi = np.exp(-(1 + 1j * chirp) * x**2 / 4)
    assert spread(x, psi) * spread(k, np.fft.fft(psi)) == pytest.approx(np.sqrt(1 + chirp**2) / 2, rel=1e-6)
