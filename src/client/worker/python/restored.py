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
january, july = (time.localtime(time.mktime((2025, month, 1, 12, 0, 0, 0, 0, -1))) for month in (1, 7))
standard, summer = sorted((january, july), key=lambda day: day.tm_isdst)
time.timezone, time.altzone, time.daylight = -standard.tm_gmtoff, -summer.tm_gmtoff, summer.tm_isdst
time.tzname = standard.tm_zone, summer.tm_zone

if np.arange(3.0) @ np.ones(3) != 3 or not 0 <= np.random.random() < 1:
    raise RuntimeError("NumPy does not compute")
