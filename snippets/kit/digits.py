"""Handwritten digits of 8 by 8 pixels, in the numbers that scikit-learn's `load_digits` gives.

Alpaydin and Kaynak, *Optical Recognition of Handwritten Digits*, 1998, the 1,797 images that thirteen people wrote
for testing: <https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits>, CC BY 4.0.
"""

from importlib.resources import files

import numpy as np


def load() -> tuple[np.ndarray, np.ndarray]:
    """Return images, shape (1797, 64), rows of pixels, 0 (paper) to 16 (ink), and their digits, shape (1797,)."""
    lines = files("kit").joinpath("digits.txt").read_bytes().split()
    table = np.frombuffer(b"".join(lines), np.uint8).reshape(-1, 65)
    return table[:, :64] - float(ord("A")), table[:, 64] - np.int64(ord("0"))
