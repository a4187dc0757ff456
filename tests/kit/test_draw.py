"""Figures: the same bytes each time, nothing that touches the rest of the page, words for who cannot see them."""

# pyright: basic

import re
import subprocess
import sys
from contextlib import nullcontext
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import draw
from kit.drawing import layout, svg
from kit.drawing.page import Figure
from matplotlib.path import Path
from matplotlib.projections.polar import PolarAxes
from matplotlib.transforms import Affine2D

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


def minor() -> Figure:
    _, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
    left.loglog([1, 2000], [1e-3, 40])
    left.grid(which="both")
    right.plot([0, 1e7], [0, 1e-9])
    right.minorticks_on()
    right.tick_params("x", labelrotation=30, top=True, labeltop=True, direction="in")
    right.set_xticks([0, 5e6], ["none", "half"])
    right.set_ylabel("two\nlines")
    return only()


def touched() -> Figure:
    _, ax = plt.subplots(figsize=(4, 2))
    ax.plot([1, 2, 3])
    ax.get_xticklabels()[1].set_color("red")
    ax.yaxis.get_major_ticks()[0].label1.set_visible(False)
    return only()


def crossed() -> Figure:
    figure = plt.figure(figsize=(6, 3))
    left, right = figure.add_subplot(1, 2, 1), figure.add_subplot(1, 2, 2, projection="polar")
    left.plot([-1, 2], [-1, 30])
    left.spines[["left", "bottom"]].set_position("zero")
    left.set_aspect("equal", adjustable="datalim")
    right.plot([0, 3], [1, 2])
    return only()


FIGURES = [plot, several, minor, touched, crossed]


@pytest.mark.parametrize("picture", FIGURES)
def test_remembered_ticks_are_the_ones_that_would_be_worked_out(picture, monkeypatch: pytest.MonkeyPatch) -> None:
    once = picture()
    monkeypatch.setattr(layout.ticks, "remembered", lambda _: nullcontext())
    assert picture() == once


@pytest.mark.parametrize("picture", FIGURES)
def test_remembered_layouts_of_text_are_the_ones_that_would_be_worked_out(
    picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = picture()
    monkeypatch.setattr(layout, "layouts_remembered", nullcontext)
    assert picture() == once


@pytest.mark.parametrize("picture", FIGURES)
def test_a_path_reaches_as_far_as_matplotlib_says(picture, monkeypatch: pytest.MonkeyPatch) -> None:
    once = picture()
    monkeypatch.setattr(svg, "_extents", lambda path, transform: path.get_extents(transform).extents)
    assert picture() == once


def test_an_arc_reaches_farther_than_its_ends() -> None:
    arc, place = (
        Path([(-1, 1), (1, 1)], _interpolation_steps=100),
        PolarAxes.PolarTransform(apply_theta_transforms=False),
    )
    assert svg._extents(arc, place) == pytest.approx(arc.get_extents(place).extents)


def test_remembered_labels_move_with_the_other_axis() -> None:
    figure, ax = plt.subplots()
    ax.plot([-1, 1])
    ax.spines["bottom"].set_position("zero")
    renderer = svg.Renderer(*figure.bbox.size)
    with layout.ticks.remembered(figure):
        before = _height_of_labels(ax.xaxis, renderer)
        ax.set_ylim(-10, 1)
        assert _height_of_labels(ax.xaxis, renderer) > before


def _height_of_labels(axis, renderer) -> float:
    (first, *_), _ = axis._get_ticklabel_bboxes(axis._update_ticks(), renderer)
    return first.y0


@pytest.mark.parametrize("angle", [0, 30, 90, 200])
def test_a_turned_line_of_text_reaches_as_far_as_its_box(angle: float) -> None:
    box = Path([(0, -2), (50, -2), (50, 10), (0, 10)])
    place = Affine2D().rotate_deg(angle).translate(100, 40)
    assert svg._turned(50, -2, 10, angle, 100, 40) == pytest.approx(box.get_extents(place).extents)


def test_a_figure_that_was_shown_and_not_changed_is_not_shown_again_and_has_its_ticks() -> None:
    figure, ax = plt.subplots()
    ax.plot([0, 1])
    draw.drawn(figure)
    assert not figure.stale
    assert [label.get_text() for label in ax.get_xticklabels()][:3] == ["−0.2", "0.0", "0.2"]
    assert vars(ax.xaxis).keys().isdisjoint({"_update_ticks", "_get_ticklabel_bboxes", "get_major_ticks"})


@pytest.mark.parametrize("picture", FIGURES)
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
