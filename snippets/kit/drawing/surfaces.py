"""What stands on what: ink on the page's paper follows its scheme, ink on coloured ground does not."""

from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
from matplotlib.collections import Collection, LineCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import Patch
from matplotlib.text import Annotation

from .colours import PAGE, Pair, contrast, css, follows, is_grey, is_own
from .weight import data, every_axes

OPAQUE = 0.5  # from here on a colour is the ground of what stands on it
MANY = 3  # different greys in one axes are data
SEEN = 100  # colours of a collection that are looked at


class Mark(NamedTuple):
    """How the renderer treats an artist: an artist bears it as its id while it is drawn."""

    keep: bool = False  # its colours, in both schemes
    dark: bool = False  # and the style's as they are on dark paper, for that is what it stands on
    turn: bool = False  # its greys, in any case: the figure's own paper and lines
    picture: bool = False  # drawn as one


KEEP, TURN, PLAIN = Mark(keep=True), Mark(turn=True), Mark()


@contextmanager
def marked(marks: dict):
    """Let artists bear marks meanwhile."""
    before = {artist: artist._gid for artist in marks}
    try:
        for artist, mark in marks.items():
            artist._gid = mark
        yield
    finally:
        for artist, gid in before.items():
            artist._gid = gid


def marks(figure, pictures: set, renderer) -> dict:
    """Return the marks of the artists that the renderer is not to treat by its rule."""
    found = {part.patch: TURN for part in figure.subfigs if _is_paper(part.patch)}
    on_own = _kept_on(figure.patch)
    for axes in every_axes(figure):
        found |= _marks_of_axes(axes, on_own, renderer)
    if on_own:
        found |= dict.fromkeys((*figure.texts, *figure.legends, *figure.lines), on_own)
    for artist in pictures:
        found[artist] = found.get(artist, PLAIN)._replace(picture=True)
    return found


def background(figure) -> str:
    """Return the colour of a figure's paper as CSS, nothing where it is the page's own."""
    ground = _ground(figure.patch)
    if ground is None:
        return ""
    return css(follows(ground, always=True)) if _is_paper(figure.patch) else ground


def _marks_of_axes(axes, on_own: Mark | None, renderer) -> dict:
    own = [axes.patch, *axes.spines.values(), *axes.tables]
    legend = axes.get_legend()
    if legend is not None:
        own.append(legend.get_frame())
    if on_own:
        inside = [*axes.get_children(), *axes.texts]
        return dict.fromkeys((*own, *inside, *_parts_of(legend)), on_own)
    found = dict.fromkeys(own, TURN)
    on_own = _kept_on(axes.patch)
    if on_own:
        found |= dict.fromkeys((axes.patch, *_data(axes), *_ornaments(axes), *_parts_of(legend)), on_own)
        return found
    found |= dict.fromkeys((*_grey_data(axes), *_mapped(axes)), KEEP)
    if axes.texts or axes.tables or axes.images or axes.collections:
        found |= _marks_on_data(axes, found, renderer)
    return found


def _marks_on_data(axes, known: dict, renderer) -> dict:
    """Mark what stands on images and coloured shapes."""
    fields = [(artist, _extent(artist, axes, renderer)) for artist in _fields(axes)]
    found = {}
    if fields:
        for artist in _data(axes):
            if _lies_on(artist, fields, axes, renderer):
                found[artist] = KEEP
    patches = [patch for patch in axes.patches if _ground(patch) is not None] if axes.texts else []
    patches.sort(key=lambda patch: patch.get_zorder())
    kept = known | found
    boxes = np.array([patch.get_window_extent(renderer).extents for patch in patches]).reshape(-1, 4)
    for text in axes.texts:
        ground = _ground_of(text, patches, boxes, kept, renderer)
        mark = KEEP if text.get_path_effects() else _best(to_hex(text.get_color()), ground) or found.get(text)
        if mark:
            found[text] = mark
            if isinstance(text, Annotation) and text.arrow_patch is not None and mark is KEEP and not text._bbox_patch:
                found[text.arrow_patch] = mark
    for table in axes.tables:
        for cell in table.get_celld().values():
            ground = _ground(cell)
            if ground is not None and not is_grey(ground):
                found[cell.get_text()] = _best(to_hex(cell.get_text().get_color()), follows(ground)) or PLAIN
    return found


def _best(colour: str, ground: Pair) -> Mark | None:
    """Return how text of this colour is told best from its ground in the dark scheme; None: by the usual rule."""
    if ground == PAGE:
        return None
    if is_grey(colour) or is_own(colour):
        other = follows(colour, always=True).dark
        return KEEP if contrast(colour, ground.dark) >= contrast(other, ground.dark) else TURN
    return KEEP if ground.light == ground.dark else None


def _ground_of(text, patches, boxes, kept, renderer) -> Pair:
    """Return the colour of the shape behind a text, the page's where there is none."""
    box = text.get_bbox_patch()
    if box is not None and _ground(box) is not None:
        return follows(_ground(box))
    ground = PAGE
    if len(boxes):
        extent = text.get_window_extent(renderer)
        x, y = (extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2
        inside = (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])
        for at in inside.nonzero()[0]:
            patch = patches[at]
            if patch.get_zorder() <= text.get_zorder() and _contains(patch, x, y):
                colour = _ground(patch)
                ground = Pair(colour, colour) if kept.get(patch, PLAIN).keep else follows(colour)
    return ground


def _contains(patch, x: float, y: float) -> bool:
    return patch.get_path().contains_point((x, y), patch.get_transform())


def _fields(axes) -> list:
    """Return the artists that cover part of the axes with colours of data."""
    filled = [
        artist
        for artist in axes.collections
        if isinstance(artist, QuadMesh)
        or (artist.get_array() is not None and not isinstance(artist, LineCollection) and _covers(artist))
    ]
    return [*axes.images, *filled]


def _covers(artist: Collection) -> bool:
    """Tell whether a collection is a field and not marks: its shapes have no offsets."""
    filled = getattr(artist, "filled", True)  # of a contour
    return filled and len(artist.get_offsets()) <= 1 and artist.get_alpha() not in (0,) and not hasattr(artist, "_vec")


def _extent(artist, axes, renderer):
    """Return the box of an artist within its axes."""
    from matplotlib.transforms import Bbox

    try:
        box = artist.get_window_extent(renderer)
    except (ValueError, RuntimeError, NotImplementedError):
        return axes.bbox
    return Bbox.intersection(box, axes.bbox) or Bbox.null()


def _lies_on(artist, fields, axes, renderer) -> bool:
    if any(artist is field for field, _ in fields):
        return False  # it is one
    box = _extent(artist, axes, renderer)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(field.contains(x, y) and under.get_zorder() <= artist.get_zorder() for under, field in fields)


def _grey_data(axes) -> list:
    """Return the shapes whose greys are data, being many."""
    found = []
    for group in (axes.patches, axes.lines):
        greys: dict[str, list] = {}
        for artist in group:
            colour = _ground(artist) if isinstance(artist, Patch) else to_hex(artist.get_color())
            if colour is not None and is_grey(colour):
                greys.setdefault(colour, []).append(artist)
        if len(greys) >= MANY:
            found += [artist for same in greys.values() for artist in same]
    return found


def _mapped(axes) -> list:
    """Return the collections whose colours are data: those of a colour map, and more than a few greys."""
    found = []
    for artist in axes.collections:
        if artist.get_array() is not None:
            artist.update_scalarmappable()
        colours = {to_hex(colour) for colour in (*artist.get_facecolor()[:SEEN], *artist.get_edgecolor()[:SEEN])}
        greys = sum(map(is_grey, colours))
        if greys >= MANY or (artist.get_array() is not None and len(colours) > 1):
            found.append(artist)
    return found


def _ground(patch) -> str | None:
    """Return the colour of a shape that hides what is behind it, else None."""
    if not patch.get_visible():
        return None
    *_, alpha = colour = patch.get_facecolor()
    return to_hex(colour) if alpha >= OPAQUE else None


def _kept_on(patch) -> Mark | None:
    """Return how that is drawn which stands on a background of its author's choice; None for the usual paper."""
    ground = _ground(patch)
    if ground is None or _is_paper(patch):
        return None
    return Mark(keep=True, dark=contrast(ground, "#ffffff") > contrast(ground, "#000000"))


def _is_paper(patch) -> bool:
    """Tell whether a background is the light paper that all figures have, white or pale grey."""
    ground = _ground(patch)
    return ground is None or (is_grey(ground) and contrast(ground, "#000000") > contrast(ground, "#ffffff"))


def _data(axes) -> list:
    return [*data(axes), *axes.texts]


def _ornaments(axes) -> list:
    return [line for axis in axes._axis_map.values() for line in axis.get_gridlines()]


def _parts_of(legend) -> list:
    return [] if legend is None else [artist for artist in legend.findobj() if artist is not legend]
