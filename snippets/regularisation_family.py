"""Four ways to keep weights small, laid over each other: L2, L1, dropout and AdamW."""

# %% portrait
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def relu(z):
    return np.maximum(z, 0)


# endregion
# region model
lam = 1.0  # strength
size = 1.0  # root mean square of the input

z = np.linspace(-4, 4, 161)  # the weight that the data alone would choose
drop = lam / (1 + lam)  # share of inputs dropped, so that drop / (1 - drop) = lam
cut = lam / size**2
family = {  # the weight that remains where size² (w - z)² / 2 is also charged
    "L2": z * size**2 / (size**2 + lam),  # lam w² / 2
    "L1": relu(z - cut) - relu(-z - cut),  # lam |w|
    "dropout": z * (1 - drop),  # the input at random, on average
    "AdamW": np.clip(z, -1 / lam, 1 / lam),  # |w| above 1 / lam: full batch, in the end
}
print("         0.5 becomes   3 becomes")
for name, w in family.items():
    print(f"{name:9}{np.interp(0.5, z, w):11.2f}{np.interp(3, z, w):12.2f}")
assert np.allclose(family["L1"] + np.clip(z, -cut, cut), z)  # what L1 takes away is a clip
assert size != 1 or np.allclose(family["L2"], family["dropout"])
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.8))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.15, top=0.97)
ax.plot(z, z, color="C5", linewidth=0.8)
for (name, w), style in zip(family.items(), ("C0-", "C1-", "C2--", "C3-."), strict=True):
    ax.plot(z, w, style, linewidth=2.4, label=name)
ax.set(xlim=(-4, 4), ylim=(-3, 3), xlabel="what the data alone would choose", ylabel="what remains")
ax.legend(loc="upper left")
# endregion

# %% dropout-as-ridge
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def make(seed):
    """Return X (40, 6), inputs of unlike size, noisy y (40,), and any weights w (6,)."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 6)) * [0.3, 0.5, 1, 1, 2, 3]
    return X, X @ rng.normal(size=6) + rng.normal(size=40), rng.normal(size=6), rng


def walk(X, y, masks, steps=12_000):
    """Descend with one mask a step, and return the mean of the second half of the way."""
    v, tail = np.zeros(X.shape[1]), []
    for t in range(steps):
        Z = X * masks[t % len(masks)]
        v = v - 0.05 / (1 + t / 500) ** 0.7 * Z.T @ (Z @ v - y) / len(y)
        tail.append(v)
    return np.mean(tail[steps // 2 :], axis=0)


def ridge(X, y, prices):
    """Return argmin of the mean squared error + the sum of prices w²."""
    return np.linalg.solve(X.T @ X / len(y) + np.diag(prices), X.T @ y / len(y))


seed = 0
X, y, w, rng = make(seed)
# endregion
drop = 0.3
masks = (rng.random((10_000, 40, 6)) > drop) / (1 - drop)  # what is kept is scaled up
losses = ((X * masks @ w - y) ** 2).mean(axis=1)  # (10000,)
prices = drop / (1 - drop) * (X**2).mean(axis=0)  # (6,)
formula = np.mean((X @ w - y) ** 2) + prices @ w**2
print(f"10000 masks {losses.mean():.2f}, formula {formula:.2f}")
print(f"one mask ±{losses.std():.2f}")

ends = {"no penalty": ridge(X, y, 0 * prices), "plain L2": ridge(X, y, np.full(6, prices.mean()))}
ends |= {"masks": walk(X, y, masks), "sized L2": ridge(X, y, prices)}
# region print
goal = ends["sized L2"]
far = {name: np.linalg.norm(u - goal) / np.linalg.norm(goal) for name, u in ends.items()}
print("\n".join(f"{name:11}{f:.3f} from sized L2" for name, f in far.items() if f))
assert abs(losses.mean() / formula - 1) < 0.02
assert far["masks"] < 0.1 < far["plain L2"]
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.11, right=0.985, bottom=0.16, top=0.97)
ax.axhline(0, color="C5", linewidth=0.8)
looks = {"no penalty": ("C5", "_"), "plain L2": ("C1", "s"), "masks": ("C2", "o"), "sized L2": ("C0", "o")}
for name, (colour, mark) in looks.items():
    big = {"markersize": 13, "markerfacecolor": "none"} if name == "sized L2" else {"markersize": 8}
    ax.plot(np.arange(6), ends[name], mark, color=colour, label=name, markeredgewidth=2, **big)
ax.set_xticks(range(6), ["0.3", "0.5", "1", "1", "2", "3"])
ax.set(xlim=(-0.4, 5.4), ylim=(-2.6, 3.4), xlabel="size of the input", ylabel="weight")
ax.legend(loc="upper center", ncols=2)
# endregion

# %% many-or-few
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def wave(t):
    return 1.5 * relu(t) - 1.2 * relu(t + 0.4)


def train(x, y, rates, decays, seed, h=40, steps=1500):
    """Train nets from one start: rates (nets,) of dropout, decays (nets,) of L2; 1e-3 keeps rounding from mattering."""
    rng = np.random.default_rng(100 + seed)
    theta = [np.tile(q, (len(rates), 1)) for q in (*rng.normal(size=(3, h)) / [[1], [2], [h**0.5]], [0.0])]
    m, v, rates = [0 * q for q in theta], [0 * q for q in theta], rates[:, None, None]
    for t in range(1, steps + 1):
        W, b, a, c = theta  # (nets, h) each, c (nets, 1)
        keep = (rng.random((len(x), h)) >= rates) / (1 - rates)  # (nets, n, h)
        Z = x[:, None] * W[:, None] + b[:, None]
        H = relu(Z) * keep
        e = ((H * a[:, None]).sum(axis=-1) + c - y) / len(x)  # (nets, n)
        D = e[..., None] * a[:, None] * keep * (Z > 0)
        slopes = [(x[:, None] * D).sum(axis=1), D.sum(axis=1), (e[..., None] * H).sum(axis=1), e.sum(axis=1)[:, None]]
        for k, g in enumerate(slopes):
            g = g + (k < 3) * decays[:, None] * theta[k]
            m[k], v[k] = 0.9 * m[k] + 0.1 * g, 0.99 * v[k] + 0.01 * g * g
            rate = 0.005 * min(1, 4 * (1 - t / steps)) / (1 - 0.9**t)
            theta[k] = theta[k] - rate * m[k] / (np.sqrt(v[k] / (1 - 0.99**t)) + 1e-3)
    return theta


# endregion
seed = 0
drop = 0.5
decay = 0.001
rng = np.random.default_rng(seed)
x, t = rng.uniform(-1, 1, 24), np.linspace(-1, 1, 101)
y = wave(x) + 0.1 * rng.normal(size=24)
W, b, a, c = train(x, y, np.array([0, 0, drop]), np.array([0, decay, 0]), seed)
parts = relu(t[:, None] * W[:, None] + b[:, None]) * a[:, None]  # (nets, 101, 40)
work = np.sqrt((parts**2).mean(axis=1))  # (nets, 40): what each neuron contributes
used = work.sum(axis=1) ** 2 / (work**2).sum(axis=1)  # 40 if all do alike, 1 if one does all
bends = (np.abs(a * W) * (np.abs(b) < np.abs(W))).sum(axis=1)  # change of slope inside
# region print
curves, nets = parts.sum(axis=2) + c, ("none", "L2", "dropout")
print("         at work  bends   error")
for name, *row in zip(nets, used, bends, ((curves - wave(t)) ** 2).mean(axis=1), strict=True):
    print("{:8}{:8.0f}{:7.2f}{:8.4f}".format(name, *row))
assert used[2] > max(used[:2])  # dropout spreads
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.1, right=0.98, bottom=0.16, top=0.97, wspace=0.3)
left.plot(x, y, "o", color="C5", markersize=4)
for name, style, curve, row in zip(nets, ("C3:", "C0-", "C2--"), curves, work, strict=True):
    left.plot(t, curve, style, linewidth=2)
    right.plot(np.append(0, np.cumsum(-np.sort(-row)) / row.sum()), style, linewidth=2, label=name)
left.set(xlim=(-1, 1), ylim=(-0.8, 0.4), xlabel="input", ylabel="output")
right.set(xlim=(0, 40), ylim=(0, 1.03), xlabel="neurons, largest first", ylabel="share of the work")
right.legend(loc="lower right")
# endregion


# %% adamw-box
# region set-up
def adamw(X, y, lam, batch, steps=8000, eta=0.02, seed=0):
    """Return the weights by AdamW and the mean of v, both over the second half of the steps."""
    rng = np.random.default_rng(seed)
    n, d = X.shape
    w, m, v, mean, scale = (np.zeros(d) for _ in range(5))
    for t in range(1, steps + 1):
        rows = rng.integers(n, size=batch) if batch < n else slice(None)
        g = X[rows].T @ (X[rows] @ w - y[rows]) / batch
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        step = m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-12)
        w = w - eta / (1 + t / 500) * (step + lam * w)  # the decay is apart from the gradient
        if t > steps // 2:
            mean, scale = mean + w / (steps - steps // 2), scale + v / (steps - steps // 2)
    return mean, scale


def boxed(X, y, edge):
    """Return argmin |Xw - y|² with every |w| <= edge."""
    w, L = np.zeros(X.shape[1]), np.linalg.eigvalsh(X.T @ X).max()
    for _ in range(3000):
        w = np.clip(w - X.T @ (X @ w - y) / L, -edge, edge)
    return w


rng = np.random.default_rng(1)
X = rng.normal(size=(60, 6)) @ (np.eye(6) + 0.3) * np.linspace(0.5, 1.5, 6)
y = X @ [3, -2, 1.5, -0.5, 0.2, 0] + 0.5 * rng.normal(size=60)
# endregion
lam = 1.0
batch = 60  # of 60: all of them
one_size = False
X = X / np.sqrt((X**2).mean(axis=0)) if one_size else X
w, v = adamw(X, y, lam, batch)
every = {s: ridge(X, y, np.full(6, s)) for s in np.geomspace(0.01, 10, 200)}
best = min(every, key=lambda s: np.abs(every[s] - w).max())  # the strength that comes nearest
rivals = {
    "best L2": every[best],
    "box": boxed(X, y, 1 / lam),
    "L2 × √v": ridge(X, y, lam * np.sqrt(v)),  # v: the run's own mean squared gradient
}
far = {name: np.abs(u - w).max() for name, u in rivals.items()}
# region print
print("AdamW", w.round(2))
for name, gap in far.items():
    print(f"{name:9}off by {gap:.2f}")
print(f"the best L2 has strength {best:.1f}")
assert far["L2 × √v"] < 0.1
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
for edge in (-1 / lam, 1 / lam):
    ax.axhline(edge, linestyle=":", color="C1")
places = np.arange(1, 7) + np.array([[-0.27], [-0.09], [0.09], [0.27]])
for (name, u), x, mark in zip({"AdamW": w, **rivals}.items(), places, ("C3o", "C0s", "C1^", "C2x"), strict=True):
    ax.plot(x, u, mark, markersize=8, markeredgewidth=2, label=name)
ax.set(xlim=(0.5, 6.5), ylim=(-2.3, 2.9), xlabel="weight", ylabel="value")
ax.legend(loc="upper right", ncols=2)
# endregion

# %% solution:price-of-dropping
drop, square, w = 0.5, 4.0, 0.3
answer = drop / (1 - drop) * square * w**2

# %% check:price-of-dropping
import numpy as np

rng = np.random.default_rng(0)
x = rng.normal(size=400_000) * 2  # mean square 4
noise = x * 0.3 * (2 * (rng.random(x.size) < 0.5) - 1)  # output with the mask minus output without
assert abs(answer / (noise**2).mean() - 1) < 0.02, "mean square of what the mask adds to the output"

# %% exercise:masks-that-lie
import numpy as np


def masks(rng, shape, drop):
    """Return random factors, 0 where an input is dropped."""
    return (rng.random(shape) >= drop) * (1 - drop)


# %% solution:masks-that-lie
import numpy as np


def masks(rng, shape, drop):
    """Return random factors, 0 where an input is dropped."""
    return (rng.random(shape) >= drop) / (1 - drop)


# %% check:masks-that-lie
import numpy as np

for drop in (0.2, 0.5, 0.8):
    M = masks(np.random.default_rng(0), 200_000, drop)
    assert abs((M == 0).mean() - drop) < 0.01, f"a share of {drop} is to be dropped, not {(M == 0).mean():.2f}"
    assert abs(M.mean() - 1) < 0.02, f"drop {drop}: on average an input is multiplied by {M.mean():.2f}, not by 1"
    assert abs(M.var() / (drop / (1 - drop)) - 1) < 0.05, f"drop {drop}: the variance is {M.var():.2f}"

# %% exercise:one-size
import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(200, 3)) * [0.2, 1, 5]  # three inputs, in unlike units
scale = np.ones(3)  # divide each input by this: yours

# %% solution:one-size
import numpy as np

rng = np.random.default_rng(0)
X = rng.normal(size=(200, 3)) * [0.2, 1, 5]  # three inputs, in unlike units
scale = np.sqrt((X**2).mean(axis=0))  # divide each input by this: yours

# %% check:one-size
import numpy as np

X = np.random.default_rng(0).normal(size=(200, 3)) * [0.2, 1, 5]
y = X @ [5, -1, 0.4] + np.random.default_rng(1).normal(size=200)
S = X / scale
assert S.shape == X.shape and np.isfinite(S).all(), "one length for each input, none of them 0"
A, drop = S.T @ S / 200, 0.5
masked = np.linalg.solve(A + drop / (1 - drop) * np.diag((S**2).mean(axis=0)), S.T @ y / 200)
plain = np.linalg.solve(A + drop / (1 - drop) * np.eye(3), S.T @ y / 200)
gap = np.abs((masked - plain) / scale).max()
assert gap < 0.01, f"plain L2 and dropout still differ by {gap:.2f} in some weight"

# %% solution:split-a-neuron
k = 4  # copies, each with the output weight a / 4
a, square = 2.0, 1.0  # output weight, and mean square of the neuron's activity
answer = (k * (a / k) ** 2 * square) / (a**2 * square)

# %% check:split-a-neuron
assert abs(answer - 0.25) < 1e-9, "k copies pay k (a/k)² = a²/k"

# %% solution:split-and-rescale
import numpy as np


def least(a, w):
    """Return the least a²/s² + w²s² over all s > 0."""
    s = np.geomspace(0.01, 100, 200_001)
    return (a**2 / s**2 + w**2 * s**2).min()


ratio = 4 * least(2.0 / 4, 3.0) / least(2.0, 3.0)
answer = 1 + int(np.argmin(np.abs(np.array([0.25, 0.5, 1, 4]) - ratio)))

# %% check:split-and-rescale
assert answer == 3, "2 |a/4| |w| for each of four copies is 2 |a| |w| again"
