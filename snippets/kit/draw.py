"""Figures, the same in the browser and natively: ordinary matplotlib in, SVG that follows the page out.

Articles do not import this: whoever runs their cells calls `install` before the first and `figures` after each.
"""

import os
import re
import sys
import warnings
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

STYLE = Path(__file__).with_name("matplotlibrc")

COLOURS = {
    "#0b5fa5": "--kp-c0",
    "#bb4710": "--kp-c1",
    "#0f7a58": "--kp-c2",
    "#8f468f": "--kp-c3",
    "#866400": "--kp-c4",
    "#4b5b70": "--kp-c5",
    "#14213a": "--kp-ink",
    "#000000": "--kp-ink",
    "#4d5b73": "--kp-muted",
    "#808080": "--kp-muted",
    "#cdd9dd": "--kp-line",
    "#ffffff": "--kp-paper",
}
"""The colours of the style, and black, grey and white, as the page's variables."""

RASTER_FROM = 2_000  # marks or mesh cells: from here on a picture is smaller and quicker than shapes
RASTER_DPI = 144

MISSING_GLYPH = r"Glyph \d+ .* missing from"  # in matplotlib's font; the page's own have it


class Figure(NamedTuple):
    """A drawn figure: SVG to be put into a page, its size in CSS pixels, and what it shows in words."""

    svg: str
    width: float
    height: float
    alt: str


def install() -> None:
    """Make matplotlib draw for the page, whether it is imported already or later."""
    os.environ["MPLBACKEND"] = "svg"
    os.environ["MATPLOTLIBRC"] = str(STYLE)
    warnings.filterwarnings("ignore", message=MISSING_GLYPH)
    warnings.filterwarnings("ignore", message=r".*is non-interactive, and thus cannot be shown")
    if "matplotlib" in sys.modules:
        import matplotlib

        matplotlib.rc_file(STYLE)
        matplotlib.use("svg")


def figures() -> list[Figure]:
    """Return the figures that are open, in the order in which they were made, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    try:
        return [_draw(pyplot.figure(number)) for number in pyplot.get_fignums()]
    finally:
        pyplot.close("all")


def _draw(figure) -> Figure:
    for axes in figure.axes:
        if axes.images:
            axes.grid(False)  # it would lie over the picture
        for marks in (*axes.collections, *axes.lines):
            if _count(marks) >= RASTER_FROM:
                marks.set_rasterized(True)
    file = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=MISSING_GLYPH)
        _lay_out(figure)
        figure.savefig(file, format="svg", dpi=RASTER_DPI, metadata={"Date": None, "Creator": None})
    width, height = (float(round(72 * inches, 2)) for inches in figure.get_size_inches())
    return Figure(_tidy(file.getvalue().decode(), width, height), width, height, _alt(figure))


def _lay_out(figure) -> None:
    """Place the axes and be done with it: to learn their places, `savefig` would draw the whole figure once more."""
    engine = figure.get_layout_engine()
    if engine is None or not figure.axes:
        return
    figure.dpi = 72  # as SVG has it
    figure._get_draw_artists(figure._get_renderer())  # gives the axes their aspects
    with suppress(ValueError):  # which drawing ignores too
        engine.execute(figure)
    figure._layout_engine = None


def _count(marks) -> int:
    """Count the marks or cells that would be shapes of their own; a line without markers is one."""
    if hasattr(marks, "get_marker"):
        return len(marks.get_xdata()) if marks.get_marker() not in (None, "None", "", " ") else 1
    array = marks.get_array()
    return max(len(marks.get_offsets()), 0 if array is None else array.size)


def _tidy(svg: str, width: float, height: float) -> str:
    """Reduce matplotlib's SVG to what a page needs: no prolog, no rules for the whole page, the page's own colours."""
    body = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r"\sxlink:href=", " href=", body)
    body = re.sub(r'\s(d|points)="([^"]*)"', _shorter_path, body)
    body = re.sub(r'\s(x|y)="([^"]*)"', _shorter_path, body)
    body = re.sub(r'\stransform="rotate\(-0 [^"]*"', "", body)
    body = re.sub(r'\sstyle="([^"]*)"', _page_style, body)
    body = re.sub(r'(href="data:[^"]*)"', lambda match: re.sub(r"\s", "", match[0]), body)
    body = re.sub(r">\s+<", "><", body).strip().replace("<defs></defs>", "")
    body = re.sub(r'<g><path d="[^"]*" style="fill: none"/></g>', "", body)
    body = re.sub(r"(<g[^>]*)>((?:<use [^>]*/>){2,})</g>", _one_style, body)
    body = _own_ids(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" fill="var(--kp-ink)" stroke-linejoin="round" stroke-linecap="butt">'
        f"{body}</svg>"
    )


def _shorter_path(match: re.Match[str]) -> str:
    """Round coordinates to hundredths of a pixel."""
    numbers = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), match[2])
    return f' {match[1]}="{" ".join(numbers.split())}"'


def _page_style(match: re.Match[str]) -> str:
    """Name the page's variables instead of the style's colours, and leave the font to the page."""
    kept = [part.strip() for part in match[1].split(";") if not part.strip().startswith("font-family")]
    style = "; ".join(re.sub(r"#[0-9a-f]{6}", _page_colour, part) for part in kept if part)
    return f' style="{style}"' if style else ""


def _one_style(match: re.Match[str]) -> str:
    """Say once what all marks of a group look like."""
    styles = set(re.findall(r' style="[^"]*"', match[2]))
    if len(styles) != 1 or " style=" in match[1] or match[2].count(" style=") != match[2].count("<use "):
        return match[0]
    style = styles.pop()
    return f"{match[1]}{style}>{match[2].replace(style, '')}</g>"


def _page_colour(match: re.Match[str]) -> str:
    variable = COLOURS.get(match[0])
    return f"var({variable})" if variable else match[0]


def _own_ids(body: str) -> str:
    """Keep only the ids that something refers to, and make them unlike those of any other figure."""
    used = set(re.findall(r'(?:url\(|href=")#([^)"]+)', body))
    own = sha256(body.encode()).hexdigest()[:6]
    body = re.sub(r'\sid="([^"]*)"', lambda match: f' id="{match[1]}-{own}"' if match[1] in used else "", body)
    return re.sub(r'(url\(|href=")#([^)"]+)', lambda match: f"{match[1]}#{match[2]}-{own}", body)


def _alt(figure) -> str:
    """Say what the figure shows: its label if it has one, else its titles and axes."""
    label = figure.get_label()
    if label:
        return str(label)
    suptitle = figure.get_suptitle()
    parts = [suptitle] if suptitle else []
    for axes in figure.axes:
        title = axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right")
        x, y = axes.get_xlabel(), axes.get_ylabel()
        labels = f"{y} / {x}" if x and y else x or y
        parts += [": ".join(part for part in (title, labels) if part)]
    text = "; ".join(dict.fromkeys(part for part in parts if part))
    return re.sub(r"[$\\{}]", "", text)
