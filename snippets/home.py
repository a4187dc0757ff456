"""The first cell a visitor meets: more weights than dots, and the curve calms down again."""

# %% more-weights
import matplotlib.pyplot as plt
import numpy as np

weights = 15  # how many the curve may use, for 15 dots

rng = np.random.default_rng(1)
x = rng.uniform(-1, 1, 15)  # (15,)
y = np.sin(4 * x) + 0.1 * rng.normal(size=15)  # (15,) a wave, and a little noise


def waves(x: np.ndarray) -> np.ndarray:
    """Return ever finer waves at x, each fainter than the last: (n, weights)."""
    k = np.arange(weights)
    return np.cos(np.arccos(x)[:, None] * k) / (1 + k)


w = np.linalg.pinv(waves(x)) @ y  # (weights,) the smallest that fit best

grid = np.linspace(-1, 1, 500)
curve = waves(grid) @ w
error = np.sqrt(np.mean((curve - np.sin(4 * grid)) ** 2))
print(f"{weights} weights for 15 dots: the curve is off by {error:.2f}")

fig, ax = plt.subplots(figsize=(6.4, 3))
ax.plot(grid, np.sin(4 * grid), "--", color="C5")
ax.plot(grid, curve)
ax.plot(x, y, "o", color="C1")
ax.set_ylim(-2.2, 2.2)

assert weights < 15 or np.allclose(waves(x) @ w, y)  # enough weights hit every dot
