"""Three, thirty, three thousand parameters: one curve, stretched past the number of its points."""

# %% one-fit
# region set-up
import matplotlib.pyplot as plt
import numpy as np

n = 30  # points to learn from
grid = (np.arange(200) + 0.5) / 200
truth = np.sin(2 * np.pi * grid)  # its variance is 1/2: the error of guessing the mean
k = np.arange(3000)  # of the waves cos(πkx), the flat one first
on_grid = np.cos(np.pi * np.outer(grid, k))  # (200, 3000)
height = 1 / np.maximum(k, 1)  # of each wave: the faster, the lower
sizes = [2, 3, 4, 6, 8, 10, 12, 15, 18, 21, 24, 26, 28, 30, 32, 34, 38, 45, 60, 100, 300, 1000, 3000]


def draw(seed: int, sigma: float = 0.1, cycles: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return n points of a sine: x, spread over 0 to 1 and shaken, and y with noise."""
    rng = np.random.default_rng(seed)
    x = np.sort(((np.arange(n) + 3 * rng.random(n) - 1) / n).clip(0, 1))
    return x, np.sin(2 * np.pi * cycles * x) + sigma * rng.normal(size=n)


def fit(A: np.ndarray, y: np.ndarray, ridge: float = 0.0) -> np.ndarray:
    """Return the weights w of least |Aw - y|² + ridge |w|²; without a ridge, the shortest of the best."""
    if ridge or A.shape[1] > 2 * len(A):
        return A.T @ np.linalg.solve(A @ A.T + ridge * np.eye(len(y)), y)
    return np.linalg.lstsq(A, y, rcond=1e-12)[0]


# endregion
# region model
step = 9  # which of 23 sizes

p = sizes[step]  # waves in the curve, each with a weight
x, y = draw(seed=0)
A, B = np.cos(np.pi * np.outer(x, k)) * height, on_grid * height  # (30, 3000) and (200, 3000)
w = fit(A[:, :p], y)
curve = B[:, :p] @ w
train = np.mean((A[:, :p] @ w - y) ** 2) / 0.5  # 1: no better than guessing the mean
test = np.mean((curve - truth) ** 2) / 0.5
print(f"p {p}: train {train:.4f} test {test:.2g} |w| {np.linalg.norm(w):.3g}")
# endregion
# region plot
so_far = []
for size in sizes[: step + 1]:
    v = fit(A[:, :size], y)
    so_far.append([np.mean((M[:, :size] @ v - aim) ** 2) / 0.5 for M, aim in ((A, y), (B, truth))])
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.16, top=0.97, wspace=0.34)
left.plot(grid, truth, "C5--", grid, curve.clip(-9, 9), "C1")
left.plot(x, y, "C2o", markersize=4)
left.set(xlim=(0, 1), ylim=(-2.5, 2.5), xlabel="x", ylabel="y")
right.axvline(n, color="C5", linewidth=1)
for error, name, style in zip(np.array(so_far).T, ("train", "test"), ("C2:", "C1-"), strict=True):
    right.loglog(sizes[: step + 1], error.clip(1e-6), style, label=name)
right.plot(p, test, "o", color="C1", markersize=8)
right.set(xlim=(1.8, 3500), ylim=(1e-4, 1e3), xlabel="weights p", ylabel="error")
right.legend(loc="lower right")
# endregion

# %% many-draws
sigma = 0.1  # noise in y
ridge = 0.01  # price of |w|², for the second curve
draws = 20
# region model
import matplotlib.pyplot as plt
import numpy as np

shown = [3, 8, 20, 28, 30, 32, 40, 100, 3000]


def errors_of(seed: int, ridge: float) -> list[float]:
    """Return the test error at each size in `shown`."""
    x, y = draw(seed, sigma)
    A, B = np.cos(np.pi * np.outer(x, k)) * height, on_grid * height
    curves = (B[:, :p] @ fit(A[:, :p], y, ridge) for p in shown)
    return [float(np.mean((curve - truth) ** 2) / 0.5) for curve in curves]


# endregion
bare = np.array([errors_of(seed, 0.0) for seed in range(draws)])  # (draws, sizes)
priced = np.array([errors_of(seed, ridge) for seed in range(draws)])
middle, tamed = np.median(bare, axis=0), np.median(priced, axis=0)
print("    p  shortest w  with ridge   (medians)")
for p, free, price in zip(shown, middle, tamed, strict=True):
    print(f"{p:5} {free:11.4f} {price:11.4f}")
worst = [shown[k] for k in bare.argmax(axis=1)]  # of each draw
print(f"worst size of a draw: {min(worst)} to {max(worst)}")
assert sigma == 0 or shown[middle.argmax()] in (28, 30, 32)  # the peak stands where as many weights as points meet
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for runs, name, colour in ((bare, "shortest w", "C1"), (priced, "with ridge", "C0")):
    low, half, high = np.quantile(runs, [0.25, 0.5, 0.75], axis=0)
    ax.loglog(shown, half, "o-", color=colour, label=name)
    ax.fill_between(shown, low, high, color=colour, alpha=0.2)
ax.axhline(1, color="C5", linewidth=1)
ax.set(xlim=(2.5, 3600), ylim=(1e-4, 1e4), xlabel="weights p", ylabel="test error")
ax.legend(loc="upper right")
# endregion

# %% soft-preference
power = 1.0  # wave k has height 1 / k**power; 0: all alike
p = 3000  # as many waves whatever the power
cycles = 1  # of the true sine
# region model
import matplotlib.pyplot as plt
import numpy as np


def through_all(seed: int, p: int, power: float) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Return the shortest curve through all points: where, how high, its test error, its ups and downs in total."""
    x, y = draw(seed, cycles=cycles)
    height = 1 / np.maximum(k[:p], 1) ** power
    A, B = np.cos(np.pi * np.outer(x, k[:p])) * height, on_grid[:, :p] * height
    w = fit(A, y)
    assert np.abs(A @ w - y).max() < 1e-6  # through all, noise included
    error = np.mean((B @ w - np.sin(2 * np.pi * cycles * grid)) ** 2) / 0.5
    where = np.append(grid, x)
    order, curve = where.argsort(), np.append(B @ w, A @ w)
    return where[order], curve[order], float(error), float(np.abs(np.diff(curve[order])).sum())


# endregion
print("    p  power   error  up and down   (medians)")
found = {}
for size, q in ((60, 0.0), (60, power), (p, 0.0), (p, power)):
    runs = [through_all(seed, size, q)[2:] for seed in range(10)]
    found[size, q] = np.median(runs, axis=0)
    print("{:5} {:6} {:7.3f} {:12.1f}".format(size, q, *found[size, q]))
# region plot
x, y = draw(0, cycles=cycles)
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for q, colour, name in ((0.0, "C5", "all waves alike"), (power, "C1", "fast waves low")):
    ax.plot(*through_all(0, p, q)[:2], color=colour, linewidth=1.2, label=name)
ax.plot(x, y, "o", color="C2", markersize=4)
ax.set(xlim=(0, 1), ylim=(-2.2, 2.2), xlabel="x", ylabel="y")
ax.legend(loc="lower left", ncols=2)
# endregion

# %% solution:least-norm
import numpy as np

X, y = np.array([[1.0, 2.0]]), np.array([5.0])
answer = np.linalg.norm(np.linalg.pinv(X) @ y)

# %% check:least-norm
assert abs(answer - 5 / 5**0.5) < 0.01, "w = Xᵀ(XXᵀ)⁻¹y has length |y| / |x| for a single row x"

# %% solution:one-weak-wave
a, noise, ridge = 0.02, 0.1, 0.01
answer = a * noise / (a**2 + ridge)

# %% check:one-weak-wave
import numpy as np

w = np.linspace(0, 6, 600_001)
best = w[np.argmin((0.02 * w - 0.1) ** 2 + 0.01 * w**2)]
assert abs(answer - best) < 0.005, f"the weight that makes the sum least is {best:.3f}"

# %% exercise:worst-number-of-points
n = 30  # points: yours
p = 40  # weights: leave it

# %% solution:worst-number-of-points
n = 40  # as many points as weights
p = 40  # weights: leave it

# %% check:worst-number-of-points
import numpy as np


def error(n):
    """Return the median test error of the shortest fit of p waves to n noisy points of a sine, over 20 draws."""
    found = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        x = np.sort(((np.arange(n) + 3 * rng.random(n) - 1) / n).clip(0, 1))
        y = np.sin(2 * np.pi * x) + 0.1 * rng.normal(size=n)
        t = (np.arange(200) + 0.5) / 200
        A, B = (np.cos(np.pi * np.outer(z, np.arange(p))) / np.maximum(np.arange(p), 1) for z in (x, t))
        w = np.linalg.lstsq(A, y, rcond=1e-12)[0]
        found.append(np.mean((B @ w - np.sin(2 * np.pi * t)) ** 2) / 0.5)
    return np.median(found)


assert p == 40, "leave p at 40: only n is yours"
assert isinstance(n, int) and 2 <= n <= 200, "n is a whole number of points, 2 to 200"
yours, nearby = error(n), {k: error(k) for k in (n - 2, n - 1, n + 1, n + 2)}
worse = max(nearby, key=nearby.get)
assert yours >= nearby[worse], f"error {yours:.3g} with {n} points; with {worse} it is {nearby[worse]:.3g}, even worse"
assert yours > 10, f"error {yours:.3g} with {n} points: somewhere it passes 10"

# %% exercise:min-norm
import numpy as np


def min_norm(X, y):
    """Return the shortest w with X @ w = y, for X of shape (n, p) with n <= p and full rank."""
    w = np.zeros(X.shape[1])
    w[: len(y)] = np.linalg.solve(X[:, : len(y)], y)
    return w


# %% solution:min-norm
import numpy as np


def min_norm(X, y):
    """Return the shortest w with X @ w = y, for X of shape (n, p) with n <= p and full rank."""
    return X.T @ np.linalg.solve(X @ X.T, y)


# %% check:min-norm
import numpy as np

rng = np.random.default_rng(1)
X, y = rng.normal(size=(4, 9)), rng.normal(size=4)
w = min_norm(X, y)
assert np.allclose(X @ w, y), "w must interpolate: X w = y"
null = np.eye(9) - np.linalg.pinv(X) @ X
assert np.allclose(null @ w, 0), "the shortest w has no part in the null space of X"

# %% solution:never-longer
import numpy as np

rng = np.random.default_rng(0)
lengths = []
for _ in range(200):
    X, y = rng.normal(size=(30, 31)), rng.normal(size=30)
    lengths.append([np.linalg.norm(np.linalg.pinv(X[:, :p]) @ y) for p in (30, 31)])
thirty, one_more = np.array(lengths).T
answer = 2 if (one_more <= thirty).all() else 1

# %% check:never-longer
assert answer == 2, "the old weights with a 0 behind them still pass through all points"
