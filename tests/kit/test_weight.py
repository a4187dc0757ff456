"""Weight: one rule tells when marks become a picture, whatever they are, and no figure is too large to show."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit.drawing import weight
from matplotlib.collections import LineCollection

from tests.kit.conftest import elements, only

RANDOM = np.random.default_rng(0)
X = RANDOM.random((3, 5000))
LIMIT = 8_000_000  # of the printer, for all figures of a cell


def segments() -> None:
    plt.gca().add_collection(LineCollection(list(RANDOM.random((20_000, 2, 2)))))


def filled() -> None:
    for start in range(3000):
        plt.fill_between([start, start + 1], 1)


def spread() -> None:
    _, grid = plt.subplots(5, 5)
    for axes in grid.flat:
        axes.scatter(*X[:2, :200])


MANY = [
    segments,
    spread,
    lambda: plt.scatter(*X[:2]),
    lambda: plt.plot(*X[:2], "."),
    lambda: plt.hist(X[0], bins=3000),
    lambda: plt.quiver(*np.meshgrid(np.arange(60), np.arange(60)), X[0, :3600], X[1, :3600]),
    lambda: plt.pcolormesh(np.cumsum(np.arange(60)), np.cumsum(np.arange(60)), RANDOM.random((59, 59))),
    lambda: plt.subplot(projection="3d").scatter(*X),
    lambda: plt.subplot(projection="3d").plot_surface(
        *np.meshgrid(np.arange(60), np.arange(60)), X[0, :3600].reshape(60, 60), rcount=60, ccount=60
    ),
    lambda: plt.plot(RANDOM.normal(size=100_000)),
    lambda: plt.plot(RANDOM.normal(size=(3000, 60))),
    lambda: plt.fill_between(np.arange(30_000), RANDOM.normal(size=30_000)),
]


@pytest.mark.parametrize("draw", MANY)
def test_many_shapes_of_any_kind_become_a_picture(draw) -> None:
    draw()
    svg = only().svg
    assert "<image" in svg
    assert elements(svg) < weight.SHAPES
    assert len(svg) < 400_000


FEW = [
    lambda: plt.scatter(*X[:2, :500]),
    lambda: plt.hist(X[0], bins=100),
    lambda: plt.plot(np.linspace(0, 1, 100_000)),
    lambda: plt.subplot(projection="3d").plot_surface(*np.meshgrid(np.arange(9), np.arange(9)), np.eye(9)),
]


@pytest.mark.parametrize("draw", FEW)
def test_few_stay_shapes(draw) -> None:
    draw()
    assert "<image" not in only().svg


def test_text_and_lines_stay_sharp_beside_many_marks() -> None:
    plt.scatter(*X[:2])
    plt.plot([0, 1], [0, 1], "C1")
    plt.title("title")
    svg = only().svg
    assert "title</text>" in svg
    assert "stroke: var(--kp-c1)" in svg


def test_a_mesh_of_equal_cells_is_an_image_of_as_many_pixels() -> None:
    plt.pcolormesh(RANDOM.random((100, 120)))
    svg = only().svg
    assert '<image width="120" height="100"' in svg
    assert "pixelated" in svg


def test_images_have_no_more_pixels_than_are_seen() -> None:
    plt.imshow(RANDOM.random((2000, 3000, 3)))
    assert len(only().svg) < 3_000_000


@pytest.mark.parametrize("size", [6, 40])
def test_any_figure_of_noise_can_be_shown(size: float) -> None:
    axes = plt.figure(figsize=(size, size)).add_subplot()
    noise = RANDOM.random((1000, 1000, 4))
    for shift in range(4):
        axes.imshow(noise, extent=(shift, shift + 1000, 0, 1000))
    assert len(only().svg) < LIMIT


def test_a_picture_lies_where_its_shapes_would(monkeypatch: pytest.MonkeyPatch) -> None:
    def square() -> str:
        plt.figure(figsize=(3, 2))
        plt.bar([0.5], [0.5], width=0.5, color="red")
        plt.axis((0, 1, 0, 1))
        return only().svg

    (path,) = re.findall(r'<path d="([^"]*)" style="fill: #ff0000"', square())
    corners = np.array([point.split() for point in re.findall(r"[ML] ([-\d.]+ [-\d.]+)", path)], float)
    monkeypatch.setattr(weight, "SHAPES", 1)
    (place,) = re.findall(r'<image x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', square())
    x, y, width, height = map(float, place)
    assert np.allclose([x, y], corners.min(axis=0), atol=0.6)
    assert np.allclose([x + width, y + height], corners.max(axis=0), atol=0.6)
