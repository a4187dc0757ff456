"""Universal approximation: a net written down by hand, bends that do and do not suffice, and what descent finds."""

# %% bends
# region model
import matplotlib.pyplot as plt
import numpy as np

TARGETS = {
    "wave": lambda x: np.sin(2 * np.pi * x),
    "kink": lambda x: np.abs(x - 1 / 3),
    "root": np.sqrt,
    "step": lambda x: 1.0 * (x >= 1 / 3),
}
target = "wave"  # or "kink", "root", "step"
units = 8  # hidden ReLUs, one for each bend
reach = 0.625  # the sum so far: ReLUs whose bend is left of here


def build(m):
    """Return bends t, (m,), weights v, (m,), and offset c of a net through m + 1 evenly spaced points of the target."""
    t = np.arange(m + 1) / m
    slopes = m * np.diff(f(t))
    return t[:-1], np.diff(slopes, prepend=0), f(t[0])  # each ReLU adds a change of slope


def net(x, m, reach=1):
    """Return c + sum of v relu(x - t) over the bends t < reach."""
    t, v, c = build(m)
    return c + np.maximum(x[:, None] - t, 0) @ (v * (t < reach))


f = TARGETS[target]
x = np.sort(np.append(np.linspace(0, 1, 2401), 1 / 3 - 1e-9))  # just before the step, too
sizes = 2 ** np.arange(3, 8)
gaps = np.array([np.abs(net(x, m) - f(x)) for m in sizes])  # (sizes, points)
worst, mean = gaps.max(axis=1), gaps.mean(axis=1)
halving = worst[:-1] / worst[1:]
print(f"{target:5}", *(f"{m:6d}" for m in sizes))
print("worst", *(f"{e:6.4f}" for e in worst))
print("mean ", *(f"{e:6.4f}" for e in mean))
print("doubling divides worst by", *(f"{r:.2f}" for r in halving))
assert target != "wave" or np.all(worst <= np.pi**2 / 2 / sizes**2)  # |f''| / 8m²
assert target != "step" or worst.min() >= 0.5  # half the jump: nothing continuous comes closer
# endregion
# region plot
fig, (above, below) = plt.subplots(2, 1, figsize=(6.4, 4.8), height_ratios=[3, 2], sharex=True)
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.11, top=0.97, hspace=0.12)
t, v, c = build(units)
knots = np.linspace(0, 1, units + 1)
above.plot(x[::8], f(x[::8]), color="C5", linewidth=4, alpha=0.45, label="target")
above.plot(knots, net(knots, units, reach), "C0--")
above.plot(knots[knots <= reach], net(knots[knots <= reach], units), "C0", label="sum")
above.plot(t[t < reach], net(t[t < reach], units), "C1o", label="bends")
above.set(ylim=(-1.35, 1.9), yticks=[-1, 0, 1])
above.legend(loc="upper right", ncols=3)
ends = np.array([t, np.ones(units), np.full(units, np.nan)])  # each ramp from its bend to x = 1
rise = np.array([0 * t, v * (1 - t), np.full(units, np.nan)])
below.plot(ends[:, t >= reach].T.ravel(), rise[:, t >= reach].T.ravel(), "C5", alpha=0.25)
below.plot(ends[:, t < reach].T.ravel(), rise[:, t < reach].T.ravel(), "C0")
below.set(xlim=(-0.02, 1.02), ylim=(-7, 7), xlabel="x", ylabel="each ReLU")
# endregion

# %% any-bend
# region set-up
import matplotlib.pyplot as plt
import numpy as np

ACTIVATIONS = {
    "relu": lambda u: np.maximum(u, 0),
    "sigmoid": lambda u: 1 / (1 + np.exp(-u)),
    "swish": lambda u: u / (1 + np.exp(-u)),
    "sine": np.sin,
    "cube": lambda u: u**3,
}
samples, between = np.linspace(-1, 1, 300), np.linspace(-1, 1, 1201)
# endregion
activation = "relu"  # drawn
doublings = 7
width = 2**doublings  # hidden units


def fit(name, seed):
    """Return the net's outputs, (1201,), and how many independent shapes its hidden layer has."""
    rng = np.random.default_rng(seed)
    w = 6 * rng.normal(size=width)  # hidden weights stay as drawn
    b = np.abs(w) * rng.uniform(-1, 1, width)  # the bends lie on [-1, 1]
    H, B = (np.c_[ACTIVATIONS[name](np.outer(x, w) + b), np.ones(len(x))] for x in (samples, between))
    v, _, shapes, _ = np.linalg.lstsq(H, np.sin(3 * np.pi * samples), rcond=1e-9)
    return B @ v, shapes


truth = np.sin(3 * np.pi * between)
off = {name: [np.abs(fit(name, s)[0] - truth).max() for s in range(5)] for name in ACTIVATIONS}
# region print
print(f"worst error with {width} units, 5 draws")
for name, e in off.items():
    print(f"{name:8} {min(e):.4f} to {max(e):.4f}")
shapes = max(fit("cube", s)[1] for s in range(5))
print(f"independent shapes among {width} cubes: {shapes}")
# endregion
assert shapes <= 4  # 1, x, x², x³
assert min(off["cube"]) >= 1  # six peaks, and a cubic crosses zero three times
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4), width_ratios=[3, 2])
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97, wspace=0.5)
left.plot(between[::5], truth[::5], color="C5", linewidth=4, alpha=0.45, label="target")
left.plot(between[::5], fit(activation, 0)[0][::5], label="net")
left.set(xlim=(-1, 1), ylim=(-1.6, 2.1), xlabel="x", yticks=[-1, 0, 1])
left.legend(loc="upper center", ncols=2)
for row, (name, e) in enumerate(off.items()):
    right.plot(np.maximum(e, 1e-4), np.full(5, row), "o", color="C1" if name == activation else "C0", alpha=0.6)
right.axvline(1, color="C5", linewidth=0.8)
right.set(xscale="log", xlim=(6e-5, 20), ylim=(4.5, -0.5), xlabel="worst error", yticks=range(5), yticklabels=off)
right.set_xticks([1e-4, 1e-2, 1])
# endregion

# %% gelu
# region set-up
import matplotlib.pyplot as plt
import numpy as np

u = np.linspace(-4, 4, 161)
gauss = np.exp(-(np.linspace(-12, 4, 3201) ** 2) / 2)
Phi = ((np.cumsum(gauss) - gauss / 2) / (2 * gauss[:2400].sum() + 1))[1600::10]  # Φ at u
gelu = u * Phi


# endregion
family = "scaled"  # α·σ(βu) with the best α; or "gated": u·σ(βu)
beta = 1.0


def member(family, beta):
    """Return u·σ(βu), or α·σ(βu) with whichever of 401 α comes closest to GELU, (161,)."""
    s = 1 / (1 + np.exp(-beta * u))
    if family == "gated":
        return u * s
    alphas = np.linspace(0, 8, 401)
    return alphas[np.abs(np.outer(alphas, s) - gelu).max(axis=1).argmin()] * s


betas = np.linspace(0.05, 4, 80)
gap = {name: [np.abs(member(name, b) - gelu).max() for b in betas] for name in ("scaled", "gated")}
for name, g in gap.items():
    print(f"{name}: best beta {betas[np.argmin(g)]:.2f}, off by {min(g):.3f}")
assert min(gap["gated"]) < 0.02 and min(gap["scaled"]) >= 1
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.15, top=0.97)
ax.plot(u, gelu, color="C5", linewidth=4, alpha=0.45, label="GELU")
formula = {"scaled": r"$\alpha\,\sigma(\beta u)$", "gated": r"$u\,\sigma(\beta u)$"}[family]
ax.plot(u, member(family, beta), label=formula)
ax.fill_between(u, gelu, member(family, beta), alpha=0.2)
ax.set(xlim=(-4, 4), ylim=(-1, 4.4), xlabel="u")
ax.legend(loc="upper left")
# endregion

# %% found
# region set-up
import matplotlib.pyplot as plt
import numpy as np

m, points = 64, np.linspace(0, 1, 257)  # bends at 0, 1/64, 2/64, …
ramps = np.maximum(points[:, None] - np.arange(m) / m, 0)  # (257, 64)
# endregion
method = "descent"  # or "momentum"
waves = 4
doublings = 12

hats = ramps @ (m * (np.eye(m) - 2 * np.eye(m, k=-1) + np.eye(m, k=-2)))  # each the sum of three ramps


def descend(A):
    """Return the weights after each step down half the mean squared error, (steps, 64), and the curvatures, (64,)."""
    S, q = A.T @ A / len(y), A.T @ y / len(y)  # the gradient is S v - q
    curvatures = np.linalg.eigvalsh(S)  # the gentlest first
    v, ahead, trail = np.zeros(m), np.zeros(m), []
    for k in range(2**doublings):
        last, v = v, ahead - (S @ ahead - q) / curvatures[-1]
        ahead = v + (k / (k + 3) * (v - last) if method == "momentum" else 0)
        trail.append(v)
    return np.array(trail), curvatures


# region print
steps = 2 ** np.arange(doublings + 1)  # 1, 2, 4, …
y = np.sin(2 * np.pi * waves * points)
sums, paths, condition = {}, {}, {}
print(f"{method}, {steps[-1]} steps, waves: {waves}")
for name, A in (("ramps", ramps), ("hats", hats)):
    trail, curvatures = descend(A)
    made = trail[steps - 1] @ A.T  # (13, 257)
    sums[name], paths[name] = made[-1], np.abs(made - y).max(axis=1)
    condition[name] = curvatures[-1] / curvatures[0]
    print(f"{name:5}  off by {paths[name][-1]:.3f}, curvatures {condition[name]:.0e} : 1")
solved = np.abs(hats @ np.linalg.solve(hats.T @ hats, hats.T @ y) - y).max()
print(f"answering 0: {np.abs(y).max():.3f}, all at once: {solved:.3f}")
assert np.allclose(hats, np.maximum(1 - np.abs(m * points[:, None] - np.arange(1, m + 1)), 0))
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4), width_ratios=[3, 2])
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97, wspace=0.42)
left.plot(points, y, color="C5", linewidth=4, alpha=0.45, label="target")
for name, colour in (("hats", "C1"), ("ramps", "C0")):
    left.plot(points, sums[name], colour)
left.set(xlim=(0, 1), ylim=(-1.6, 2.1), xlabel="x", yticks=[-1, 0, 1])
left.legend(loc="upper center")
for name, style in (("ramps", "C0o-"), ("hats", "C1s-")):
    right.plot(steps, paths[name], style, markersize=4, label=name)
right.axhline(1, color="C5", linewidth=0.8)
right.set(xscale="log", yscale="log", xlim=(0.7, 6000), ylim=(5e-4, 9), xlabel="steps", ylabel="worst error")
right.set_xticks([1, 10, 100, 1000])
right.legend(loc="upper center", ncols=2)
# endregion

# %% solution:universal-approximation-hat
steeper, back = 2, -2  # slopes of the hat's two sides
answer = back - steeper  # a weight is a change of slope

# %% check:universal-approximation-hat
import numpy as np

x = np.array([0, 0.25, 0.5, 0.75, 1, 2])
sides = 2 * np.maximum(x, 0) + 2 * np.maximum(x - 1, 0)
assert np.allclose(sides + answer * np.maximum(x - 0.5, 0), np.maximum(1 - np.abs(2 * x - 1), 0)), "not a hat"

# %% exercise:universal-approximation-uneven
import numpy as np


def build(f, t):
    """Return bends (m,), weights (m,) and offset of a ReLU net through f at the points t, (m + 1,)."""
    m = len(t) - 1
    slopes = m * np.diff(f(t))
    return t[:-1], np.diff(slopes, prepend=0), f(t[0])


# %% solution:universal-approximation-uneven
import numpy as np


def build(f, t):
    """Return bends (m,), weights (m,) and offset of a ReLU net through f at the points t, (m + 1,)."""
    slopes = np.diff(f(t)) / np.diff(t)
    return t[:-1], np.diff(slopes, prepend=0), f(t[0])


# %% check:universal-approximation-uneven
import numpy as np

t = np.array([0, 0.1, 0.3, 1])
bends, weights, offset = build(np.square, t)
made = offset + np.maximum(t[:, None] - bends, 0) @ weights
assert abs(made[0]) < 1e-9, "at x = 0 the net is its offset, f(0)"
assert np.allclose(made, t**2), f"at x = {t} the net says {made.round(3)}, the square is {t**2}"
even = np.linspace(0, 1, 5)
bends, weights, offset = build(np.cos, even)
assert np.allclose(offset + np.maximum(even[:, None] - bends, 0) @ weights, np.cos(even)), "even points fail now"

# %% exercise:universal-approximation-crowd
power = 1.0  # bends at (k / m) ** power: yours

# %% solution:universal-approximation-crowd
power = 4.0  # bends at (k / m) ** power: yours

# %% check:universal-approximation-crowd
from itertools import pairwise

import numpy as np

x = np.linspace(0, 1, 4001) ** 4
sizes, worst = (8, 16, 32, 64), []
for m in sizes:
    t = (np.arange(m + 1) / m) ** power
    worst.append(np.abs(np.interp(x, t, np.sqrt(t)) - np.sqrt(x)).max())
ratios = [a / b for a, b in pairwise(worst)]
said = ", ".join(f"{r:.2f}" for r in ratios)
assert power > 0, "a power above 0, or there is no bend at 0"
assert min(ratios) > 3.5, f"doubling divides the worst error by {said}: more than 3.5 is wanted each time"

# %% solution:universal-approximation-fifth
peaks = 6  # of sin 3πx on [-1, 1], up and down in turn
answer = peaks - 1  # a polynomial with these signs crosses zero five times

# %% check:universal-approximation-fifth
import numpy as np

x = np.linspace(-1, 1, 401)
y, first = np.sin(3 * np.pi * x), None
for n in range(1, 8):
    V, weight = np.polynomial.chebyshev.chebvander(x, n), np.ones(len(x))
    for _ in range(300):  # Lawson: weigh most where it misses most
        root = np.sqrt(weight)
        off = np.abs(V @ np.linalg.lstsq(V * root[:, None], y * root, rcond=None)[0] - y)
        weight *= off / (weight @ off)
    if first is None and off.max() < 0.99:
        first = n
assert answer == first, "count the peaks, then how often a curve with those signs must cross zero"

# %% solution:universal-approximation-symmetry
reach = 10
answer = reach / 4  # |α| ≤ 2ε and |α - 10| ≤ 2ε

# %% check:universal-approximation-symmetry
import numpy as np

u = np.linspace(-10, 10, 2001)
gauss = np.exp(-(u**2) / 2)
gelu = u * np.cumsum(gauss) / gauss.sum()
least = min(
    np.abs(alpha / (1 + np.exp(-beta * u)) - gelu).max()
    for alpha in np.linspace(0, 10, 101)
    for beta in np.linspace(0.05, 2, 40)
)
assert answer <= least, f"the best of 4,040 tried misses by {least:.2f}, which is less"
assert answer > 2.49, "true, but the argument gives more"
assert answer < 2.51, "perhaps, but the argument gives less"
