"""Where the parts of a figure stand, and how much of the paper is shown.

A figure that its author left as it came is laid out so that nothing overlaps; one that was placed by hand
(`tight_layout`, `subplots_adjust`, `add_axes`, a grid with margins of its own) stays as it is, as in Jupyter.
"""

import warnings
from contextlib import contextmanager, suppress
from math import ceil

from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox

from . import ticks
from .metrics import layouts_remembered

UNTOUCHED = {"left": 0.125, "right": 0.9, "bottom": 0.11, "top": 0.88, "wspace": 0.2, "hspace": 0.2}
PAD = 3  # pixels around what is drawn, as much as the layout leaves
SPARE = 12  # pixels at an edge that are left to it
EDGE = 0.5  # pixels that may be cut: half the width of a line
BEYOND = 1  # times the paper's size: what is drawn farther out is an accident


@contextmanager
def laid_out(figure, renderer):
    """Place the axes once, and keep drawing from placing them again meanwhile: it would draw the whole figure twice."""
    engine = figure.get_layout_engine()
    figure._get_renderer = lambda: renderer  # matplotlib would make another
    try:
        with ticks.remembered(figure), layouts_remembered():
            if figure.axes:
                figure._get_draw_artists(renderer)  # gives the axes their aspects
                with _margins_remembered(figure):
                    _place(figure, engine)
            figure._layout_engine = None
            yield
    finally:
        figure._layout_engine = engine
        del figure._get_renderer


@contextmanager
def _margins_remembered(figure):
    """Measure what stands around an axes once, and again only if that has other ticks after it was moved."""
    known = [axes for axes in figure.axes if axes.name == "rectilinear" and _has_margins_of_its_own(axes)]
    for axes in known:
        axes.get_tightbbox = _Margins(axes)
    try:
        yield
    finally:
        for axes in known:
            del axes.get_tightbbox


def _has_margins_of_its_own(axes) -> bool:
    """Tell whether what stands around an axes does not change with its size, once its ticks are the same."""
    return axes.get_aspect() == "auto" and not (axes.texts or axes.child_axes or axes.artists or axes.tables)


class _Margins:
    """The box of an axes and what stands around it, for its layout."""

    def __init__(self, axes) -> None:
        self._axes, self._measure = axes, axes.get_tightbbox
        self._labels, self._margins = None, None

    def __call__(self, *args, **options) -> Bbox | None:
        axes = self._axes
        labels = [
            (tick.label1.get_text(), tick.label2.get_text())
            for axis in axes._axis_map.values()
            for tick in axis._update_ticks()
        ]
        if self._margins is None or labels != self._labels:
            box = self._measure(*args, **options)
            if box is None:
                return None
            self._labels, self._margins = labels, box.extents - axes.bbox.extents
        return Bbox.from_extents(axes.bbox.extents + self._margins)


def _place(figure, engine) -> None:
    with suppress(ValueError), warnings.catch_warnings():  # which drawing ignores too
        if engine is None and _left_alone(figure):
            warnings.simplefilter("ignore")  # its author has not asked for a layout
            engine = ConstrainedLayoutEngine()
        if engine is not None:
            engine.execute(figure)


def view(figure, extents) -> tuple[float, float, float, float]:
    """Return left, top, width and height in pixels, from the paper's upper left corner, of what is to be shown."""
    width, height = (float(round(72 * inches, 2)) for inches in figure.get_size_inches())
    if extents is None:
        return 0, 0, width, height
    x0, y0, x1, y1 = extents
    left, right = -_margin(x0, width), width + _margin(width - x1, width)
    top, bottom = -_margin(height - y1, height), height + _margin(y0, height)
    return left, top, round(right - left, 2), round(bottom - top, 2)


def _margin(inside: float, size: float) -> float:
    """Return how much paper to add at an edge (to take away, if negative), given how far inside the drawing ends.

    Whole pixels: the same on machines that differ in the last digit.
    """
    if -EDGE <= inside <= SPARE:
        return 0
    return min(ceil(round(PAD - inside, 1)), BEYOND * size)


def _left_alone(figure) -> bool:
    """Tell whether all axes stand where matplotlib puts them by default."""
    parts = [figure, *_subfigures(figure)]
    if any(getattr(part.subplotpars, name) != value for part in parts for name, value in UNTOUCHED.items()):
        return False
    labels = {getattr(part, name, None) for part in parts for name in ("_suptitle", "_supxlabel", "_supylabel")}
    if any(text not in labels and text.get_visible() for part in parts for text in part.texts):
        return False
    return all(_stands_in_its_grid(axes) for axes in figure.axes)


def _subfigures(figure):
    for part in figure.subfigs:
        yield part
        yield from _subfigures(part)


def _stands_in_its_grid(axes) -> bool:
    if getattr(axes, "_colorbar_info", None):
        return True  # it goes with the axes that it belongs to
    place = axes.get_subplotspec()
    if place is None or not axes.get_in_layout():
        return False
    grid = place.get_gridspec()
    while hasattr(grid, "_subplot_spec"):
        if 0 in (grid._wspace, grid._hspace):
            return False
        grid = grid._subplot_spec.get_gridspec()
    margins = ("left", "right", "bottom", "top", "wspace", "hspace")
    return all(getattr(grid, name, None) is None for name in margins)
