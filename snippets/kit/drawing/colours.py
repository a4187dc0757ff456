"""Which colours follow the page into its dark scheme, and what they become there.

Colours are hexadecimal (`#rrggbb`), as they are in the light scheme. The style's own are variables of the page. Black,
white and greys keep their value where they can be read on both papers, and are turned into the dark scheme's where not.
"""

from functools import cache
from typing import NamedTuple

COLOURS = {
    "#0b5fa5": "--kp-c0",
    "#bb4710": "--kp-c1",
    "#0f7a58": "--kp-c2",
    "#8f468f": "--kp-c3",
    "#866400": "--kp-c4",
    "#4b5b70": "--kp-c5",
    "#14213a": "--kp-ink",
    "#4d5b73": "--kp-muted",
    "#cdd9dd": "--kp-line",
}
"""The colours of the style (`matplotlibrc`), as the page's variables."""

DARK = {
    "--kp-c0": "#8cc8ff",
    "--kp-c1": "#ffae80",
    "--kp-c2": "#8de3b1",
    "--kp-c3": "#dcb4ff",
    "--kp-c4": "#f2d873",
    "--kp-c5": "#c5d1ca",
    "--kp-ink": "#eef0e6",
    "--kp-muted": "#a9bab0",
    "--kp-line": "#3a5047",
    "--kp-paper": "#13211c",
}
"""What the variables are in the dark scheme: here only to know what can be read on what."""

PAPER = "#f6f9f9"
READABLE = 3  # the contrast of marks and large letters that WCAG asks for
GREY = 6 / 255  # channels that differ by no more are grey


class Pair(NamedTuple):
    """A colour as it is in the light scheme and in the dark."""

    light: str
    dark: str


PAGE = Pair(PAPER, DARK["--kp-paper"])


def is_own(colour: str) -> bool:
    """Tell whether the colour is one of the style's."""
    return colour in COLOURS


@cache
def is_grey(colour: str) -> bool:
    """Tell whether the colour is black, white or between."""
    channels = _channels(colour)
    return max(channels) - min(channels) <= GREY


@cache
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@cache
def turned(grey: str) -> str:
    """Return the grey that stands to the dark scheme's ink and paper as this one to black and white."""
    white = sum(_channels(grey)) / 3
    ink, paper = _channels(DARK["--kp-ink"]), _channels(DARK["--kp-paper"])
    return _hexadecimal(tuple(i + (p - i) * white for i, p in zip(ink, paper, strict=True)))


@cache
def follows(colour: str, always: bool = False) -> Pair:
    """Return what a colour is in both schemes on the page's paper; `always`: greys are turned in any case."""
    if colour in COLOURS:
        return Pair(colour, DARK[COLOURS[colour]])
    if is_grey(colour) and (always or _vanishes(colour)):
        return Pair(colour, turned(colour))
    return Pair(colour, colour)


@cache
def css(pair: Pair) -> str:
    """Return a colour of both schemes as CSS."""
    if pair.light == pair.dark:
        return pair.light
    variable = COLOURS.get(pair.light)
    if variable and DARK[variable] == pair.dark:
        return f"var({variable})"
    if pair == Pair("#ffffff", PAGE.dark):
        return "var(--kp-paper)"
    return f"light-dark({pair.light},{pair.dark})"


def on_light_paper(svg: str, variable: str = "{colour}") -> str:
    """Put the light scheme's colours in place of the page's, for readers outside it; `variable` may keep `{name}`."""
    import re

    svg = re.sub(r"light-dark\((#\w+),#\w+\)", r"\1", svg)
    known = {name: colour for colour, name in COLOURS.items()} | {"--kp-paper": "#ffffff"}
    return re.sub(
        r"var\((--kp-[\w-]+)\)",
        lambda match: variable.format(name=match[1], colour=known.get(match[1], "#14213a")),
        svg,
    )


def _vanishes(colour: str) -> bool:
    """Tell whether a colour is read on the light paper but not on the dark."""
    return contrast(colour, PAGE.dark) < min(READABLE, contrast(colour, PAGE.light))


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _hexadecimal(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)
