"""Bayes: a square cut twice, and the share of one piece in what the evidence leaves."""

# %% unit-square
import matplotlib.pyplot as plt
import numpy as np

prior = 0.2  # P(spam)
hit = 0.6  # P(word | spam)
alarm = 0.1  # P(word | other mail)

spam = prior * hit  # areas of the two pieces with the word
other = (1 - prior) * alarm
posterior = spam / (spam + other)  # P(spam | word)
print(f"{spam:.3f} / ({spam:.3f} + {other:.3f}) = {posterior:.3f}")

# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(5.4, 3.5), width_ratios=(5, 1))
fig.subplots_adjust(left=0.11, right=0.98, bottom=0.16, top=0.9, wspace=0.5)
for x, width, height, colour in ((0, prior, hit, "C0"), (prior, 1 - prior, alarm, "C1")):
    left.add_patch(plt.Rectangle((x, 0), width, 1, facecolor=colour, alpha=0.13))
    left.add_patch(plt.Rectangle((x, 0), width, height, facecolor=colour, alpha=0.85))
left.axvline(prior, color="C5", linewidth=1)
left.plot(prior, hit, "o", color="C0", markersize=10)
left.set(xlim=(0, 1), ylim=(0, 1), xlabel="all mail", ylabel="with the word")
left.text(prior / 2, 1.02, "spam", ha="center", color="C0")
left.text((1 + prior) / 2, 1.02, "other", ha="center", color="C1")
right.bar(0, posterior, color="C0", alpha=0.85)
right.bar(0, 1 - posterior, bottom=posterior, color="C1", alpha=0.85)
right.text(0, 1.02, f"{posterior:.2f}", ha="center", color="C0")
right.set(ylim=(0, 1), xticks=[], yticks=[0, 0.5, 1], xlabel="word seen")
for ax in (left, right):
    ax.grid(visible=False)
# endregion

assert np.isclose(posterior / (1 - posterior), prior / (1 - prior) * hit / alarm)  # odds times likelihood ratio

# %% solution:positive-test
answer = 9 / (9 + 99)

# %% check:positive-test
ill, healthy = 0.01 * 0.9, 0.99 * 0.1
assert abs(answer - ill / (ill + healthy)) < 0.002, "of 1,000 people 9 ill and 99 healthy ones test positive: 9 of 108"
