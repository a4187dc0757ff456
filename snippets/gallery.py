"""The gallery: a cell for each thing that a cell can do."""

# %% bowl
import matplotlib.pyplot as plt
import numpy as np

eta = 0.3  # learning rate
theta = np.array([(1 - 2 * eta) ** k for k in range(9)])  # (9,), descent on θ²
print(f"after 8 steps: {theta[-1]:.4f}")

# region plot
fig, ax = plt.subplots(figsize=(4.8, 2.8))
ax.plot(theta, "o-")
ax.set_ylim(-1.1, 1.1)
ax.set_xlabel("step")
# endregion

assert np.isclose(theta[1], 1 - 2 * eta)

# %% pendulum
import matplotlib.pyplot as plt
import numpy as np

k = 0  # frame
angle = 0.8 * np.cos(2 * np.pi * k / 12)
print(f"frame {k:2d}: {angle:+.2f}")

# region plot
fig, ax = plt.subplots(figsize=(3.2, 2.4))
ax.plot([0, np.sin(angle)], [0, -np.cos(angle)], "o-")
ax.set_xlim(-1, 1)
ax.set_ylim(-1.2, 0.2)
ax.set_aspect("equal")
# endregion

# %% middle
import numpy as np

rule = "mean"
squared = False
x = np.array([1.0, 2.0, 9.0])
print(rule, round(float(getattr(np, rule)(x**2 if squared else x)), 2))

# %% point
import matplotlib.pyplot as plt

u = 1.0
v = 1.0
print(f"u v = {u * v:.2f}")

# region plot
fig, ax = plt.subplots(figsize=(3.2, 3.2))
ax.plot([0, u], [0, v])
ax.plot(u, v, "o")
ax.set_xlim(-2.2, 2.2)
ax.set_ylim(-2.2, 2.2)
ax.set_aspect("equal")
# endregion

# %% two-sliders
p = 2
q = 3
print(p**q)

# %% luck
import numpy as np

seed = 0
coin = np.random.default_rng(seed).integers(2, size=100)  # (100,)
print(f"{coin.sum()} heads of 100")

# %% clock
import time

start = time.perf_counter()
total = sum(range(100_000))
print(f"{1000 * (time.perf_counter() - start):.1f} ms")

# %% waves
import numpy as np

x = np.linspace(0, 1, 5)
y = x**2
print(y)

# %% solution:double
answer = 2 * 21

# %% check:double
assert answer == 21 + 21, "twice 21 is 21 + 21"

# %% solution:larger
answer = 2

# %% check:larger
assert 2**10 > 10**2
assert answer == 2, "doubling wins in the end"


# %% exercise:mean
def mean(x):
    """Return the mean of an array."""
    return x.sum()


# %% solution:mean
def mean(x):
    """Return the mean of an array."""
    return x.sum() / x.size


# %% check:mean
assert mean(np.array([1.0, 3.0])) == 2, "the mean of 1 and 3 is 2"
