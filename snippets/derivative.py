"""Derivative: the slope that is left as the second point closes in."""

# %% secant
import matplotlib.pyplot as plt
import numpy as np

w = 1.0  # where the slope is wanted
h = 1.0  # how far the second point is


def loss(w: float) -> float:
    return w**2


slope = (loss(w + h) - loss(w)) / h  # rise over run
print(f"({loss(w + h):.2f} - {loss(w):.2f}) / {h:.1f} = {slope:.2f}   limit {2 * w:.2f}")

# region plot
fig, ax = plt.subplots(figsize=(5.4, 3.6))
fig.subplots_adjust(left=0.09, right=0.98, bottom=0.15, top=0.97)
x = np.linspace(-2, 3.2, 105)
ax.plot(x, loss(x), color="C5")
ax.plot(x, loss(w) + 2 * w * (x - w), "--", color="C2", linewidth=1.4)
ax.plot(x, loss(w) + slope * (x - w), color="C1")
ax.plot([w, w + h, w + h], [loss(w), loss(w), loss(w + h)], color="C1", linewidth=1)
ax.plot([w, w + h], [loss(w), loss(w + h)], "o", color="C1", markersize=7)
ax.set(xlim=(-2, 3.2), ylim=(-3, 10), xlabel="weight", ylabel="loss")
# endregion

assert np.isclose(slope, 2 * w + h)  # ((w + h)² − w²) / h

# %% solution:slope-of-a-parabola
answer = 6 * 2 - 5


# %% check:slope-of-a-parabola
def parabola(x: float) -> float:
    return 3 * x**2 - 5 * x + 2


assert abs(answer - (parabola(2.001) - parabola(1.999)) / 0.002) < 0.01, "term by term: 6x, then −5, then nothing"
