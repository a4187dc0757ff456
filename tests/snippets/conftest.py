"""What the tests of articles share."""

import sys
from collections.abc import Generator
from typing import Any

import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT


@pytest.fixture(scope="module")
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Names that the cells of a module's article define: `test_start_here.py` is of `start_here.py`."""
    import matplotlib.pyplot as plt

    script = request.module.__name__.rpartition(".test_")[2]
    space: dict[str, Any] = {}
    for cell in read(ROOT / "snippets" / f"{script}.py").shown:
        exec(cell.source, space)
    plt.close("all")
    return space


@pytest.fixture(autouse=True)
def no_figure_is_left() -> Generator[None]:
    """Close what a test drew: the next one asks for the figures that are there."""
    yield
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
