"""Matrix product: every row against every column, one sum of products for each place."""

# %% bills
import matplotlib.pyplot as plt
import numpy as np

step = 1  # bills written so far

A = np.array([[2, 1, 3], [0, 4, 1]])  # (2, 3), amounts: person by good
B = np.array([[3, 2, 4, 3], [1, 2, 1, 2], [2, 2, 1, 3]])  # (3, 4), prices: good by shop
C = A @ B  # (2, 4), bills: person by shop

row, column = divmod(step - 1, 4)
products = A[row] * B[:, column]  # (3,)
print(" + ".join(f"{a}·{b}" for a, b in zip(A[row], B[:, column], strict=True)), "=", products.sum())

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3.9))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
ax.set(xlim=(-1.75, 7.6), ylim=(6.35, -0.75), aspect="equal")
ax.axis("off")


def grid(M, left, top, lit, colour):
    """Draw a matrix as boxes, some of them lit."""
    for i, j in np.ndindex(M.shape):
        on = lit(i, j)
        ax.add_patch(plt.Rectangle((left + j, top + i), 1, 1, facecolor=colour if on else "none", alpha=0.2))
        ax.add_patch(plt.Rectangle((left + j, top + i), 1, 1, fill=False, edgecolor="C5", linewidth=0.8))
        weight = "bold" if on else "normal"
        ax.text(left + j + 0.5, top + i + 0.5, M[i, j], ha="center", va="center", weight=weight, size=13)


filled = np.where(np.arange(8).reshape(2, 4) < step, C.astype(str), "")
grid(B, 3.5, 0, lambda i, j: j == column, "C1")
grid(A, 0, 3.5, lambda i, j: i == row, "C0")
grid(filled, 3.5, 3.5, lambda i, j: (i, j) == (row, column), "C2")
for i, good in enumerate(("bread", "eggs", "milk")):
    ax.text(3.35, i + 0.5, good, ha="right", va="center")
for j in range(4):
    ax.text(4 + j, -0.15, f"shop {j + 1}", ha="center", va="bottom", size=10.5)
for i in range(2):
    ax.text(-0.15, 4 + i, f"list {i + 1}", ha="right", va="center")
for x, y, name in ((1.5, 6.1, "A (2, 3)"), (5.5, 3.25, "B (3, 4)"), (5.5, 6.1, "A @ B (2, 4)")):
    ax.text(x, y, name, ha="center", va="center", family="monospace")
# endregion

assert products.sum() == C[row, column]  # row of A times column of B, added up

# %% solution:one-place
answer = 3 * 5 + 4 * 7

# %% check:one-place
product = [[sum(a * b for a, b in zip(r, c, strict=True)) for c in ((5, 7), (6, 8))] for r in ((1, 2), (3, 4))]
assert abs(answer - product[1][0]) < 0.5, "the second row is 3, 4 and the first column 5, 7: 3·5 + 4·7"
