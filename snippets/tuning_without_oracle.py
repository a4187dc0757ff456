"""Twelve hidden units or fifteen: how long an error bar is, what a penalty does for many units, what a search costs."""

# %% reports
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Nets, logistic_loss

n = 100  # examples to learn from, and as many to choose by


def truth(X):
    return np.sin(1.5 * X[..., :1]) + X[..., 1:2] * X[..., 2:3] > 0


def data(k, target=truth):
    """Return what net k learns from, what is there to choose by (every tenth label flipped), and a clean test."""
    X, V, T = (np.random.default_rng([k, i]).normal(size=(size, 4)) for i, size in enumerate((n, n, 1000)))
    flip, flop = (np.random.default_rng([k, i]).random((n, 1)) < 0.1 for i in (3, 4))
    return X, target(X) ^ flip, V, target(V) ^ flop, T, target(T)


def right(nets, X, y):
    """Return each net's share of right answers in points, (nets,)."""
    return 100 * ((nets(X) > 0) == y).mean(axis=(1, 2))


def train(m, sets, rate, start=0, steps=60):
    """Train a net of m hidden units on each data set; return the nets, their points in validation and in test."""
    X, y, V, v, T, u = (np.stack(part) for part in zip(*map(data, sets), strict=True))
    nets = Nets([4, m, 1], seeds=[1000 * start + k for k in sets])
    adam = Adam(nets.theta, rate, keep=(0.9, 0.99))
    for t in range(steps):
        adam.step(nets.gradients(logistic_loss(nets(X), y)[1]), 1 - t / steps)
    return nets, right(nets, V, v), right(nets, T, u)


# endregion
# region model
step = 5  # reports so far
rates = [0.03, 0.1, 0.3]  # whatever the width: three tries


def tuned(m, sets, rates, start=0):
    """Return test points of m units on each data set, (sets,), at the rate that validation likes best."""
    _, valid, test = zip(*(train(m, sets, rate, start) for rate in rates), strict=True)
    return np.array(test)[np.argmax(valid, axis=0), np.arange(len(sets))]


twelve, fifteen = (tuned(m, range(step), rates) for m in (12, 15))  # (step,) each
print(f"report {step}: 12 units {twelve[-1]:.1f}, 15 units {fifteen[-1]:.1f}")
print(f"the change is worth {fifteen[-1] - twelve[-1]:+.1f} points")
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.13, top=0.97)
ax.plot([0, 1], [twelve[:-1], fifteen[:-1]], "o-", color="C5", linewidth=1, markersize=4)
ax.plot([0, 1], [twelve[-1], fifteen[-1]], "C0o-", linewidth=3, markersize=9)
ax.text(1.06, fifteen[-1], f"{fifteen[-1] - twelve[-1]:+.1f}", va="center", fontsize=15)
ax.set(xlim=(-0.25, 1.35), ylim=(68, 92), xticks=[0, 1], ylabel="right (%)")
ax.set_xticklabels(["12 units", "15 units"])
# endregion

# %% duel
other = 15  # units, against 12; with 12 only the starts differ
fair = True  # each may try three rates; if not, both are trained at the first
draws = 64  # data sets

tries = rates if fair else rates[:1]
gap = tuned(other, range(draws), tries, start=1) - tuned(12, range(draws), tries)  # (draws,)
spread = gap.std(ddof=1)  # of one duel
error = spread / np.sqrt(draws)  # of the mean
won, level = int((gap > 0).sum()), int((gap == 0).sum())
print(f"{other} minus 12: {gap.mean():+.1f} ± {2 * error:.1f} points")
print(f"{other} ahead in {won} of {draws}, level in {level}")
print(f"one duel: standard deviation {spread:.1f}")
first, again = (train(12, range(4), 0.1)[0].theta[0] for _ in range(2))
print(f"same seeds again: weights {np.abs(first - again).max():g} apart")
if other in (12, 15) and fair:
    assert abs(gap.mean()) < 2 * error  # not even the sign is settled
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.8))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.15, top=0.97)
count = np.arange(1, draws + 1)
running = np.cumsum(gap) / count
some = count[3:]  # an error bar needs a few
bar = np.array([2 * gap[:k].std(ddof=1) / np.sqrt(k) for k in some])
ax.plot(count, gap, "o", color="C5", markersize=4)
ax.fill_between(some, running[3:] - bar, running[3:] + bar, color="C0", alpha=0.25, linewidth=0)
ax.plot(count, running, "C0", linewidth=2.5)
ax.axhline(0, color="C1", linewidth=1)
ax.set(xlim=(0, draws + 1), ylim=(-22, 13), xlabel="data sets so far", ylabel="ahead (points)")
# endregion

# %% wide
rein = "L2"  # or "stop": keep the step at which validation was best
depth = 2  # hidden layers

# region set-up
D, widths = 12, [4, 8, 32]  # data sets, and units in each layer
X, y, V, v, T, u = (np.stack(part) for part in zip(*map(data, range(D)), strict=True))


def course(m, rate, lam=0.0, steps=100):
    """Return points in validation and test, (moments, D) each, along a training with penalty lam / 2 * |W|²."""
    nets = Nets([4, *[m] * depth, 1], seeds=range(D))
    adam = Adam(nets.theta, rate, keep=(0.9, 0.99))
    seen = []
    for t in range(steps):
        slopes = nets.gradients(logistic_loss(nets(X), y)[1])
        for W, slope in zip(nets.theta[::2], slopes[::2], strict=True):  # b goes free
            slope += lam * W
        adam.step(slopes, 1 - t / steps)
        if t == steps - 1 or (rein == "stop" and t % 5 == 4):
            seen.append((right(nets, V, v), right(nets, T, u)))
    return np.array(seen).swapaxes(0, 1)


def best(tried):
    """Keep on each data set the test points of the one that was best in validation; tried is (2, tries, D)."""
    valid, test = tried
    return test[valid.argmax(axis=0), np.arange(D)]


# endregion
bare, kept = [], []
for m in widths:  # two trainings each
    paths = [course(m, rate) for rate in (0.03, 0.1)]
    bare.append(best(np.hstack([path[:, -1:] for path in paths])))  # the last step
    if rein == "L2":
        paths = [course(m, 0.03, lam) for lam in (0.01, 0.03)]
    kept.append(best(np.hstack(paths)))
size = sum(array.size for array in Nets([4, *[32] * depth, 1], [0]).theta)
print(f"32 units: {size} weights, {n} examples")
rows = {f"32 units, {rein} - bare": kept[2] - bare[2], f"32 - 8 units, {rein}": kept[2] - kept[1]}
rows["32 - 8 units, bare"] = bare[2] - bare[1]
for name, ahead in rows.items():
    print(f"{name:22} {ahead.mean():+.1f} ± {2 * ahead.std(ddof=1) / np.sqrt(D):.1f}")
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.16, top=0.97)
for points, style, name, shift in ((bare, "C1s--", "bare", 0.97), (kept, "C0o-", "reined in", 1.03)):
    ahead = np.array(points) - bare[1]  # (3, D): pairs on the same data
    bars = 2 * ahead.std(axis=1, ddof=1) / np.sqrt(D)
    ax.errorbar(np.array(widths) * shift, ahead.mean(axis=1), bars, fmt=style, linewidth=2, capsize=4, label=name)
ax.axhline(0, color="C5", linewidth=0.8)
ax.set(xscale="log", xlim=(3.3, 39), ylim=(-13, 8), xlabel="units in a layer", ylabel="ahead (points)")
ax.set_xticks(widths, [str(m) for m in widths])
ax.minorticks_off()
ax.legend(loc="lower right")
# endregion

# %% search
idle = 0  # further settings that change nothing

# region set-up
axes = np.meshgrid([2, 4, 6, 8, 12, 15], [0.01, 0.03, 0.1, 0.3], indexing="ij")
m, rate = (axis.ravel() for axis in axes)  # (24,): units and rate of all settings


def survey(sets, target, steps=50):
    """Train all settings on each data set; return points in validation and test, (sets, 24) each."""
    parts = zip(*(data(k, target) for k in sets), strict=True)
    X, y, *rest = (np.repeat(np.stack(part), 24, axis=0) for part in parts)
    off, units = (np.tile(Z, (len(sets), 1)) for Z in (np.arange(15) >= m[:, None], m[:, None]))
    nets = Nets([4, 15, 1], seeds=np.repeat(sets, 24))
    nets.theta[0] *= ~off[:, None]  # without weights a unit gets no gradient: it stays out
    nets.theta[2] *= ~off[:, :, None] * np.sqrt(15 / units)[:, None]
    adam = Adam(nets.theta, np.tile(rate, len(sets))[:, None, None], keep=(0.9, 0.99))
    for t in range(steps):
        adam.step(nets.gradients(logistic_loss(nets(X), y)[1]), 1 - t / steps)
    return (right(nets, *pair).reshape(-1, 24) for pair in (rest[:2], rest[2:]))


def sister(X):  # another task
    return X[..., :1] ** 2 + X[..., 1:2] * X[..., 3:] > 0.7


def found(tried):
    """Return the mean test points, (sets,), of searches that keep the best in validation of tried (searches, runs)."""
    pick = valid[:, tried].argmax(axis=2)  # (sets, searches)
    return np.take_along_axis(test, tried[np.arange(len(tried)), pick], axis=1).mean(axis=1)


# endregion
valid, test = survey(range(16), truth)  # (16, 24) each: all settings on 16 data sets
known, _ = survey(range(100, 102), sister)  # a job done before
rng = np.random.default_rng(0)
runs = 2 ** (2 + idle)  # two values of each setting
corners = rng.integers([3, 2], size=(1000, 1, 2)) + np.array([[0, 0], [0, 2], [3, 0], [3, 2]])  # a grid each
lots = {k: found(rng.integers(24, size=(1000, k))) for k in (1, 2, 4, 8, 16)}
everything = found(np.arange(24)[None])  # (16,)
rivals = {f"{runs} by lot": lots[runs], f"{runs} on a grid": found(corners @ [4, 1]), "1 by lot": lots[1]}
rivals |= {"1 borrowed": test[:, known.mean(axis=0).argmax()], "oracle": test.max(axis=1)}
print("points against all 24 runs:")
for name, points in rivals.items():
    ahead = points - everything
    print(f"{name:11}{ahead.mean():+5.1f} ± {2 * ahead.std(ddof=1) / 4:.1f}")
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.16, top=0.97)
gaps = np.array(list(lots.values())) - everything  # (5, 16)
ax.plot(list(lots), gaps, color="C0", linewidth=0.8, alpha=0.4)
ax.plot(list(lots), gaps.mean(axis=1), "C0o-", linewidth=2.5, label="by lot")
for x, name, style in ((runs, f"{runs} on a grid", "C1s"), (1, "1 borrowed", "C2D")):
    ax.plot(x, (rivals[name] - everything).mean(), style, markersize=10, label=name.split()[-1])
ax.axhline((rivals["oracle"] - everything).mean(), color="C3", linestyle=":", label="oracle")
ax.axhline(0, color="C5", linestyle="--", label="all 24")
ax.set(xscale="log", xlim=(0.9, 18), ylim=(-17, 6), xlabel="runs", ylabel="ahead (points)")
ax.set_xticks(list(lots), [str(k) for k in lots])
ax.minorticks_off()
ax.legend(loc="lower right", ncols=2)
# endregion

# %% solution:tuning-how-many
sd, see = 2.5, 0.5  # points
answer = (2 * sd / see) ** 2

# %% check:tuning-how-many
assert 2 * 2.5 / answer**0.5 == 0.5, "put your number into 2 s / sqrt(n)"

# %% exercise:tuning-error-bar
import numpy as np


def error(gap):
    """Return the standard error of the mean of gap, (data sets, starts)."""
    return gap.std(ddof=1) / np.sqrt(gap.size)


# %% solution:tuning-error-bar
import numpy as np


def error(gap):
    """Return the standard error of the mean of gap, (data sets, starts)."""
    per_set = gap.mean(axis=1)
    return per_set.std(ddof=1) / np.sqrt(len(per_set))


# %% check:tuning-error-bar
import numpy as np

once = np.array([[-2.0], [0.0], [1.0], [3.0]])  # four data sets
many = np.repeat(once, 25, axis=1)  # the same luck 25 times over
assert error(many) > 0.5, f"{error(many):.2f} from 100 runs: but only four data sets were drawn"
assert np.isclose(error(many), error(once)), "copies of a run tell nothing new"
assert np.isclose(error(once), once.std(ddof=1) / 2), "with one start each, four data sets: s / sqrt(4)"
noise = np.array([[-5.0, 5.0], [-5.0, 5.0]])
assert np.isclose(error(noise), 0), "the starts cancel in each data set: average them first"

# %% exercise:tuning-peeking
bar = 2.0  # standard errors: yours, in steps of a half

# %% solution:tuning-peeking
bar = 3.5  # standard errors: yours, in steps of a half

# %% check:tuning-peeking
import numpy as np

gap = np.random.default_rng(0).normal(size=(4000, 64))  # no difference at all
count = np.arange(1, 65)
mean = np.cumsum(gap, axis=1) / count
variance = (np.cumsum(gap**2, axis=1) - count * mean**2)[:, 1:] / count[:-1]
distance = (np.abs(mean[:, 1:]) / np.sqrt(variance / count[1:]))[:, 6:]  # looks from 8 data sets on


def alarms(bar):
    return (distance > bar).any(axis=1).mean()


assert alarms(bar) < 0.05, f"with {bar} standard errors {alarms(bar):.0%} crown a winner where there is none"
assert alarms(bar - 0.5) > 0.05, f"{bar - 0.5} would do as well"

# %% solution:tuning-sixty
import numpy as np

answer = np.ceil(np.log(0.05) / np.log(0.95))

# %% check:tuning-sixty
assert 0.95**answer <= 0.05, "that many still miss the best twentieth too often"
assert 0.95 ** (answer - 1) > 0.05, "one fewer would do"
