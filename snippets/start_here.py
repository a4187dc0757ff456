"""Do you need the maths first? A line fitted by hand, what stops the hand, and a score."""

# %% line
# region set-up
import matplotlib.pyplot as plt
import numpy as np

x = np.arange(1, 12)
y = np.array([1.9, 2.9, 3.1, 2.4, 4.7, 5.0, 4.8, 6.3, 6.7, 7.2, 7.3])
slope = np.mean((x - x.mean()) * (y - y.mean())) / x.var()  # of the best line
height = y.mean() - slope * x.mean()
bottom = np.mean((y - slope * x - height) ** 2)


def rings(levels: list[float], middle: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Return the contours of the error over slope and height at x = middle: ellipses, NaN between them."""
    turn = np.append(np.linspace(0, 2 * np.pi, 49), np.nan)
    radius = np.sqrt(np.array(levels) - bottom)[:, None]
    a = (slope + radius * np.cos(turn) / x.std()).ravel()  # (50 levels,)
    return a, (y.mean() + radius * np.sin(turn)).ravel() + a * (middle - x.mean())


# endregion
a = 0.2  # slope of your line
b = 3.0  # height of your line at x = 0

line = a * x + b
gaps = y - line
error = np.mean(gaps**2)  # mean of the squared gaps
print(f"a = {a:.1f}   b = {b:.1f}   error = {error:.3f}")

# region plot
fig, (plane, points) = plt.subplots(1, 2, figsize=(6.4, 3.2))
points.vlines(x, line, y, color="C1")
points.plot(x, line, color="C0")
points.plot(x, y, "o", color="C2", markersize=5)
points.set(xlim=(0, 12), ylim=(0, 12), xticks=[0, 6, 12], yticks=[0, 6, 12], xlabel="x", ylabel="y")
plane.plot(*rings([0.3, 0.6, 1.2, 2.4, 4.8, 9.6]), color="C5", linewidth=1)
plane.plot(a, b, "o", color="C0", markersize=9)
plane.set(xlim=(0, 1), ylim=(-0.5, 4.5), xticks=[0, 0.5, 1], yticks=[0, 2, 4], xlabel="slope a", ylabel="height b")
# endregion

# %% one-knob-at-a-time
rounds = 20  # a round: turn a, then turn b
step = 0.05  # grid of both knobs; 0 = no grid


def search(step, rounds):
    """Turn one knob at a time, each to its best position; return every (a, b) on the way."""
    path = [(0.2, 3.0)]
    for _ in range(rounds):
        b = path[-1][1]
        a = nearest(np.sum(x * (y - b)) / np.sum(x * x), step)  # best a while b rests
        path += [(a, b), (a, nearest(np.mean(y - a * x), step))]  # best b while a rests
    return path


# region helpers
def nearest(v: float, step: float) -> float:
    """Return the position of the knob that is nearest to v."""
    return round(v / step) * step if step else v


def error_of(a: float, b: float) -> float:
    """Return the mean of the squared gaps of a line."""
    return np.mean((y - a * x - b) ** 2)


def best_on(step: float) -> tuple[float, float]:
    """Return the best line whose a and b both lie on the grid."""
    marks = [(a, nearest(np.mean(y - a * x), step)) for a in step * np.arange(round(1 / step))]
    return min(marks, key=lambda mark: error_of(*mark))


# endregion
path = search(step, rounds)
a, b = path[-1]
print(f"you     a {a:.3f}  b {b:.3f}  error {error_of(a, b):.4f}")
print(f"formula a {slope:.3f}  b {height:.3f}  error {bottom:.4f}")
assert bottom <= error_of(a, b) + 1e-12  # no knob beats the formula

# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(*rings([0.25, 0.3, 0.4, 0.6, 1, 2, 4]), color="C5", linewidth=1)
ax.plot(*zip(*path, strict=True), ".-", color="C1")
ax.plot(slope, height, "+", color="C2", markersize=16, label="bottom")
if step:
    ax.plot(*best_on(step), "x", color="C3", markersize=9, label="best mark")
ax.plot(a, b, "o", color="C0", markersize=8, label="you")
ax.set(xlim=(0.1, 0.8), ylim=(0, 3.6), xlabel="slope a", ylabel="height b")
ax.legend(loc="upper right")
# endregion

# %% where-b-is-read
middle = 6.0  # b is the height of the line at x = middle


def walk(middle):
    """Turn a, then b, without a grid, until the error is within a millionth of the bottom."""
    u = x - middle  # x, counted from there
    path = [(0.2, 3.0 + 0.2 * middle)]  # the same first line, wherever b is read
    while np.mean((y - path[-1][0] * u - path[-1][1]) ** 2) > bottom + 1e-6:
        b = path[-1][1]
        a = np.sum(u * (y - b)) / np.sum(u * u)
        path += [(a, b), (a, np.mean(y - a * u))]
    return path


path = walk(middle)
print(f"pin at x = {middle:g}   rounds to the bottom {len(path) // 2}")

# region plot
fig, (plane, points) = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
(a, b), ends = path[0], np.array([0, 12])
for turn in (-0.15, 0.15):
    points.plot(ends, (a + turn) * (ends - middle) + b, color="C5", linewidth=1)
points.plot(ends, a * (ends - middle) + b, color="C0")
points.plot(x, y, "o", color="C2", markersize=5)
points.plot(middle, b, "s", color="C1", markersize=9)
points.set(xlim=(0, 12), ylim=(-1, 10), xticks=[0, 6, 12], yticks=[0, 5, 10], xlabel="x", ylabel="y")
plane.plot(*rings([0.3, 0.6, 1.2, 2.4, 4.8], middle), color="C5", linewidth=1)
plane.plot(*zip(*path, strict=True), ".-", color="C1")
plane.plot(*path[-1], "+", color="C2", markersize=16)
plane.set(xlim=(-0.2, 1.2), xticks=[0, 0.5, 1], xlabel="slope a", ylabel="height b")
# endregion
# region checks
A, B = np.meshgrid(np.linspace(-1, 2, 61), np.linspace(-2, 10, 61))  # lines a (x - 6) + b
errors = np.mean((y - A[..., None] * (x - x.mean()) - B[..., None]) ** 2, axis=2)  # (61, 61)
# endregion
assert np.allclose(errors, bottom + 10 * (A - slope) ** 2 + (B - y.mean()) ** 2)

# %% rating
K = 32.0  # points that a full surprise moves
lapse = 0.0  # share of the answers that a reader sleeps through


def chance(lead):
    """Return Elo's chance of a reader who is this many points ahead of the exercise."""
    return 1 / (1 + 10 ** (-lead / 400))


# region model
answers, readers, logit = 60, 2_000, np.log(10) / 400  # log-odds per point


def misses(seed: int, K: float, lapse: float) -> list[float]:
    """Return the rating's mean error after 0, 1, … answers to exercises as hard as it says; K = 0 shrinks."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(1200, 250, readers)
    rating, variance, told = np.full(readers, 1200.0), 250.0**2, []
    for _ in range(answers + 1):
        told.append(np.abs(rating - truth).mean())
        solved = rng.random(readers) < chance(truth - rating) * (1 - lapse)
        rating = rating + (K or logit * variance) * (solved - 0.5)
        variance = 1 / (1 / variance + logit**2 / 4)
    return told


# endregion
fixed = np.array([misses(seed, K, lapse) for seed in range(5)])  # (5, 61), points off
quick = np.array([misses(seed, 0, lapse) for seed in range(5)])
# region labels
thirds = np.sort(np.random.default_rng(5).normal(1200, 250, 3000)).reshape(3, 1000)
label = np.abs(thirds - thirds.mean(axis=1, keepdims=True)).mean()  # three labels, none mistaken
# endregion
if lapse == 0:
    assert quick[:, 8].min() > label > quick[:, 20].max()  # 8 answers lose to three labels, 20 win

# region plot
print("points off after   8 answers  20 answers")
for name, E in (("fixed K", fixed), ("shrinking K", quick)):
    print(f"{name:16}" + "".join(f"{E[:, n].mean():12.0f}" for n in (8, 20)))
print(f"{'three labels':16}{label:12.0f}{label:12.0f}")
fig, ax = plt.subplots(figsize=(6.4, 3.4))
ax.plot(fixed.mean(axis=0), label="fixed K")
ax.plot(quick.mean(axis=0), label="shrinking K")
ax.axhline(label, linestyle="--", color="C2", label="three labels")
ax.set(xlim=(0, 60), ylim=(0, 220), xlabel="answers", ylabel="points off")
ax.legend(loc="upper right")
# endregion


# %% exercise:mean-gap
def fit_error(a, b, x, y):
    """Return how badly the line a x + b fits the points (x, y), arrays of one length."""
    return (y - (a * x + b)).mean()


# %% solution:mean-gap
def fit_error(a, b, x, y):
    """Return how badly the line a x + b fits the points (x, y), arrays of one length."""
    return ((y - (a * x + b)) ** 2).mean()


# %% check:mean-gap
import numpy as np

x = np.array([0.0, 1.0])
exact = fit_error(2.0, 1.0, x, np.array([1.0, 3.0]))
assert abs(exact) < 1e-12, "a line through every point has error 0"
split = fit_error(0.0, 0.0, x, np.array([1.0, -1.0]))
assert abs(split) > 1e-12, "gaps of +1 and -1 must not cancel"
assert abs(split - 1) < 1e-12, "gaps of +1 and -1: the mean of their squares is 1"
assert abs(fit_error(0.0, 0.0, x, np.array([0.0, 4.0])) - 8) < 1e-12, "gaps 0 and 4: (0 + 16) / 2 = 8"

# %% solution:two-hundred
answer = 1 / (1 + 10 ** (-200 / 400))

# %% check:two-hundred
odds = 10**0.5  # 400 points are a factor of 10 in the odds, 200 its square root
assert abs(answer - odds / (1 + odds)) < 0.008, "200 points ahead: the odds are the square root of 10 to 1"

# %% solution:one-round
answer = (1 + 2 + 6) / 3

# %% check:one-round
import numpy as np

u = np.array([1.0, 2.0, 6.0]) - answer
after_a = np.array([0.0, 1.0, 5.0]) - 2.0  # gaps from the line through b = 2 with slope 0
a = np.sum(u * after_a) / np.sum(u * u)
b = 2 + np.mean(after_a - a * u)
again = np.sum(u * (after_a + 2 - b)) / np.sum(u * u)
assert abs(again - a) < 1e-3, "once b is at its best, a must have nothing left to mend"

# %% exercise:trap
import numpy as np


def halfway(v, weight):
    """Return the v below which half of the weight lies, a weighted median."""
    order = np.argsort(v)
    below = np.cumsum(weight[order])
    return v[order][np.searchsorted(below, below[-1] / 2)]


a, b = 0.2, 3.0
for _ in range(100):
    a = np.sum(x * (y - b)) / np.sum(x * x)  # best for squares
    b = np.mean(y - a * x)  # best for squares
stuck = np.mean(np.abs(y - a * x - b))
print(f"a = {a:.3f}  b = {b:.3f}  mean |gap| = {stuck:.3f}")

# %% solution:trap
import numpy as np


def halfway(v, weight):
    """Return the v below which half of the weight lies, a weighted median."""
    order = np.argsort(v)
    below = np.cumsum(weight[order])
    return v[order][np.searchsorted(below, below[-1] / 2)]


a, b = 0.2, 3.0
for _ in range(100):
    a = halfway((y - b) / x, x)
    b = halfway(y - a * x, np.ones(11))
stuck = np.mean(np.abs(y - a * x - b))
print(f"a = {a:.3f}  b = {b:.3f}  mean |gap| = {stuck:.3f}")

# %% check:trap
import numpy as np


def mean_gap(a, b):
    """Return the mean size of the gaps."""
    return np.mean(np.abs(y - a * x - b))


nudges = np.concatenate([s * 10.0 ** -np.arange(1, 7) for s in (-1, 1)])
assert abs(stuck - 0.373) > 1e-3, "0.373: both knobs still look for the least mean square"
assert abs(stuck - 0.342) > 1e-3, "0.342 is the bottom: start at a = 0.2, b = 3 and turn one knob at a time"
assert abs(stuck - mean_gap(a, b)) < 1e-9, "stuck is the mean of |gap| at the last a and b"
assert all(mean_gap(a + d, b) > stuck - 1e-9 for d in nudges), "a alone still helps: weigh (y - b) / x by x"
assert all(mean_gap(a, b + d) > stuck - 1e-9 for d in nudges), "b alone still helps: take the median of y - a x"
assert stuck > 0.4, "start at a = 0.2, b = 3: the search ends far above 0.342"
