"""The first cell a visitor meets: more weights than dots, and the curve calms down again."""

# %% more-weights
import matplotlib.pyplot as plt
import numpy as np
from numpy.polynomial.chebyshev import chebvander

weights = 15  # of the curve, for 15 dots

rng = np.random.default_rng(1)
x = rng.uniform(-1, 1, 15)  # (15,)
y = np.sin(4 * x) + 0.1 * rng.normal(size=15)  # (15,) a wave and a little noise
grid = np.linspace(-1, 1, 500)

faint = 1 / np.arange(1, weights + 1)  # finer waves are fainter
w = np.linalg.pinv(chebvander(x, weights - 1) * faint) @ y  # the least weights that fit
curve = chebvander(grid, weights - 1) * faint @ w

error = np.sqrt(np.mean((curve - np.sin(4 * grid)) ** 2))
print(f"{weights} weights, 15 dots: off by {error:.2f}")

plt.figure(figsize=(6.4, 2.8))
plt.plot(grid, np.sin(4 * grid), "--", grid, curve, x, y, "o")
plt.ylim(-2.2, 2.2)

assert weights < 15 or np.allclose(chebvander(x, weights - 1) * faint @ w, y)  # every dot is hit
