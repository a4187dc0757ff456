"""Layout: what its author placed stays, what nobody placed does not overlap, and nothing is cut."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import draw
from mpl_toolkits.axes_grid1 import make_axes_locatable

from tests.kit.conftest import only

IMAGE = np.arange(12).reshape(3, 4)


def colourbar_and_tight() -> None:
    plt.imshow(IMAGE)
    plt.colorbar(label="value")
    plt.tight_layout()


def tight() -> None:
    _, grid = plt.subplots(2, 2)
    for axes in grid.flat:
        axes.set(xlabel="x", ylabel="y", title="title")
    plt.tight_layout()


def adjusted() -> None:
    plt.subplots(2, 1, sharex=True)
    plt.subplots_adjust(hspace=0, left=0.3)


def by_hand() -> None:
    figure = plt.figure()
    figure.add_axes((0.1, 0.1, 0.8, 0.8)).plot([1, 2])
    figure.add_axes((0.6, 0.2, 0.2, 0.2)).plot([2, 1])


def beside() -> None:
    image = plt.imshow(IMAGE)
    plt.colorbar(image, cax=make_axes_locatable(plt.gca()).append_axes("right", size="5%", pad=0.05))


def shared_colourbar() -> None:
    figure, grid = plt.subplots(1, 3)
    mesh = next(axes.imshow(IMAGE) for axes in grid)
    figure.colorbar(mesh, ax=grid, shrink=0.6)


def subfigures() -> None:
    left, right = plt.figure().subfigures(1, 2)
    left.subplots().plot([1, 2])
    right.subplots(2, 1)
    left.suptitle("left")


def dates() -> None:
    plt.plot(np.arange("2024-01", "2024-06", dtype="datetime64[D]"), np.arange(152))
    plt.gcf().autofmt_xdate()


def too_small_for_its_labels() -> None:
    plt.figure(figsize=(1, 0.4))
    plt.xlabel("a label\nof three\nlines")
    plt.title("title")


IDIOMS = [
    colourbar_and_tight,
    tight,
    adjusted,
    by_hand,
    beside,
    shared_colourbar,
    subfigures,
    dates,
    too_small_for_its_labels,
    lambda: plt.matshow(IMAGE),
    lambda: plt.subplots(layout="tight"),
    lambda: plt.subplots(2, 2, layout="compressed"),
    lambda: plt.subplot(projection="polar").plot([1, 2]),
    lambda: plt.subplot(projection="3d").plot([1, 2], [1, 2], [1, 2]),
    lambda: plt.plot([1, 2], label="far out") and plt.legend(bbox_to_anchor=(1.05, 1), loc="upper left"),
]


@pytest.mark.parametrize("idiom", IDIOMS)
def test_common_idioms_are_drawn_without_a_word(idiom, capfd: pytest.CaptureFixture[str]) -> None:
    idiom()  # a warning would be an error
    assert only().svg
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("place", [adjusted, by_hand, tight])
def test_what_was_placed_stays(place) -> None:
    place()
    figure = plt.gcf()
    before = [axes.get_position().bounds for axes in figure.axes]
    draw.drawn(figure)
    assert [axes.get_position().bounds for axes in figure.axes] == before


def test_a_text_of_the_figure_stays_beside_the_axes() -> None:
    figure, axes = plt.subplots()
    figure.text(0.5, 0.01, "below")
    before = axes.get_position().bounds
    draw.drawn(figure)
    assert axes.get_position().bounds == before


def test_what_nobody_placed_does_not_overlap() -> None:
    figure, grid = plt.subplots(1, 2)
    for axes in grid:
        axes.set_ylabel("a\nlabel\nof\nfour lines")
    draw.drawn(figure)
    assert grid[1].get_tightbbox().x0 >= grid[0].get_tightbbox().x1


def test_the_paper_grows_for_what_stands_out_and_shrinks_to_what_is_drawn() -> None:
    plt.figure(figsize=(4, 2))
    plt.plot([1, 2])
    assert only()[1:3] == (288, 144)

    plt.figure(figsize=(4, 2))
    plt.title("a long title " * 8, loc="left")
    assert only().width > 400

    plt.figure(figsize=(4, 2))
    plt.imshow(np.eye(3))
    assert only().width < 200

    plt.figure(figsize=(4, 2))
    plt.xticks([0, 1], ["a long label under the axes"] * 2, rotation=90)
    plt.subplots_adjust(bottom=0.1)
    assert only().height > 250


def test_three_dimensional_labels_are_inside() -> None:
    figure = plt.figure(figsize=(3, 2))
    axes = figure.add_subplot(projection="3d")
    axes.set(xlabel="x label", ylabel="y label", zlabel="a z label")
    shown = draw.drawn(figure)
    left, top, width, height = map(float, shown.svg.split('viewBox="')[1].split('"')[0].split())
    figure.canvas.draw()
    for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
        box = axis.label.get_window_extent()
        assert left - 0.5 <= box.x0
        assert box.x1 <= left + width + 0.5
        assert top - 0.5 <= 144 - box.y1
        assert 144 - box.y0 <= top + height + 0.5


def test_an_accident_far_away_does_not_count() -> None:
    plt.figure(figsize=(4, 2))
    plt.plot([0, 1])
    plt.text(10_000, 0.5, "far")
    figure = only()
    assert figure.width <= 3 * 288


def test_the_figure_can_go_on_after_it_was_drawn() -> None:
    figure, axes = plt.subplots(dpi=100)
    first = draw.drawn(figure)
    assert figure.dpi == 100
    assert draw.drawn(figure).svg == first.svg
    assert figure.get_layout_engine() is None
    figure.tight_layout()
    axes.plot([1, 2])
    assert draw.drawn(figure).svg != first.svg
