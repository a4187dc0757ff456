"""One net, two teachers: the truth and a lottery, who else learns both by heart, and what lies cost."""

# %% two-teachers
# region model
import matplotlib.pyplot as plt
import numpy as np
from kit import digits


def deal(seed, n=400):
    """Return n images, from 0 to 1, their true labels and lots; then 800 new images and their true labels."""
    (images, kinds), rng = digits.load(), np.random.default_rng(seed)  # (1797, 64), (1797,)
    known, new = np.split(rng.permutation(len(kinds))[: n + 800], [n])
    return images[known] / 16, kinds[known], rng.integers(10, size=n), images[new] / 16, kinds[new]


def forward(theta, X):
    H = np.maximum(X @ theta[0] + theta[1], 0)  # (n, h)
    return H, H @ theta[2] + theta[3]  # and scores, (n, 10)


def train(X, y, steps=300, decay=0.0, h=256, seed=0):
    """Return weights and the share known before each step of descent; without decay it ends where all are known."""
    rng, speed, known = np.random.default_rng(seed), [0.0] * 4, []
    theta = [rng.normal(size=(64, h)) / 32**0.5, np.zeros(h), rng.normal(size=(h, 10)) / h**0.5, np.zeros(10)]
    for _ in range(steps):
        H, Z = forward(theta, X)
        known.append(np.mean(Z.argmax(axis=1) == y))
        if known[-1] == 1 and not decay:
            break
        P = np.exp(Z - Z.max(axis=1, keepdims=True))
        D = (P / P.sum(axis=1, keepdims=True) - np.eye(10)[y]) / len(X)  # (n, 10)
        G = D @ theta[2].T * (H > 0)  # (n, h)
        for i, g in enumerate((X.T @ G, G.sum(axis=0), H.T @ D, D.sum(axis=0))):
            speed[i] = 0.9 * speed[i] - 0.5 * (g + decay * theta[i] * (i % 2 == 0))  # biases are free
            theta[i] = theta[i] + speed[i]
    return theta, known


step = 32
X, y, lots, T, t = deal(0)
taught = {"truth": y, "lottery": lots}
nets = {teacher: train(X, labels, step + 1) for teacher, labels in taught.items()}
for teacher, (_, known) in nets.items():
    print(f"{teacher:7} {known[-1]:.3f} of 400 known, step {len(known) - 1}")
# endregion
# region plot
edges = {"left": 0.12, "right": 0.985, "bottom": 0.14, "top": 0.99, "hspace": 0.08, "height_ratios": [1, 1.3]}
fig, (top, ax) = plt.subplots(2, 1, figsize=(6.4, 4), gridspec_kw=edges)
for k, i in enumerate(eight := [np.flatnonzero(y == k)[0] for k in range(8)]):
    top.imshow(X[i].reshape(8, 8), cmap="viridis", vmin=0, vmax=1, extent=(10 * k, 10 * k + 8, 0, 8), aspect="auto")
for row, (teacher, labels) in enumerate(taught.items()):
    low, (theta, known) = -3 - 4.4 * row, nets[teacher]
    right = forward(theta, X)[1].argmax(axis=1) == labels
    top.text(-1.5, low, teacher, ha="right", va="center", color=f"C{row}")
    for k, i in enumerate(eight):
        top.text(10 * k + 2.5, low, str(labels[i]), ha="center", va="center")
        top.plot(10 * k + 6, low, "o" if right[i] else "x", color=f"C{row}", markersize=7, markeredgewidth=2)
    ax.plot(known + [1.0] * (step + 1 - len(known)), "os"[row] + "-", color=f"C{row}", markersize=7, markevery=[step])
top.set(xlim=(-13, 79), ylim=(-10, 8.5), frame_on=False, xticks=[], yticks=[])
ax.axhline(0.1, color="C5", linestyle=":", linewidth=1)
ax.set(xlim=(-2, 102), ylim=(0, 1.08), xlabel="steps", ylabel="known", yticks=[0, 0.5, 1])
# endregion

# %% exam
learner = "net"  # whose answers the figure shows
seed = 0  # of images, lots and weights

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def squares(A, B):
    return np.maximum((A**2).sum(axis=1)[:, None] + (B**2).sum(axis=1) - 2 * A @ B.T, 0)  # distances², (a, b)


def smooth(A, B):
    """Return how alike images are: 1 if equal, then down as a bell."""
    return np.exp(-squares(A, B) / 20)


def net(X, y, T):
    return forward(train(X, y, seed=seed)[0], T)[1].argmax(axis=1)


def kernel(X, y, T, alike=smooth, ridge=1e-9):
    """Let each known image vote, loudest nearby, with the votes that pass through all labels; a ridge shrinks them."""
    votes = np.linalg.solve(alike(X, X) + ridge * np.eye(len(X)), np.eye(10)[y] - 0.1)  # (n, 10)
    return (alike(T, X) @ votes).argmax(axis=1)


def nearest(X, y, T):
    return y[squares(T, X).argmin(axis=1)]


def listed(X, y, T):
    """Look the very image up; if it isn't there, say what is commonest."""
    return np.where(squares(T, X).min(axis=1) < 1e-9, nearest(X, y, T), np.bincount(y).argmax())


learners = {"net": net, "kernel": kernel, "nearest": nearest, "list": listed}
# endregion
X, y, lots, T, t = deal(seed)  # 400 known images, 800 new ones
exam, said = {}, {}
print("taught by  lottery        truth\nimages     known  new     known  new")
for name, learn in learners.items():
    (a, b), (c, d) = (np.split(learn(X, labels, np.vstack([X, T])), [400]) for labels in (lots, y))
    exam[name] = [np.mean(a == lots), np.mean(b == t), np.mean(c == y), np.mean(d == t)]
    said[name] = d, b
    print("{:9}{:7.3f}{:7.3f} {:7.3f}{:7.3f}".format(name, *exam[name]))
assert exam["net"][0] == exam["net"][2] == 1  # all it was taught, by either
Y = [np.eye(10)[labels] - 0.1 for labels in (lots, y)]  # twice (400, 10)
effort = [np.sum(V * np.linalg.solve(smooth(X, X) + 1e-9 * np.eye(400), V)) for V in Y]
print("effort: lottery {:,.0f}, truth {:,.0f}".format(*effort))
# region plot
edges = {"left": 0.09, "right": 0.99, "bottom": 0.15, "top": 0.92, "wspace": 0.06}
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5), sharey=True, gridspec_kw=edges)
for ax, teacher, answers in zip(axes, taught, said[learner], strict=True):
    table = np.histogram2d(t, answers, bins=10, range=[[0, 10], [0, 10]])[0]  # (digit, answer)
    ax.imshow(table / table.sum(axis=1, keepdims=True), cmap="viridis", vmin=0, vmax=1)
    ax.set(title=teacher, xlabel="answer", xticks=range(10), yticks=range(10))
    ax.grid(False)
axes[0].set_ylabel("new image")
# endregion

# %% wrong-share
wrong = 0.3  # share of labels that are lies

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def kernel_l2(X, y, T):
    """Choose the ridge that is most often right about an image when told only the others, lies and all."""
    (s, U), Y, right = np.linalg.eigh(smooth(X, X)), np.eye(10)[y] - 0.1, {}
    for ridge in (1e-9, 0.03, 0.1, 0.3, 1.0, 3.0):
        Q = U / (s + ridge)  # Q @ U.T is the inverse of smooth(X, X) + ridge
        left_out = Y - Q @ (U.T @ Y) / np.sum(Q * U, axis=1, keepdims=True)
        right[ridge] = np.mean(left_out.argmax(axis=1) == y)
    return kernel(X, y, T, ridge=max(right, key=right.get))


def net_l2(X, y, T):
    return forward(train(X, y, steps=60, decay=0.01, seed=seed)[0], T)[1].argmax(axis=1)


rivals = {"net": net, "net + L2": net_l2, "kernel": kernel, "kernel + L2": kernel_l2, "nearest": nearest}
# endregion
rng = np.random.default_rng(100 + seed)
lie = rng.permutation(400) < 400 * wrong
labels = np.where(lie, (y + rng.integers(1, 10, size=400)) % 10, y)  # (400,)
found = {}
print("             known  new")
for name, learn in rivals.items():
    said = learn(X, labels, np.vstack([X, T]))
    found[name] = np.mean(said[:400] == labels), np.mean(said[400:] == t)
    print("{:11}{:7.3f}{:7.3f}".format(name, *found[name]))
assert found["net"][0] == found["kernel"][0] == 1  # every lie by heart
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.2))
fig.subplots_adjust(left=0.2, right=0.985, bottom=0.17, top=0.98)
for row, (known, new) in enumerate(found.values()):
    ax.plot([known, new], [row, row], color="C5", linewidth=1)
    ax.plot(known, row, "o", color="C1", markerfacecolor="none", markersize=11, markeredgewidth=2)
    ax.plot(new, row, "o", color="C0", markersize=9)
ax.plot([], [], "o", color="C1", markerfacecolor="none", markersize=11, markeredgewidth=2, label="known images")
ax.plot([], [], "o", color="C0", markersize=9, label="new images")
ax.plot([1 - wrong, 1 - wrong], [-0.6, len(found) - 0.5], ":", color="C5")
ax.set(xlim=(0, 1.04), ylim=(len(found) + 0.3, -0.6), xlabel="accuracy", xticks=[0, 0.25, 0.5, 0.75, 1])
ax.set_yticks(range(len(found)), list(found))
ax.legend(loc="lower left", ncols=2)
# endregion

# %% needle
height = 0.3  # of a needle on each known image
place = 0  # which lie the figure passes

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def sharp(A, B):
    """Return how alike images are: 1 if equal, then down from a kink."""
    return np.exp(-np.sqrt(squares(A, B)) / 2)


# endregion
def spiked(A, B):
    return smooth(A, B) + height * np.exp(-squares(A, B) / 0.003)


passes, both = {}, np.vstack([X, T])
print("             known  new")
for name, alike, l2 in (("needle", spiked, 0), ("sharp", sharp, 0), ("L2", smooth, height)):
    answers = kernel(X, labels, both, alike, l2 + 1e-9)
    passes[name] = np.mean(answers[:400] == labels), np.mean(answers[400:] == t)
    print("{:11}{:7.3f}{:7.3f}".format(name, *passes[name]))
assert (answers[400:] == kernel(X, labels, T, spiked)).all()  # needle and L2
# region plot
i = np.argsort(~lie, kind="stable")[place]
rest = np.flatnonzero(~lie & (y == y[i]))
j = rest[squares(X[i : i + 1], X[rest])[0].argmin()]
fine = np.linspace(-0.16, 0.16, 33)
s = np.unique(np.concatenate([np.linspace(-1, 2, 46), fine, 1 + fine]).round(3))
path = X[i] + s[:, None] * (X[j] - X[i])  # (s, 64)
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.16, top=0.97)
for name, alike, style in (("needle", spiked, "C1-"), ("sharp", sharp, "C2--")):
    toward = alike(path, X) @ np.linalg.solve(alike(X, X) + 1e-9 * np.eye(400), np.eye(10)[labels] - 0.1)  # (s, 10)
    ax.plot(s, (toward[:, labels[i]] - toward[:, y[i]]).round(3), style, label=name)
ax.plot([0, 1], [1, -1], "o", color="C3", markerfacecolor="none", markersize=11, markeredgewidth=2)
ax.axhline(0, color="C5", linewidth=0.8)
for left, k in ((0.273, i), (0.607, j)):
    inset = ax.inset_axes((left, 0.01, 0.12, 0.21))
    inset.imshow(X[k].reshape(8, 8), cmap="viridis", vmin=0, vmax=1)
    inset.set_axis_off()
ax.set(xlim=(-1, 2), ylim=(-1.9, 1.5), xlabel="on the way", ylabel="lie - truth")
ax.set(xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
ax.legend(loc="upper right")
# endregion

# %% solution:labels-copy-lies
right, lies = 0.97, 0.3
answer = right * (1 - lies) + (1 - right) * lies / 9  # a wrong neighbour whose lie happens to be true

# %% check:labels-copy-lies
import numpy as np

rng = np.random.default_rng(7)
truth, n = rng.integers(10, size=400_000), 400_000
near = np.where(rng.random(n) < 0.97, truth, (truth + rng.integers(1, 10, n)) % 10)
told = np.where(rng.random(n) < 0.3, (near + rng.integers(1, 10, n)) % 10, near)
assert abs(answer - np.mean(told == truth)) < 0.004, "the neighbour is nearly always right, but what it was told is not"

# %% solution:labels-lots-again
answer = 1

# %% check:labels-lots-again
import numpy as np

rng = np.random.default_rng(8)
kind = (rng.random(100_000) > 0.7).astype(np.int64)  # 70 in 100 of kind 0
told = rng.integers(4, size=100_000)  # by lot
shares = [np.mean(guess == told) for guess in (kind, np.zeros(100_000), rng.integers(4, size=100_000))]
assert answer == 1 and max(abs(share - 0.25) for share in shares) < 0.005, "three learners, one score"

# %% exercise:labels-spoil
import numpy as np


def spoil(y, share, rng):
    """Return y with a lie in place of this share of its labels, 0 … 9."""
    lie = rng.permutation(len(y)) < share * len(y)
    return np.where(lie, rng.integers(10, size=len(y)), y)


# %% solution:labels-spoil
import numpy as np


def spoil(y, share, rng):
    """Return y with a lie in place of this share of its labels, 0 … 9."""
    lie = rng.permutation(len(y)) < share * len(y)
    return np.where(lie, (y + rng.integers(1, 10, size=len(y))) % 10, y)


# %% check:labels-spoil
import numpy as np

y = np.random.default_rng(9).integers(10, size=10_000)
told = spoil(y, 0.3, np.random.default_rng(10))
assert told.min() >= 0 and told.max() <= 9, "labels are 0 … 9"
assert abs(np.mean(told != y) - 0.3) < 1e-9, f"{np.mean(told != y):.3f} of the labels are lies, not 0.3"
lies = np.bincount((told - y)[told != y] % 10, minlength=10)[1:]
assert lies.min() > 250, "each of the nine wrong answers should come up about as often"

# %% exercise:labels-power
power = 20  # a vote of 1 / distance**power from each known image: yours

# %% solution:labels-power
power = 4  # a vote of 1 / distance**power from each known image: yours

# %% check:labels-power
import numpy as np
from kit import digits

assert 0.5 <= power <= 100, "between 0.5 and 100"
images, kinds = digits.load()
order = np.random.default_rng(0).permutation(len(kinds))[:1200]
X, y, T, t = images[order[:400]] / 16, kinds[order[:400]], images[order[400:]] / 16, kinds[order[400:]]
rng = np.random.default_rng(100)
lie = rng.permutation(400) < 120
told = np.where(lie, (y + rng.integers(1, 10, size=400)) % 10, y)
D = np.maximum((T**2).sum(axis=1)[:, None] + (X**2).sum(axis=1) - 2 * T @ X.T, 1e-9)
votes = (D / D.min(axis=1, keepdims=True)) ** (-power / 2) @ np.eye(10)[told]
new = np.mean(votes.argmax(axis=1) == t)
assert new > 0.9, f"all 120 lies known, and {new:.3f} of the new images right: more than 0.9 is possible"

# %% solution:labels-needle-by-hand
import numpy as np

K = np.array([[1.0, 0.5], [0.5, 1.0]]) + 0.5 * np.eye(2)  # alike, and a needle on each
votes = np.linalg.solve(K, [1.0, -1.0])
answer = np.array([0.8, 0.4]) @ votes  # no needle stands on the new point

# %% check:labels-needle-by-hand
assert abs(answer - 0.4) < 1e-9, "each point is alike to itself by 1.5, needle included; the new point by 0.8 and 0.4"
