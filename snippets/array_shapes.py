"""Array shapes: how a small array is stretched to fit a larger one, and when it is not."""

# %% subtract-the-mean
import matplotlib.pyplot as plt
import numpy as np

n = 4  # examples
axis = 0  # the axis that the mean does away with
keepdims = False

X = np.arange(3 * n).reshape(n, 3) ** 2 / 10  # (n, 3)
mean = X.mean(axis=axis, keepdims=keepdims)
print(f"X    {X.shape!s:>6}\nmean {mean.shape!s:>6}")
try:
    centred = X - mean
except ValueError as error:
    centred = None
    print(error)

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3.2))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
ax.set(xlim=(-0.4, 11.6), ylim=(6.55, -0.55), aspect="equal")
ax.axis("off")


def block(left, rows, columns, real, colour):
    """Draw a block of boxes: full ones are numbers in memory, hollow ones copies."""
    for i, j in np.ndindex(rows, columns):
        alpha = 0.45 if real(i, j) else 0.06
        ax.add_patch(plt.Rectangle((left + j, i), 1, 1, facecolor=colour, alpha=alpha))
        style = "-" if real(i, j) else ":"
        ax.add_patch(plt.Rectangle((left + j, i), 1, 1, fill=False, edgecolor=colour, linestyle=style, linewidth=1))


row, column = mean.shape if keepdims else (1, *mean.shape)  # (1 or n, 1 or 3)
block(0, n, 3, lambda i, j: True, "C0")
if centred is None:
    block(4.1, row, column, lambda i, j: True, "C1")
else:
    block(4.1, n, 3, lambda i, j: i < row and j < column, "C1")
    block(8.2, n, 3, lambda i, j: True, "C2")
ax.text(3.55, n / 2, "−", ha="center", va="center", size=16)
names = [(1.5, "X", X.shape), (4.1 + max(3, column) / 2, "mean", mean.shape)]
if centred is None:
    ax.text(10.4, n / 2, "?", ha="center", va="center", size=26, color="C1")
else:
    ax.text(7.65, n / 2, "=", ha="center", va="center", size=16)
    names.append((9.7, "X - mean", centred.shape))
for x, name, shape in names:
    ax.text(x, n + 0.45, name, ha="center", va="center")
    ax.text(x, n + 1.05, shape, ha="center", va="center", family="monospace", size=10.5)
# endregion

if keepdims:
    assert np.allclose(centred.mean(axis=axis), 0)  # the axis that was averaged is centred

# %% solution:table-of-differences
answer = 5 * 4

# %% check:table-of-differences
assert abs(answer - (np.zeros((5, 1)) - np.zeros(4)).size) < 0.5, "(5, 1) and (4,) meet as (5, 1) and (1, 4): (5, 4)"
