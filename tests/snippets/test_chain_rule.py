"""Chain rule: the product of the factors against turning the weight, and the slips of the drill."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize("w", [0.0, 1.0, 2.0, 3.5])
def test_the_measured_effect_goes_to_the_product_as_the_nudge_shrinks(w):
    loss = np.polynomial.Polynomial([-4, 2]) ** 2  # of the weight
    gaps = []
    for nudge in (0.4, 0.2, 0.05):
        names = ran("chain_rule", w=w, nudge=nudge)
        product = names["first"] * names["second"]
        assert product == pytest.approx(loss.deriv()(w))
        gaps.append(names["measured"] - product)
    assert gaps == pytest.approx([1.6, 0.8, 0.2])


def test_at_the_truth_nothing_gets_through():
    names = ran("chain_rule", w=2.0)
    assert names["first"] == 2 and names["second"] == 0


def test_wrong_answers_are_what_their_feedback_says():
    x, u = 1, 3 * 1 + 1
    assert misconceptions("chain-rule") == [2 * u, 2 * x * 3, 2 * u + 3, u**2]
