"""Figures, the same in the browser and natively: ordinary matplotlib in, SVG that follows the page out.

Articles do not import this: whoever runs their cells calls `install` before the first and `figures` after each.
How a figure is drawn stands in `kit.drawing`.
"""

import logging
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kit import labels

STYLE = Path(__file__).with_name("matplotlibrc")
BACKEND = "module://kit.drawing.backend"
LOGGERS = ("matplotlib.font_manager", "matplotlib.mathtext")  # they tell of fonts, and the page has its own

_listener: Callable[[list], None] | None = None


def install() -> None:
    """Make matplotlib draw for the page, whether it is imported already or later."""
    os.environ["MPLBACKEND"] = BACKEND
    os.environ["MATPLOTLIBRC"] = str(STYLE)
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", message=r".*is non-interactive, and thus cannot be shown")
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.rc_file(STYLE)
        matplotlib.use(BACKEND)


def listen(listener: Callable[[list[Any]], None]) -> None:
    """Hand the figures that `plt.show()` is to show in its place to a listener; without one they wait for `figures`."""
    global _listener
    _listener = listener


def figures() -> list[Any]:
    """Return the figures that are open as they are shown, in the order in which they were made, and close them.

    One that was shown already and has not changed since is left out.
    """
    return [drawn(figure) for figure in close_all()]


def close_all() -> list[Any]:
    """Close the figures that are open, and return those of them that are still to be shown."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    try:
        open_ = [pyplot.figure(number) for number in pyplot.get_fignums()]
        return [figure for figure in open_ if figure not in _shown or figure.stale]
    finally:
        _shown.clear()
        pyplot.close("all")


def drawn(figure: Any) -> Any:
    """Return a figure, open or not, as it is shown: a `kit.drawing.page.Figure`."""
    from kit.drawing import page

    _shown.append(figure)
    return labels.kept(page.drawn, figure)


def is_figure(value: object) -> bool:
    """Tell whether a value is a figure of matplotlib."""
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def show(open_: list[Any]) -> bool:
    """Hand figures to the listener, and tell whether there is one."""
    if _listener is None:
        return False
    _listener(open_)
    return True


_shown: list[Any] = []
"""The figures of this cell that were shown before its end."""
