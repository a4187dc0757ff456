"""Text as SVG text, which the page sets in its own fonts: it can be searched, copied and read aloud."""

from math import cos, radians, sin

from matplotlib import font_manager
from matplotlib.ft2font import StyleFlags

from .metrics import text2path
from .numbers import short

WIDE_KINDS = {"monospace": "monospace", "serif": "serif"}  # the page's font is the third, for all others
ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", " ": "\u00a0"})


def line(text: str, prop, paint: str, x: float, y: float, angle: float, held: str = "start") -> str:
    """Return a line of text as SVG, y downwards; `paint` is the CSS of its colour, `angle` in degrees to the left."""
    return put(spaced(text), prop, paint, x, y, angle, held)


def put(content: str, prop, paint: str, x: float, y: float, angle: float, held: str, more: str = "") -> str:
    """Return SVG text with this content at its place; `more` attributes stand last."""
    style = "; ".join(part for part in (_font(prop), paint, "" if held == "start" else f"text-anchor: {held}") if part)
    place = f'x="{short(x)}" y="{short(y)}"'
    if angle:
        place = f'transform="translate({short(x)} {short(y)}) rotate({short(-angle)})"'
    return f'<text {place} style="{style}"{more}>{content}</text>'


def formula(text: str, prop, paint: str, x: float, y: float, angle: float, more: str = "") -> str:
    """Return a line with a formula as SVG: each glyph at its place; `more` attributes stand last."""
    size = prop.get_size_in_points()
    scale = size / text2path.FONT_SCALE
    scaled = prop.copy()
    scaled.set_size(text2path.FONT_SCALE)
    _, _, _, glyphs, rects = text2path.mathtext_parser.parse(text, 72, scaled)
    spans: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for font, points, code, gx, gy in glyphs:
        key = glyph_font(font, points * scale, code), short(-gy * scale)
        spans.setdefault(key, []).append((gx * scale, chr(code)))
    written = "".join(_span(style, gy, sorted(chars)) for (style, gy), chars in spans.items())
    bars = "".join(
        f'<rect x="{short(rx * scale)}" y="{short(-(ry + rh) * scale)}" '
        f'width="{short(rw * scale)}" height="{short(max(rh * scale, 0.6))}"/>'
        for rx, ry, rw, rh in rects
    )
    turn = f" rotate({short(-angle)})" if angle else ""
    style = f' style="{paint}"' if paint else ""
    return f'<g transform="translate({short(x)} {short(y)}){turn}"{style}{more}><text>{written}</text>{bars}</g>'


def anchored(text, x: float, y: float, width: float, angle: float) -> tuple[str, float, float]:
    """Return how a line of an artist's text is held (`text-anchor`) and where: the page's fonts have other widths.

    `x`, `y` is where its first letter would stand, y downwards, and `width` is what matplotlib has measured; `text` is
    None for one line of several.
    """
    held = "start" if text is None else _held(text, angle)
    if held == "start":
        return held, x, y
    along = width * (0.5 if held == "middle" else 1)
    return held, x + along * cos(radians(angle)), y - along * sin(radians(angle))


def _held(text, angle: float) -> str:
    upright = text.get_rotation_mode() != "anchor" and abs(angle % 180 - 90) < 1
    if not upright:
        return {"center": "middle", "right": "end"}.get(text.get_ha(), "start")
    up = angle % 360 < 180
    if text.get_va() == "top":
        return "end" if up else "start"
    return "middle" if "center" in text.get_va() else "start" if up else "end"


def _font(prop) -> str:
    """Return size, weight and slant as CSS; of families only the general kinds are told apart."""
    parts = [f"font-size: {short(prop.get_size_in_points())}px"]
    weight = prop.get_weight()
    weight = font_manager.weight_dict.get(weight, weight)
    if weight != 400:
        parts.append(f"font-weight: {weight}")
    if prop.get_style() != "normal":
        parts.append(f"font-style: {prop.get_style()}")
    kind = WIDE_KINDS.get(prop.get_family()[0].lower())
    if kind:
        parts.append(f"font-family: {kind}")
    return "; ".join(parts)


def glyph_font(font, points: float, code: int) -> str:
    """Return the size, slant and weight of a formula's glyph as CSS."""
    style = f"font-size: {short(points)}px"
    if StyleFlags.ITALIC in font.style_flags and font.get_char_index(code):  # italic; a kanji stays upright
        style += "; font-style: italic"
    if StyleFlags.BOLD in font.style_flags:
        style += "; font-weight: 700"
    return style


def _span(style: str, y: str, chars: list[tuple[float, str]]) -> str:
    places = " ".join(short(x) for x, _ in chars)
    return f'<tspan x="{places}" y="{y}" style="{style}">{escaped("".join(char for _, char in chars))}</tspan>'


def spaced(text: str) -> str:
    """Escape a line; several spaces in a row are kept."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return safe.replace("  ", "\u00a0 ") if "  " in safe else safe


def escaped(text: str) -> str:
    """Escape a formula's glyphs, whose spaces are kept."""
    return text.translate(ESCAPED)
