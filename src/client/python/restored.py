"""A snapshot starts every time with the same random numbers, so begin anew; and see that NumPy works."""

import importlib
import random
import tempfile

import numpy as np

importlib.invalidate_caches()
random.seed()
np.random.seed()
tempfile._name_sequence = None

if np.linalg.solve(np.eye(2) * 2, np.ones(2)).tolist() != [0.5, 0.5] or not 0 <= np.random.default_rng().random() < 1:
    raise RuntimeError("NumPy does not compute")
