"""A renderer for matplotlib that writes what a page needs and no more: shapes, text as text, the page's colours."""

from math import cos, radians, sin

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox

from . import mixed, raster, writing
from .markup import Markup
from .metrics import measure
from .numbers import short
from .weight import CHARACTERS

NOTHING = ' style="fill: none"'


class Renderer(Markup):
    """Draw what matplotlib hands over."""

    # What matplotlib asks of a renderer

    def get_canvas_width_height(self):
        return self.width, self.height

    def flipy(self):
        return True

    def points_to_pixels(self, points):
        return points

    def get_text_width_height_descent(self, s, prop, ismath):
        return measure(s, prop, ismath)

    def option_scale_image(self):
        return True

    def option_image_nocomposite(self):
        return True

    def get_image_magnification(self):
        return self.scale

    # Shapes

    def draw_path(self, gc, path, transform, rgbFace=None) -> None:
        if self._mark.picture:
            return self._on_sheet(gc, rgbFace).path(gc, path, transform, rgbFace)
        self._reach(gc, lambda: _extents(path, transform))
        style = self._style(gc, rgbFace)
        if style == NOTHING:
            return None
        d = self._outline(gc, path, transform, rgbFace)
        if len(d) > CHARACTERS:
            return self._on_sheet(gc, rgbFace).path(gc, path, transform, rgbFace)
        self.characters += len(d)
        if d:
            self._put(f'<path d="{d}"{style}{self._clip(gc)}/>')
        return None

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None) -> None:
        points = _points(path, trans)
        if not len(points):
            return
        if self._mark.picture:
            self._on_sheet(gc, rgbFace).markers(gc, marker_path, marker_trans, path, trans, rgbFace)
            return
        self._reach(gc, lambda: _around(points, marker_trans.transform(marker_path.vertices)))
        style, clip = self._style(gc, rgbFace), self._clip(gc)
        if len(points) == 1:
            d = self._convert(marker_path, marker_trans + Affine2D().translate(*points[0]) + self._flip)
            self._put(f'<path d="{d}"{style}{clip}/>')
            return
        name = self._define("m", f'<path d="{self._convert(marker_path, marker_trans + Affine2D().scale(1, -1))}"/>')
        uses = "".join(f'<use href="#{name}" x="{short(x)}" y="{short(self.height - y)}"/>' for x, y in points)
        self._put(f"<g{style}{clip}>{uses}</g>")

    def draw_path_collection(
        self,
        gc,
        master_transform,
        paths,
        all_transforms,
        offsets,
        offset_trans,
        facecolors,
        edgecolors,
        linewidths,
        linestyles,
        antialiaseds,
        urls,
        offset_position,
        **_,
    ) -> None:
        rest = facecolors, edgecolors, linewidths, linestyles, antialiaseds, urls, offset_position
        if self._mark.picture:
            sheet = self._sheet_for(self._paint_of_all(facecolors, edgecolors))
            sheet.collection(gc, master_transform, paths, all_transforms, offsets, offset_trans, *rest)
            return
        uses = self._iter_collection_uses_per_path(paths, all_transforms, offsets, facecolors, edgecolors)
        if uses < 2:
            super().draw_path_collection(gc, master_transform, paths, all_transforms, offsets, offset_trans, *rest)
            return
        names = []
        for path, transform in self._iter_collection_raw_paths(master_transform, paths, all_transforms):
            d = self._convert(path, Affine2D(transform.get_matrix()).scale(1, -1))
            names.append((self._define("c", f'<path d="{d}"/>'), path.get_extents(transform)))
        written, clip = [], self._clip(gc)
        for x, y, (name, box), gc0, face in self._iter_collection(gc, names, offsets, offset_trans, *rest):
            self._reach(gc, lambda x=x, y=y, box=box: box.translated(x, y).extents)
            use = f'<use href="#{name}" x="{short(x)}" y="{short(self.height - y)}"'
            written.append((use, self._style(gc0, face)))
        styles = {style for _, style in written}
        if len(styles) == 1:
            self._put(f"<g{styles.pop()}{clip}>{''.join(f'{use}/>' for use, _ in written)}</g>")
        elif written:
            self._put(f"<g{clip}>{''.join(f'{use}{style}/>' for use, style in written)}</g>")

    def draw_quad_mesh(self, gc, master_transform, columns, rows, coordinates, offsets, offset_trans, *rest) -> None:
        place = raster.even(master_transform.transform(coordinates.reshape(-1, 2)).reshape(coordinates.shape))
        colours, _, edges = rest
        if place and not len(edges) and len(colours) == columns * rows and not offset_trans.transform(offsets).any():
            pixels = np.round(255 * np.reshape(colours, (rows, columns, 4))).astype(np.uint8)
            self.draw_image(gc, 0, 0, pixels, place)
        elif self._mark.picture:
            sheet = self._sheet_for("")
            sheet.mesh(gc, master_transform, columns, rows, coordinates, offsets, offset_trans, *rest)
        else:
            super().draw_quad_mesh(gc, master_transform, columns, rows, coordinates, offsets, offset_trans, *rest)

    def draw_gouraud_triangles(self, gc, triangles_array, colors_array, transform) -> None:
        self._sheet_for("").triangles(gc, triangles_array, colors_array, transform)

    def draw_image(self, gc, x, y, im, transform=None) -> None:
        if not im.size:
            return
        rows, columns = im.shape[:2]
        opacity = f' opacity="{short(gc.get_alpha())}"' if gc.get_alpha() != 1 else ""
        if transform is None:
            width, height = columns / self.scale, rows / self.scale
            place = (
                f'x="{short(x)}" y="{short(self.height - y - height)}" width="{short(width)}" height="{short(height)}"'
            )
            drawn = f'<image {place} href="{raster.png(im[::-1])}"/>'
            box = Bbox.from_bounds(x, y, width, height)
        else:
            place = transform + Affine2D().translate(x, y)  # of the unit square
            small = raster.reduced(im, Affine2D().scale(1 / columns, 1 / rows) + place, self.scale)
            rows, columns = small.shape[:2]
            matrix = (Affine2D().scale(1 / columns, 1 / rows) + place + self._flip).get_matrix()
            numbers = " ".join(f"{value:.6g}" for value in matrix[:2].T.flat)
            drawn = (
                f'<image width="{columns}" height="{rows}" transform="matrix({numbers})" '
                f'preserveAspectRatio="none" style="image-rendering: pixelated" href="{raster.png(small)}"{opacity}/>'
            )
            box = Path.unit_rectangle().get_extents(place)
        self._reach(gc, lambda: box.extents)
        clip = self._clip(gc)
        self._put(f"<g{clip}>{drawn}</g>" if clip else drawn)

    def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None) -> None:
        width, height, descent = measure(s, prop, ismath)
        below, above = -descent, height - descent
        self._reach(gc, lambda: _turned(width, below, above, angle, x, self.height - y))
        paint = self._paint(gc.get_rgb())
        colour = "" if paint == "var(--kp-ink)" else f"fill: {paint}"
        alpha = gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
        if alpha != 1:
            colour += f"{'; ' if colour else ''}opacity: {short(alpha)}"
        held, *place = writing.anchored(mtext, x, y, width, angle)
        if not ismath:
            drawn = writing.line(s, prop, colour, *place, angle, held)
        elif mixed.has_words(s):
            drawn = mixed.label(s, prop, colour, *place, angle, held)
            drawn = drawn or writing.formula(s, prop, colour, x, y, angle, mixed.noted(s))
        else:
            drawn = writing.formula(s, prop, colour, x, y, angle)
        clip = self._clip(gc)
        self._put(f"<g{clip}>{drawn}</g>" if clip else drawn)


def _points(path, transform) -> np.ndarray:
    """Return the points of a path where markers stand, those of curves without their control points."""
    if path.codes is None:
        points = transform.transform(path.vertices)
    else:
        points = np.array([v[-2:] for v, _ in path.iter_segments(transform, simplify=False) if len(v)]).reshape(-1, 2)
    points = np.ma.filled(points, np.nan)
    return points[np.isfinite(points).all(axis=1) & (np.abs(points) < 1e5).all(axis=1)]


def _around(points: np.ndarray, marker: np.ndarray) -> tuple[float, ...]:
    """Return the extents of a marker, given by its vertices, at all these points."""
    return (*(points.min(axis=0) + marker.min(axis=0)), *(points.max(axis=0) + marker.max(axis=0)))


def _extents(path, transform) -> tuple[float, ...]:
    """Return the extents of a path; matplotlib takes longer to see that it has no curves."""
    codes = path.codes
    if not transform.is_affine or (codes is not None and ((codes == Path.CURVE3) | (codes == Path.CURVE4)).any()):
        return path.get_extents(transform).extents
    points = transform.transform(path.vertices)
    if codes is not None:
        points = points[(codes == Path.MOVETO) | (codes == Path.LINETO)]
    return (*points.min(axis=0), *points.max(axis=0)) if len(points) else (np.nan,) * 4


def _turned(width: float, below: float, above: float, angle: float, x: float, y: float) -> tuple[float, ...]:
    """Return the extents of a line of text that begins at x, y and is turned about that place."""
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    corners = [
        (along * cosine - up * sine, along * sine + up * cosine) for along in (0, width) for up in (below, above)
    ]
    xs, ys = zip(*corners, strict=True)
    return x + min(xs), y + min(ys), x + max(xs), y + max(ys)
