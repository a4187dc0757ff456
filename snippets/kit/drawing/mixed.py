"""A label of words and formulas: one line that flows, so that a page can put its words into another language.

    <text … data-label="loss at $n^2$">loss at <tspan>…</tspan></text>

Each formula is one element of the line; its glyphs stand relative to what comes before them.
"""

import re
from html import escape
from unicodedata import combining

from matplotlib.ft2font import LoadFlags

from .metrics import em, text2path
from .numbers import short
from .writing import escaped, glyph_font, put, spaced

FORMULA = re.compile(r"((?<!\\)\$.+?(?<!\\)\$)")
SEEN = 0.03  # em: a smaller distance is left to the page's font
END = "\u200b"  # no width, but something must stand on the line for what follows it to stand there


def has_words(text: str) -> bool:
    """Tell whether a label is not all formula."""
    return any(part.strip() for part in FORMULA.split(text)[::2])


def label(text: str, prop, paint: str, x: float, y: float, angle: float, held: str) -> str | None:
    """Return a line as `writing.line` does; None where a formula has bars, which cannot flow."""
    parts = FORMULA.split(text)
    formulas = [_formula(part, prop) for part in parts[1::2]]
    if None in formulas:
        return None
    parts[::2] = [spaced(part.replace("\\$", "$")) for part in parts[::2]]
    parts[1::2] = [f"<tspan>{written}</tspan>" for written in formulas]
    return put("".join(parts), prop, paint, x, y, angle, held, noted(text))


def noted(text: str) -> str:
    """Return the attribute that says how the code has a label."""
    return f' data-label="{escape(text)}"'


def _formula(text: str, prop) -> str | None:
    """Return the glyphs of a formula from left to right, None if there is more to it."""
    size = prop.get_size_in_points()
    scaled = prop.copy()
    scaled.set_size(text2path.FONT_SCALE)
    width, _, _, glyphs, bars = text2path.mathtext_parser.parse(text, 72, scaled)
    if bars:
        return None
    unit, nothing = size / text2path.FONT_SCALE, SEEN * size
    end = height = 0.0
    runs: list[tuple[str, str]] = []  # attributes, characters
    for font, points, code, gx, gy, accents in sorted(_accented(glyphs), key=lambda glyph: glyph[3]):
        level = -gy * unit if abs(gy * unit) > nothing else 0.0
        moved = [("dx", gx * unit - end), ("dy", level - height)]
        attributes = "".join(f' {name}="{short(by)}"' for name, by in moved if abs(by) > nothing)
        style = glyph_font(font, points * unit, code).removeprefix(f"font-size: {short(size)}px").removeprefix("; ")
        attributes += f' style="{style}"' if style else ""
        if runs and attributes == re.sub(r" d[xy]=\S*", "", runs[-1][0]):
            attributes, before = runs.pop()
        else:
            before = ""
        runs.append((attributes, before + chr(code) + accents))
        end, height = (gx + _advance(font, points, code)) * unit, level
    behind = width * unit - end
    if height or behind > nothing:
        runs.append((f' dx="{short(max(behind, 0))}" dy="{short(-height)}"', END))
    return "".join(f"<tspan{attributes}>{escaped(chars)}</tspan>" for attributes, chars in runs)


def _accented(glyphs):
    """Yield each glyph with the accents on it, which stand before it; the page's font puts them in their place."""
    accents = ""
    for glyph in glyphs:
        if combining(char := chr(glyph[2])):
            accents += char
        else:
            yield *glyph, accents
            accents = ""


def _advance(font, points: float, code: int) -> float:
    if not font.get_char_index(code):
        return em(chr(code)) * points
    font.set_size(points, 72)
    return font.load_char(code, flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536
