"""A snapshot starts with the random numbers and the time zone of its making, so begin anew; see that NumPy works."""

import importlib
import random
import tempfile
import time

import numpy as np
from _kamipen_settings import seed_numpy

importlib.invalidate_caches()
random.seed()
seed_numpy()
tempfile._name_sequence = None
time.tzset()  # the reader's time zone

if np.arange(3.0) @ np.ones(3) != 3 or not 0 <= np.random.random() < 1:
    raise RuntimeError("NumPy does not compute")
