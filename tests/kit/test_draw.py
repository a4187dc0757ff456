"""Figures: the same bytes each time, nothing that touches the rest of the page, words for who cannot see them."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import draw
from kit.drawing import layout
from kit.drawing.page import Figure

from tests.kit.conftest import only


def plot() -> Figure:
    _, ax = plt.subplots(figsize=(4, 2))
    ax.plot([1, 2, 3], [1, 4, 2], "o-")
    ax.bar([1], [2], color="k")
    ax.set_xlabel(r"$\eta$")
    ax.set_ylabel("損失")
    return only()


def several() -> Figure:
    figure, grid = plt.subplots(2, 2, sharex=True, figsize=(6, 4))
    grid[0, 0].semilogy([1, 2, 3], [1e-5, 2e-5, 4e-5], label="line")
    grid[0, 0].legend(title="legend")
    figure.colorbar(grid[0, 1].imshow(np.eye(4)), ax=grid[0, 1])
    grid[1, 0].set_aspect("equal")
    grid[1, 1].inset_axes([0.5, 0.5, 0.4, 0.4]).plot([1, 2])
    figure.suptitle("all of them")
    return only()


def test_size_is_the_figures_own_and_all_figures_are_closed() -> None:
    figure = plot()
    assert (figure.width, figure.height) == (288, 144)
    assert plt.get_fignums() == []
    assert draw.figures() == []


def test_bytes_are_the_same_in_another_process() -> None:
    program = (
        "from kit import draw; draw.install()\nimport matplotlib.pyplot as plt\n"
        "fig, ax = plt.subplots()\nax.plot([1, 2], 'o')\nax.imshow([[1, 2], [3, 4]])\nprint(draw.figures()[0].svg)"
    )
    first, second = (
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout for _ in range(2)
    )
    assert first == second
    assert b"<svg" in first


@pytest.mark.parametrize("picture", [plot, several])
def test_remembered_ticks_are_the_ones_that_would_be_worked_out(picture, monkeypatch: pytest.MonkeyPatch) -> None:
    once = picture()
    monkeypatch.setattr(layout._Remembered, "__call__", lambda self: self._work_out())
    assert picture() == once


@pytest.mark.parametrize("picture", [plot, several])
def test_remembered_margins_are_the_ones_that_would_be_measured(picture, monkeypatch: pytest.MonkeyPatch) -> None:
    once = picture()
    monkeypatch.setattr(layout, "_has_margins_of_its_own", lambda axes: False)
    assert picture() == once


def test_nothing_leaks_into_the_page() -> None:
    svg = plot().svg
    assert not re.search(r"<style|<metadata|<!DOCTYPE|xlink", svg)
    first, second = ({*re.findall(r'id="([^"]+)"', figure.svg)} for figure in (plot(), line()))
    assert first
    assert not first & second


def line() -> Figure:
    plt.plot([1, 2], ".-")
    return only()


def test_references_point_to_what_is_there() -> None:
    plt.imshow([[1, 2], [3, 4]])
    plt.plot([0, 1], "o-")
    plt.bar([0], [1], hatch="/")
    svg = only().svg
    ElementTree.fromstring(svg)
    referred = {*re.findall(r'(?:url\(|href=")#([^)"]+)', svg)}
    assert referred
    assert referred == {*re.findall(r'id="([^"]+)"', svg)}


def test_alternative_text_comes_from_label_title_or_axes() -> None:
    assert plot().alt == "損失 / eta"
    plt.figure(label="a labelled figure")
    assert only().alt == "a labelled figure"
    plt.title("Title")
    assert only().alt == "Title"
