"""Draw a first figure before a snapshot of the memory is taken, and close the files that drawing opened."""

import gc

import matplotlib.pyplot as plt
import matplotlib.text
import numpy as np
from kit import draw
from kit.drawing import metrics

figure, axes = plt.subplots(1, 2)
axes[0].plot(np.arange(10) ** 2, label=r"$\eta^2$")
axes[0].scatter([1, 2], [3, 4])
axes[0].set(title="title", xlabel="x", ylabel="y")
axes[0].legend()
axes[1].imshow(np.eye(3))
axes[1].bar([1, 2], [3, 4])
axes[1].axhline(1)
draw.figures()

# An open font file does not survive; drawing opens it again.
metrics.forget()
matplotlib.text._get_text_metrics_with_cache_impl.cache_clear()
del figure, axes
gc.collect()
