"""Cells with every kind of control, small enough to be recorded within a second."""

# pyright: basic

# %% descent
import matplotlib.pyplot as plt
import numpy as np

eta = 0.15  # learning rate
w = (1 - 10 * eta) ** np.arange(8)
limit = 2 / 10
print(f"eta {eta}, last {abs(w[-1]):.4f}")
fig, ax = plt.subplots(figsize=(4, 2))
ax.plot(w)
ax.set_ylim(-2, 2)

# %% below
k = 1
print("below", eta * k)

# %% kernel
kernel = "rbf"
centred = True  # or as it comes
print(kernel, "centred" if centred else "as it comes")

# %% walk
step = 0
fig, ax = plt.subplots(figsize=(4, 2))
ax.plot([0, step], [0, 1], "o-")
ax.set_xlim(0, 20)
print("step", step)

# %% point
a = 1
b = 0.1
fig, ax = plt.subplots(figsize=(4, 3))
ax.plot(a, b, "x")
ax.set(xlim=(0, 4), ylim=(0.1, 10), yscale="log")
print("at", a, b)

# %% seeded
seed = 0
print(f"mean {np.random.default_rng(seed).normal(size=10).mean():.3f}")

# %% failing
n = 2
print("n", n)
assert n < 3

# %% guess
guess = 2
print("square", guess**2)

# %% alone
m = 1.0
print("alone", m)

# %% rich
rows = 2


class Table:
    def _repr_html_(self):
        return f"<table><tr><td>rows</td><td>{rows}</td></tr></table>"


Table()
