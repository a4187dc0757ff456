"""What is remembered of ticks and of text while a figure is drawn changes no byte of any figure of the articles."""

# pyright: basic

import io
import pickle
from collections.abc import Iterator
from contextlib import nullcontext, redirect_stdout
from typing import Any

import matplotlib.pyplot as plt
import pytest
from kit import draw
from kit.drawing import layout, page, svg

from kamipen.article.scripts import Script, Scripts
from kamipen.project import SNIPPETS

SCRIPTS = Scripts(SNIPPETS)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Pickle, copy, and deepcopy support:DeprecationWarning"),  # categories, counted
]


def figures(script: Script) -> Iterator[tuple[str, Any]]:
    """Yield the figures that a script's cells leave open, each with the name of its cell."""
    namespace = {"__name__": "__main__"}
    for cell in script.cells:
        if cell.kind == "cell":
            with redirect_stdout(io.StringIO()):
                exec(cell.source, namespace)
            for figure in draw.close_all():
                yield cell.reference, figure


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ticks, text and extents be worked out each time, as matplotlib does."""
    monkeypatch.setattr(layout.ticks, "remembered", lambda _: nullcontext())
    monkeypatch.setattr(layout, "layouts_remembered", nullcontext)
    monkeypatch.setattr(svg, "_extents", lambda path, transform: path.get_extents(transform).extents)


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_figures_of_a_script(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for reference, figure in figures(SCRIPTS[name]):
        copy = pickle.dumps(figure)
        drawn = page.drawn(figure)
        with monkeypatch.context() as plain:
            forget(plain)
            assert page.drawn(pickle.loads(copy)) == drawn, reference
        plt.close("all")
