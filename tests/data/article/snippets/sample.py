"""A script with a cell of each kind."""

# %% bowl
import numpy as np

curvature = 10.0  # λ
eta = 0.19  # learning rate

theta = np.cumprod(np.full(5, 1 - eta * curvature))  # (5,)
print(f"theta {theta[-1]:.2f}, limit {2 / curvature:.3f}")
assert abs(1 - eta * curvature) < 1  # it shrinks

# %% picture
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(4, 2))
ax.plot(theta, "o-")
ax.set_xlabel("step")
ax.set_ylabel(r"$\theta$")
len(theta)

# %% clock
import time

start = time.perf_counter()
print(f"{abs(time.perf_counter() - start):.0f} s <here>")

# %% solution:limit
answer = 2 / curvature

# %% check:limit
assert abs(answer * curvature - 2) < 0.02, "the limit is 2/λ"

# %% solution:sign
answer = 2

# %% check:sign
assert answer == 2, "a factor below -1 grows"


# %% exercise:step
def step(theta, eta):
    return theta


# %% solution:step
def step(theta, eta):
    return theta - eta * curvature * theta


# %% check:step
assert step(1.0, 0.1) == 0, "η = 1/λ lands in one step </script>"
