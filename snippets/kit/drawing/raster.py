"""Pictures in a drawing: many marks drawn on a sheet of pixels, and images reduced to what is seen of them."""

import base64
from io import BytesIO
from math import ceil, hypot, sqrt

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.transforms import Affine2D, TransformedBbox
from PIL import Image

SCALE = 2  # pixels of a picture per pixel of the page, in each direction
PIXELS = 1_500_000  # of a whole figure: even noise stays under 8 MB


def scale_for(width: float, height: float) -> float:
    """Return how many pixels a picture of this size has per pixel of the page, in each direction."""
    return min(SCALE, sqrt(PIXELS / max(width * height, 1)))


EVEN = 1e-3  # pixels


class Sheet:
    """Pixels on which shapes are drawn that come in the coordinates of the page, y upwards."""

    def __init__(self, width: float, height: float, scale: float) -> None:
        self.scale, self.height = scale, height
        self._enlarge = Affine2D().scale(scale)
        self._agg = RendererAgg(ceil(width * scale), ceil(height * scale), 72 * scale)
        # Agg counts from its upper edge, the page from its lower one
        self._place = self._enlarge + Affine2D().translate(0, self._agg.height - height * scale)

    def path(self, gc, path, transform, face) -> None:
        """Draw a path."""
        self._agg.draw_path(self._own(gc), path, transform + self._place, face)

    def markers(self, gc, marker, marker_transform, path, transform, face) -> None:
        """Draw a marker at each point of a path."""
        self._agg.draw_markers(
            self._own(gc), marker, marker_transform + self._enlarge, path, transform + self._place, face
        )

    def collection(self, gc, transform, paths, transforms, offsets, offset_transform, *rest) -> None:
        """Draw many paths."""
        place, offset_place = transform.frozen() + self._place, offset_transform + self._enlarge
        if len(offsets):
            place = transform.frozen() + self._enlarge
            offset_place = offset_transform + self._place
        self._agg.draw_path_collection(self._own(gc), place.frozen(), paths, transforms, offsets, offset_place, *rest)

    def mesh(self, gc, transform, columns, rows, coordinates, offsets, offset_transform, faces, _, edges) -> None:
        """Draw a mesh, without seams between its cells."""
        self._agg.draw_quad_mesh(
            self._own(gc),
            (transform + self._enlarge).frozen(),
            columns,
            rows,
            coordinates,
            offsets,
            offset_transform + self._place,
            faces,
            False,
            edges,
        )

    def triangles(self, gc, triangles, colours, transform) -> None:
        """Draw triangles whose colours run into each other."""
        self._agg.draw_gouraud_triangles(self._own(gc), triangles, colours, transform + self._place)

    def _own(self, gc):
        own = self._agg.new_gc()
        own.copy_properties(gc)
        box, (path, transform) = gc.get_clip_rectangle(), gc.get_clip_path()
        if box is not None:
            own.set_clip_rectangle(TransformedBbox(box, self._place))
        if path is not None:
            from matplotlib.transforms import TransformedPath

            own.set_clip_path(TransformedPath(path, transform + self._place))
        return own

    def taken(self) -> tuple[np.ndarray, float, float] | None:
        """Return the pixels that were drawn on and the place of their upper left corner, y downwards; None if none."""
        pixels = np.asarray(self._agg.buffer_rgba())
        rows, columns = pixels[..., 3].any(axis=1).nonzero()[0], pixels[..., 3].any(axis=0).nonzero()[0]
        if not len(rows):
            return None
        top, left = int(rows[0]), int(columns[0])
        part = pixels[top : rows[-1] + 1, left : columns[-1] + 1]
        return part, left / self.scale, self.height - (self._agg.height - top) / self.scale


def png(pixels: np.ndarray) -> str:
    """Return pixels (rows, columns, RGBA) or grey ones (rows, columns) as the address of a PNG picture."""
    if pixels.ndim == 3 and (pixels[..., 3] == 255).all():
        pixels = pixels[..., :3]
    file = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, format="png")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def reduced(pixels: np.ndarray, transform, scale: float) -> np.ndarray:
    """Return an image with no more pixels than are seen of it; `transform` takes its pixels to the page."""
    rows, columns = pixels.shape[:2]
    (a, c, _), (b, d, _), _ = transform.get_matrix()
    width, height = ceil(columns * hypot(a, b) * scale), ceil(rows * hypot(c, d) * scale)
    if columns <= width and rows <= height:
        return pixels
    size = max(min(width, columns), 1), max(min(height, rows), 1)
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))


def even(corners: np.ndarray) -> Affine2D | None:
    """Return where a mesh of equal rectangles lies, as the unit square, None for others; corners: (n, m, 2)."""
    xs, ys = corners[0, :, 0], corners[:, 0, 1]
    straight = np.allclose(corners[..., 0], xs, atol=EVEN) and np.allclose(corners[..., 1], ys[:, None], atol=EVEN)
    steps = np.allclose(np.diff(xs, 2), 0, atol=EVEN) and np.allclose(np.diff(ys, 2), 0, atol=EVEN)
    if not (straight and steps):
        return None
    return Affine2D().scale(xs[-1] - xs[0], ys[-1] - ys[0]).translate(xs[0], ys[0])
