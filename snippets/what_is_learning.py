"""Four days of temperatures: what does the fifth day owe to the data, and what to an assumption?"""

# %% worlds
# region model
import itertools

import matplotlib.pyplot as plt
import numpy as np

jump = 7  # largest change from one day to the next that we believe in; 7: anything goes
seen = np.array([3, 4, 4, 5])  # four days, in levels 0 … 7

worlds = np.array(list(itertools.product(range(8), repeat=5)))  # (32768, 5): every possible week
allowed = np.abs(np.diff(worlds, axis=1)).max(axis=1) <= jump  # the assumption
left = worlds[allowed & (worlds[:, :4] == seen).all(axis=1)]  # … and the data
votes = np.bincount(left[:, 4], minlength=8)  # (8,), weeks left for each day 5

print(f"weeks {len(worlds)}, allowed {allowed.sum()}, left {len(left)}")
print(f"day 5 can be: {', '.join(map(str, left[:, 4]))}")
assert jump < 7 or (votes == 1).all()  # without an assumption all eight answers tie
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for week in left:
    ax.plot([4, 5], week[3:], color="C1", linewidth=1.4)
ax.plot(np.full(len(left), 5), left[:, 4], "s", color="C1", markersize=8, label="still possible")
ax.plot(range(1, 5), seen, "o-", color="C0", markersize=8, label="seen")
ax.set(xlim=(0.7, 5.3), ylim=(-0.5, 8.6), xlabel="day", ylabel="level", xticks=range(1, 6), yticks=range(8))
ax.legend(loc="upper left", ncols=2)
# endregion

# %% rules
step = 4  # examples seen, 0 … 15
nature = "two"  # yes if "two" or more switches are on, or if "odd"

# region set-up
import itertools

import matplotlib.pyplot as plt
import numpy as np

X = np.array(list(itertools.product([0, 1], repeat=4)))  # (16, 4), every question: four switches
two, odd = X.sum(axis=1) >= 2, X.sum(axis=1) % 2 == 1  # (16,), a threshold rule and parity, which is none
A = (np.arange(2**16)[:, None] >> np.arange(16)) % 2 == 1  # (65536, 16), every rule there is
points = X @ np.array(list(itertools.product(range(-3, 4), repeat=4))).T  # (16, 2401), for the switches that are on
numbers = np.unique([2 ** np.arange(16) @ (t < points) for t in np.arange(-12.5, 13)])  # each rule's place in A
H = A[numbers]  # (1882, 16), those that say yes where the points pass a limit
order = np.random.default_rng(68).permutation(16)  # of the examples
answers = two if nature == "two" else odd
# endregion


def vote(left, order, answers, k):
    """Return rules left after k examples, their votes, their accuracy."""
    known, unseen = order[:k], order[k:]
    left = left[(left[:, known] == answers[known]).all(axis=1)]
    if len(left) == 0:
        return left, np.full(16, 0.5), np.nan
    share = left.mean(axis=0)  # (16,)
    right = np.where(share == 0.5, 0.5, (share > 0.5) == answers)
    return left, share, right[unseen].mean()


any_rule = vote(A, order, answers, step)
threshold = vote(H, order, answers, step)
# region plot
grid = [0, 1, 3, 2]  # neighbours differ in one switch
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.3))
fig.subplots_adjust(left=0.02, right=0.98, bottom=0.02, top=0.88, wspace=0.1)
for ax, name, found in zip(axes, ("any rule", "threshold rules"), (any_rule, threshold), strict=True):
    left, share, accuracy = found
    print(f"{name}: {len(left)} left, " + (f"unseen right: {accuracy:.2f}" if len(left) else "nobody votes"))
    for q in range(16):
        x, y = grid.index(q % 4), 3 - grid.index(q // 4)
        guess = "C5" if share[q] == 0.5 else "C0" if (share[q] > 0.5) == answers[q] else "C1"
        colour = "C2" if q in order[:step] else guess
        ax.add_patch(plt.Rectangle((x - 0.45, y - 0.45), 0.9, 0.9, color=colour, alpha=0.5))
        if colour == "C1":  # wrong
            ax.plot(x, y, "x", color="C1", markersize=24)
        ax.plot(x, y, "o", color="k", markersize=8, markerfacecolor="k" if answers[q] else "none")
    ax.set(xlim=(-0.55, 3.55), ylim=(-0.55, 3.55), aspect="equal", title=name)
    ax.axis("off")
# endregion
assert any_rule[2] == 0.5  # they tie on whatever is unseen

# %% halving
step = 8  # examples seen, 0 … 15
runs = 200  # each with an order of its own

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def curve(truths: np.ndarray, seed: int = 0) -> np.ndarray:
    """Return the accuracy of threshold rules on unseen questions after 0 … 15 examples, a mean over runs.

    `truths`, of shape (any, 16), holds what nature may answer; each run draws one. NaN where half have no rule left.
    """
    rng, each = np.random.default_rng(seed), np.arange(runs)
    answers, orders = rng.choice(truths, size=runs), np.array([rng.permutation(16) for _ in each])
    left, unseen = np.ones((runs, len(H)), dtype=np.float32), np.ones((runs, 16), dtype=bool)
    found = []
    for k in range(16):
        total, yes = left.sum(axis=1, keepdims=True), left @ H.astype(np.float32)  # (runs, 1), (runs, 16)
        right = np.where(2 * yes == total, 0.5, (2 * yes > total) == answers)
        alive = total[:, 0] > 0
        found.append(((right * unseen).sum(axis=1) / (16 - k))[alive].mean() if alive.mean() > 0.5 else np.nan)
        unseen[each, orders[:, k]] = False
        left *= H.T[orders[:, k]] == answers[each, orders[:, k]][:, None]
    return np.array(found)


# endregion
k = np.arange(16)
by_heart = vote(A, order, two, step)[2]  # on unseen questions
recited = k / 16 + (1 - k / 16) * by_heart  # on all 16
true = curve(H)  # nature obeys some threshold rule
false = curve(odd[None])  # nature says odd
# region print
print(f"{step} examples by heart: unseen {by_heart:.2f}, all 16 {recited[step]:.2f}")
print(f"assumption true: unseen {true[step]:.2f}")
print(f"4 examples: true {true[4]:.2f}, false {false[4]:.2f}")
# endregion
assert true[8] > 0.72 and false[4] < 0.4

# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(k, recited, ":", color="C5", label="by heart, all 16")
ax.plot(k, np.full(16, by_heart), "--", color="C5", label="by heart, unseen")
ax.plot(k, true, "o-", color="C0", label="assumption true")
ax.plot(k, false, "s-", color="C1", label="assumption false")
ax.axvline(step, color="C2", linewidth=1)
ax.set(xlim=(-0.5, 15.5), ylim=(0.2, 1.3), xlabel="examples seen", ylabel="share right", yticks=[0.25, 0.5, 0.75, 1])
ax.legend(loc="upper center", ncols=2)
# endregion

# %% sticky
rho = 0.8  # how much of today is left tomorrow
flip = False  # does rho change its sign after day 100?

# region set-up
import matplotlib.pyplot as plt
import numpy as np

n = 5_000  # days
e = np.random.default_rng(0).normal(size=(n, 5))  # chance, for five series
# endregion


def weather(rho, flip):
    """Return n days of five series, (n, 5), of variance 1."""
    y = e.copy()
    for t in range(1, n):
        kept = -rho if flip and t > 100 else rho
        y[t] = kept * y[t - 1] + np.sqrt(1 - rho**2) * e[t]
    return y


def errors(y):
    """Return the squared errors of yesterday, mean and fitted, (3, 5)."""
    a = (y[:99] * y[1:100]).sum(axis=0) / (y[:99] ** 2).sum(axis=0)
    today, tomorrow = y[100:-1], y[101:]
    return ((tomorrow - [today, 0 * today, a * today]) ** 2).mean(axis=1)


# region print
y = weather(rho, flip)
found = errors(y)
lasting = -rho if flip else rho  # after day 100
for name, five in zip(("same as yesterday", "always the mean", "fitted"), found, strict=True):
    print(f"{name:17} {five.mean():.2f}  ({five.min():.2f} to {five.max():.2f})")
# endregion
assert np.isclose(found[0].mean(), 2 * (1 - lasting), rtol=0.1)

# region plot
r = np.linspace(-0.95, 0.95, 39)
fig, (days, lines) = plt.subplots(1, 2, figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.17, top=0.97, wspace=0.34)
days.axvline(100, color="C5", linewidth=1)
days.plot(np.arange(61, 141), y[60:140, 0], color="C2", linewidth=1.4)
days.set(xlim=(60, 141), ylim=(-4, 4), xlabel="day", ylabel="y", xticks=[60, 100, 140])
for value, name, style in (
    (2 * (1 - r), "yesterday", "C1-"),
    (0 * r + 1, "always the mean", "C5--"),
    (1 - r**2, "fitted", "C0:"),
):
    lines.plot(r, value, style, label=name)
for five, colour, marker in zip(found, ("C1", "C5", "C0"), "os^", strict=True):
    lines.plot(rho, five.mean(), marker, color=colour, markersize=8)
lines.set(xlim=(-1, 1), ylim=(0, 5.6), xlabel="rho", ylabel="squared error", xticks=[-1, 0, 1], yticks=range(5))
lines.legend(loc="upper right")
# endregion

# %% solution:what-is-learning-rules-left
answer = 2 ** (2**3 - 5)

# %% check:what-is-learning-rules-left
import itertools

rules = np.array(list(itertools.product([0, 1], repeat=8)))  # (256, 8)
assert answer == (rules[:, :5] == [1, 0, 0, 1, 1]).all(axis=1).sum(), "count the rules that agree with five answers"

# %% exercise:what-is-learning-unseen-only
import numpy as np


def score(guesses, truth, seen):
    """Return the share of right guesses; all are arrays of one length, `seen` is True where the answer was shown."""
    return (guesses == truth).mean()


# %% solution:what-is-learning-unseen-only
import numpy as np


def score(guesses, truth, seen):
    """Return the share of right guesses; all are arrays of one length, `seen` is True where the answer was shown."""
    return (guesses == truth)[~seen].mean()


# %% check:what-is-learning-unseen-only
import numpy as np

truth = np.array([1, 0, 1, 1, 0, 1, 0, 0])
seen = np.array([True, True, True, True, True, True, False, False])
by_heart = np.where(seen, truth, [1, 1, 1, 1, 1, 1, 0, 1])
found = score(by_heart, truth, seen)
assert abs(found - 0.875) > 1e-9, "0.875: six answers were shown, and reciting them still counts"
assert abs(found - 0.125) > 1e-9, "0.125: divide by the two unseen questions, not by all eight"
assert abs(found - 1) > 1e-9, "1.0: those are the questions that were shown; count the others"
assert abs(found - 0.5) < 1e-9, f"one of two unseen questions is right: 0.5, not {found}"
assert score(truth, truth, ~seen) == 1.0, "who knows all the answers scores 1 on any unseen questions"

# %% solution:what-is-learning-three-coins
chances = [0, 0.5, 1]
answer = sum(p**3 for p in chances) / sum(p**2 for p in chances)

# %% check:what-is-learning-three-coins
import itertools

fair = list(itertools.product([0, 1], repeat=3))  # eight weeks of the fair town, 1/8 each
weeks = [(1, (0, 0, 0)), (1, (1, 1, 1)), *[(1 / 8, week) for week in fair]]
both = [(w, week) for w, week in weeks if week[:2] == (1, 1)]
found = sum(w * week[2] for w, week in both) / sum(w for w, _ in both)
assert abs(answer - found) < 0.005, "weigh each town by how often it shows two sunny days"

# %% solution:what-is-learning-half-of-yesterday
answer = 0.25  # 1 - 2aρ + a² < 1 where ρ > a/2, here with a = 1/2

# %% check:what-is-learning-half-of-yesterday
rho = np.linspace(-0.95, 0.95, 1901)
error = 1 - 2 * 0.5 * rho + 0.5**2  # E(y' - y/2)², both of variance 1
assert abs(answer - rho[error < 1].min()) < 0.005, "find where E(y' - y/2)² falls below 1"

# %% exercise:what-is-learning-forget
w = 400  # days that the forecaster looks back: yours

# %% solution:what-is-learning-forget
w = 10  # days that the forecaster looks back: yours

# %% check:what-is-learning-forget
import numpy as np


def error_of(w):
    """Return the error of a slope fitted each day on the last w days; rho is .8 or -.8, in turns of 100 days."""
    e = np.random.default_rng(7).normal(size=(2000, 10))
    y = e.copy()
    for t in range(1, 2000):
        y[t] = (0.8 if t // 100 % 2 == 0 else -0.8) * y[t - 1] + 0.6 * e[t]
    zero = np.zeros((1, 10))
    pairs = np.concatenate([zero, (y[:-1] * y[1:]).cumsum(axis=0)])  # sums of y[t] y[t+1], t < index
    squares = np.concatenate([zero, (y[:-1] ** 2).cumsum(axis=0)])
    t = np.arange(400, 1999)  # today
    a = (pairs[t] - pairs[t - w]) / (squares[t] - squares[t - w])
    return ((y[t + 1] - a * y[t]) ** 2).mean()


assert isinstance(w, int) and 1 <= w <= 400, "w is a whole number of days, 1 to 400"
yours = error_of(w)
longer = "it still believes in the old weather" if w > 10 else "chance shakes so short a memory"
assert yours < 0.55, f"error {yours:.2f} with {w} days (always the mean: 1.00): {longer}"
