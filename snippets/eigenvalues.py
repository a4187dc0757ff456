"""Eigenvalues: the directions that a matrix only stretches, and by how much."""

# %% stretch
import matplotlib.pyplot as plt
import numpy as np

turn = 18  # direction of v, in degrees
kind = "stretch"

A = np.array({"stretch": [[2, 1], [1, 2]], "shear": [[1, 1], [0, 1]], "rotation": [[0, -1], [1, 0]]}[kind])
v = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
Av = A @ v
aside = v[0] * Av[1] - v[1] * Av[0]  # 0 where Av lies along v
print(f"v = ({v[0]:.2f}, {v[1]:.2f})   Av = ({Av[0]:.2f}, {Av[1]:.2f})")
if np.isclose(aside, 0):
    print(f"same direction: Av = {v @ Av:.2f} v")

# region plot
fig, ax = plt.subplots(figsize=(5.4, 4.2))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
rim = np.linspace(0, 2 * np.pi, 97)
circle = np.array([np.cos(rim), np.sin(rim)])  # (2, 97)
ax.plot(*circle, color="C0", linewidth=1)
ax.fill(*(A @ circle), color="C1", alpha=0.1)
ax.plot(*(A @ circle), color="C1", linewidth=1)
if np.isclose(aside, 0):
    ax.plot(*np.outer(v, [-6, 6]), "--", color="C2", linewidth=1.4)
for tip, colour in ((Av, "C1"), (v, "C0")):
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, (0, 0), arrowprops=style)
ax.text(*(Av * (1 + 0.26 / np.linalg.norm(Av))), "Av", color="C1", ha="center", va="center", size=13)
ax.text(*(0.6 * v + 0.2 * np.array([v[1], -v[0]])), "v", color="C0", ha="center", va="center", size=13)
ax.set(xlim=(-3.3, 3.3), ylim=(-2.55, 2.55), aspect="equal", xticks=range(-3, 4), yticks=range(-2, 3))
ax.tick_params(length=0, labelleft=False, labelbottom=False)
for side in ("left", "bottom"):
    ax.spines[side].set_visible(False)
# endregion

values = np.linalg.eigvals(A)
assert np.isclose(values.sum(), np.trace(A)) and np.isclose(values.prod(), np.linalg.det(A))

# %% solution:largest-eigenvalue
answer = 5.0

# %% check:largest-eigenvalue
M = np.array([[4.0, 1.0], [2.0, 3.0]])
power = np.linalg.matrix_power(M, 20) @ [1.0, 0.0]  # along the largest by now
ratio = (M @ power)[0] / power[0]
assert abs(answer - ratio) < 0.01, "the two add up to 4 + 3 and multiply to 4·3 − 1·2: 5 and 2"
