"""Inner product and cosine: the shadow in the picture is the number in the sum."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize(("x", "y", "turn"), [(1.0, 2.0, 20), (-3.0, 0.5, 0), (2.0, 2.0, 130), (0.0, 1.0, 270)])
def test_shadow_times_length_is_the_sum_of_products(x, y, turn):
    names = ran("inner_product_and_cosine", x=x, y=y, turn=turn)
    assert names["shadow"] * np.linalg.norm(names["b"]) == pytest.approx(names["a"] @ names["b"])
    drop = names["foot"] - names["a"]
    assert drop @ names["b"] == pytest.approx(0)  # straight onto the line of b
    assert -1 <= names["cosine"] <= 1


def test_length_moves_the_inner_product_and_not_the_cosine():
    once, twice = (ran("inner_product_and_cosine", x=x, y=y) for x, y in ((1.0, 1.0), (2.0, 2.0)))
    assert twice["inner"] == pytest.approx(2 * once["inner"]) and twice["cosine"] == pytest.approx(once["cosine"])


def test_wrong_answers_are_what_their_feedback_says():
    a, b = np.array([3, 4]), np.array([4, 3])
    cosine = a @ b / 25
    wrong = [a @ b, a @ b / 5, a @ b / (7 * 7), np.degrees(np.arccos(cosine)), 1]
    assert misconceptions("inner-product-and-cosine") == pytest.approx(wrong, abs=0.006)
