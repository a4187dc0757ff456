"""Bounds on trial: what theories of generalisation promise about 1,000 digits, and which setting they would choose."""

# %% notes
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit import digits

images, digit = digits.load()  # (1797, 64) from 0 to 16, (1797,)
images, even = images / 16, np.where(digit % 2 == 0, 1, -1)


def deal(n: int, seed: int) -> tuple[np.ndarray, ...]:
    """Return n images, their answers, true and by lot (2, n), and the same of all other images."""
    rng = np.random.default_rng(seed)
    i = rng.permutation(len(even))
    Y = np.array([even[i], rng.choice([-1, 1], size=len(even))])
    return images[i[:n]], Y[:, :n], images[i[n:]], Y[:, n:]


def squares(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return the squared distances (a, b) between the rows of A and of B."""
    return np.maximum((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T, 0)


def condense(D: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Note what the nearest note gets wrong, reading again until nothing is; return the notes in order."""
    noted, near, label = [0], D[0], np.full(len(y), y[0])
    while (label != y).any():
        for i in range(len(y)):  # one reading
            if label[i] != y[i]:
                noted.append(i)
                label = np.where(D[i] < near, y[i], label)
                near = np.minimum(D[i], near)
    return np.array(noted)


# endregion
# region print
read = 500  # images read so far
X, Y, *_ = deal(1000, 0)
books = [condense(squares(X, X), y) for y in Y]
first = [book[: 1 + np.append(np.diff(book) > 0, False).argmin()] for book in books]  # noted in the first reading
for kind, notes in zip(("true answers", "lots"), first, strict=True):
    print(f"{kind:12}{(notes < read).sum():4} noted of {read:4}, {len(notes):3} of 1000")
assert len(first[1]) > 5 * len(first[0])
# endregion
# region plot
fig, (ax, side) = plt.subplots(1, 2, figsize=(6.4, 3.4), width_ratios=[1.45, 1])
fig.subplots_adjust(left=0.11, right=0.99, bottom=0.16, top=0.97, wspace=0.06)
steps = np.arange(0, read + 1, 25)
for j, kind in ((1, "lots"), (0, "true answers")):
    ax.plot(steps, np.searchsorted(first[j], steps), color=f"C{j}", label=kind)
    ax.plot(read, np.searchsorted(first[j], read), "o", color=f"C{j}", markersize=8)
ax.set(xlim=(0, 1040), ylim=(0, 560), xlabel="images read", ylabel="notes")
ax.legend(loc="upper left")
page = np.zeros((45, 36))
for k, i in enumerate(first[0][first[0] < read][-20:]):
    page[k // 4 * 9 :, k % 4 * 9 :][:8, :8] = X[i].reshape(8, 8) ** 2
side.imshow(page, cmap="viridis", vmin=0, vmax=1)
side.set_axis_off()
# endregion

# %% capacity
# region set-up
from math import comb, erf, exp, log, sqrt

import matplotlib.pyplot as plt
import numpy as np

phi = np.vectorize(lambda z: (1 + erf(z / sqrt(2))) / 2)  # the Gaussian up to z


def labellings(P: int, N: int) -> int:
    """Count the ways in which a plane through 0 in N dimensions parts P points in general position (Cover)."""
    return 2**P if N >= P else 2 * sum(comb(P - 1, k) for k in range(N))


def spread(N: int, n: int, delta: float) -> float:
    """Return how far above the training error N weights leave the error possible, by labellings of 2n (Vapnik)."""
    return sqrt((log(labellings(2 * n, N)) + log(4 / delta)) / n) + 1 / n


def few_notes(k: int, n: int, delta: float) -> float:
    """Return the error from which on k notes that get the other n - k right would be too lucky."""
    return 1 - exp(-(log(comb(n, k)) + log(n / delta)) / (n - k))


def kl_limit(q: float, budget: float) -> float:
    """Return the error p from which on kl(q, p) is above the budget, for a measured error q."""
    p = np.linspace(q, 1, 10001)[1:-1]
    kl = q * np.log(np.maximum(q, 1e-99) / p) + (1 - q) * np.log((1 - q) / (1 - p))
    return float(np.min(p[kl > budget], initial=1))


def pac_bayes(margins: np.ndarray, delta: float) -> tuple[float, float]:
    """Return the least promise for weights of length mu under noise of size 1, and that mu."""
    n, lengths = len(margins), 2.0 ** np.arange(-1, 7, 0.5)
    budgets = (lengths**2 / 2 + log(2 * sqrt(n) * len(lengths) / delta)) / n
    return min((kl_limit(phi(-mu * margins).mean(), b), mu) for mu, b in zip(lengths, budgets, strict=True))


def missed(said: np.ndarray, y: np.ndarray) -> float:
    return float(np.mean(np.sign(said) != y))


# endregion
N = 20  # weights
for P in (N, 2 * N, 3 * N):
    print(f"{N} weights, {P:3} points: {labellings(P, N) / 2**P:.4f}")
assert labellings(N, N) == 2**N  # as many weights as points: all of them
assert 2 * labellings(2 * N, N) == 4**N  # two points a weight: exactly half
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.11, right=0.985, bottom=0.16, top=0.97)
ratios = np.linspace(0.05, 4, 80)
for weights, style in ((2, "C5:"), (80, "C5--"), (N, "C0-")):
    sizes = np.maximum(1, np.round(ratios * weights)).astype(int).tolist()
    ax.plot(ratios, [labellings(P, weights) / 2**P for P in sizes], style, label=f"N = {weights}")
ax.plot(2, 0.5, "o", color="C1", markersize=8)
ax.set(xlim=(0, 4), ylim=(-0.03, 1.06), xlabel="points per weight", ylabel="share of labellings")
ax.legend(loc="upper right")
# endregion

# %% court
delta = 0.05  # how often a promise may be broken
# region data
import matplotlib.pyplot as plt
import numpy as np

n = 1000  # images learned from
seed = 0
X, Y, T, Z = deal(n, seed)
D, E = squares(X, X), squares(T, X)  # (n, n), (rest, n)
K, G = np.exp(-D / 5), np.exp(-E / 5)
A, B = (np.column_stack([V, np.ones(len(V))]) for V in (X, T))
cosines = [np.clip(V @ X.T / np.sqrt(np.outer((V**2).sum(axis=1), (X**2).sum(axis=1))), -1, 1) for V in (X, T)]
C, F = (np.sqrt(1 - c**2) + (np.pi - np.arccos(c)) * c for c in cosines)  # a layer of infinitely many rectified units
lines = np.linalg.lstsq(A, Y.T, rcond=None)[0].T  # (2, 65)
nets = np.linalg.solve(C + 1e-9 * np.eye(n), Y.T).T  # (2, n)
blurs = np.linalg.solve(K + 3 * np.eye(n), Y.T).T  # (2, n)
blurs /= np.sqrt((blurs @ K * blurs).sum(axis=1))[:, None]  # of length 1
m = n // 4  # held out
kinds = ("true answers", "lots")
promises, kept, found = {}, {}, {}
# endregion
for kind, y, line, net, w in zip(kinds, Y, lines, nets, blurs, strict=True):
    left_out = y[(D + 1e9 * np.eye(n)).argmin(axis=1)]  # of the nearest other
    book = condense(D, y)
    limit, mu = pac_bayes(y * (K @ w), delta / 24)  # 24 settings were tried
    asked = y[:-m][D[-m:, :-m].argmin(axis=1)]  # answers to what was held out
    promises[kind] = {
        "VC, wide net": missed(C @ net, y) + spread(2 * n, n, delta),
        "VC, 65 weights": missed(A @ line, y) + spread(65, n, delta),
        "stability": missed(left_out, y) + sqrt(3.5 / (n * delta)),
        "compression": few_notes(len(book), n, delta),
        "PAC-Bayes": limit,
        "held out": kl_limit(missed(asked, y[-m:]), log(1 / delta) / m),
    }
    kept[kind] = book, mu
# region print
for (kind, (book, mu)), y, t, line, net, w in zip(kept.items(), Y, Z, lines, nets, blurs, strict=True):
    every, noted, learned = (y[i][E[:, i].argmin(axis=1)] for i in (np.arange(n), book, np.arange(n - m)))
    noisy = float(phi(-mu * t * (G @ w)).mean())
    misses = [*(missed(said, t) for said in (F @ net, B @ line, every, noted)), noisy, missed(learned, t)]
    found[kind] = dict(zip(promises[kind], zip(promises[kind].values(), misses, strict=True), strict=True))
print("most / is       true answers       lots")
for name in found["lots"]:
    print(f"{name:14}" + "".join(f"  {min(v[name][0], 1):.2f} / {v[name][1]:.3f}" for v in found.values()))
assert all(promise > 0.5 for promise, _ in found["lots"].values())  # nobody beats a coin on lots
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 4.2))
fig.subplots_adjust(left=0.23, right=0.985, bottom=0.13, top=0.97)
for j, (kind, v) in enumerate(found.items()):
    promise, error = np.array(list(v.values())).T
    rows = -np.arange(6) - 0.38 * j
    ax.barh(rows, np.minimum(promise, 1), 0.36, color=f"C{j}", alpha=0.45, label=f"{kind}: promise")
    ax.plot(error, rows, "o", color=f"C{j}", markersize=7, label=f"{kind}: error")
ax.axvline(0.5, ymax=0.82, color="C5", linestyle=":")
ax.set(xlim=(0, 1.02), ylim=(-5.8, 1.4), xlabel="error", yticks=-np.arange(6) - 0.19, yticklabels=list(v))
ax.legend(loc="upper center", ncols=2)
# endregion

# %% choice
# region set-up
import matplotlib.pyplot as plt
import numpy as np

penalties = 10.0 ** np.arange(-4, 2.1, 0.5)
X, Y, T, Z = deal(500, 0)
y, t = Y[0], Z[0]
# endregion
width = 5.0  # of the kernel
K, G = (np.exp(-squares(V, X) / width) for V in (X, T))
rows = []
for penalty in penalties:
    J = np.linalg.inv(K + penalty * np.eye(500))
    a = J @ y
    left_out = y - a / np.diag(J)  # said of each by weights that never saw it
    margins = y * (K @ a) / sqrt(a @ K @ a)
    limit, mu = pac_bayes(margins, 0.05 / len(penalties))
    rows.append((missed(G @ a, t), missed(left_out, y), limit))
# region print
curves = dict(zip(("test", "left out", "PAC-Bayes"), np.array(rows).T, strict=True))
best = {name: int(np.argmin(curve)) for name, curve in curves.items()}
for name, k in best.items():
    print(f"{name:9} least at {penalties[k]:8.4f}: error {curves['test'][k]:.3f}")
assert curves["test"][best["PAC-Bayes"]] > 1.5 * curves["test"][best["left out"]]
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.11, right=0.985, bottom=0.16, top=0.97)
for (name, curve), style in zip(curves.items(), ("C0-", "C2--", "C1-"), strict=True):
    ax.semilogx(penalties, curve, style, label=name)
    ax.plot(penalties[best[name]], curve[best[name]], style[:2] + "o", markersize=9)
ax.set(ylim=(-0.02, 0.8), xlabel="penalty", ylabel="error")
ax.legend(loc="upper center", ncols=3)
# endregion

# %% solution:bounds-how-many-held-out
import numpy as np

answer = np.ceil(np.log(1 / 0.05) / (2 * 0.05**2))

# %% check:bounds-how-many-held-out
import numpy as np

for m, enough in ((599, False), (600, True)):
    assert (np.sqrt(np.log(20) / (2 * m)) <= 0.05) == enough
assert answer == 600, "sqrt(log(20) / 2m) <= 0.05 needs m >= log(20) / 0.005"

# %% solution:bounds-four-points
answer = 2 * (1 + 3)  # 2 (C(3, 0) + C(3, 1))

# %% check:bounds-four-points
import numpy as np

rng = np.random.default_rng(0)
points, normals = rng.normal(size=(4, 2)), rng.normal(size=(10_000, 2))
assert answer == len(np.unique(np.sign(normals @ points.T), axis=0)), "turn a line once round 0 and count"

# %% exercise:bounds-best-of-many
from math import log, sqrt


def promise(wrong, m, delta=0.05):
    """Promise the error of the best of many classifiers, given how many of m held-out images each got wrong."""
    return min(wrong) / m + sqrt(log(1 / delta) / (2 * m))


# %% solution:bounds-best-of-many
from math import log, sqrt


def promise(wrong, m, delta=0.05):
    """Promise the error of the best of many classifiers, given how many of m held-out images each got wrong."""
    return min(wrong) / m + sqrt(log(len(wrong) / delta) / (2 * m))


# %% check:bounds-best-of-many
import numpy as np

rng = np.random.default_rng(0)
broken = np.mean([promise(rng.binomial(250, 0.5, size=200), 250) < 0.5 for _ in range(1000)])
assert broken <= 0.05, f"200 coins: the promise is broken in {broken:.0%} of 1,000 trials, where 5% are allowed"
assert abs(promise([10], 100) - 0.1 - np.sqrt(np.log(20) / 200)) < 1e-9, "a single classifier has nothing more to pay"
assert promise([50] * 200, 100) < 0.75, "that promises less than it can"

# %% exercise:bounds-dirty-notes
share = 0.5  # of the answers, drawn by lot

# %% solution:bounds-dirty-notes
share = 0.1  # of the answers, drawn by lot

# %% check:bounds-dirty-notes
from math import comb, exp, log

import numpy as np
from kit import digits

images, digit = digits.load()
rng = np.random.default_rng(0)
X = images[rng.permutation(1797)[:1000]] / 16
D = np.maximum((X**2).sum(axis=1)[:, None] + (X**2).sum(axis=1) - 2 * X @ X.T, 0)
dirt, coins = rng.random(1000), rng.choice([-1, 1], size=1000)


def limit(share):
    true = np.where(digit[np.random.default_rng(0).permutation(1797)[:1000]] % 2 == 0, 1, -1)
    y = np.where(dirt < share, coins, true)
    notes, near, label = 1, D[0], np.full(1000, y[0])
    while (label != y).any():
        for i in range(1000):
            if label[i] != y[i]:
                notes, label, near = notes + 1, np.where(D[i] < near, y[i], label), np.minimum(D[i], near)
    return notes, 1 - exp(-(log(comb(1000, notes)) + log(1000 / 0.05)) / (1000 - notes))


notes, above = limit(share)
assert above >= 0.5, f"{share:.2f} by lot: {notes} notes and at most {above:.2f}, which is still better than a coin"
_, below = limit(share - 0.05)
assert below < 0.5, f"{share:.2f} by lot: {notes} notes and at most {above:.2f}; less dirt is enough"

# %% solution:bounds-more-certain
from math import comb, exp, log, sqrt

n, k, m = 1000, 84, 250


def grows(promise):
    return promise(0.01) / promise(0.05)


factors = [
    grows(lambda delta: sqrt(3.5 / (n * delta))),
    grows(lambda delta: 1 - exp(-(log(comb(n, k)) + log(n / delta)) / (n - k))),
    grows(lambda delta: sqrt(log(1 / delta) / (2 * m))),
]
answer = 1 + factors.index(max(factors))

# %% check:bounds-more-certain
assert answer == 1, "1 / delta inside the root grows faster than log(1 / delta)"
