"""Derivative: how far the secant is from the tangent, and the slips of the drill."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize("w", [-1.5, 0.0, 1.0])
@pytest.mark.parametrize("h", [0.1, 0.7, 2.0])
def test_the_secant_is_off_by_h_and_the_picture_shows_both_lines(w, h):
    names = ran("derivative", w=w, h=h)
    assert names["slope"] - 2 * w == pytest.approx(h)
    _, tangent, secant, *_ = names["figures"][0].axes[0].lines
    slopes = [np.polyfit(*line.get_data(), 1)[0] for line in (tangent, secant)]
    assert slopes == pytest.approx([2 * w, names["slope"]])


def test_wrong_answers_are_what_their_feedback_says():
    parabola = np.polynomial.Polynomial([2, -5, 3])
    of_a_number = np.polynomial.Polynomial([parabola(2)]).deriv()(2)
    assert misconceptions("derivative") == [
        parabola(2),
        of_a_number,
        6 * 2,  # without −5x
        6 * 2 - 5 + 2,  # the constant kept
        3 * 2 - 5,  # x² taken to have the slope x
    ]
    assert parabola.deriv()(2) == 7
