"""Loss landscapes: a saddle, the ridge between two trained nets, starts that get stuck, and rugged slices."""

# %% saddle
# region model
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam

eps = 0.001  # how far from the line a + b = 0 the ball starts
eta = 0.1
step = 64  # drawn so far


def leave(factors, eps, adam=False):
    """Return the steps until the product of equal weights, all eps at first, is one half."""
    w, steps = np.array([eps]) if adam else eps, 0
    rule = Adam([w], eta) if adam else None
    while w**factors < 0.5:
        slope = (w**factors - 1) * w ** (factors - 1)
        if rule:
            rule.step([slope])
        else:
            w -= eta * slope
        steps += 1
    return steps


path = [np.array([1.2, -1.2 + eps])]  # a, b: a net of two weights, y = b a x
while len(path) <= 200:
    a, b = path[-1]
    path.append(path[-1] - eta * (a * b - 1) * np.array([b, a]))  # of (ab - 1)² / 2
path = np.array(path)  # (201, 2)
loss = (path.prod(axis=1) - 1) ** 2 / 2
stay = int(np.sum(loss > 0.25))
nearer = [0.1, 0.01, 0.001, 0.0001]
kinds = {"2 weights": (2, False), "3 weights": (3, False), "3, Adam": (3, True)}
away = {name: [leave(n, e, adam) for e in nearer] for name, (n, adam) in kinds.items()}
print(f"start {eps:g} off the line: {stay} steps above 0.25")
print("steps to leave  ", *(f"{e:6g}" for e in nearer))
for name, counts in away.items():
    print(f"{name:16}", *(f"{n:6d}" for n in counts))
assert np.ptp(np.diff(away["2 weights"])) <= 1  # ten times nearer: as many steps more each time
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97, wspace=0.35)
x = np.geomspace(0.2, 2, 25)
for product in (-3, -2, -1, 1, 3, 4, 5):
    style = {"color": "C2", "linewidth": 4, "alpha": 0.6} if product == 1 else {"color": "C5", "linewidth": 0.7}
    left.plot(np.r_[x, np.nan, -x], product / np.r_[x, np.nan, -x], **style)
left.plot([-2, 2, np.nan, 0, 0], [0, 0, np.nan, -2, 2], color="C5", linewidth=0.7)
left.plot(0, 0, "C1x", markersize=11, markeredgewidth=3)
left.plot(*path[: step + 1].T, "C0-", *path[step], "C0o", markersize=9)
left.set(xlim=(-2, 2), ylim=(-2, 2), xlabel="a", ylabel="b", xticks=[-1, 0, 1], yticks=[-1, 0, 1])
right.plot(loss, color="C5", alpha=0.5)
right.plot(loss[: step + 1], "C0-")
right.plot(step, loss[step], "C0o", markersize=9)
right.set(xlim=(-5, 205), ylim=(-0.1, 3.2), xlabel="steps", ylabel="loss", xticks=[0, 100, 200])
# endregion

# %% bridge
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit import digits
from kit.nets import Adam, Nets, softmax_loss


def alike(one, other):
    """Return the other net's hidden units in the order of those they resemble most, best pair first."""
    A, B = (np.vstack([W, b, V.T]) for W, b, V, _ in (one, other))  # (65 + 10, units)
    S, order = A.T @ B, np.empty(A.shape[1], dtype=int)
    for _ in order:
        i, j = np.unravel_index(S.argmax(), S.shape)
        order[i], S[i], S[:, j] = j, -np.inf, -np.inf
    return order


images, labels = digits.load()
images = (images - images[:500].mean(axis=0)) / 16
X, way = images[:500], np.linspace(0, 1, 21)  # (500, 64): to train on
# endregion
hidden = 32  # ReLUs in the hidden layer
match = False  # relabel the second net's units after the first's?
noise = 0.0  # share of the training labels drawn by lot


def walk(one, other):
    """Return the loss on the straight line between two nets, (21,)."""
    if match and len(one) == 4:
        (W, b, V, c), order = other, alike(one, other)
        other = [W[:, order], b[:, order], V[order], c]  # another address, the same function
    t = way[:, None, None]
    nets.theta = [(1 - t) * p + t * q for p, q in zip(one, other, strict=True)]
    return softmax_loss(nets(X), Y)[0]


# region plot
rng, walks, wrong = np.random.default_rng(0), {}, {}
Y = np.eye(10)[np.where(rng.random(500) < noise, rng.integers(10, size=500), labels[:500])]  # (500, 10)
for name, sizes in (("none", [64, 10]), (f"{hidden}", [64, hidden, 10])):
    nets = Nets(sizes, seeds=range(5))
    adam = Adam(nets.theta, rate=0.02, keep=(0.9, 0.99))
    for t in range(1, 61):
        adam.step(nets.gradients(softmax_loss(nets(X), Y)[1]), scale=1 - t / 60)
    wrong[name] = np.mean(nets(images[500:]).argmax(axis=2) != labels[500:])
    first, *others = ([array[k] for array in nets.theta] for k in range(5))
    lines = walks[name] = np.array([walk(first, other) for other in others])  # (4, 21)
    above = (lines > (1 - way) * lines[:, :1] + way * lines[:, -1:] + 1e-9)[:, 1:-1].mean()
    print(f"hidden units: {name}, weights: {sum(p.size for p in first):,}")
    print(f"  ends {lines[:, [0, -1]].max():.2f}, between {lines.max(axis=1).min():.2f} to {lines.max():.2f}")
    print(f"  above the chord {above:.0%}, wrong on new {wrong[name]:.1%}")
    assert name != "none" or above == 0  # a bowl: no chord is crossed
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.15, top=0.97)
ax.plot(way, walks["none"].T, "C5--", label=["no hidden layer", "_", "_", "_"])
ax.plot(way, walks[f"{hidden}"].T, "C0-", label=["hidden layer", "_", "_", "_"])
ax.set(xlim=(0, 1), ylim=(-0.05, 1.75), xlabel="share of the second net", ylabel="loss", xticks=[0, 0.5, 1])
ax.legend(loc="upper center", ncols=2)
# endregion

# %% starts
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Momentum, Nets, logistic_loss

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
y = np.array([[0], [1], [1], [0.0]])  # XOR
# endregion
width = 4  # hidden units
activation = "relu"  # or "tanh"
rule = "Adam"  # or "descent"


def attempt(units):
    """Return the losses that 200 starts end with, (200,)."""
    nets = Nets([2, units, 1], seeds=range(200), activation=activation)
    rng = np.random.default_rng(0)
    nets.theta[1] += rng.normal(size=nets.theta[1].shape) / 2  # first biases, too, by lot
    mover = Adam(nets.theta, 0.05) if rule == "Adam" else Momentum(nets.theta, 0.5, keep=0)
    for _ in range(400):
        mover.step(nets.gradients(logistic_loss(nets(X), y)[1]))
    return logistic_loss(nets(X), y)[0]


ends = {units: attempt(units) for units in sorted({2, width, 16})}
solved = {units: np.mean(e < 0.1) for units, e in ends.items()}
# region print
for units, share in solved.items():
    print(f"{units:2d} units, {4 * units + 1:2d} weights: {share:4.0%} of starts solve it")
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
for (units, e), style in zip(ends.items(), ("C1-", "C0-", "C2-") if len(ends) == 3 else ("C1-", "C2-"), strict=True):
    ax.plot(np.arange(1, 201) / 2, np.sort(np.maximum(e, 1e-3)), style, label=f"{units}")
ax.axhline(np.log(2), color="C5", linewidth=0.8)
ax.axhline(0.1, color="C5", linestyle="--", linewidth=0.8)
ax.set(xlim=(0, 100), ylim=(-0.03, 0.98), xlabel="starts, best first (%)", ylabel="loss at the end")
ax.legend(loc="upper center", ncols=3)
# endregion

# %% slice
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Nets, logistic_loss

X = np.random.default_rng(99).normal(size=(48, 2))
radius = np.hypot(*X.T)
y = (radius > np.median(radius))[:, None] * 1.0  # outside a ring, (48, 1): half of them


# endregion
drawn = "plain"  # or "skip": h + 0.2 relu(hW + b), or "small": plain, with small weights at the start


def study(kind):
    """Return each trained net's share of wrong answers, (5,), and its loss on random lines, (4, 5, 41)."""
    gain, skip = 0.25 if kind == "small" else 2, 0.2 if kind == "skip" else 0
    nets = Nets([2] + 21 * [16] + [1], seeds=range(5), gain=gain, skip=skip)
    adam = Adam(nets.theta, rate=0.01, keep=(0.9, 0.99))
    for t in range(1, 101):
        adam.step(nets.gradients(logistic_loss(nets(X), y)[1]), scale=1 - t / 100)
    missed = np.mean((nets(X) > 0) != y, axis=(1, 2))
    theta, rng, lines = nets.theta, np.random.default_rng(0), []
    for k in range(20):
        net = [array[k % 5] for array in theta]
        nets.theta = [W + way[:, None, None] * d for W, d in zip(net, direction(rng, net), strict=True)]
        lines.append(logistic_loss(nets(X), y)[0])
    return missed, np.array(lines).reshape(4, 5, -1)


# region print
def direction(rng, net):
    """Return a random direction; what enters each unit is as long as the unit's own weights. Biases stay."""
    drawn = [rng.normal(size=W.shape) if len(W) > 1 else np.zeros(W.shape) for W in net]
    return [
        d * np.linalg.norm(W, axis=0) / np.maximum(np.linalg.norm(d, axis=0), 1e-12)
        for d, W in zip(drawn, net, strict=True)
    ]


way, missed, lines, valleys = np.linspace(-1, 1, 41), {}, {}, {}
print("        wrong      valleys on a line")
for kind in ("plain", "skip", "small"):
    missed[kind], lines[kind] = study(kind)
    inner = lines[kind][..., 1:-1] + 1e-6
    lower = (inner < lines[kind][..., :-2]) & (inner < lines[kind][..., 2:])
    count = valleys[kind] = lower.sum(axis=2).mean(axis=0)  # (5,): for each net
    share = missed[kind]
    print(f"{kind:6} {share.min():3.0%} to {share.max():3.0%}  {count.min():.1f} to {count.max():.1f}")
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
for line, colour in zip(lines[drawn].reshape(-1, 41)[:10], ["C0", "C1", "C2", "C3", "C4"] * 2, strict=True):
    ax.plot(way, np.minimum(line, 3), colour, linewidth=1.3)
ax.set(xlim=(-1, 1), ylim=(-0.05, 2), xlabel="along a random direction", ylabel="loss", xticks=[-1, 0, 1])
# endregion

# %% solution:loss-landscape-count
from itertools import pairwise

sizes = [784, 265, 265, 265, 265, 10]
answer = sum((before + 1) * after for before, after in pairwise(sizes))

# %% check:loss-landscape-count
from kit.nets import Nets

nets = Nets([784, 265, 265, 265, 265, 10], seeds=[0])
assert answer == sum(array.size for array in nets.theta), "weights and biases, layer by layer"


# %% exercise:loss-landscape-relabel
def relabel(W, b, V, order):
    """Return a net with hidden units in this order: W (in, units), b (units,), V (units, out)."""
    return W[:, order], b[order], V


# %% solution:loss-landscape-relabel
def relabel(W, b, V, order):
    """Return a net with hidden units in this order: W (in, units), b (units,), V (units, out)."""
    return W[:, order], b[order], V[order]


# %% check:loss-landscape-relabel
import numpy as np

rng = np.random.default_rng(3)
x, W, b, V = rng.normal(size=(7, 4)), rng.normal(size=(4, 6)), rng.normal(size=6), rng.normal(size=(6, 2))
order = rng.permutation(6)
new = relabel(W, b, V, order)
assert np.array_equal(new[0], W[:, order]), "the first weights are not in the new order"
before, after = (np.maximum(x @ P + c, 0) @ Q for P, c, Q in ((W, b, V), new))
assert np.allclose(before, after), f"another function: its outputs moved by up to {np.abs(after - before).max():.1f}"

# %% exercise:loss-landscape-width
width = 2  # hidden ReLUs: yours

# %% solution:loss-landscape-width
width = 7  # hidden ReLUs: yours

# %% check:loss-landscape-width
import numpy as np
from kit.nets import Adam, Nets, logistic_loss

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]])
y = np.array([[0], [1], [1], [0.0]])


def share(units):
    nets = Nets([2, units, 1], seeds=range(200))
    nets.theta[1] += np.random.default_rng(0).normal(size=nets.theta[1].shape) / 2
    adam = Adam(nets.theta, 0.05)
    for _ in range(400):
        adam.step(nets.gradients(logistic_loss(nets(X), y)[1]))
    return np.mean(logistic_loss(nets(X), y)[0] < 0.1)


assert 2 <= width <= 64, "from 2 to 64 units"
found = share(width)
assert found >= 0.95, f"{width} units: {found:.0%} of the starts get there, 95% are wanted"
less = share(width - 1)
assert less < 0.95, f"{width} units do, but so do {width - 1}: {less:.0%}"

# %% solution:loss-landscape-wait
import numpy as np

answer = np.log(0.1 / 1e-6) / np.log(1.1)  # growth by 1 + eta each step

# %% check:loss-landscape-wait
w, steps = 1e-6, 0
while w < 0.1:
    w += 0.1 * (1 - w * w) * w
    steps += 1
assert abs(answer - steps) <= 1.5, "count how often 1.1 must be multiplied to make 100,000"
