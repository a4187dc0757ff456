"""Chain rule: dials in series, each of which multiplies a small turn."""

# %% dials
import matplotlib.pyplot as plt
import numpy as np

w = 3.0  # weight
nudge = 0.2  # how far the first dial is turned

x, y = 2.0, 4.0  # input, truth
y_hat = w * x  # prediction
loss = (y_hat - y) ** 2

first = x  # d y_hat / d w
second = 2 * (y_hat - y)  # d loss / d y_hat
measured = (((w + nudge) * x - y) ** 2 - loss) / nudge
print(f"{first:.1f} × {second:+.1f} = {first * second:+.1f}   measured {measured:+.1f}")

# region plot
fig, ax = plt.subplots(figsize=(5.6, 2.5))
fig.subplots_adjust(left=0, right=1, bottom=0, top=1)
ax.set(xlim=(-1.15, 6.75), ylim=(-0.95, 1.45), aspect="equal")
ax.axis("off")


def dial(centre, value, moved, most, name):
    """Draw a half-round dial from 0 to `most`, its hand, and where the nudge takes it."""
    a, b = np.pi * (1 - np.array([value, moved]) / most)
    rim = np.linspace(0, np.pi, 60)
    ax.plot(centre + np.cos(rim), np.sin(rim), color="C5", linewidth=1)
    for mark in np.linspace(0, np.pi, 5):
        ax.plot(centre + np.cos(mark) * np.array([0.9, 1]), np.sin(mark) * np.array([0.9, 1]), color="C5", linewidth=1)
    turn = np.linspace(a, b, 20)
    ax.fill([centre, *(centre + 0.85 * np.cos(turn))], [0, *(0.85 * np.sin(turn))], color="C1", alpha=0.5)
    ax.plot([centre, centre + 0.85 * np.cos(a)], [0, 0.85 * np.sin(a)], color="C0", linewidth=2.4)
    ax.plot(centre, 0, "o", color="C0", markersize=6)
    ax.text(centre, -0.34, name, ha="center", va="center")
    ax.text(centre, -0.72, f"{value:.2f}", ha="center", va="center", family="monospace")


dial(0, w, w + nudge, 4, "weight")
dial(2.8, y_hat, (w + nudge) * x, 8, "prediction")
dial(5.6, loss, ((w + nudge) * x - y) ** 2, 16, "loss")
for centre, rate in ((1.4, first), (4.2, second)):
    ax.annotate("", (centre + 0.3, 0.35), (centre - 0.3, 0.35), arrowprops={"arrowstyle": "->", "color": "C5"})
    ax.text(
        centre, 0.62, f"×{rate:.0f}".replace("-", "−"), ha="center", va="center", color="C1", weight="bold", size=13
    )
# endregion

assert np.isclose(measured, first * second + x**2 * nudge)  # the product is the limit of a small nudge

# %% solution:square-of-a-line
answer = 2 * (3 * 1 + 1) * 3

# %% check:square-of-a-line
assert abs(answer - ((3 * 1.001 + 1) ** 2 - (3 * 0.999 + 1) ** 2) / 0.002) < 0.01, "2u at u = 4, times the inner 3"
