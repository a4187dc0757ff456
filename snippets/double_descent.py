"""Three, thirty or three thousand parameters: which generalises, and is size the reason?"""

# %% three-sizes
import numpy as np

n = 30  # training points
d = 3  # inputs
noise = 0.1  # standard deviation of the label noise
draws = 10  # fresh data and features each time


def sample(p: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return p random ReLU features (n + 200, p), the truth (n + 200,) and noisy labels (n,), training rows first."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n + 200, d))
    f = np.sin(X[:, 0])
    y = f[:n] + noise * rng.normal(size=n)
    W, b = rng.normal(size=(d, p)), rng.normal(size=p)
    return np.maximum(X @ W + b, 0) / np.sqrt(p), f, y


def trial(p: int, seed: int, ridge: float = 0.0) -> tuple[float, float, float]:
    """Return train error, test error (relative to guessing the mean) and |w| of the shortest fit."""
    F, f, y = sample(p, seed)
    if ridge:
        w = F[:n].T @ np.linalg.solve(F[:n] @ F[:n].T + ridge * np.eye(n), y)
    else:
        w = np.linalg.lstsq(F[:n], y, rcond=None)[0]  # least norm
    train, test = np.mean((F[:n] @ w - y) ** 2), np.mean((F[n:] @ w - f[n:]) ** 2)
    return train, test / f[n:].var(), np.linalg.norm(w)


tests = np.array([[trial(p, s)[1] for p in (3, n, 3000)] for s in range(draws)])  # (draws, 3)
trains = np.array([[trial(p, s)[0] for p in (3, n, 3000)] for s in range(draws)])
for p, train, test in zip((3, n, 3000), np.median(trains, axis=0), np.median(tests, axis=0), strict=True):
    print(f"p = {p:4}: train {train:.4f}  test {test:.2f}")
print(f"p = {n} was the worst in {np.sum(tests.argmax(axis=1) == 1)} of {draws} draws")

assert np.median(tests, axis=0).argmax() == 1  # as many weights as points is the worst of the three

# %% whole-curve
import matplotlib.pyplot as plt
import numpy as np

ridge = 0.01  # price of |w|²
draws = 10
sizes = sorted({3, 5, 8, 12, 18, 24, 36, 45, 60, 100, 300, 1000, 3000, n})

fig, ax = plt.subplots(figsize=(6.4, 3.6))
runs = {r: np.array([[trial(p, s, r) for s in range(draws)] for p in sizes]) for r in (0.0, ridge)}
for r, style in ((0.0, "o-"), (ridge, "s--")):
    low, middle, high = np.quantile(runs[r][:, :, 1], [0.25, 0.5, 0.75], axis=1)  # (sizes,) each
    ax.loglog(sizes, middle, style, label=f"test, ridge {r:g}")
    ax.fill_between(sizes, low, high, alpha=0.2)
train, bare, norm = np.median(runs[0.0], axis=1).T
tamed = np.median(runs[ridge], axis=1)[:, 1]
ax.loglog(sizes, np.maximum(train, 1e-3), ":", label="train (floor 0.001)")
ax.axvline(n, linestyle=":", color="C5")
ax.annotate("p = n", (n * 1.1, 0.002))
ax.set_xlabel("parameters p")
ax.set_ylabel("error")
ax.legend()

for p in (12, n, 300, 3000):
    k = sizes.index(p)
    print(f"p = {p:4}: |w| {norm[k]:6.1f}  test {bare[k]:5.2f}, with ridge {tamed[k]:.2f}")

peak = bare.argmax()
assert 0.8 * n <= sizes[peak] <= 1.25 * n  # the peak stands where the fit is only just possible
assert tamed[peak] < 0.5 * bare[peak]  # and a small price on |w|² takes it away

# %% who-chooses
import numpy as np

p = 300
steps = 8000
starts = np.array([0.0, 1.0, 5.0])  # standard deviation of the weights before training
draws = 5


def unseen(W: np.ndarray, A: np.ndarray) -> np.ndarray:
    """Return the part of each column of W that no row of A can see: A @ part = 0."""
    return W - A.T @ np.linalg.solve(A @ A.T, A @ W)


def descend(seed: int) -> tuple[np.ndarray, ...]:
    """Return train error, test error and the unseen length before and after training, for each start."""
    F, f, y = sample(p, seed)
    A, B = F[:n], F[n:]
    W = starts * np.random.default_rng(100 + seed).normal(size=(p, 1))  # (p, starts)
    before, eta = unseen(W, A), 1.9 / np.linalg.norm(A, 2) ** 2
    for _ in range(steps):
        W = W - eta * A.T @ (A @ W - y[:, None])
    train, test = np.mean((A @ W - y[:, None]) ** 2, axis=0), np.mean((B @ W - f[n:, None]) ** 2, axis=0)
    return train, test / f[n:].var(), np.linalg.norm(before, axis=0), np.linalg.norm(unseen(W, A), axis=0)


runs = np.median([descend(s) for s in range(draws)], axis=0).T  # (starts, 4)
for spread, (train, test, before, after) in zip(starts, runs, strict=True):
    print(f"start {spread:4.1f}: train {train:.3f}  test {test:.2f}  unseen part {before:.1f} -> {after:.1f}")

assert np.allclose(runs[:, 2], runs[:, 3])  # training never touches what the data cannot see

# %% two-priors
import matplotlib.pyplot as plt
import numpy as np

seed = 0
sigma = 0.1  # standard deviation of the label noise
power = 1.0  # weight of feature k is 1 / k**power
p = 3000  # the same features for both
grid = np.linspace(0, 1, 300)
truth = np.sin(2 * np.pi * grid)


def interpolate(p: int, power: float, seed: int) -> tuple[np.ndarray, ...]:
    """Return the least-norm interpolant on the grid, and the 30 points it was given."""
    rng = np.random.default_rng(seed)
    x = rng.random(30)
    y = np.sin(2 * np.pi * x) + sigma * rng.normal(size=30)
    k = np.arange(p)
    F, G = (np.cos(np.pi * np.outer(t, k)) / np.maximum(k, 1) ** power for t in (x, grid))
    w = np.linalg.lstsq(F, y, rcond=None)[0]
    assert np.allclose(F @ w, y)  # it passes through every point
    return G @ w, x, y


fig, ax = plt.subplots(figsize=(6.4, 3.6))
for q, label in ((0.0, "flat prior"), (power, f"1/k^{power:g} prior")):
    fit, x, y = interpolate(p, q, seed)
    ax.plot(grid, fit, label=label)
ax.plot(x, y, "o", color="C2", markersize=4)
ax.set_xlabel("x")
ax.legend()
for size in (p // 30, p // 10, p):
    fits = np.array([[interpolate(size, q, s)[0] for q in (0.0, power)] for s in range(10)])  # (seeds, 2, 300)
    flat, tilted = np.median(np.mean((fits - truth) ** 2, axis=2), axis=0)
    print(f"p = {size:4}: flat {flat:.3f}  tilted {tilted:.3f}")

assert tilted <= flat or power > 1  # same size, same training error

# %% benign-or-not
import matplotlib.pyplot as plt
import numpy as np

tremor = 0.3  # standard deviation of the label noise
junk_power = 0.1  # total variance of the junk features
draws = 10


def fit_noise(seed: int, junk: int, ridge: float = 0.0) -> tuple[np.ndarray, ...]:
    """Return x, the truth and the fit, (330,) each, training rows first, and the labels (30,)."""
    rng = np.random.default_rng(seed)
    x = np.append(rng.random(30), np.linspace(0, 1, 300))
    f = np.sin(2 * np.pi * x)
    y = f[:30] + tremor * rng.normal(size=30)
    k = np.arange(200)
    F = np.cos(np.pi * np.outer(x, k)) / np.maximum(k, 1) ** 2  # (330, 200), smooth prior
    if junk:
        F = np.hstack([F, rng.normal(size=(330, junk)) * np.sqrt(junk_power / junk)])
    K = F @ F[:30].T  # (330, 30)
    g = K @ np.linalg.lstsq(K[:30] + ridge * np.eye(30), y, rcond=1e-13)[0]
    return x, f, g, y


fig, ax = plt.subplots(figsize=(6.4, 3.6))
tests = {}
for name, junk, ridge in (("plain", 0, 0), ("30 junk", 30, 0), ("3000 junk", 3000, 0), ("ridge", 0, junk_power)):
    errors = []
    for seed in range(draws):
        x, f, g, y = fit_noise(seed, junk, ridge)
        errors.append((np.mean((g[:30] - y) ** 2), np.mean((g[30:] - f[30:]) ** 2)))
    train, tests[name] = np.median(errors, axis=0)
    print(f"{name:>9}: train {train:.3f}  test {tests[name]:.2f}")
    if junk != 30:
        ax.plot(x[30:], g[30:], label=name)
ax.plot(x[:30], y, "o", color="C5", markersize=4)
ax.set_ylim(-2, 2)
ax.legend()

assert abs(tests["3000 junk"] - tests["ridge"]) < 0.01 + 0.1 * tests["ridge"]  # junk is ridge

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
