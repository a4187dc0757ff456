"""Text that a phone shows too small is told; exponents go with their line."""

# pyright: basic

from typing import Any

import matplotlib.pyplot as plt
import pytest
from kit import draw

from kamipen.check.figure_sizes import COLUMN, SMALLEST, on_a_phone


def size(width: float, **options: Any) -> float:
    draw.install()
    plt.figure(figsize=(width, 3))
    plt.xlabel(r"loss at $2^{10}$")
    plt.ylabel(r"$2^{10}$", **options)
    (figure,) = draw.figures()
    return on_a_phone(figure.svg)


def test_text_as_it_comes_is_large_enough_in_a_figure_of_the_usual_width() -> None:
    assert SMALLEST < size(6.4) == pytest.approx(12 * COLUMN / 460.8)
    assert size(4) == 12


def test_a_smaller_line_and_a_wider_figure_are_seen() -> None:
    assert size(4, fontsize=8) == 8 < SMALLEST
    assert size(8) < SMALLEST
