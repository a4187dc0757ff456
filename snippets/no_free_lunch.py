"""No free lunch: learners in all 64 worlds of six questions, and what breaks their tie."""

# %% race
# region set-up
from itertools import combinations, product

import matplotlib.pyplot as plt
import numpy as np


def nearest(S, Y, U):
    """Answer at places U, (u,), as the nearest place of S, (s,), did; Y, (worlds, s), was shown. Ties go left."""
    return Y[:, np.abs(U[:, None] - S).argmin(axis=1)]


def line(S, Y, U):
    """Fit a line to the answers shown by least squares and cut it at one half."""
    A, B = (np.column_stack([np.ones(len(Z)), Z]) for Z in (S, U))
    return (Y @ np.linalg.pinv(A).T @ B.T > 0.5 + 1e-9).astype(int)


def contrary(S, Y, U):
    return 1 - nearest(S, Y, U)


def constant(S, Y, U):
    return np.zeros((len(Y), len(U)), dtype=int)


def mistakes(learner, seen):
    """Return the share of wrong answers at unseen places in each world, (worlds,), over all sets of `seen` places."""
    wrong = []
    for S in map(np.array, combinations(range(m), seen)):
        U = np.setdiff1d(np.arange(m), S)
        wrong.append((learner(S, worlds[:, S], U) != worlds[:, U]).mean(axis=1))
    return np.mean(wrong, axis=0)


learners = {"nearest": nearest, "line": line, "contrary": contrary, "constant": constant}
# endregion
# region model
m, seen = 6, 3  # questions in a row, and how many answers are shown
step = 32  # worlds counted so far
worlds = np.array(list(product([0, 1], repeat=m)))  # (64, 6): every world there is
order = np.abs(np.diff(worlds, axis=1)).sum(axis=1).argsort(kind="stable")
worlds = worlds[order]  # where neighbours agree, first
errors = {name: mistakes(learner, seen) for name, learner in learners.items()}  # (64,) each
print(f"share wrong   {step} worlds   all {len(worlds)}")
for name, e in errors.items():
    print(f"{name:12}{e[:step].mean():10.3f}{e.mean():9.3f}")
assert np.allclose([e.mean() for e in errors.values()], 0.5, rtol=0, atol=1e-12)
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
ax.axhline(0.5, color="C5", linewidth=0.8)
for (name, e), style in zip(errors.items(), ("C0-", "C2:", "C1-", "C5--"), strict=True):
    so_far = (np.cumsum(e) / np.arange(1, len(e) + 1))[:step]
    ax.plot(np.arange(1, step + 1), so_far, style, label=name)
    ax.plot(step, so_far[-1], style[:2] + "o", markersize=7)
ax.set(xlim=(0, 65), ylim=(-0.04, 1.24), xlabel="worlds counted", ylabel="share wrong", yticks=[0, 0.25, 0.5, 0.75, 1])
ax.legend(loc="upper center", ncols=4)
# endregion

# %% futures
shown = "024"  # places whose answers were shown
past = 5  # those answers, in binary: 5 is 1 0 1

# region set-up
import matplotlib.pyplot as plt
import numpy as np

S = np.array([int(place) for place in shown])  # (3,)
U = np.setdiff1d(np.arange(6), S)  # (3,): still to come
Y = np.array([[past >> 2 & 1, past >> 1 & 1, past & 1]])  # (1, 3)
# endregion
futures = np.array(list(product([0, 1], repeat=3)))  # (8, 3): all that may follow
hits = {}
print("right answers  0 1 2 3")
for name, learner in learners.items():
    answers = learner(S, Y, U)[0]  # (3,)
    hits[name] = (answers == futures).sum(axis=1)  # (8,): right answers in each future
    count = np.bincount(hits[name], minlength=4)
    print(f"{name:9}{answers}", *count)
    assert (count == [1, 3, 3, 1]).all()  # whatever was answered
# region plot
fig, ax = plt.subplots(figsize=(6.4, 4.6))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
for row, future in enumerate(futures):
    world = np.empty(6, dtype=int)
    world[S], world[U] = Y[0], future
    for place, one in enumerate(world):
        colour = "C2" if place in S else "C5"
        ax.plot(0.6 * place, row, "o", color=colour, markersize=13, markerfacecolor=colour if one else "none")
    for k, counted in enumerate(hits.values()):
        right = counted[row]
        ax.add_patch(plt.Rectangle((4 + 1.3 * k, row - 0.45), 1.2, 0.9, color="C0", alpha=0.04 + 0.13 * right))
        ax.text(4.6 + 1.3 * k, row, str(right), ha="center", va="center", fontsize=13)
for k, (name, counted) in enumerate(hits.items()):
    ax.text(4.6 + 1.3 * k, -2, name, ha="center", va="center", fontsize=12)
    for place, one in enumerate(learners[name](S, Y, U)[0]):
        filled = "C0" if one else "none"
        ax.plot(4.25 + 1.3 * k + 0.35 * place, -1.1, "o", color="C0", markersize=8, markerfacecolor=filled)
    ax.text(4.6 + 1.3 * k, 8, str(counted.sum()), ha="center", va="center", fontsize=13)
ax.set(xlim=(-0.5, 9.3), ylim=(8.6, -2.6))
ax.axis("off")
ax.text(3.2, -1.1, "answers", ha="right", va="center", fontsize=12)
ax.text(3.2, 8, "right in all", ha="right", va="center", fontsize=12)
# endregion

# %% duel
rival = "constant"  # against nearest
score = "mistakes"  # or "squared", or "all": mistakes in all six answers

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def half(S, Y, U):
    """Answer one half, without a look at the data."""
    return np.full((len(Y), len(U)), 0.5)


entrants = learners | {"half": half}
sets = [np.array(S) for S in combinations(range(m), seen)]  # 20, of the places shown
# endregion


def charge(learner):
    """Return a learner's costs in each world, (64,)."""
    paid = []
    for S in sets:
        U = np.arange(m) if score == "all" else np.setdiff1d(np.arange(m), S)
        off = np.abs(learner(S, worlds[:, S], U) - worlds[:, U])  # 0 if right
        paid.append((off**2 if score == "squared" else off).mean(axis=1))
    return np.mean(paid, axis=0)


# region print
theirs, ours = charge(entrants[rival]), charge(nearest)
gap = np.sort((theirs - ours).round(9))  # (64,): below 0 where the rival is better
won, lost = int((gap < 0).sum()), int((gap > 0).sum())
print(f"{rival}: {won} worlds won, {lost} lost, {64 - won - lost} drawn")
print(f"average {theirs.mean():.3f}, nearest {ours.mean():.3f}")
assert score != "mistakes" or abs(gap.sum()) < 1e-6  # what is won is lost elsewhere
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.16, top=0.97)
ax.bar(np.arange(1, 65), gap, width=0.8, color=np.where(gap < 0, "C1", "C0"))
ax.axhline(0, color="C5", linewidth=0.8)
ax.set(xlim=(0, 65), ylim=(-1.05, 1.05), xlabel="worlds, sorted", ylabel="rival - nearest")
ax.set_yticks([-1, -0.5, 0, 0.5, 1])
ax.text(2, 0.8, "nearest better", fontsize=12)
ax.text(63, -0.85, "rival better", fontsize=12, ha="right")
# endregion

# %% tilt
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def trials(S, Y):
    """Return how often nearest misses an answer shown when told only the others, (worlds,)."""
    rest = [np.delete(np.arange(len(S)), i) for i in range(len(S))]
    return sum(nearest(S[r], Y[:, r], S[i : i + 1])[:, 0] != Y[:, i] for i, r in enumerate(rest))


def validated(S, Y, U):
    """Answer as nearest or contrary, whichever misses less in its trials; ties go to nearest."""
    return np.where(2 * trials(S, Y)[:, None] <= len(S), nearest(S, Y, U), contrary(S, Y, U))


def misled(S, Y, U):
    """Answer as whichever misses more."""
    return 1 - validated(S, Y, U)


changes = np.abs(np.diff(worlds, axis=1)).sum(axis=1)  # (64,): neighbours that differ
field = learners | {"validated": validated, "misled": misled}
per_world = {name: mistakes(learner, seen) for name, learner in field.items()}  # (64,) each
# endregion
beta = 1.0  # above 0 worlds tend to keep the habit, below 0 to break it
habit = "neighbours"  # agree; or "apart": those two apart agree; or "parity": an even number of ones

apart = np.abs(worlds[:, 2:] - worlds[:, :-2]).sum(axis=1)
broken = {"neighbours": changes, "apart": apart, "parity": worlds.sum(axis=1) % 2}[habit]
weight = np.exp(-beta * broken)  # (64,): how often each world comes up
weight /= weight.sum()
print(f"share wrong  beta 0  beta {beta:g}")
for name, e in per_world.items():
    print(f"{name:12}{e.mean():7.3f}{weight @ e:8.3f}")
assert np.allclose([e.mean() for e in per_world.values()], 0.5, rtol=0, atol=1e-12)  # nobody escapes
gain = round(0.5 - weight @ per_world["nearest"], 9)
assert np.sign(gain) == (0 if habit == "parity" else np.sign(beta))
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
betas = np.linspace(-2, 2, 41)
weights = np.exp(-np.outer(betas, broken))
weights /= weights.sum(axis=1, keepdims=True)  # (41, 64)
styles = {"nearest": "C0-", "contrary": "C1-", "validated": "C2-", "misled": "C3--", "constant": "C5--"}
for name, style in styles.items():
    ax.plot(betas, weights @ per_world[name], style, label=name)
    ax.plot(beta, weight @ per_world[name], style[:2] + "o", markersize=7)
ax.axvline(0, ymax=0.8, color="C5", linewidth=0.8)
ax.set(xlim=(-2.08, 2.08), ylim=(0, 1.3), xlabel="beta", ylabel="share wrong", xticks=range(-2, 3))
ax.set_yticks([0, 0.25, 0.5, 0.75, 1])
ax.legend(loc="upper center", ncols=3)
# endregion

# %% solution:no-free-lunch-half-of-all
x = 5  # unseen questions
answer = 2**x * x / 2

# %% check:no-free-lunch-half-of-all
from itertools import product

fixed = (0, 1, 1, 0, 1)  # any five answers do
total = sum(a != b for world in product([0, 1], repeat=5) for a, b in zip(fixed, world, strict=True))
assert answer == total, "count the wrong answers in all 32 worlds"

# %% solution:no-free-lunch-all-wrong
answer = 2**3  # one future for each past

# %% check:no-free-lunch-all-wrong
from itertools import product

import numpy as np

worlds = np.array(list(product([0, 1], repeat=6)))
guesses = np.roll(worlds[:, :3], 1, axis=1)  # some learner: its answers depend on what was shown
assert answer == (guesses != worlds[:, 3:]).all(axis=1).sum(), "go through the pasts one by one"

# %% exercise:no-free-lunch-trials
import numpy as np


def misses(S, Y):
    """Return how often nearest misses an answer shown: S (s,) are the places, Y (s,) their answers."""
    return sum(Y[np.abs(S - S[i]).argmin()] != Y[i] for i in range(len(S)))


# %% solution:no-free-lunch-trials
import numpy as np


def misses(S, Y):
    """Return how often nearest misses an answer shown: S (s,) are the places, Y (s,) their answers."""
    rest = [np.delete(np.arange(len(S)), i) for i in range(len(S))]
    return sum(Y[r][np.abs(S[r] - S[i]).argmin()] != Y[i] for i, r in enumerate(rest))


# %% check:no-free-lunch-trials
import numpy as np

found = misses(np.array([0, 2, 4]), np.array([1, 0, 1]))
assert found > 0, "0 misses in 1 0 1: each place is its own nearest, so it was told the answer it is asked for"
assert found == 3, f"in 1 0 1 every place differs from its nearest other: 3 misses, not {found}"
assert misses(np.array([0, 1, 2]), np.array([0, 0, 1])) == 1, "in 0 0 1 only the last is missed"
assert misses(np.array([0, 3, 5]), np.array([1, 1, 1])) == 0, "where all agree nothing is missed"

# %% exercise:no-free-lunch-flip
flip = [1, 1, 1]  # turn the nearest answer round at distance 1, 2, 3? yours

# %% solution:no-free-lunch-flip
flip = [1, 0, 1]  # turn the nearest answer round at distance 1, 2, 3? yours

# %% check:no-free-lunch-flip
from itertools import combinations, product

import numpy as np

worlds = np.array(list(product([0, 1], repeat=6)))
weight = np.exp(np.abs(np.diff(worlds, axis=1)).sum(axis=1))  # beta = -1: neighbours tend to differ
wrong = np.zeros(64)
assert len(flip) == 3 and set(flip) <= {0, 1}, "three numbers, each 0 or 1"
for S in map(np.array, combinations(range(6), 3)):
    for q in np.setdiff1d(np.arange(6), S):
        near = np.abs(S - q).argmin()
        wrong += worlds[:, q] != (worlds[:, S[near]] ^ flip[abs(S[near] - q) - 1])
share = weight @ wrong / weight.sum() / 60
assert share < 0.3, f"{share:.3f} wrong with {flip}: it can be below 0.3"

# %% solution:no-free-lunch-which-tie
import numpy as np

c = np.linspace(0.01, 0.99, 99)  # answers between 0 and 1
losses = [(1 - c) ** 2 + c**2, (1 - c) + c, -np.log(c) - np.log(1 - c)]  # summed over both futures
answer = 1 + int(np.argmin([np.ptp(loss) for loss in losses]))

# %% check:no-free-lunch-which-tie
assert answer == 2, "|c - y| adds up to 1 over both futures, whatever c is"
