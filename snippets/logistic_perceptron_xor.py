"""The perceptron on XOR: what never stops, what stops instead, and two lines where one will not do."""

# %% perceptron
# region set-up
import matplotlib.pyplot as plt
import numpy as np

gate = "XOR"  # or "AND"
step = 2  # corrections so far
X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3): x1, x2, 1
gates = {"AND": [-1, -1, -1, 1], "XOR": [-1, 1, 1, -1]}
y = np.array(gates[gate])  # 1 yes, -1 no
# endregion
# region model


def corrections(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[list, str]:
    """Return the weights after each correction, and whether they halt or a round repeats."""
    path, rounds = [w], set()
    while tuple(w) not in rounds:  # what began like this before goes on like before
        rounds.add(tuple(w))
        for x, label in zip(X, y, strict=True):
            if label * (x @ w) <= 0:  # wrong side, or undecided
                w = w + label * x
                path.append(w)
    return path, "halts" if (y * (X @ w) > 0).all() else "repeats"


path, end = corrections(X, y, np.zeros(3, int))
print(f"{gate}: {end} after {len(path) - 1} corrections")
assert end == ("repeats" if gate == "XOR" else "halts")
# endregion
# region plot
last = len(path) - 1
shown = np.array([path[min(k, last) if end == "halts" else k % last] for k in range(19)])  # (19, 3)
w = shown[step]
right = y * (X @ w) > 0
print("correction {}: w1 {:d}, w2 {:d}, b {:d}; {} of 4 right".format(step, *w, right.sum()))
fig, (plane, weights) = plt.subplots(1, 2, figsize=(6.4, 3.2), gridspec_kw={"width_ratios": [1, 1.25]})
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.17, top=0.97, wspace=0.3)
U, V = np.meshgrid(np.linspace(-0.5, 1.5, 41), np.linspace(-0.5, 1.5, 41))
S = w[0] * U + w[1] * V + w[2]
if S.max() > 0 and w[:2].any():
    plane.contourf(U, V, S, levels=[0, 99], colors=["C0"], alpha=0.25).set_array(None)
elif S.max() > 0:
    plane.axhspan(-0.5, 1.5, color="C0", alpha=0.25)
for x, label, good in zip(X, y, right, strict=True):
    plane.plot(x[0], x[1], "o", color="C2", markersize=13, fillstyle="full" if label > 0 else "none", mew=2)
    if not good:
        plane.plot(x[0], x[1], "x", color="C1", markersize=21, mew=3)
plane.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
for k, name in enumerate(("$w_1$", "$w_2$", "$b$")):
    weights.step(range(19), shown[:, k] + 0.06 * (k - 1), where="post", label=name, color=("C0", "C3", "C5")[k])
weights.axvline(step, color="C1", linewidth=1)
weights.set(xlim=(0, 18), ylim=(-5.9, 3.6), xlabel="correction", ylabel="weight", xticks=range(0, 19, 4))
weights.legend(loc="lower right", ncols=3)
# endregion

# %% all-gates
inputs = 2  # or 3, 4
# region set-up
import itertools

import matplotlib.pyplot as plt
import numpy as np

# endregion


def separable(d: int) -> np.ndarray:
    """Return the gates of d inputs (d <= 4) that a weighted sum can answer; digit k of a gate answers question k."""
    questions = np.array(list(itertools.product([0, 1], repeat=d)))  # (2**d, d)
    W = np.array(list(itertools.product(range(-3, 4), repeat=d)))  # (7**d, d): enough up to four inputs
    sums, digits = questions @ W.T, 2 ** np.arange(2**d)
    return np.unique([digits @ (sums > t) for t in np.arange(-3 * d - 0.5, 3 * d + 1)])


found = {d: separable(d) for d in (2, 3, 4)}
for d, codes in found.items():
    print(f"{d} inputs: {len(codes):4d} of {2**2**d:5d} gates = {len(codes) / 2**2**d:.1%}")
assert all(set(2**2**d - 1 - codes) == set(codes) for d, codes in found.items())  # each has its opposite
# region plot
side = 2**2 ** (inputs - 1)
table = np.zeros(side * side)
table[found[inputs]] = 1
fig, (gates_map, bars) = plt.subplots(1, 2, figsize=(6.4, 3.2), gridspec_kw={"width_ratios": [1.25, 1]})
fig.subplots_adjust(left=0.02, right=0.985, bottom=0.17, top=0.97, wspace=0.3)
gates_map.imshow(table.reshape(side, side), cmap="viridis", vmin=-0.2, vmax=1.2, interpolation="nearest")
gates_map.set(xticks=[], yticks=[])
if inputs == 2:
    for code in range(16):
        for k, (a, b) in enumerate(itertools.product((-0.2, 0.2), repeat=2)):
            style = "full" if code >> k & 1 else "none"
            ink = "black" if table[code] else "white"
            gates_map.plot(code % 4 + a, code // 4 - b, "o", color=ink, fillstyle=style, markersize=6)
shares = [100 * len(codes) / 2**2**d for d, codes in found.items()]
bars.bar([2, 3, 4], shares, color=["C1" if d == inputs else "C0" for d in found])
bars.set(xlabel="inputs", ylabel="can be separated (%)", ylim=(0, 100), xticks=[2, 3, 4])
# endregion

# %% who-stops
data = "AND"  # or "noisy": AND with one answer in ten wrong; "XOR"
steps = 100
eta = 1.0
# region set-up
import matplotlib.pyplot as plt
import numpy as np

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3): x1, x2, 1
Y = {"AND": [0, 0, 0, 1], "noisy": [0.1, 0.1, 0.1, 0.9], "XOR": [0, 1, 1, 0]}  # share of yes


def sigmoid(s: np.ndarray) -> np.ndarray:
    """Turn a weighted sum into a probability: 0 becomes one half."""
    return 1 / (1 + np.exp(-s))


# endregion
def descend(y: np.ndarray, w: np.ndarray, steps: int) -> np.ndarray:
    """Return the weights of logistic regression before each step and after the last, (steps + 1, ...)."""
    path = [w]
    for _ in range(steps):
        w = w - eta * (sigmoid(w @ X.T) - y) @ X / 4  # the gradient: p - y, times x
        path.append(w)
    return np.array(path)


path = descend(np.array(list(Y.values())), np.tile([3.0, -2.0, 1.0], (3, 1)), 4_000)  # (4001, 3, 3)
norm = np.linalg.norm(path, axis=2)  # (4001, 3)
assert norm[4_000, 0] > norm[2_000, 0] + 0.5  # AND: still growing
assert np.allclose(norm[4_000, 1:], norm[2_000, 1:], atol=1e-3)  # the others: settled
# region plot
for name, now, p in zip(Y, norm[steps], sigmoid(path[steps] @ X.T), strict=True):
    print(f"{name:5} |w| {now:5.2f}  p {p.round(2)}")
fig, (plane, sizes) = plt.subplots(1, 2, figsize=(6.4, 3.2), gridspec_kw={"width_ratios": [1, 1.25]})
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.17, top=0.97, wspace=0.3)
which = list(Y).index(data)
U, V = np.meshgrid(np.linspace(-0.5, 1.5, 41), np.linspace(-0.5, 1.5, 41))
w = path[steps, which]
field = sigmoid(w[0] * U + w[1] * V + w[2])
for k in range(5):
    plane.contourf(U, V, field, levels=[0.5 + k / 10 + 1e-3, 1.1], colors=["C0"], alpha=0.12).set_array(None)
if np.ptp(field) > 0.1:
    plane.contour(U, V, field, levels=[0.5], colors=["C1"])
for x, p in zip(X, Y[data], strict=True):
    plane.plot(x[0], x[1], "o", color="C2", markersize=13, fillstyle="full" if p > 0.5 else "none", mew=2)
plane.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
marks = np.unique(np.geomspace(1, 4_000, 60).astype(int))
for k, (name, colour) in enumerate(zip(Y, ("C0", "C3", "C5"), strict=True)):
    sizes.semilogx(marks, norm[marks, k], color=colour, label=name)
sizes.plot(steps, norm[steps, which], "o", color="C1", markersize=9)
sizes.set(xlim=(0.8, 5_000), ylim=(-1, 30), xlabel="step", ylabel="size of the weights")
sizes.legend(loc="upper left")
# endregion

# %% escape
hidden = 2  # units between input and output
size = 1.0  # of the first weights
start = 0  # which of a hundred starts is drawn
# region model
import matplotlib.pyplot as plt
import numpy as np

X, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])  # (4, 2), (4,)


def train(hidden: int, size: float, seed: int = 0, starts: int = 100, steps: int = 1000, eta: float = 2.0):
    """Return nets with one hidden layer after gradient descent on XOR, all starts side by side: (starts, ...)."""
    rng = np.random.default_rng(seed)
    W, b = size * rng.normal(size=(starts, 2, hidden)) / 2**0.5, np.zeros((starts, 1, hidden))
    v, c = size * rng.normal(size=(starts, hidden, 1)) / hidden**0.5, np.zeros((starts, 1, 1))
    for _ in range(steps):
        H = np.tanh(X @ W + b)  # (starts, 4, hidden)
        r = (1 / (1 + np.exp(-(H @ v + c))) - y[:, None]) / 4  # p - y again
        g = r @ v.transpose(0, 2, 1) * (1 - H * H)
        v, c = v - eta * H.transpose(0, 2, 1) @ r, c - eta * r.sum(axis=1, keepdims=True)
        W, b = W - eta * X.T @ g, b - eta * g.sum(axis=1, keepdims=True)
    return W, b, v, c


def score(net, points: np.ndarray) -> np.ndarray:
    """Return the sums that nets give to points (n, 2): above 0 is yes; (starts, n)."""
    return (np.tanh(points @ net[0] + net[1]) @ net[2] + net[3])[..., 0]


def right(net) -> np.ndarray:
    """Return how many of the four answers are right, for each start."""
    return ((score(net, X) > 0) == y).sum(axis=1)


# endregion
some, all_on = X @ [1, 1] > 0.5, X @ [1, 1] > 1.5  # two units by hand: OR, AND
by_hand = 1 * some - 1 * all_on > 0.5
assert (by_hand == y).all()
net = train(hidden, size)  # two units, or more, learned
solved = right(net) == 4  # (100,)
print(f"two units by hand: {(by_hand == y).sum()} of 4 right")
print(f"{hidden} learned: {solved.sum()} of 100 starts solve XOR\nstart {start}: {right(net)[start]} of 4 right")
# region plot
one = [part[start : start + 1] for part in net]
box = {"left": 0.08, "right": 0.985, "bottom": 0.17, "top": 0.97, "wspace": 0.15}
fig, (plane, grid) = plt.subplots(1, 2, figsize=(6.4, 3.2), gridspec_kw=box)
U, V = np.meshgrid(np.linspace(-0.5, 1.5, 61), np.linspace(-0.5, 1.5, 61))
field = score(one, np.column_stack([U.ravel(), V.ravel()])).reshape(U.shape)
if field.max() > 0:
    plane.contourf(U, V, field, levels=[0, field.max() + 1], colors=["C0"], alpha=0.25).set_array(None)
for (a, b), h in zip(one[0][0].T, one[1][0, 0], strict=True):
    plane.contour(U, V, a * U + b * V + h, levels=[0], colors=["C5"], linestyles="--", linewidths=1.5)
for x, label in zip(X, y, strict=True):
    plane.plot(x[0], x[1], "o", color="C2", markersize=13, fillstyle="full" if label else "none", mew=2)
plane.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), xlabel="$x_1$", ylabel="$x_2$", xticks=[0, 1], yticks=[0, 1])
for marker, these in (("o", np.flatnonzero(solved)), ("x", np.flatnonzero(~solved))):
    grid.plot(these % 10, these // 10, marker, color="C0", markersize=7, mew=2)
grid.plot(start % 10, start // 10, "o" if solved[start] else "x", color="C1", markersize=12, mew=3)
grid.set(xlim=(-0.7, 9.7), ylim=(9.7, -0.7), xticks=[], yticks=[], xlabel="hundred starts")
# endregion

# %% exercise:idle
import numpy as np


def learn(X, y, rounds=100):
    """Return the weights that Rosenblatt's rule ends with; y is 1 or -1."""
    w = np.zeros(X.shape[1])
    for _ in range(rounds):
        for x, label in zip(X, y, strict=True):
            if label * (x @ w) < 0:
                w = w + label * x
    return w


# %% solution:idle
import numpy as np


def learn(X, y, rounds=100):
    """Return the weights that Rosenblatt's rule ends with; y is 1 or -1."""
    w = np.zeros(X.shape[1])
    for _ in range(rounds):
        for x, label in zip(X, y, strict=True):
            if label * (x @ w) <= 0:
                w = w + label * x
    return w


# %% check:idle
import numpy as np

X = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
for name, y in {"AND": [-1, -1, -1, 1], "OR": [-1, 1, 1, 1], "NAND": [1, 1, 1, -1]}.items():
    w = learn(X, np.array(y))
    assert w.any(), "the weights never moved"
    assert (np.sign(X @ w) == y).all(), f"{name} is not answered"

# %% solution:three-inputs
import itertools

import numpy as np

questions = np.array(list(itertools.product([0, 1], repeat=3)))
candidates = [questions.sum(axis=1) == 1, questions.sum(axis=1) >= 2, questions.sum(axis=1) % 2 == 1]
grid = np.array(list(itertools.product(np.arange(-2, 2.5, 0.5), repeat=4)))  # w1, w2, w3, b
answers = np.column_stack([questions, np.ones(8)]) @ grid.T > 0  # (8, 6561)
answer = 1 + int(np.argmax([(answers == y[:, None]).all(axis=0).any() for y in candidates]))

# %% check:three-inputs
assert answer == 2, "look for three points whose average lies between two others"

# %% solution:product
answer = (-0.5 - (1 + 1 - 0.5)) / 1

# %% check:product
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
sums = X @ [1, 1] + answer * X[:, 0] * X[:, 1] - 0.5
assert np.allclose(sums, [-0.5, 0.5, 0.5, -0.5]), f"the four sums are {sums}"


# %% exercise:extra
def extra(x1, x2):
    """Return a third number for the perceptron to weigh."""
    return x1 + x2


# %% solution:extra
def extra(x1, x2):
    """Return a third number for the perceptron to weigh."""
    return abs(x1 - 0.7 * x2)


# %% check:extra
import numpy as np

X = np.array([[a, b, extra(a, b), 1.0] for a in (0, 1) for b in (0, 1)])
y, w = np.array([-1, 1, 1, -1]), np.zeros(4)
assert np.isfinite(X).all(), "the third number must be a number for all four points"
assert np.ptp(X[:3, 2]) > 0, "on these four points that is the product, or it has no weight at all"
for _ in range(2000):
    before = w
    for x, label in zip(X, y, strict=True):
        w = w + label * x * (label * (x @ w) <= 0)
    if (w == before).all():
        break
assert (y * (X @ w) > 0).all(), "after 2000 rounds the perceptron still corrects"

# %% solution:first-step
import numpy as np

X, y = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]), np.array([0, 0, 0, 1])
answer = float((-(0.5 - y) @ X / 4)[2])

# %% check:first-step
import numpy as np

X, y, h = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 0, 0, 1]), 1e-6


def loss(b):
    """Return the mean log loss of the weights 0, 0 and b."""
    p = 1 / (1 + np.exp(-(X @ [0, 0] + b)))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


assert abs(answer + (loss(h) - loss(-h)) / (2 * h)) < 1e-6, "differences of the loss say otherwise"
