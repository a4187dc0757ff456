"""What the tests of figures share: matplotlib as it draws for the page, with its settings as they are at the start."""

import re
from collections.abc import Generator
from xml.etree import ElementTree

import pytest
from kit import draw
from kit.drawing.page import Figure

draw.install()

import matplotlib  # noqa: E402 (install first, as the recording does)
import matplotlib.pyplot as plt  # noqa: E402


@pytest.fixture(autouse=True)
def fresh() -> Generator[None]:
    matplotlib.rc_file(draw.STYLE)
    plt.close("all")
    yield
    plt.close("all")


def only() -> Figure:
    """Return the one figure that is open, as it is shown."""
    (figure,) = draw.figures()
    ElementTree.fromstring(figure.svg)
    return figure


def paint_of(svg: str, text: str) -> str:
    """Return the colour in which a text is drawn; the drawing's own ink if none is said."""
    (style,) = re.findall(rf'<text [^>]*style="([^"]*)">{re.escape(text)}</text>', svg)
    return next((part.removeprefix("fill: ") for part in style.split("; ") if part.startswith("fill")), "var(--kp-ink)")


def elements(svg: str) -> int:
    """Count what a page has to put up."""
    return sum(1 for _ in ElementTree.fromstring(svg).iter())
