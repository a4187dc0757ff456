"""Logarithm and exponential: lengths that turn products into sums."""

# %% slide-rule
import matplotlib.pyplot as plt
import numpy as np

a = 2
b = 4

length = np.log10(a) + np.log10(b)
print(f"{np.log10(a):.3f} + {np.log10(b):.3f} = {length:.3f}   10**{length:.3f} = {10**length:.1f}")

p = np.full(400, 0.1)  # (400,), probabilities
print("product", p.prod(), "  sum of logs", round(np.log(p).sum(), 1))

# region plot
fig, ax = plt.subplots(figsize=(5.4, 2.9))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
ax.set(xlim=(-0.09, 2.09), ylim=(-1.35, 1.35))
ax.axis("off")
printed = (1, 2, 3, 4, 5, 6, 8, 10, 20, 30, 40, 60, 100)
for start, most, side, colour in ((0, 100, -1, "C5"), (np.log10(a), 10, 1, "C1")):
    body = (start - 0.07, 0 if side > 0 else -0.5), np.log10(most) + 0.14, 0.5
    ax.add_patch(plt.Rectangle(*body, facecolor=colour, alpha=0.12))
    ax.add_patch(plt.Rectangle(*body, fill=False, edgecolor=colour, linewidth=0.8))
    for mark in (*range(1, 10), *range(10, most + 1, 10)):
        x = start + np.log10(mark)
        ax.plot([x, x], [0, side * 0.14], color=colour, linewidth=1)
        if mark in printed:
            ax.text(x, side * 0.3, mark, ha="center", va="center", size=10)
for start, end, y, colour, name in (
    (0, np.log10(a), 0.78, "C0", f"log {a}"),
    (np.log10(a), length, 0.78, "C1", f"log {b}"),
    (0, length, -0.78, "C2", f"log {a * b}"),
):
    if end > start:
        ax.plot([start, end], [y, y], color=colour, linewidth=5, solid_capstyle="butt")
        place = "bottom" if y > 0 else "top"
        ax.text((start + end) / 2, 1.18 * y, name, ha="center", va=place, color=colour)
for y in ([0.5, 0.78], [-0.15, 0.15], [-0.78, -0.5]):
    ax.plot([length, length], y, color="C2", linewidth=1.4)
# endregion

assert np.isclose(10**length, a * b)  # log a + log b = log ab

# %% solution:log-of-sixty
answer = 0.301 + 0.477 + 1

# %% check:log-of-sixty
assert abs(10**answer - 60) < 0.2, "60 = 2·3·10, and the logarithms add up"
