"""Throw dice for the weights of a net and keep what fits twelve images: does it generalise like SGD?"""

# %% dice
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit import digits

pixels, labels = digits.load()  # (1797, 64), (1797,)


def deal(pair, seed, n):
    """Return n images of two digits, X (n, 65), their signs y (n,), all the others, T and t, and a generator."""
    keep = np.isin(labels, [int(digit) for digit in pair])
    A = pixels[keep] - pixels[keep].mean(axis=0)
    A = np.insert(A * np.sqrt(64 / (A**2).sum(axis=1).mean()), 64, 1, axis=1)  # the last input is always 1
    signs, rng = np.where(labels[keep] == int(pair[0]), 1, -1), np.random.default_rng(seed)
    i = rng.permutation(len(signs))
    return A[i[:n]], signs[i[:n]], A[i[n:]], signs[i[n:]], rng


def relu(Z):
    return np.maximum(Z, 0)


def throw(count, rng):
    """Return random nets side by side, W (count, 65, 20) and a (count, 20)."""
    return rng.normal(size=(count, 65, 20)) * np.sqrt(2 / 65), rng.normal(size=(count, 20)) / np.sqrt(20)


def outputs(nets, X, act=relu):
    return (act(X @ nets[0]) @ nets[1][..., None])[..., 0]  # (count, n)


def right(nets, T, t, act=relu):
    return (np.sign(outputs(nets, T, act)) == t).mean(axis=1)


# endregion
# region model
n = 12  # images to fit
X, y, T, t, rng = deal("38", 0, n)  # threes are 1, eights are -1
nets = throw(2000, rng)  # nobody learns
train = (np.sign(outputs(nets, X)) == y).sum(axis=1)  # (2000,): right out of n
test = right(nets, T, t)  # (2000,): share right of the others
test = np.where(2 * train < n, 1 - test, test)  # turn a net over if that fits better
train = np.maximum(train, n - train)
passed = test[train == n]
print(f"all {n} right: {len(passed)} of {len(test)} nets")
print(f"other images: {passed.mean():.3f} right")
assert passed.mean() > test.mean() + 0.05
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6), gridspec_kw={"left": 0.11, "right": 0.98, "bottom": 0.16, "top": 0.97})
ax.axhline(0.5, color="C5", linewidth=0.8)
scores = np.unique(train)
for k in scores:
    ax.plot([k, k], np.quantile(test[train == k], [0.1, 0.9]), "C0", linewidth=5, alpha=0.25)
ax.plot(scores, [test[train == k].mean() for k in scores], "C0o-", label="average")
ax.plot(np.full(len(passed), n), passed, "C1o", alpha=0.4, markersize=5, label="all right")
ax.set(xlim=(1.5, 16.5), ylim=(0.3, 1.02), xlabel="right of the images shown", ylabel="other images right")
ax.legend(loc="lower right")
# endregion

# %% rivals
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def guess(X, y, thrown, rng, act=relu):
    """Throw nets and return those that fit, or fit when turned over."""
    W, a = throw(thrown, rng)
    S = np.sign(outputs((W, a), X, act)) * y
    fit = np.abs(S.sum(axis=1)) == len(y)
    return W[fit], a[fit] * S[fit, :1]


def descend(X, y, rng, act=relu, slope=lambda Z: Z > 0, eta=0.02):
    """Return the 401 nets on the way of SGD, 4 images a step, on the logistic loss, from one throw on."""
    (W,), (a,) = throw(1, rng)
    path = [(W, a)]
    for _ in range(400):
        i = rng.choice(len(y), 4, replace=False)
        Z = X[i] @ W
        e = -y[i] / (1 + np.exp(y[i] * (act(Z) @ a))) / 4
        W, a = W - eta * X[i].T @ (np.outer(e, a) * slope(Z)), a - eta * act(Z).T @ e
        path.append((W, a))
    return tuple(map(np.array, zip(*path, strict=True)))


# endregion
def climb(X, y, rng, tries=600, sigma=0.05):
    nets, best = throw(1, rng), np.inf
    for _ in range(tries):
        new = tuple(q + sigma * rng.normal(size=q.shape) for q in nets)
        loss = np.log1p(np.exp(-y * outputs(new, X))).sum()
        if loss < best:
            nets, best = new, loss  # no gradient anywhere
    return nets


pair = "38"  # digits
# region run
table, curves = [], []
for seed in range(6):
    X, y, T, t, rng = deal(pair, seed, 12)
    dice, path, (last,) = guess(X, y, 2000, rng), descend(X, y, rng), right(climb(X, y, rng), T, t)
    curves.append(right([q[(right(path, X, y) == 1).argmax() :][:201:4] for q in path], T, t))  # (51,)
    vote = np.sign(np.sign(outputs(dice, T)).sum(axis=0) + 0.5) == t
    nearest = y[((T[:, None] - X) ** 2).sum(axis=2).argmin(axis=1)] == t
    table.append([right(dice, T, t).mean(), *curves[-1][[0, 50]], last, vote.mean(), nearest.mean()])
names = "one dice net", "SGD, first fit", "SGD, 200 on", "blind steps", "dice vote", "1-neighbour"
results = dict(zip(names, np.transpose(table), strict=True))
for name, scores in results.items():
    print(f"{name:15}{scores.mean():.3f} ({scores.min():.2f} to {scores.max():.2f})")
assert all(one < min(later, blind) for one, _, later, blind, *_ in table)
fig, ax = plt.subplots(figsize=(6.4, 3.8), gridspec_kw={"left": 0.11, "right": 0.98, "bottom": 0.15, "top": 0.97})
ax.plot(range(0, 201, 4), np.transpose(curves), "C0", linewidth=0.8, alpha=0.4)
ax.plot(range(0, 201, 4), np.mean(curves, axis=0), "C0", linewidth=3, label="SGD")
for name, style in {"one dice net": "C1-", "dice vote": "C1--", "blind steps": "C2-.", "1-neighbour": "C5:"}.items():
    ax.plot([0, 200], [results[name].mean()] * 2, style, linewidth=2, label=name)
ax.set(xlim=(-2, 202), ylim=(0.48, 1.02), xlabel="steps after the first perfect score", ylabel="other images right")
ax.legend(loc="lower right", ncols=2)
# endregion

# %% shapes
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def turns(F, least):
    """Return how often each row of F, (count, 161), turns back by more than a share `least` of its height."""
    F = (F - F.min(axis=1, keepdims=True)) / np.ptp(F, axis=1, keepdims=True)
    far, way, count = F[:, 0], np.zeros(len(F)), np.zeros(len(F))
    for f in F.T[1:]:
        back = way * (far - f) > least
        begun = (way == 0) & (np.abs(f - far) > least)
        far = np.where(back | begun | (way * (f - far) > 0), f, far)
        way = np.where(back, -way, np.where(begun, np.sign(f - F[:, 0]), way))
        count += back
    return count


# endregion
def draw(width, act, count=40, seed=0):
    rng = np.random.default_rng(seed)
    W, a = rng.normal(size=(count, 2, width)), rng.normal(size=(count, width)) / np.sqrt(width)
    F = outputs((W, a), np.column_stack([x, np.ones(len(x))]), act)  # (count, 161)
    return F[np.ptp(F, axis=1) > 1e-6]


width = 2
act = "relu"
activations = {"relu": relu, "tanh": np.tanh, "wild": lambda Z: np.sin(4 * Z)}
x = np.linspace(-1, 1, 161)
# region print
widths = 2, 16, 128, 1024
every, wide = np.array([[turns(draw(h, activations[act]), least).mean() for h in widths] for least in (1e-9, 0.05)])
print("turns  all  over 5 %")
for h, few, many in zip(widths, every, wide, strict=True):
    print(f"{h:5}{few:6.1f}{many:8.1f}")
assert wide[-1] < wide[1] + 1  # 1008 more units, not one more turn
# endregion
# region plot
fig, (left, ax) = plt.subplots(1, 2, figsize=(6.4, 3.2))
fig.subplots_adjust(left=0.02, right=0.985, bottom=0.18, top=0.96, wspace=0.16)
for k, f in enumerate(draw(width, activations[act])[:4]):
    left.plot(x, (f - f.min()) / np.ptp(f) - 1.3 * k, "C0", linewidth=2)
left.set(xlim=(-1.05, 1.05), ylim=(-4.1, 1.2), xlabel="four nets", yticks=[])
for counts, style, name in ((every, "C5o--", "all"), (wide, "C0o-", "over 5 %")):
    ax.plot(np.log2(widths), counts, style, label=name)
ax.axvline(np.log2(width), color="C1", linewidth=1)
ax.set(xlim=(0.5, 10.5), ylim=(-0.2, 8), xlabel="width", ylabel="turns")
ax.set_xticks(np.log2(widths), widths)
ax.legend(loc="upper left")
# endregion

# %% preference
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def contest(act, slope, eta):
    """Return shares right, (5, 3), of one dice net, of the dice's vote and of SGD, and how many nets fitted."""
    rows, fitted = [], 0
    for seed in range(5):
        X, y, T, t, rng = deal("38", seed, 8)
        dice, path = guess(X, y, 1500, rng, act), descend(X, y, rng, act, slope, eta)
        last = path[0][-1:], path[1][-1:]
        assert right(last, X, y, act) == 1  # SGD fits, too
        vote = np.sign(np.sign(outputs(dice, T, act)).sum(axis=0) + 0.5) == t
        rows.append([right(dice, T, t, act).mean(), vote.mean(), right(last, T, t, act)[0]])
        fitted += len(dice[1])
    return np.array(rows), fitted


# endregion
pace = 4.0  # of the wild nets


def wild(Z):
    return np.sin(pace * Z)


def slope(Z):
    return pace * np.cos(pace * Z)


calm, often = contest(relu, lambda Z: Z > 0, 0.02)
odd, seldom = contest(wild, slope, 0.05 / max(1, pace**2))
# region print
for name, scores, fitted in (("ReLU", calm, often), (f"sin {pace:g}z", odd, seldom)):
    print(f"{name}: one net in {7500 / fitted:.0f} fits")
    print("  one {:.3f}  vote {:.3f}  SGD {:.3f}".format(*scores.mean(axis=0)))
assert calm.mean() > 0.75 and (pace < 3 or abs(odd.mean() - 0.5) < 0.05)
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.24, right=0.985, bottom=0.17, top=0.97)
ax.axvline(0.5, color="C5", linewidth=0.8)
for k, scores in enumerate([*calm.T, *odd.T]):
    ax.plot(scores, np.full(5, -k), "o", color="C0" if k < 3 else "C1", alpha=0.5)
    ax.plot(scores.mean(), -k, "|", color="C0" if k < 3 else "C1", markersize=20, markeredgewidth=3)
ax.set_yticks(range(0, -6, -1), [f"{name}, {who}" for name in ("ReLU", "wild") for who in ("one", "vote", "SGD")])
ax.set(xlim=(0.3, 1.02), ylim=(-5.6, 0.6), xlabel="other images right")
# endregion

# %% solution:guess-and-check-bill
answer = 1.0
for accuracy in (0.5, 0.6, 0.7, 0.8):
    answer *= accuracy

# %% check:guess-and-check-bill
assert abs(answer - 0.168) < 1e-9, "of those that are left, each image lets through the share that is right"

# %% solution:guess-and-check-lots
answer = 2 ** (12 - 1)  # 4096 ways to label twelve images; a net and the same turned over stand for two

# %% check:guess-and-check-lots
from itertools import product

import numpy as np

tosses = np.array(list(product([-1, 1], repeat=12)))  # all there are, alike in probability
net = np.array([1, 1, 1, -1, 1, 1, 1, 1, 1, 1, 1, 1])  # any answers do
fit = np.abs((tosses * net).sum(axis=1)) == 12  # right on all, or wrong on all
assert answer == len(tosses) / fit.sum(), "count both: nets right on all twelve, and nets wrong on all twelve"

# %% exercise:guess-and-check-broken
import numpy as np


def keep(F, y):
    """Return the accepted rows of F (count, m): its first len(y) columns are answers to images shown."""
    S = np.sign(F[:, : len(y)]) * y
    fit = np.abs(S.sum(axis=1)) == len(y)  # all right, or all wrong
    return F[fit]


# %% solution:guess-and-check-broken
import numpy as np


def keep(F, y):
    """Return the accepted rows of F (count, m): its first len(y) columns are answers to images shown."""
    S = np.sign(F[:, : len(y)]) * y
    fit = np.abs(S.sum(axis=1)) == len(y)  # all right, or all wrong
    return F[fit] * S[fit, :1]


# %% check:guess-and-check-broken
import numpy as np

rng = np.random.default_rng(0)
y = np.array([1, -1, 1])
F = rng.normal(size=(400, 5))
kept = keep(F.copy(), y)
assert len(kept) > 0 and kept.shape[1] == 5, "rows are nets: keep whole rows"
assert (np.sign(kept[:, :3]) == y).all(), "some kept nets are wrong on every image shown"
assert len(kept) == (np.abs((np.sign(F[:, :3]) * y).sum(axis=1)) == 3).sum(), "nets that can be turned over count, too"
assert np.isclose(np.abs(kept).sum(), np.abs(F[np.abs((np.sign(F[:, :3]) * y).sum(axis=1)) == 3]).sum()), (
    "turn over all answers of a net"
)

# %% exercise:guess-and-check-start
scale = 1.0  # times the weights W that SGD starts from: yours

# %% solution:guess-and-check-start
scale = 0.2  # times the weights W that SGD starts from: yours

# %% check:guess-and-check-start
import numpy as np
from kit import digits

pixels, labels = digits.load()
keep = (labels == 3) | (labels == 8)
A = pixels[keep] - pixels[keep].mean(axis=0)
A = np.insert(A * np.sqrt(64 / (A**2).sum(axis=1).mean()), 64, 1, axis=1)
signs, found = np.where(labels[keep] == 3, 1, -1), []
for seed in range(3):
    rng = np.random.default_rng(seed)
    i = rng.permutation(len(signs))
    X, y, T, t = A[i[:8]], signs[i[:8]], A[i[8:]], signs[i[8:]]
    W, a = rng.normal(size=(65, 20)) * np.sqrt(2 / 65) * scale, rng.normal(size=20) / np.sqrt(20)
    for _ in range(600):
        H, slope = np.sin(4 * X @ W), 4 * np.cos(4 * X @ W)
        e = -y / (1 + np.exp(y * (H @ a))) / 8
        W, a = W - 0.003 * X.T @ (np.outer(e, a) * slope), a - 0.003 * H.T @ e
    assert (np.sign(np.sin(4 * X @ W) @ a) == y).all(), "not all eight images shown are right: another start"
    found.append((np.sign(np.sin(4 * T @ W) @ a) == t).mean())
assert np.mean(found) > 0.85, f"{np.mean(found):.3f} of the other images right: it can be more than 0.85"
