"""Softmax and cross-entropy: what differences of scores do, where the loss goes, and the slips of the drill."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


@pytest.mark.parametrize("cat", [-2.0, 0.0, 6.0])
def test_only_differences_count(cat):
    names = ran("softmax_and_cross_entropy", cat=cat)
    assert names["p"] == pytest.approx(softmax(names["z"] + 7))
    assert names["p"][0] / names["p"][2] == pytest.approx(np.exp(cat))


def test_the_loss_goes_to_0_on_the_right_and_rises_without_end_on_the_left():
    losses = [ran("softmax_and_cross_entropy", cat=cat)["loss"] for cat in (6.0, -2.0, -20.0, -200.0)]
    assert losses[0] < 0.01 and losses == sorted(losses) and losses[-1] > 200


def test_the_derivative_is_forecast_minus_truth():
    z, truth, h = np.array([2.0, 1.0, 0.0]), np.array([1, 0, 0]), 1e-6
    slopes = [(np.log(softmax(z - e)[0]) - np.log(softmax(z + e)[0])) / (2 * h) for e in h * np.eye(3)]
    assert slopes == pytest.approx(softmax(z) - truth, abs=1e-6)


def test_wrong_answers_are_what_their_feedback_says():
    p = softmax(np.array([0, 0, np.log(2)]))
    wrong = [p[2], np.log(3), -np.log(p[0]), np.log(p[2]), -np.log10(p[2]), -np.log2(p[2])]
    assert misconceptions("softmax-and-cross-entropy") == pytest.approx(wrong, abs=0.0006)
