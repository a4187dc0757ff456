"""A figure as the page shows it: laid out, drawn once, as small as need be."""

from contextlib import contextmanager
from typing import NamedTuple

from . import alt, axes
from .layout import laid_out, view
from .surfaces import background, marked, marks
from .svg import Renderer
from .weight import data, every_axes, heavy

CHARACTERS = 500_000  # of shapes: beyond, all data are drawn as pictures
BYTES = 4_000_000  # of a drawing: beyond, pictures become coarser
COARSEST = 1 / 16


class Figure(NamedTuple):
    """A drawn figure: SVG to be put into a page, its size in CSS pixels, and what it shows in words."""

    svg: str
    width: float
    height: float
    alt: str


def drawn(figure) -> Figure:
    """Return the figure as SVG; the figure itself may be changed and drawn again."""
    with at_dpi(figure, 72), _grids_hidden_behind_images(figure):
        pictures = heavy(figure)
        renderer = _draw(figure, pictures, 1)
        if renderer.characters > CHARACTERS:
            pictures = {artist for axes in every_axes(figure) for artist in data(axes)}
            renderer = _draw(figure, pictures, 1)
        seen = view(figure, renderer.extents)
        svg = renderer.finish(seen, background(figure), axes.noted(figure, renderer.height))
        share = 1.0
        while len(svg) > BYTES and share > COARSEST:
            share /= 2
            svg = _draw(figure, pictures, share).finish(seen, background(figure), axes.noted(figure, renderer.height))
    return Figure(svg, seen[2], seen[3], alt.text(figure))


def _draw(figure, pictures: set, share: float) -> Renderer:
    """Draw a figure; `share`: of the usual pixels of its pictures in each direction."""
    renderer = Renderer(*figure.bbox.size, share)
    with laid_out(figure, renderer), marked(marks(figure, pictures, renderer)), _hidden([figure.patch]):
        figure.draw(renderer)
    return renderer


@contextmanager
def at_dpi(figure, dpi: float):
    """Draw with so many pixels to the inch; SVG has 72, one for a point."""
    before = figure.dpi
    figure._set_dpi(dpi, forward=False)
    try:
        yield
    finally:
        figure._set_dpi(before, forward=False)


@contextmanager
def _grids_hidden_behind_images(figure):
    """Draw no grid over a picture: in this style axes have one unless they are told otherwise."""
    lines = [
        line
        for axes in every_axes(figure)
        if axes.images
        for axis in axes._axis_map.values()
        for line in axis.get_gridlines()
        if line.get_visible()
    ]
    with _hidden(lines):
        yield


@contextmanager
def _hidden(artists: list):
    """Leave artists out meanwhile; that they were does not count as a change."""
    before = [artist._visible for artist in artists]
    for artist in artists:
        artist._visible = False
    try:
        yield
    finally:
        for artist, visible in zip(artists, before, strict=True):
            artist._visible = visible
