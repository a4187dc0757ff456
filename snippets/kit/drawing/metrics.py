"""How wide and high text is: measured once, with matplotlib's own fonts; what they lack has the width of its kind.

The page sets text in its own fonts. In all of those a kana or kanji is one em wide, which no file is needed for.
"""

import unicodedata
from contextlib import contextmanager
from functools import lru_cache

from matplotlib import _mathtext, font_manager, mathtext
from matplotlib.cbook import _get_data_path
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text
from matplotlib.textpath import TextToPath

ASCENT, DESCENT = 0.88, 0.12  # em, of an ideographic glyph
WIDTHS = {"W": 1.0, "F": 1.0, "A": 1.0, "H": 0.5, "Na": 0.6, "N": 0.6}  # em, by Unicode's East Asian width
SMALLER = 0.8  # an exponent's size, which a phone still shows: matplotlib's 0.7 is for paper
DUMMY = 0xA4  # what matplotlib draws for a symbol that no font has

text2path = TextToPath()
"""Shared by all renderers, so that formulas are parsed once."""


def prepare() -> None:
    """Have matplotlib use the fonts that come with it and no others, and measure in formulas what they lack."""
    bundled = str(_get_data_path("fonts"))
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if font.fname.startswith(bundled)]
    _mathtext.SHRINK_FACTOR = SMALLER
    kinds = mathtext.MathTextParser._font_type_mapping
    mathtext.MathTextParser._font_type_mapping = {
        name: kind if issubclass(kind, _WithForeign) else type(kind.__name__, (_WithForeign, kind), {})
        for name, kind in kinds.items()
    }


def forget() -> None:
    """Let go of the fonts: an open file does not survive a snapshot of the memory."""
    _measured.cache_clear()
    mathtext.MathTextParser._parse_cached.cache_clear()
    font_manager._get_font.cache_clear()


def measure(text: str, prop, ismath) -> tuple[float, float, float]:
    """Return width, height and descent in points of a line of text; `ismath` as matplotlib has it."""
    return _measured(text, prop.copy(), ismath)


@contextmanager
def layouts_remembered():
    """Work out once how the lines of a text lie, not each time that its box is asked for."""
    known = {}

    def layout(text, renderer):
        if text.get_wrap():  # as wide as its place allows
            return work_out(text, renderer)
        key = text, text.get_text(), text.get_rotation(), text.get_ha(), text.get_va()
        if key not in known:
            known[key] = work_out(text, renderer)
        return known[key]

    work_out, Text._get_layout = Text._get_layout, layout
    try:
        yield
    finally:
        Text._get_layout = work_out


@lru_cache(2048)
def _measured(text: str, prop, ismath) -> tuple[float, float, float]:
    if ismath or text.isascii():
        return text2path.get_text_width_height_descent(text, prop, ismath)
    font = text2path._get_font(prop)
    lacking = [char for char in text if not font.get_char_index(ord(char))]
    if not lacking:
        return text2path.get_text_width_height_descent(text, prop, ismath)
    known = "".join(char for char in text if font.get_char_index(ord(char)))
    width, height, descent = text2path.get_text_width_height_descent(known or "l", prop, ismath)
    size = prop.get_size_in_points()
    own = sum(map(em, lacking)) * size
    ascent, descent = max(height - descent, ASCENT * size), max(descent, DESCENT * size)
    return (width if known else 0) + own, ascent + descent, descent


def em(char: str) -> float:
    """Return the width in em of a character that matplotlib's fonts lack."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):  # put over others, or invisible
        return 0
    return WIDTHS[unicodedata.east_asian_width(char)]


class _WithForeign(_mathtext.Fonts):
    """Fonts of formulas that know a place and a size also for characters they have no glyph of."""

    def _get_info(self, fontname, font_class, sym, fontsize, dpi):
        if len(sym) == 1 and not sym.isascii() and self._lacks(fontname, font_class, sym):
            return self._foreign(sym, fontsize, dpi)
        return super()._get_info(fontname, font_class, sym, fontsize, dpi)

    def _lacks(self, fontname: str, font_class: str, sym: str) -> bool:
        return sym != chr(DUMMY) and self._get_glyph(fontname, font_class, sym)[1] == DUMMY

    def _foreign(self, sym: str, fontsize: float, dpi: float) -> _mathtext.FontInfo:
        size = fontsize * dpi / 72
        font = self._get_font("regular")
        font.set_size(fontsize, dpi)
        metrics = _mathtext.FontMetrics(
            advance=em(sym) * size,
            height=size,
            width=em(sym) * size,
            xmin=0,
            xmax=em(sym) * size,
            ymin=-DESCENT * size,
            ymax=ASCENT * size,
            iceberg=ASCENT * size,
            slanted=False,
        )
        box = font.load_glyph(0, flags=LoadFlags.NO_HINTING)
        return _mathtext.FontInfo(font, fontsize, font.postscript_name, metrics, ord(sym), box, 0)


prepare()
