"""Probability and expectation: where many rolls settle, whatever the seed and the payment."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran

EXPECTED = {"face": 3.5, "square": 91 / 6, "six": 1 / 6}


@pytest.mark.parametrize("pays", EXPECTED)
@pytest.mark.parametrize("seed", range(15))
def test_the_average_ends_within_four_standard_errors_of_the_expectation(pays, seed):
    names = ran("probability_and_expectation", pays=pays, seed=seed)
    assert names["expectation"] == pytest.approx(EXPECTED[pays])
    assert abs(names["average"][-1] - EXPECTED[pays]) < 4 * names["value"].std() / np.sqrt(600)


def test_the_expectation_of_one_or_nothing_is_the_probability():
    names = ran("probability_and_expectation", pays="six", rolls=600)
    share = [bar.get_height() for bar in names["figures"][0].axes[0].patches][5]
    assert names["average"][-1] == pytest.approx(share)


def test_expectations_add_up_even_where_the_dice_influence_each_other():
    die = np.arange(1, 7)
    copies = 7 - die  # always the opposite face
    assert (die + copies).mean() == die.mean() + copies.mean() == 7


def test_wrong_answers_are_what_their_feedback_says():
    outcomes = np.array([9, -3, -3, -3, -3, -3])
    wrong = [(9 - 3) / 2, 9 / 6, (9 + 5 * 3) / 6, 9 - 3, outcomes.sum()]
    assert misconceptions("probability-and-expectation") == wrong and outcomes.mean() == -1
