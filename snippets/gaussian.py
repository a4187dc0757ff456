"""Gaussian: the bell that sums of many small chances make."""

# %% sums-of-dice
import matplotlib.pyplot as plt
import numpy as np

n = 2  # dice added up
die = "fair"

p = {"fair": [1, 1, 1, 1, 1, 1], "ends": [3, 1, 1, 1, 1, 3], "loaded": [8, 4, 2, 1, 1, 1]}[die]
p = np.array(p) / sum(p)  # (6,), probabilities of the faces
chance = np.ones(1)
for _ in range(n):
    chance = np.convolve(chance, p)  # (5n + 1,), of the sums n, n + 1, …, 6n
total = np.arange(n, 6 * n + 1)
mu = chance @ total
sigma = np.sqrt(chance @ (total - mu) ** 2)
z = (total - mu) / sigma  # in standard deviations from the mean
print(f"within one σ: {100 * chance[np.abs(z) <= 1].sum():.0f} %   two σ: {100 * chance[np.abs(z) <= 2].sum():.0f} %")

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3.2))
fig.subplots_adjust(left=0.1, right=0.98, bottom=0.17, top=0.97)
x = np.linspace(-3.5, 3.5, 141)
bell = np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)


def share(width: float) -> float:
    """Return how much of the bell lies within so many standard deviations."""
    inside = np.linspace(-width, width, 201)
    return np.trapezoid(np.exp(-(inside**2) / 2) / np.sqrt(2 * np.pi), inside)


ax.bar(z, chance * sigma, width=1 / sigma, color="C0", alpha=0.5, edgecolor="C0", linewidth=0.6)
ax.plot(x, bell, color="C1")
ax.set(xlim=(-3.5, 3.5), ylim=(0, 0.7), xlabel="standard deviations from the mean", ylabel="density")
# endregion

assert np.isclose(sigma**2, n * (p @ (np.arange(1, 7) - mu / n) ** 2))  # variances add

# %% solution:height-of-the-bell
answer = np.exp((6 / 3) ** 2 / 2)


# %% check:height-of-the-bell
def height(x: float) -> float:
    return np.exp(-(x**2) / (2 * 3**2)) / (3 * np.sqrt(2 * np.pi))


assert abs(answer - height(0) / height(6)) < 0.02, "6 is two standard deviations off: e to the power of 2²/2"
