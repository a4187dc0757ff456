"""Cells that between them do all that a cell can do."""

# %% base
import numpy as np

x = np.arange(1, 6)
print("sum", int(x.sum()))

# %% scale
factor = 3  # what x is multiplied with
y = factor * x
print("y", y.tolist())

# %% total
print("total", int(y.sum()))

# %% drawing
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(x, y, "o-")
ax.set_xlabel("入力 x")
ax.set_ylabel("出力 y")
print("\ndrawn")

# %% slide
eta = 0.19  # learning rate
w = 1.0
for _ in range(20):
    w -= eta * 10 * w
print(f"w = {w:.4f}")

# %% seeded
seed = 0
rng = np.random.default_rng(seed)
print(f"mean {rng.normal(size=10).mean():.3f}")

# %% table


class Table:
    def _repr_html_(self):
        return "<table><tr><th>n</th><td>1</td></tr></table>"


Table()

# %% clock
import time

print("took", time.perf_counter() > 0)
