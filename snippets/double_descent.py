"""Three, thirty or three thousand parameters: which generalises, and is size the reason?"""

# %% three-sizes
import numpy as np

n = 30  # training points
d = 3  # inputs
noise = 0.1  # standard deviation of the label noise
draws = 10  # fresh data and features each time


def relu_features(X: np.ndarray, p: int, rng: np.random.Generator) -> np.ndarray:
    """Return p random ReLU features of X, shape (N, p)."""
    W, b = rng.normal(size=(X.shape[1], p)), rng.normal(size=p)
    return np.maximum(X @ W + b, 0) / np.sqrt(p)


def trial(p: int, seed: int, ridge: float = 0.0) -> tuple[float, float, float]:
    """Return train error, test error (relative to guessing the mean) and |w|."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n + 200, d))  # training rows first, then test rows
    f = np.sin(X[:, 0])  # (n + 200,), the truth
    y = f[:n] + noise * rng.normal(size=n)
    F = relu_features(X, p, rng)
    if ridge:
        w = F[:n].T @ np.linalg.solve(F[:n] @ F[:n].T + ridge * np.eye(n), y)
    else:
        w = np.linalg.lstsq(F[:n], y, rcond=None)[0]  # least norm
    train, test = np.mean((F[:n] @ w - y) ** 2), np.mean((F[n:] @ w - f[n:]) ** 2)
    return train, test / f[n:].var(), np.linalg.norm(w)


for p in (3, 30, 3000):
    train, test, _ = np.median([trial(p, seed) for seed in range(draws)], axis=0)
    print(f"p = {p:4}: train {train:.4f}  test {test:.2f}")

assert test < 0.5  # three thousand weights, thirty points, and it still predicts

# %% whole-curve
import matplotlib.pyplot as plt
import numpy as np

ridge = 0.0  # penalty on |w|², 0 for none
draws = 10
sizes = [3, 5, 8, 12, 18, 24, 30, 36, 45, 60, 100, 300, 1000, 3000]

runs = np.array([[trial(p, s, ridge) for s in range(draws)] for p in sizes])  # (sizes, draws, 3)
train, test, norm = np.median(runs, axis=1).T  # (sizes,) each
low, high = np.quantile(runs[:, :, 1], [0.25, 0.75], axis=1)

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.loglog(sizes, test, "o-", label="test")
ax.fill_between(sizes, low, high, alpha=0.2, color="C0")
ax.loglog(sizes, np.maximum(train, 1e-3), "s--", label="train (floor 0.001)")
ax.axvline(n, linestyle=":", color="C2")
ax.annotate("p = n", (n * 1.1, 0.002))
ax.set_xlabel("parameters p")
ax.set_ylabel("error")
ax.legend()

for p in (12, 30, 300, 3000):
    k = sizes.index(p)
    print(f"p = {p:4}: test {test[k]:5.2f}  |w| {norm[k]:6.1f}")

assert train[-1] < train[0] and test[-1] < test[0]  # bigger fits better, twice over

# %% ridge
import numpy as np

ridge = 0.01
draws = 10

for p in (12, 30, 300, 3000):
    bare = np.median([trial(p, s)[1] for s in range(draws)])
    tamed = np.median([trial(p, s, ridge)[1] for s in range(draws)])
    print(f"p = {p:4}: test without {bare:5.2f}, with ridge {tamed:.2f}")

bare, tamed = (np.median([trial(n, s, r)[1] for s in range(draws)]) for r in (0, ridge))
assert tamed < 0.2 * bare  # the peak at p = n is gone

# %% two-priors
import matplotlib.pyplot as plt
import numpy as np

seed = 0
sigma = 0.1
power = 1.0  # weight of feature k is 1 / k**power
p = 3000  # the same features for both

rng = np.random.default_rng(seed)
x, grid = rng.random(30), np.linspace(0, 1, 300)
y = np.sin(2 * np.pi * x) + sigma * rng.normal(size=30)
k = np.maximum(np.arange(p), 1)


def interpolate(scale: np.ndarray) -> np.ndarray:
    """Return the least-norm interpolant on the grid, features scaled by `scale`, shape (p,)."""
    F, G = (scale * np.cos(np.pi * np.outer(t, np.arange(p))) for t in (x, grid))
    return G @ np.linalg.lstsq(F, y, rcond=None)[0]


truth = np.sin(2 * np.pi * grid)
flat, tilted = interpolate(np.ones(p)), interpolate(1 / k**power)
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(grid, flat, label="flat prior")
ax.plot(grid, tilted, label=f"1/k^{power:g} prior")
ax.plot(x, y, "o", color="C2", markersize=4)
ax.set_xlabel("x")
ax.legend()
for name, fit in (("flat", flat), ("tilted", tilted)):
    print(f"{name:>6}: test {np.mean((fit - truth) ** 2):.3f}")

assert np.mean((tilted - truth) ** 2) < 0.5 * np.mean((flat - truth) ** 2)  # same size

# %% benign-or-not
import numpy as np

tremor = 0.3  # standard deviation of the label noise
junk_power = 0.1  # total variance of the junk features
draws = 10


def fit_noise(seed: int, junk: int, ridge: float = 0.0) -> tuple[float, float]:
    """Return train and test error of a smooth 1-D model with junk features appended."""
    rng = np.random.default_rng(seed)
    x = np.append(rng.random(30), np.linspace(0, 1, 300))  # training rows first
    f = np.sin(2 * np.pi * x)
    y = f[:30] + tremor * rng.normal(size=30)
    k = np.arange(200)
    F = np.cos(np.pi * np.outer(x, k)) / np.maximum(k, 1) ** 2  # (330, 200), smooth prior
    if junk:
        F = np.hstack([F, rng.normal(size=(330, junk)) * np.sqrt(junk_power / junk)])
    K = F @ F[:30].T  # (330, 30)
    g = K @ np.linalg.lstsq(K[:30] + ridge * np.eye(30), y, rcond=1e-13)[0]
    return np.mean((g[:30] - y) ** 2), np.mean((g[30:] - f[30:]) ** 2)


for name, junk, ridge in (("plain", 0, 0), ("30 junk", 30, 0), ("3000 junk", 3000, 0), ("ridge", 0, 0.1)):
    train, test = np.median([fit_noise(s, junk, ridge) for s in range(draws)], axis=0)
    print(f"{name:>9}: train {train:.3f}  test {test:.2f}")

assert abs(test - np.median([fit_noise(s, 3000)[1] for s in range(draws)])) < 0.02  # junk = ridge

# %% solution:least-norm
import numpy as np

X, y = np.array([[1.0, 2.0]]), np.array([5.0])
answer = np.linalg.norm(np.linalg.pinv(X) @ y)

# %% check:least-norm
assert abs(answer - 5 / 5**0.5) < 0.01, "w = Xᵀ(XXᵀ)⁻¹y has length |y| / |x| for a single row x"

# %% solution:where-is-the-peak
import numpy as np

n_new = 60
rng = np.random.default_rng(0)
beta = np.ones(200) / np.sqrt(200)
candidates = [20, 30, 60, 200]


def error(p: int) -> float:
    """Return the median test error of least-norm regression on the first p of 200 inputs."""
    errors = []
    for _ in range(20):
        X, T = rng.normal(size=(n_new, 200)), rng.normal(size=(200, 200))
        y = X @ beta + 0.3 * rng.normal(size=n_new)
        w = np.linalg.lstsq(X[:, :p], y, rcond=None)[0]
        errors.append(np.mean((T[:, :p] @ w - T @ beta) ** 2))
    return float(np.median(errors))


answer = 1 + int(np.argmax([error(p) for p in candidates]))

# %% check:where-is-the-peak
assert [20, 30, 60, 200][int(answer) - 1] == 60, "the peak stands where parameters equal data: p = n"

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
