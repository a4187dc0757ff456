"""Inner product and cosine: products added up, and the shadow of one arrow on another."""

# %% shadow
import matplotlib.pyplot as plt
import numpy as np

x = 1.0
y = 2.0
turn = 20  # degrees

a = np.array([x, y])
b = 2.5 * np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
inner = (a * b).sum()
shadow = inner / np.linalg.norm(b)  # length of a's shadow on b, with its sign
cosine = shadow / np.linalg.norm(a)
print(f"{a[0]:.2f}·{b[0]:.2f} + {a[1]:.2f}·{b[1]:.2f} = {inner:.2f}")
print(f"shadow {shadow:.2f} × {np.linalg.norm(b):.2f} = {inner:.2f}   cosine {cosine:.2f}")

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3.9))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
foot = shadow * b / np.linalg.norm(b)
far = 9 * b / np.linalg.norm(b)
ax.plot([-far[0], far[0]], [-far[1], far[1]], color="C5", linewidth=0.8)
ax.plot([a[0], foot[0]], [a[1], foot[1]], ":", color="C5", linewidth=1.4)
ax.plot([0, foot[0]], [0, foot[1]], color="C2" if inner >= 0 else "C3", linewidth=9, alpha=0.45, solid_capstyle="butt")
for tip, colour, name in ((a, "C0", "a"), (b, "C1", "b")):
    ax.annotate("", tip, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "linewidth": 2.2, "shrinkB": 0})
    ax.text(*(tip * (1 + 0.42 / np.linalg.norm(tip))), name, color=colour, ha="center", va="center", size=13)
ax.plot(*a, "o", color="C0", markersize=9)
ax.set(xlim=(-4, 4), ylim=(-2.75, 3.05), aspect="equal", xticks=range(-4, 5), yticks=range(-2, 4))
ax.tick_params(length=0, labelleft=False, labelbottom=False)
for side in ("left", "bottom"):
    ax.spines[side].set_visible(False)
# endregion

angle = np.arctan2(a[1], a[0]) - np.radians(turn)
assert np.isclose(cosine, np.cos(angle))  # a·b = |a| |b| cos θ

# %% solution:cosine-on-paper
answer = (3 * 4 + 4 * 3) / (5 * 5)

# %% check:cosine-on-paper
angles = np.arctan2(4, 3) - np.arctan2(3, 4)
assert abs(answer - np.cos(angles)) < 0.005, "24, divided by both lengths: 5 and 5"
