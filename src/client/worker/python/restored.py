"""A snapshot starts every time with the same random numbers, so begin anew; and see that NumPy works."""

import importlib
import os
import random
import tempfile

import numpy as np

WORDS = 624  # the state of NumPy's Mersenne Twister; to seed it takes ten times as long as to set it

importlib.invalidate_caches()
random.seed()
np.random.set_state(("MT19937", np.frombuffer(os.urandom(4 * WORDS), np.uint32), WORDS))
tempfile._name_sequence = None

if np.arange(3.0) @ np.ones(3) != 3 or not 0 <= np.random.random() < 1:
    raise RuntimeError("NumPy does not compute")
