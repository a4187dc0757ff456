"""A cell depends on those above that make or change what it takes, and on no others."""

from pathlib import Path

import pytest

from kamipen.article.dependencies import needed
from kamipen.article.scripts import Scripts

SCRIPT = """# %% start
import numpy as np

x = np.arange(3)
rng = np.random.default_rng(0)

# %% drawn
noise = rng.normal(size=3)

# %% lone
eta = 0.1
print(eta)

# %% fitted
class Model:
    pass

model = Model()

# %% changed
model.w = x + noise

# %% target
print(model.w, np.pi)

# %% other
print(np.e)

# %% again
print(rng.normal())
"""


@pytest.mark.parametrize(
    ("cell", "cells"),
    [
        ("start", []),
        ("lone", []),
        ("other", []),
        ("changed", ["start", "drawn", "fitted"]),
        ("target", ["start", "drawn", "fitted", "changed"]),
        ("again", ["start", "drawn"]),
    ],
)
def test_what_a_cell_needs(tmp_path: Path, cell: str, cells: list[str]) -> None:
    (tmp_path / "sample.py").write_text(SCRIPT, "utf-8")
    script = Scripts(tmp_path)["sample"]
    assert needed(script, script[cell]) == cells
