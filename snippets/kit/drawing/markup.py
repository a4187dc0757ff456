"""The writing of a drawing: what is put down, how it is painted, clipped and defined once, and how far it reaches."""

from hashlib import sha256
from math import isfinite

import numpy as np
from matplotlib import _path
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import rgb2hex, to_rgba
from matplotlib.transforms import Affine2D

from . import raster
from .colours import contrast, css, follows, is_own
from .metrics import text2path
from .numbers import short
from .surfaces import PLAIN, TURN, Mark

OWN = {"matplotlib.axis", "axis3d", "pane3d", "grid3d", "table"}
"""matplotlib's groups of what is the figure's own: axes, their ticks and grid, tables."""

COMMANDS = [b"M", b"L", b"Q", b"C", b"z"]
CAPS = {"projecting": "square", "butt": "butt", "round": "round"}
LAYERS = 6  # pictures laid down in the order of what they show; marks of still more colours share some
UNIQUE = "\0"  # stands for what makes the ids of a figure unlike those of others


class Markup(RendererBase):
    """A drawing while it is written; coordinates come in pixels, y upwards, and go out with y downwards."""

    def __init__(self, width: float, height: float, share: float = 1) -> None:
        super().__init__()
        self.width, self.height = width, height
        self.scale = share * raster.scale_for(width, height)
        self.characters = 0  # of shapes
        self.extents: tuple[float, float, float, float] | None = None
        self._text2path = text2path
        self._flip = Affine2D().scale(1, -1).translate(0, height)
        self._out: list[str] = []
        self._defs: dict[str, str] = {}  # content → id
        self._groups: list[tuple[str, Mark]] = [("", PLAIN)]
        self._sheets: dict[str, raster.Sheet] = {}  # by paint, in the order in which they will lie
        self._laid = 0
        self._clips: dict[tuple, str] = {}  # bounds of a clip rectangle → its attribute
        self._clips_seen: set = set()

    def finish(self, view: tuple[float, float, float, float], ground: str = "", axes: str = "") -> str:
        """Return the drawing as SVG: of it the `view` (left, top, width, height in pixels), on a `ground` (CSS)."""
        self._lay_sheets_down()
        left, top, width, height = (short(value) for value in view)
        if ground:
            place = f'x="{left}" y="{top}" width="{width}" height="{height}"'
            self._out.insert(0, f'<rect {place} style="fill: {ground}"/>')
        defs = "".join(content.replace(" ", f' id="{name}" ', 1) for content, name in self._defs.items())
        body = (f"<defs>{defs}</defs>" if defs else "") + "".join(self._out)
        own = sha256(body.encode()).hexdigest()[:6]
        noted = f'data-axes="{axes}" ' if axes else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="{left} {top} {width} {height}" '
            f'width="{width}" height="{height}" {noted}fill="var(--kp-ink)" '
            f'stroke-linejoin="round" stroke-linecap="butt">{body.replace(UNIQUE, own)}</svg>'
        )

    # What matplotlib says of what it draws

    def open_group(self, s, gid=None) -> None:
        if self._groups[-1][0] == "text" and s != "patch":
            self._groups.pop()  # a text without a place does not close its group
        outer = self._groups[-1][1]
        mark = gid if isinstance(gid, Mark) else TURN if s in OWN and not outer.keep else outer
        self._groups.append((s, mark))

    def close_group(self, s) -> None:
        while len(self._groups) > 1 and self._groups.pop()[0] != s:
            pass

    # How it is written

    @property
    def _mark(self) -> Mark:
        return self._groups[-1][1]

    def _put(self, markup: str) -> None:
        self._lay_sheets_down()
        self._out.append(markup)

    def _define(self, kind: str, content: str) -> str:
        if content not in self._defs:
            self._defs[content] = f"{kind}{len(self._defs)}{UNIQUE}"
        return self._defs[content]

    def _convert(self, path, transform, clip=None, simplify=False, sketch=None) -> str:
        text = _path.convert_to_string(path, transform, clip, simplify, sketch, 2, COMMANDS, False).decode("ascii")
        return text.replace("\n", " ").strip()

    def _outline(self, gc, path, transform, face) -> str:
        stroke_only = face is None and gc.get_hatch_path() is None
        width, height = self.width, self.height
        clip = (-width, -height, 2 * width, 2 * height) if stroke_only else None
        simplify = path.should_simplify and stroke_only
        return self._convert(path, transform + self._flip, clip, simplify, gc.get_sketch_params())

    def _paint(self, rgb) -> str:
        colour = rgb2hex(rgb[:3])
        if self._mark.keep:
            return follows(colour).dark if self._mark.dark and is_own(colour) else colour
        return css(follows(colour, self._mark.turn))

    def _paint_on(self, rgb, ground) -> str:
        """Return the paint of what lies on a coloured ground."""
        colour, below = rgb2hex(rgb[:3]), follows(rgb2hex(ground[:3]))
        other = follows(colour, always=True)
        stays = self._mark.keep or contrast(colour, below.dark) >= contrast(other.dark, below.dark)
        return colour if stays else css(other)

    def _style(self, gc, face) -> str:
        parts = []
        forced = gc.get_forced_alpha()
        if gc.get_hatch() is not None:
            parts.append(f"fill: url(#{self._hatch(gc, face)})")
        elif face is None or (len(face) == 4 and face[3] == 0):
            parts.append("fill: none")
        else:
            paint = self._paint(face)
            if paint != "var(--kp-ink)":
                parts.append(f"fill: {paint}")
        if face is not None and len(face) == 4 and face[3] not in (0, 1) and not forced:
            parts.append(f"fill-opacity: {short(face[3])}")
        if forced and gc.get_alpha() != 1:
            parts.append(f"opacity: {short(gc.get_alpha())}")
        rgb = gc.get_rgb()
        if gc.get_linewidth() and (forced or rgb[3] != 0):
            parts += self._stroke(gc, rgb, forced)
        return f' style="{"; ".join(parts)}"' if parts else ""

    def _stroke(self, gc, rgb, forced: bool) -> list[str]:
        parts = []
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            parts.append(f"stroke-dasharray: {','.join(map(short, dashes))}")
            if offset:
                parts.append(f"stroke-dashoffset: {short(offset)}")
        parts.append(f"stroke: {self._paint(rgb)}")
        if not forced and rgb[3] != 1:
            parts.append(f"stroke-opacity: {short(rgb[3])}")
        if gc.get_linewidth() != 1:
            parts.append(f"stroke-width: {short(gc.get_linewidth())}")
        if gc.get_joinstyle() != "round":
            parts.append(f"stroke-linejoin: {gc.get_joinstyle()}")
        if gc.get_capstyle() != "butt":
            parts.append(f"stroke-linecap: {CAPS[gc.get_capstyle()]}")
        return parts

    def _hatch(self, gc, face) -> str:
        d = self._convert(gc.get_hatch_path(), Affine2D().scale(72).scale(1, -1).translate(0, 72))
        paint = self._paint(gc.get_hatch_color()) if face is None else self._paint_on(gc.get_hatch_color(), face)
        ground = f'<rect width="73" height="73" style="fill: {self._paint(face)}"/>' if face is not None else ""
        style = f"fill: {paint}; stroke: {paint}; stroke-width: {short(gc.get_hatch_linewidth())}"
        content = f'{ground}<path d="{d}" style="{style}"/>'
        tile = 'patternUnits="userSpaceOnUse" width="72" height="72"'
        return self._define("h", f"<pattern {tile}>{content}</pattern>")

    def _clip(self, gc) -> str:
        path, transform = gc.get_clip_path()
        box = gc.get_clip_rectangle()
        if path is not None:
            return self._clipped(f'<path d="{self._convert(path, transform + self._flip)}"/>')
        if box is None:
            return ""
        x, y, width, height = bounds = box.bounds
        if bounds not in self._clips:
            place = f'x="{short(x)}" y="{short(self.height - y - height)}"'
            self._clips[bounds] = self._clipped(f'<rect {place} width="{short(width)}" height="{short(height)}"/>')
        return self._clips[bounds]

    def _clipped(self, content: str) -> str:
        return f' clip-path="url(#{self._define("p", f"<clipPath >{content}</clipPath>")})"'

    def _reach(self, gc, extents) -> None:
        """Remember how far the drawing reaches; what is clipped reaches no farther than its clip.

        `extents` is called for left, bottom, right and top.
        """
        clip, (path, transform) = gc.get_clip_rectangle(), gc.get_clip_path()
        if clip is not None:
            if tuple(clip.extents) in self._clips_seen:
                return
            self._clips_seen.add(tuple(clip.extents))
            reached = clip.extents
        elif path is not None:
            reached = path.get_extents(transform).extents
        else:
            reached = extents()
        x0, y0, x1, y1 = map(float, reached)
        w, h = self.width, self.height
        if not isfinite(x0 + y0 + x1 + y1) or x0 > 2 * w or x1 < -w or y0 > 2 * h or y1 < -h:
            return
        before = self.extents or (x0, y0, x1, y1)
        self.extents = (min(before[0], x0), min(before[1], y0), max(before[2], x1), max(before[3], y1))

    # Pictures

    def _paint_of_all(self, *colours) -> str:
        """Return the one colour that follows the scheme, whatever its opacity; nothing where there is none or more."""
        rgba = np.concatenate([np.reshape(some, (-1, 4)) for some in colours if len(some)] or [np.empty((0, 4))])
        seen = np.unique(rgba[rgba[:, 3] > 0, :3], axis=0)
        paint = self._paint(seen[0]) if len(seen) == 1 else "#"
        return "" if paint.startswith("#") else paint

    def _on_sheet(self, gc, face) -> raster.Sheet:
        edges = [to_rgba(gc.get_rgb())] if gc.get_linewidth() else []
        return self._sheet_for(self._paint_of_all([] if face is None else [to_rgba(face)], edges))

    def _sheet_for(self, paint: str) -> raster.Sheet:
        if paint not in self._sheets:
            if self._laid < LAYERS:
                self._lay_sheets_down()
            self._sheets[paint] = raster.Sheet(self.width, self.height, self.scale)
        return self._sheets[paint]

    def _lay_sheets_down(self) -> None:
        if self._sheets:
            sheets, self._sheets = self._sheets, {}
            for paint, sheet in sheets.items():
                self._lay_down(paint, sheet)

    def _lay_down(self, paint: str, sheet: raster.Sheet) -> None:
        taken = sheet.taken()
        if not taken:
            return
        self._laid += 1
        pixels, x, y = taken
        rows, columns = pixels.shape[:2]
        size = f'width="{short(columns / sheet.scale)}" height="{short(rows / sheet.scale)}"'
        place = f'x="{short(x)}" y="{short(y)}" {size}'
        if paint:  # its shape, filled with a colour of the page
            picture = f'<image {place} preserveAspectRatio="none" href="{raster.png(pixels[..., 3])}"/>'
            name = self._define("k", f"<mask >{picture}</mask>")
            self._out.append(f'<rect {place} mask="url(#{name})" style="fill: {paint}"/>')
        else:
            self._out.append(f'<image {place} preserveAspectRatio="none" href="{raster.png(pixels)}"/>')
