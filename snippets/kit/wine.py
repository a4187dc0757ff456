"""UCI Wine Quality, the red wines: the very table that the discussion names.

Cortez, Cerdeira, Almeida, Matos, Reis, 2009, <https://doi.org/10.24432/C56S3T>, CC BY 4.0, unchanged.
"""

from functools import cache
from importlib.resources import files

import numpy as np


@cache
def _lines() -> list[str]:
    return files("kit").joinpath("wine.csv").read_text(encoding="utf-8").splitlines()


def columns() -> list[str]:
    """Return the names of the twelve columns; the last is the quality that tasters gave, 0 (bad) to 10."""
    return _lines()[0].split(";")


def red() -> np.ndarray:
    """Return the table, shape (1599, 12), a wine a row, in the file's order and units (g/l, mg/l, %)."""
    return np.array([line.split(";") for line in _lines()[1:]], float)
