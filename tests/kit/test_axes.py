"""What a drawing notes of its axes leads from data to where they are drawn."""

import math
import re
from collections.abc import Callable

import matplotlib.pyplot as plt
import pytest
from kit import draw


def noted(svg: str) -> list[list[str]]:
    found = re.search(r'^<svg [^>]*data-axes="([^"]*)"', svg)
    return [one.split() for one in found[1].split(";")] if found else []


@pytest.mark.parametrize(("scale", "turn"), [("linear", float), ("log", math.log)])
def test_a_point_stands_where_the_axes_say(scale: str, turn: Callable[[float], float]) -> None:
    figure, axes = plt.subplots()
    axes.set(xscale=scale, yscale=scale, xlim=(1, 100), ylim=(100, 1))
    axes.plot([7, 7.001], [30, 30.001], solid_capstyle="butt")
    axes.grid(visible=False)
    svg = draw.drawn(figure).svg
    plt.close(figure)
    (left, top, width, height, *rest), *others = noted(svg)
    assert rest == [scale, "1", "100", scale, "100", "1"]
    assert others == []
    share = (turn(7) - turn(1)) / (turn(100) - turn(1)), (turn(30) - turn(100)) / (turn(1) - turn(100))
    x, y = float(left) + float(width) * share[0], float(top) + float(height) * (1 - share[1])
    line = re.search(r'd="M ([\d.]+) ([\d.]+)[^"]*"[^>]*stroke: var\(--kp-c0\)', svg)
    assert line
    assert (float(line[1]), float(line[2])) == pytest.approx((x, y), abs=0.1)


def test_axes_that_are_no_plain_ones_are_left_out() -> None:
    figure, (one, other) = plt.subplots(1, 2)
    one.set_yscale("symlog")
    other.set_xlim(0, 1)
    assert len(noted(draw.drawn(figure).svg)) == 1
    plt.close(figure)
    figure = plt.figure()
    figure.add_subplot(projection="polar")
    assert "data-axes" not in draw.drawn(figure).svg
    plt.close(figure)
