"""Probability and expectation: where the shares and the average of many rolls settle."""

# %% many-rolls
import matplotlib.pyplot as plt
import numpy as np

pays = "face"  # what a roll is worth
rolls = 100  # so far
seed = 0

face = np.arange(1, 7)  # (6,)
value = {"face": face, "square": face**2, "six": face // 6}[pays]  # (6,)
expectation = (value / 6).sum()  # value times probability, added up

thrown = np.random.default_rng(seed).integers(6, size=600)  # (600,)
average = np.cumsum(value[thrown]) / np.arange(1, 601)  # (600,)
print(f"average {average[rolls - 1]:.3f}   expectation {expectation:.3f}")

# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(5.6, 3), width_ratios=(2, 3))
fig.subplots_adjust(left=0.1, right=0.98, bottom=0.17, top=0.96, wspace=0.36)
left.bar(face, np.bincount(thrown[:rolls], minlength=6) / rolls, color="C0")
left.axhline(1 / 6, color="C2", linestyle="--")
left.set(ylim=(0, 0.4), xticks=face, xlabel="face", ylabel="share")
left.grid(visible=False, axis="x")
count = np.arange(1, 601)
right.plot(count[:rolls], average[:rolls], color="C0")
right.plot(rolls, average[rolls - 1], "o", color="C0", markersize=7)
right.axhline(expectation, color="C2", linestyle="--")
right.set(xlim=(0, 610), ylim=(0, {"face": 6, "square": 36, "six": 0.5}[pays]), xlabel="rolls", ylabel="average")
# endregion

assert np.isclose(((10 * value + 1) / 6).sum(), 10 * expectation + 1)  # E(aX + b) = a E(X) + b

# %% solution:unfair-game
answer = 9 * 1 / 6 - 3 * 5 / 6

# %% check:unfair-game
outcomes = [-3, -3, -3, -3, -3, 9]
assert abs(answer - sum(outcomes) / 6) < 0.01, "weigh 9 by one sixth, and the loss of 3 by five sixths"
