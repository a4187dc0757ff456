"""Cells that between them do all that a cell can do."""

# pyright: basic

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

# %% progress
for done in range(0, 101, 20):
    print(f"\r{done:3} %", end="")
print(" \x1b[32mdone\x1b[0m, \x1b[1mbold\x1b[0m\x07")


# %% widget
class Widget:
    def _repr_html_(self):
        return (
            "<style>#box { color: rgb(1, 2, 3) } p { color: rgb(4, 5, 6) } .told { display: none }</style>"
            '<p class="told">In a Jupyter environment, please rerun this cell</p>'
            '<div id="box" onclick="window.harmed = 1">box <input type="checkbox" id="more">'
            '<label for="more">more</label></div><script>window.harmed = 2</script>'
        )


Widget()

# %% folded
# region set-up
import numpy as np

table = np.array([2, 3, 5])  # primes
# endregion

weight = 4
print("weighted", (weight * table).tolist())

# region plot
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(table, weight * table, "o-", label=r"measured $w x_i^2$ at $t = 0$")
ax.set_xlabel("prime")
ax.set_ylabel("weighted")
ax.legend()
# endregion
