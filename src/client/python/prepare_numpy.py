"""Import what cells of every page use, before a snapshot of the memory is taken."""

import ast, builtins, collections, contextlib, copy, dataclasses, functools, importlib, inspect, io, itertools, json  # noqa: E401
import keyword, linecache, math, operator, random, re, statistics, string, sys, tempfile, textwrap, time, tokenize  # noqa: E401
import traceback, types, typing, warnings  # noqa: E401

import numpy as np

from kit import draw, notebook

draw.install()

# The first call of each of these imports or builds more.
np.linalg.svd(np.linalg.inv(np.eye(2)))
np.random.default_rng(0).normal(size=3)
np.random.normal(size=3)
np.fft.fft(np.ones(4))
np.polynomial.Polynomial([1, 2])
np.testing, np.ma, np.lib.stride_tricks.sliding_window_view
str(np.arange(3) / 3)

try:
    raise ValueError
except ValueError as error:
    "".join(traceback.TracebackException.from_exception(error).format())
