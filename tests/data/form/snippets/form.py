"""A script whose cell is folded, and whose figure has words."""

# %% descent
# region set-up
import matplotlib.pyplot as plt
import numpy as np

# endregion

eta = 0.1  # learning rate
loss = (1 - eta) ** (2 * np.arange(5))  # (5,)
print(f"loss {loss[-1]:.2f}")

# region the drawing
fig, ax = plt.subplots(figsize=(4, 2))
ax.plot(loss, label="loss")
ax.set_xlabel("step")
ax.legend()
# endregion
