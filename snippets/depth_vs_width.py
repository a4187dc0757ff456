"""Depth or width: what folding writes down, what training finds, and how narrow a layer may be."""

# %% folds
# region model
import matplotlib.pyplot as plt
import numpy as np

layers = 3
weights = "folded"  # or "random": eight ReLUs in a layer, He's start


def net(x, layers, seed=0):
    """Return the output, (n,), and which ReLUs are on, (n, ReLUs), for inputs x, (n,)."""
    rng, h, on = np.random.default_rng(seed), x[:, None], []
    for _ in range(layers):
        if weights == "folded":
            z = np.hstack([h, h - 0.5])  # two ReLUs
        else:
            z = h @ rng.normal(0, np.sqrt(2 / h.shape[1]), (h.shape[1], 8)) + rng.normal(0, 0.3, 8)
        on.append(z > 0)
        h = np.maximum(z, 0)
        if weights == "folded":
            h = h @ [[2.0], [-4.0]]  # up to 1 at the middle, down to 0
    return h[:, 0], np.hstack(on)


# endregion
# region plot
x = (np.arange(2**13) + 0.5) / 2**13 * {"folded": 1, "random": 6}[weights] - {"folded": 0, "random": 3}[weights]


def bends(layers, seed):
    """Return where some ReLU switches, as indices into x."""
    on = net(x, layers, seed)[1]
    return np.flatnonzero(np.any(on[1:] != on[:-1], axis=1))


depths, seeds = np.arange(1, 9), range(1 if weights == "folded" else 10)
relus = depths * (2 if weights == "folded" else 8)
counts = np.array([[1 + len(bends(k, s)) for s in seeds] for k in depths])  # (8, seeds)
now = counts[layers - 1]
pieces = f"{now.min()}" if weights == "folded" else f"{now.min()} to {now.max()}"
print(f"{layers} layers, {relus[layers - 1]} ReLUs, {weights}")
print(f"pieces: {pieces}")
print(f"one layer of as many: at most {relus[layers - 1] + 1}")
assert weights != "folded" or np.all(counts[:, 0] == 2**depths)  # every layer doubles
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4), width_ratios=[3, 2])
fig.subplots_adjust(left=0.07, right=0.985, bottom=0.16, top=0.97, wspace=0.38)
y, at = net(x, layers)[0], bends(layers, 0)
left.plot(x[::4], y[::4] / np.abs(y).max())
left.plot(x[at], y[at] / np.abs(y).max(), "C1o", markersize=5 if layers < 5 else 3)
left.set(xlim=(x[0], x[-1]), ylim=(-0.08, 1.12), xlabel="x", yticks=[0, 1])
right.plot(relus, relus + 1, "C5--", label="one layer")
right.plot(np.tile(relus, (len(seeds), 1)).T[:layers], counts[:layers], "C0o", alpha=0.5)
right.set(xscale="log", yscale="log", xlim=(1.7, 80), ylim=(1.7, 400), xlabel="ReLUs", ylabel="pieces")
for axis in (right.xaxis, right.yaxis):
    axis.set_major_formatter("{x:.0f}")
right.legend(loc="upper left")
# endregion

# %% unfold
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Nets, squared_loss

X = np.linspace(0, 1, 65)[:, None]
Y = X
for _ in range(3):
    Y = 1 - np.abs(2 * Y - 1)  # (65, 1), eight pieces
# endregion
width = 2  # ReLUs in each of three layers; two are enough
start = "random"  # or "near": the folds, and noise

nets = Nets([1, width, width, width, 1], seeds=range(5))
nets.theta[1] -= nets.theta[0] * np.random.default_rng(0).random((5, 1, width))  # first bends on [0, 1]
if start == "near":
    inner, shift = np.array([[2, 2], [-4, -4]]), np.array([0, -0.5])
    folds = [np.ones((1, 2)), shift, inner, shift, inner, shift, inner[:, :1], 0]
    for k, (p, fold) in enumerate(zip(nets.theta, folds, strict=True)):
        p[:] = np.random.default_rng(k).normal(0, 0.01, p.shape)
        p[:, :2, :2] += fold
adam = Adam(nets.theta, rate=0.01)
for k in range(1000):
    _, slope = squared_loss(nets(X), Y)
    adam.step(nets.gradients(slope), 1 - k / 1000)

# region plot
output = nets(X)[:, :, 0]
error = squared_loss(nets(X), Y)[0] / Y.var()
found = int(np.sum(error < 0.02))
print(f"8 pieces, {3 * width} ReLUs, start: {start}")
print("error (1: answering the mean)")
print(*(f"{e:5.2f}" for e in np.sort(error)))
print(f"found in {found} of 5 runs")
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97)
ax.plot(X, Y, color="C5", linewidth=5, alpha=0.45, label="target")
ax.plot(X, output[:1].T, "C0", label="five runs")
ax.plot(X, output[1:].T, "C0")
ax.set(xlim=(0, 1), ylim=(-0.5, 1.75), xlabel="x", yticks=[0, 1])
ax.legend(loc="upper left", ncols=2)
# endregion

# %% match
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Nets, logistic_loss

SHAPES = {60: ([4, 4, 4, 4], [20]), 324: ([12, 12, 12], [108])}  # weights: deep, wide
RATES = {(60, 2): (0.03, 0.1), (60, 3): (0.01, 0.3), (324, 2): (0.03, 0.1), (324, 3): (0.03, 0.3)}  # the best of four


def spiral(n, seed):
    """Return points (n, 2) on two arms that wind about each other, and the arm (n, 1)."""
    rng = np.random.default_rng(seed)
    r, y = np.sqrt(rng.uniform(0.01, 1, n)), np.arange(n) % 2
    angle = 2 * np.pi * turns * r + np.pi * y
    return 2 * np.c_[r * np.cos(angle), r * np.sin(angle)], y[:, None]


# endregion
weights = 60  # or 324: in each of the two nets, biases not counted
turns = 2  # of the spiral


def learn(hidden, rate):
    """Return five nets of this shape after 500 steps of Adam."""
    nets = Nets([2, *hidden, 1], range(5))
    adam = Adam(nets.theta, rate)
    for k in range(500):
        _, slope = logistic_loss(nets(X), y)
        adam.step(nets.gradients(slope), 1 - k / 500)
    return nets


(X, y), (T, u) = spiral(300, 0), spiral(1000, 1)
contest = dict(zip(("deep", "wide"), map(learn, SHAPES[weights], RATES[weights, turns]), strict=True))

# region plot
axis = np.linspace(-2.1, 2.1, 85)
mesh = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
hits, score = {}, {}
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.02, top=0.9, wspace=0.04)
print(f"{weights} weights, {turns} turns, 1000 new points")
for ax, (name, nets) in zip(axes, contest.items(), strict=True):
    share = np.mean((nets(T) > 0) == u, axis=(1, 2))
    hits[name], score[name] = np.sort(share), np.median(share)
    print(f"{name}:", *(f"{h:.2f}" for h in hits[name]))
    z = nets(mesh)[np.argsort(share)[2]].reshape(85, 85)  # the run in the middle
    ax.contourf(axis, axis, z, levels=[-1e9, 0, 1e9], colors=["C0", "C1"], alpha=0.3)
    for arm, mark in ((0, "C0o"), (1, "C1^")):
        ax.plot(*T[u[:, 0] == arm][:150].T, mark, markersize=3)
    ax.set(xlim=(-2.1, 2.1), ylim=(-2.1, 2.1), xticks=[], yticks=[], title=name)
print("either arm alone: 0.50")
# endregion

# %% squeeze
# region set-up
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
t, j = np.sort(rng.uniform(0, 2 * np.pi, 500)), np.arange(1, 101)
CLOUDS = {
    "plane": rng.normal(size=(500, 3)) @ rng.normal(size=(3, 200)),  # three numbers, mixed
    "loop": np.hstack([np.cos(np.outer(t, j)), np.sin(np.outer(t, j))]),  # one angle t
    "noise": np.linalg.qr(rng.normal(size=(500, 200)))[0],  # 200 directions, equally strong
}
# endregion
cloud = "plane"  # or "loop", "noise": 200 numbers for each of 500 examples
width = 3  # of the next layer

X = CLOUDS[cloud]  # (500, 200)
share = np.linalg.svd(X, compute_uv=False) ** 2 / np.sum(X**2)  # (200,)
straight = 100 * (1 - np.cumsum(share))  # % lost by the best 1, 2, … numbers, read back by a matrix


def bent(width):
    """Return the % of the loop lost where cos t and sin t, or cos t alone, are read back by powers."""
    turns = (np.cos(t) + 1j * np.sin(t))[:, None] ** j  # cos jt + i sin jt, (500, 100)
    back = np.hstack([turns.real, turns.imag if width > 1 else 0 * turns.imag])
    return 100 * np.sum((CLOUDS["loop"] - back) ** 2) / np.sum(CLOUDS["loop"] ** 2)


# region plot
widths, lost = np.arange(1, 201), np.abs(straight.round(6))
curved = np.array([bent(k) for k in (1, 2)]).round(6)
print(f"{cloud}: 200 numbers to {width}, {200 / width:.0f} times narrower")
print(f"read back by a matrix: {lost[width - 1]:.0f} % lost")
if cloud == "loop":
    print(f"read back by powers:   {curved[min(width, 2) - 1]:.0f} % lost")
print(f"width 100: {lost[99]:.0f} %, width 10: {lost[9]:.0f} %")
assert cloud != "plane" or lost[2] == 0  # 67 times narrower
assert cloud != "noise" or np.allclose(lost, 100 * (1 - widths / 200))
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
ax.axvspan(10, 20, color="C5", alpha=0.25, linewidth=0, label="10 to 20 times narrower")
ax.plot(widths, lost, label="matrix")
if cloud == "loop":
    ax.plot([1, 2, 200], [*curved, 0], "C1s--", label="powers")
ax.plot(width, lost[width - 1], "C0o", markersize=9)
ax.set(xscale="log", xlim=(0.9, 220), ylim=(-6, 134), xlabel="width", ylabel="% lost", yticks=[0, 50, 100])
ax.xaxis.set_major_formatter("{x:.0f}")
ax.legend(loc="upper right", ncols=3)
# endregion

# %% solution:depth-vs-width-count
from itertools import pairwise

sizes = [2, 4, 4, 4, 4, 4, 1]
answer = sum(before * after for before, after in pairwise(sizes))

# %% check:depth-vs-width-count
import numpy as np

layers = [np.ones((2, 4)), *(np.ones((4, 4)) for _ in range(4)), np.ones((4, 1))]
assert answer == sum(W.size for W in layers), "an arrow for each pair of neighbours, in each gap between layers"

# %% solution:depth-vs-width-three
layers = 4  # 3⁴ = 81
answer = 3 * layers

# %% check:depth-vs-width-three
import numpy as np

x, folds = np.linspace(0, 1, 81 * 9 + 1), 0
y = x
while np.count_nonzero(np.abs(np.diff(y, 2)) > 1e-9) + 1 < 81:
    y = 3 * np.maximum(y, 0) - 6 * np.maximum(y - 1 / 3, 0) + 6 * np.maximum(y - 2 / 3, 0)
    folds += 1
assert answer == 3 * folds, "each layer multiplies the pieces by three; how many threes make 81?"

# %% exercise:depth-vs-width-tent
import numpy as np


def fold(x):
    """Return 0 at x = 0, 1 at 1/2 and 0 again at 1, straight between, from two ReLUs."""
    return 2 * np.maximum(x, 0) - 2 * np.maximum(x - 0.5, 0)


# %% solution:depth-vs-width-tent
import numpy as np


def fold(x):
    """Return 0 at x = 0, 1 at 1/2 and 0 again at 1, straight between, from two ReLUs."""
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


# %% check:depth-vs-width-tent
import numpy as np

x = np.arange(65) / 64
assert np.allclose(fold(x[:33]), 2 * x[:33]), "left of 1/2 the slope is 2"
pieces = 1 + np.count_nonzero(np.abs(np.diff(fold(fold(fold(x))), 2)) > 1e-9)
assert pieces == 8, f"three folds make {pieces} pieces, not 8: what is the slope right of 1/2?"
assert np.allclose(fold(x), 1 - np.abs(2 * x - 1)), "three folds make 8 pieces, but of another height"

# %% exercise:depth-vs-width-shape
hidden = [4, 4, 4, 4]  # ReLUs in each hidden layer: yours
rate = 0.03  # Adam's

# %% solution:depth-vs-width-shape
hidden = [20]  # ReLUs in each hidden layer: yours
rate = 0.1  # Adam's

# %% check:depth-vs-width-shape
from itertools import pairwise

import numpy as np
from kit.nets import Adam, Nets, logistic_loss


def spiral(n, seed):
    rng = np.random.default_rng(seed)
    r, y = np.sqrt(rng.uniform(0.01, 1, n)), np.arange(n) % 2
    angle = 4 * np.pi * r + np.pi * y
    return 2 * np.c_[r * np.cos(angle), r * np.sin(angle)], y[:, None]


sizes = [2, *hidden, 1]
weights = sum(before * after for before, after in pairwise(sizes))
assert weights <= 60, f"{sizes} has {weights} weights; 60 are allowed"
nets, (X, y), (T, u) = Nets(sizes, range(5)), spiral(300, 0), spiral(1000, 1)
adam = Adam(nets.theta, rate)
for k in range(500):
    adam.step(nets.gradients(logistic_loss(nets(X), y)[1]), 1 - k / 500)
hits = np.sort(np.mean((nets(T) > 0) == u, axis=(1, 2)))
said = ", ".join(f"{h:.2f}" for h in hits)
assert hits[2] >= 0.85, f"{weights} weights, five starts: {said}. The middle one has to reach 0.85"

# %% solution:depth-vs-width-sphere
dimensions = 2  # of the surface
answer = dimensions + 1  # two numbers give some pair of opposite points one code (Borsuk–Ulam); x, y, z do not

# %% check:depth-vs-width-sphere
import numpy as np

points = np.random.default_rng(0).normal(size=(500, 3))
points /= np.linalg.norm(points, axis=1, keepdims=True)  # on the sphere
assert answer > 2, "two numbers: Borsuk and Ulam find two opposite points with the same code"
assert answer == points.shape[1], "x, y and z tell all points apart"
