"""Why square the errors? Which noise asks for it, what it costs elsewhere, and a line far outside its data."""

# %% one-wild-point
# region set-up
import matplotlib.pyplot as plt
import numpy as np

px = 1.0  # where the wild point lies
py = 11.0
x = np.append(np.linspace(0, 1, 11), px)  # (12,)
y = np.append(2 * x[:11] + 1 + 0.2 * np.random.default_rng(0).normal(size=11), py)
X = np.column_stack([x, np.ones(12)])  # (12, 2)
# endregion
# region model
squared = np.linalg.solve(X.T @ X, X.T @ y)  # slope and height: the normal equations
pairs = [(i, j) for i in range(12) for j in range(i) if x[i] != x[j]]
lines = [np.linalg.solve(X[[i, j]], y[[i, j]]) for i, j in pairs]  # one of them has the least |error|
absolute = min(lines, key=lambda w: np.abs(y - X @ w).sum())
print("loss           slope  height")
for name, w in (("truth", (2, 1)), ("squared", squared), ("absolute", absolute)):
    print(f"{name:12}{w[0]:8.2f}{w[1]:8.2f}")

w = np.zeros(2)
for _ in range(1000):
    w = w - 0.5 * X.T @ (X @ w - y) / 12
assert np.allclose(w, squared, atol=1e-6)  # gradient descent ends where the normal equations say
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.16, top=0.97)
ends = np.array([-0.1, 1.1])
ax.plot(ends, 2 * ends + 1, ":", color="C5", label="truth")
ax.plot(ends, absolute[0] * ends + absolute[1], color="C0", label="absolute")
ax.plot(ends, squared[0] * ends + squared[1], color="C1", label="squared")
ax.plot(x[:11], y[:11], "o", color="C2", markersize=5)
ax.plot(px, py, "o", color="C3", markersize=9)
ax.set(xlim=(-0.1, 1.1), ylim=(-6, 12), xlabel="x", ylabel="y")
ax.legend(loc="upper left")
# endregion

# %% noise-to-loss
beta = 2.0  # density exp(-|e|**beta): 1 tent, 2 bell, 8 box
# region model
import matplotlib.pyplot as plt
import numpy as np

y = np.array([0.0, 1.0, 5.0])  # three measurements of one quantity


def lowest(cost, low: float, high: float) -> float:
    """Return where a curve with one valley is lowest: keep the two thirds that hold it."""
    for _ in range(100):
        a, b = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, b) if cost(a) < cost(b) else (a, high)
    return (low + high) / 2


# endregion
def likelihood(theta: float) -> float:
    """Return how readily noise around theta gives the data y."""
    return np.prod(np.exp(-(np.abs(y - theta) ** beta)))


def cost(theta: float) -> float:
    """Return -log of it: a sum, and no exp is left."""
    return np.sum(np.abs(y - theta) ** beta)


best = lowest(cost, y.min(), y.max())
print(f"beta {beta:g}: most likely {best:.3f}")
assert beta != 2 or np.isclose(best, y.mean())  # squared
assert beta != 1 or np.isclose(best, np.median(y))  # absolute
# region plot
middle = (y.min() + y.max()) / 2
print(f"median {np.median(y):.3f}  mean {y.mean():.3f}  midrange {middle:.3f}")
print(f"60 such triples: likelihood {likelihood(best) ** 60:.3g}, -log {60 * cost(best):.0f}")
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.16, top=0.97, wspace=0.25)
e = np.linspace(-2.5, 2.5, 201)
left.fill_between(e, np.exp(-(np.abs(e) ** beta)), color="C0", alpha=0.3)
left.plot(e, np.exp(-(np.abs(e) ** beta)), color="C0")
left.set(xlim=(-2.5, 2.5), ylim=(0, 1.1), xlabel="error", ylabel="how often", yticks=[])
thetas = np.linspace(-0.5, 5.5, 121)
curve = np.array([cost(theta) for theta in thetas])
right.plot(thetas, (curve - curve.min()) / (curve[0] - curve.min()), color="C1")
right.plot(y, np.zeros(3), "o", color="C2")
right.axvline(best, color="C3", linewidth=1)
right.set(xlim=(-0.5, 5.5), ylim=(-0.08, 1.1), xlabel="value", ylabel="-log likelihood", yticks=[])
# endregion

# %% price
wild = 0.01  # share of measurements with a wild error
times = 10  # how many times as large it is
# region model
import matplotlib.pyplot as plt
import numpy as np

n = 51  # measurements in an experiment
shares = np.array([0, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02])  # of wild errors


def huber(e: np.ndarray) -> np.ndarray:
    """Return Huber's estimate of each row: squared inside 1.345 spreads, absolute outside."""
    centre = np.median(e, axis=1, keepdims=True)
    edge = 1.345 * 1.4826 * np.median(np.abs(e - centre), axis=1, keepdims=True)
    for _ in range(4):
        weight = np.minimum(1, edge / np.maximum(np.abs(e - centre), 1e-9))
        centre = (weight * e).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
    return centre[:, 0]


# endregion
def data_needed(share: float, seed: int) -> list[float]:
    """Return what median and Huber need to equal the mean."""
    rng = np.random.default_rng(seed)
    e = rng.normal(size=(1000, n))  # a thousand experiments
    e[rng.random((1000, n)) < share] *= times
    found = np.median(e, axis=1), huber(e)
    return [f.var() / e.mean(axis=1).var() for f in found]


grid = np.array([[data_needed(s, k) for k in range(5)] for s in shares])
here = np.array([data_needed(wild, k) for k in range(5)])  # (5, 2)
print("data needed, mean = 1:   median   Huber")
print("no wild errors         {:8.2f}{:8.2f}".format(*grid[0].mean(axis=0)))
print("{:.2%} wild             {:8.2f}{:8.2f}".format(wild, *here.mean(axis=0)))
assert grid[0, :, 0].min() > 1.3  # a bell: the median wastes data
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
ax.axhline(1, color="C1", label="squared")
for k, name, colour in ((0, "absolute", "C0"), (1, "Huber", "C2")):
    ax.plot(100 * shares, grid[:, :, k].mean(axis=1), color=colour, label=name)
    ax.plot(np.full(5, 100 * wild), here[:, k], "o", color=colour, markersize=5)
ax.set(xlim=(-0.08, 2.08), ylim=(0, 1.9), xlabel="wild measurements (%)", ylabel="data needed")
ax.legend(loc="upper right")
# endregion

# %% e-equals-mc2
activation = "relu"  # or "tanh"
noise = 0.01  # relative error of a measured energy
# region model
import matplotlib.pyplot as plt
import numpy as np

c2 = 2.99792458**2  # 1e16 J/kg
bends = {"relu": (lambda z: np.maximum(z, 0), lambda h: h > 0, 0.01), "tanh": (np.tanh, lambda h: 1 - h * h, 0.04)}


def measure(seeds: range) -> tuple[np.ndarray, np.ndarray]:
    """Return for each seed 50 masses in kg and their energies in 1e16 J."""
    draws = [(rng.uniform(1, 10, 50), rng.normal(size=50)) for rng in map(np.random.default_rng, seeds)]
    m, e = np.swapaxes(draws, 0, 1)
    return m, m * c2 * (1 + noise * e)


def train(m: np.ndarray, E: np.ndarray, hidden: int = 100, steps: int = 800):
    """Return m → E of k nets with one hidden layer, learned from (k, 50) points: standardised, Adam, cosine rate."""
    k, (f, slope, eta), rng = len(m), bends[activation], np.random.default_rng(100)
    (m0, ms), (E0, Es) = ((d.mean(axis=1, keepdims=True), d.std(axis=1, keepdims=True)) for d in (m, E))
    x, y = (m - m0) / ms, (E - E0) / Es
    P = [rng.normal(size=(k, 1, hidden)) * size for size in (2**0.5, 0.5, 0.5 / hidden**0.5)] + [np.zeros((k, 1))]
    M, V = [0.0] * 4, [0.0] * 4
    for t in range(1, steps + 1):
        W, b, v, a = P
        h = f(x[..., None] * W + b)  # (k, 50, hidden)
        r = ((h * v).sum(axis=2) + a - y) / 50  # (k, 50)
        g = r[..., None] * v * slope(h)
        for i, d in enumerate((x[:, None] @ g, g.sum(axis=1, keepdims=True), r[:, None] @ h, r.sum(1, keepdims=True))):
            M[i], V[i] = 0.9 * M[i] + 0.1 * d, 0.999 * V[i] + 0.001 * d**2
            rate = eta * (1 + np.cos(np.pi * t / steps)) / 2 / (1 - 0.9**t)
            P[i] = P[i] - rate * M[i] / (np.sqrt(V[i] / (1 - 0.999**t)) + 1e-8)
    W, b, v, a = P
    return lambda q: ((f(((q - m0) / ms)[..., None] * W + b) * v).sum(axis=2) + a) * Es + E0


# endregion
m, E = measure(range(5))  # (5, 50)
one = np.mean(E / m, axis=1)  # relative errors: average the ratios
nets = train(m, E)  # 301 weights each
inside, far = np.linspace(1, 10, 91), np.array([100.0])  # kg
within = np.abs(nets(inside) / (inside * c2) - 1).mean(axis=1)
away = nets(far)[:, 0] / (far[0] * c2) - 1
line = one / c2 - 1  # everywhere
print(f"one weight: off by {np.abs(line).max():.1%} at most")
print(f"301 weights, 1 to 10 kg: off by {within.max():.1%}")
print(f"301 weights, at 100 kg: {away.min():+.0%} to {away.max():+.0%}")
assert np.abs(away).max() > 10 * np.abs(line).max()
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.16, "top": 0.97})
q = np.geomspace(1, 100, 60)
ax.axvspan(10, 100, alpha=0.1)
ax.semilogx(q, (nets(q) / (q * c2)).T, color="C1", label=["301 weights", *"____"])
ax.plot(q, np.outer(np.ones(60), one / c2), color="C0", label=["one weight", *"____"])
ax.plot(m[0], E[0] / (m[0] * c2), "o", color="C2", markersize=3, label="measured")
ax.set(xlim=(1, 100), ylim=(0, 1.6), xlabel="mass (kg)", ylabel="energy / truth")
ax.set_xticks([1, 10, 100], ["1", "10", "100"])
ax.legend(loc="lower left")
# endregion

# %% solution:middle-of-the-points
import numpy as np

x = np.linspace(0, 1, 11)
slopes = [np.polyfit(np.append(x, at), np.append(2 * x + 1, 11), 1)[0] for at in (0.5, 1.0)]
answer = 2 if np.isclose(slopes[0], 2) and not np.isclose(slopes[1], 2) else 1

# %% check:middle-of-the-points
assert answer == 2, "fit the points with a wild one above the middle, and print the slope"

# %% solution:one-in-a-hundred
answer = 0.99 * 1 + 0.01 * 10**2

# %% check:one-in-a-hundred
import numpy as np

rng = np.random.default_rng(0)
e = rng.normal(size=2_000_000)
e[rng.random(2_000_000) < 0.01] *= 10
assert abs(answer - np.var(e)) < 0.03, "two million simulated errors have another variance"

# %% exercise:between
beta = 2.0  # yours

# %% solution:between
beta = 1.53

# %% check:between
import numpy as np

y, thetas = np.array([0.0, 1.0, 5.0]), np.linspace(0, 5, 5001)
assert 1 <= beta <= 10, "beta between 1, the tent, and 10, almost a box"
costs = (np.abs(y[:, None] - thetas) ** beta).sum(axis=0)
found = thetas[costs.argmin()]
assert abs(found - 1.5) < 0.02, f"most likely {found:.2f}, wanted 1.50"

# %% solution:relative-errors
import numpy as np

x, y = np.array([1.0, 2.0, 5.0]), np.array([3.0, 4.0, 20.0])
answer = np.mean(y / x)

# %% check:relative-errors
import numpy as np

x, y, w = np.array([1.0, 2.0, 5.0]), np.array([3.0, 4.0, 20.0]), np.linspace(0, 6, 60_001)
cost = (((y - w[:, None] * x) / x) ** 2).sum(axis=1)  # -log likelihood of noise whose spread grows with x
assert abs(answer - w[cost.argmin()]) < 0.005, "noise whose spread is proportional to x finds another w more likely"

# %% exercise:huber
import numpy as np


def fit(X, y, edge=0.5):
    """Return w of least Huber loss: squared up to `edge`, absolute beyond."""
    w = np.linalg.solve(X.T @ X, X.T @ y)
    for _ in range(200):
        size = np.maximum(np.abs(y - X @ w), 1e-9)
        weight = edge / size
        w = np.linalg.solve(X.T * weight @ X, X.T * weight @ y)
    return w


# %% solution:huber
import numpy as np


def fit(X, y, edge=0.5):
    """Return w of least Huber loss: squared up to `edge`, absolute beyond."""
    w = np.linalg.solve(X.T @ X, X.T @ y)
    for _ in range(200):
        size = np.maximum(np.abs(y - X @ w), 1e-9)
        weight = np.minimum(1, edge / size)
        w = np.linalg.solve(X.T * weight @ X, X.T * weight @ y)
    return w


# %% check:huber
import numpy as np

x = np.linspace(0, 1, 11)
X = np.column_stack([x, np.ones(11)])
y = 2 * x + 1 + 0.2 * np.random.default_rng(0).normal(size=11)
calm = fit(X, y, edge=5)
assert np.allclose(calm, np.linalg.solve(X.T @ X, X.T @ y), atol=1e-6), "no error beyond edge: plain least squares"
wild = fit(X, np.append(y[:-1], y[-1] + 8))
assert abs(wild[0] - calm[0]) < 0.6, "one wild point must not turn the line"
gap = y + 8 * (x == 1) - X @ wild
force = X.T @ np.clip(gap, -0.5, 0.5)
assert np.abs(force).max() < 1e-3, "at the bottom, errors pull in proportion up to edge and no harder beyond"
