"""Variance and standard error: how far one value strays, and how much less a mean does."""

# %% two-models
import matplotlib.pyplot as plt
import numpy as np

n = 4  # seeds behind each mean
sigma = 2.0  # standard deviation of one seed's score

three = np.array([78.0, 80.0, 82.0])
variance = ((three - three.mean()) ** 2).mean()  # the mean of the squares of how far off

scores = np.random.default_rng(0).normal(size=(2, 400, 64)) * sigma  # model, report, seed
scores += np.array([80, 81])[:, None, None]
means = scores[:, :, :n].mean(axis=2)  # (2, 400), what each report says
error = sigma / np.sqrt(n)
upset = 100 * (means[0] > means[1]).mean()
print(f"standard error {error:.2f}   A ahead: {upset:.0f} %")

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3))
fig.subplots_adjust(left=0.13, right=0.98, bottom=0.18, top=0.97)
shown = 60
lift = (np.arange(shown) * 0.618 % 1 - 0.5) * 0.62  # spreads dots over the strip
for row, (centre, colour) in enumerate(((80, "C0"), (81, "C1"))):
    ax.add_patch(plt.Rectangle((centre - error, 0.63 - row), 2 * error, 0.74, facecolor=colour, alpha=0.16))
    ax.plot([centre, centre], [0.63 - row, 1.37 - row], color=colour, linewidth=1.5)
    ax.plot(means[row, :shown], 1 - row + lift, "o", color=colour, markersize=3.5)
ax.set(xlim=(74, 87), ylim=(-0.5, 1.5), yticks=[1, 0], yticklabels=["model A", "model B"], xlabel="mean score")
ax.grid(visible=False, axis="y")
# endregion

assert np.allclose(means.std(axis=1), error, rtol=0.12)  # σ / √n

# %% solution:error-of-an-accuracy
answer = np.sqrt(0.8 * 0.2 / 100)

# %% check:error-of-an-accuracy
right_and_wrong = np.repeat([1.0, 0.0], [80, 20])  # (100,)
assert abs(answer - right_and_wrong.std() / np.sqrt(100)) < 0.0005, "√(0.8·0.2) of one question, divided by √100"
