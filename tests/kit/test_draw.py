"""Figures: the same bytes each time, the page's colours and fonts, nothing that touches the rest of the page."""

import re
import subprocess
import sys
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from kit import draw, outputs

draw.install()

import matplotlib.pyplot as plt  # noqa: E402 (install first, as the recording does)
import numpy as np  # noqa: E402


@pytest.fixture(autouse=True)
def closed():
    plt.close("all")
    yield
    plt.close("all")


def plot() -> draw.Figure:
    _, ax = plt.subplots(figsize=(4, 2))
    ax.plot([1, 2, 3], [1, 4, 2], "o-")
    ax.bar([1], [2], color="k")
    ax.set_xlabel(r"$\eta$")
    ax.set_ylabel("損失")
    (figure,) = draw.figures()
    return figure


def test_size_is_the_figures_own_and_all_figures_are_closed():
    figure = plot()
    assert (figure.width, figure.height) == (288, 144)
    assert plt.get_fignums() == []
    assert draw.figures() == []


def test_bytes_are_the_same_in_another_process():
    program = (
        "from kit import draw; draw.install()\nimport matplotlib.pyplot as plt\n"
        "fig, ax = plt.subplots()\nax.plot([1, 2], 'o')\nax.imshow([[1, 2], [3, 4]])\nprint(draw.figures()[0].svg)"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(2)
    )
    assert first == second
    assert b"<svg" in first


def several() -> draw.Figure:
    figure, grid = plt.subplots(2, 2, sharex=True, figsize=(6, 4))
    grid[0, 0].plot([1, 2, 3], [1e-5, 2e-5, 4e-5], label="line")
    grid[0, 0].legend(title="legend")
    figure.colorbar(grid[0, 1].imshow(np.eye(4)), ax=grid[0, 1])
    grid[1, 0].set_aspect("equal")
    grid[1, 1].inset_axes([0.5, 0.5, 0.4, 0.4]).plot([1, 2])
    figure.suptitle("all of them")
    return draw.figures()[0]


@pytest.mark.parametrize("picture", [plot, several])
def test_drawing_once_gives_what_saving_draws_twice_for(picture, monkeypatch: pytest.MonkeyPatch):
    once = picture()
    monkeypatch.setattr(draw, "_lay_out", lambda figure: None)
    assert picture() == once


def test_colours_are_the_pages():
    svg = plot().svg
    assert "var(--kp-c0)" in svg
    assert "var(--kp-ink)" in svg
    assert not re.search(r"#[0-9a-f]{6}\b", svg)


def test_text_stays_text_in_the_pages_font():
    svg = plot().svg
    assert "損失" in svg
    assert "font-family" not in svg
    assert "DejaVu" not in svg


def test_nothing_leaks_into_the_page():
    svg = plot().svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|xlink", svg)
    first, second = ({*re.findall(r'id="([^"]+)"', figure.svg)} for figure in (plot(), line()))
    assert first
    assert not first & second


def line() -> draw.Figure:
    plt.plot([1, 2], ".-")
    return draw.figures()[0]


def test_references_point_to_what_is_there():
    plt.imshow([[1, 2], [3, 4]])
    plt.plot([0, 1], "o-")
    svg = draw.figures()[0].svg
    ElementTree.fromstring(svg)
    referred = {*re.findall(r'(?:url\(|href=")#([^)"]+)', svg)}
    assert referred
    assert referred == {*re.findall(r'id="([^"]+)"', svg)}


def test_alternative_text_comes_from_label_title_or_axes():
    assert plot().alt == "損失 / eta"
    plt.figure(label="a labelled figure")
    assert draw.figures()[0].alt == "a labelled figure"
    plt.title("Title")
    assert draw.figures()[0].alt == "Title"


def test_many_marks_become_a_picture():
    x = np.linspace(0, 1, 5000)
    plt.scatter(x, x**2)
    scattered = draw.figures()[0].svg
    plt.plot(x, x**2, ".")
    plotted = draw.figures()[0].svg
    for svg in (scattered, plotted):
        assert "<image" in svg
        assert len(svg) < 60_000
    plt.plot(x, x**2)
    assert "<image" not in draw.figures()[0].svg


def test_matplotlib_is_not_imported_for_cells_without_figures():
    program = (
        "import sys\nfrom kit import draw, outputs\ndraw.install()\n"
        "assert outputs.items(1)\nprint('matplotlib' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_values_are_shown_as_repr_svg_or_html():
    assert outputs.value_items(None) == []
    assert outputs.value_items("a") == [{"kind": "text", "stream": "stdout", "text": "'a'\n"}]
    svg = SimpleNamespace(_repr_svg_=lambda: "<svg/>", _repr_html_=lambda: "<p/>")
    assert outputs.value_items(svg) == [{"kind": "rich", "html": "<svg/>"}]
    none = SimpleNamespace(_repr_svg_=lambda: None, _repr_html_=lambda: "<p/>")
    assert outputs.value_items(none) == [{"kind": "rich", "html": "<p/>"}]


def test_what_drawing_returns_is_not_shown():
    figure, axes = plt.subplots(1, 2)
    for value in (figure, axes, axes[0].plot([1, 2]), axes[1].bar([1], [2]), plt.title("x"), (figure, axes)):
        assert outputs.value_items(value) == []
    assert outputs.value_items(np.arange(2)) != []
    assert outputs.value_items([]) != []
