"""Logarithm and exponential: the slide rule reads products, and 400 small factors are lost but not their sum."""

from fractions import Fraction

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 4), (3, 7), (9, 9)])
def test_the_end_of_both_lengths_points_at_the_product(a, b):
    names = ran("log_and_exp", a=a, b=b)
    pointer = names["figures"][0].axes[0].lines[-1]
    assert 10 ** pointer.get_xdata()[0] == pytest.approx(a * b)
    if a * b > 1:
        assert f"log {a * b}" in [text.get_text() for text in names["figures"][0].axes[0].texts]


def test_the_product_is_no_zero_though_the_computer_says_so():
    p = ran("log_and_exp")["p"]
    assert p.prod() == 0 and Fraction(1, 10) ** 400 > 0
    assert np.log(p).sum() == pytest.approx(400 * np.log(0.1))


def test_wrong_answers_are_what_their_feedback_says():
    two, three = np.log10(2), np.log10(3)
    wrong = [two + three, two + three + 10, two * three, np.log(60)]
    assert misconceptions("log-and-exp") == pytest.approx(wrong, abs=0.0006)
