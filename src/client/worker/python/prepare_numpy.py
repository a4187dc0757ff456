"""Import what the cells of every page may use, before a snapshot of the memory is taken."""

import importlib
import traceback

import numpy as np
from kit import draw, outputs

MODULES = """
ast builtins collections contextlib copy dataclasses functools inspect io itertools json keyword linecache math operator
random re string sys tempfile textwrap time tokenize types typing warnings
"""
for name in MODULES.split():
    importlib.import_module(name)

draw.install()
outputs.items()

# The first call of each of these imports or builds more.
np.linalg.svd(np.linalg.inv(np.eye(2)))
np.random.default_rng(0).normal(size=3)
np.random.normal(size=3)
np.fft.fft(np.ones(4))
str(np.arange(3) / 3)
try:
    raise ValueError
except ValueError as error:
    "".join(traceback.TracebackException.from_exception(error).format())
