"""What a cell prints, on a phone: a line that runs off the screen hides the number that the prose speaks of."""

import contextlib
import io
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from kamipen.article.scripts import read

SNIPPETS = Path(__file__).parents[2] / "snippets"
COLUMNS = 41
"""Characters of the page's monospace that 390 px show beside the margins."""


@pytest.mark.parametrize("script", ["start_here", "delve_and_bayes", "gradient_descent_physics"])
def test_no_printed_line_runs_off_a_phone(script):
    space: dict = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in read(SNIPPETS / f"{script}.py").shown:
            exec(cell.source, space)
    plt.close("all")
    assert [line for line in printed.getvalue().splitlines() if len(line) > COLUMNS] == []
