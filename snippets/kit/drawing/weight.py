"""One rule for all that is drawn: which artists are so many shapes that a picture of them holds the page up less."""

from collections import defaultdict

from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

SHAPES = 2_000  # in a figure; a page puts up as many in less than 50 ms
VERTICES = 40  # that cost as much as a shape
CHARACTERS = 100_000  # of one path


def heavy(figure) -> set:
    """Return the artists to be drawn as pictures: whole kinds of an axes, the largest first, until few are left."""
    groups = defaultdict(list)
    for axes in every_axes(figure):
        for artist in data(axes):
            shapes = _shapes(artist)
            if shapes:
                groups[axes, _kind(artist)].append((artist, shapes))
    sizes = {key: sum(shapes for _, shapes in group) for key, group in groups.items()}
    left, chosen = sum(sizes.values()), set()
    for least in (SHAPES, SHAPES // 20, 1):
        for key in [key for key, size in sizes.items() if size >= least and left >= SHAPES]:
            left -= sizes.pop(key)
            chosen.update(artist for artist, _ in groups[key])
    return chosen


def every_axes(figure):
    """Yield the axes of a figure and those inside of them."""
    waiting = list(figure.axes)
    while waiting:
        axes = waiting.pop(0)
        yield axes
        waiting += axes.child_axes


def data(axes) -> list:
    """Return the artists of an axes that may be drawn as pictures."""
    return [*axes.patches, *axes.lines, *axes.collections]


def _kind(artist) -> type:
    return next(kind for kind in (Collection, Line2D, Patch) if isinstance(artist, kind))


def _shapes(artist) -> float:
    """Count the shapes that an artist is, or as many vertices as cost the same; 0 for text and images."""
    if not artist.get_visible():
        return 0
    if isinstance(artist, Line2D):
        points = len(artist.get_xdata(orig=False))
        marked = artist.get_marker() not in (None, "None", "none", "", " ")
        return points if marked else 1
    if isinstance(artist, Patch):
        return 1
    if isinstance(artist, Collection):
        return _collected(artist)
    return 0


def _collected(artist: Collection) -> float:
    array = artist.get_array()
    paths = artist.get_paths() if getattr(artist, "_paths", None) is not None else []
    vertices = sum(len(path.vertices) for path in paths[:SHAPES]) / VERTICES
    mapped = 0 if array is None else array.size
    solid = max(len(getattr(artist, name, ())) for name in ("_segslices", "_segments3d"))  # of three dimensions
    return max(len(artist.get_offsets()), len(paths), vertices, mapped, solid)
