"""Bayes: the square against counted mail, and the drill against counted people."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize(("prior", "hit", "alarm"), [(0.2, 0.6, 0.1), (0.05, 1.0, 0.5), (0.95, 0.2, 0.05)])
def test_the_posterior_is_the_share_of_counted_mail(prior, hit, alarm):
    names = ran("bayes", prior=prior, hit=hit, alarm=alarm)
    rng = np.random.default_rng(0)
    spam = rng.random(400_000) < prior
    word = rng.random(400_000) < np.where(spam, hit, alarm)
    assert names["posterior"] == pytest.approx(spam[word].mean(), abs=0.01)
    square, bar = names["figures"][0].axes
    boxes = square.patches
    dark = [boxes[k].get_width() * boxes[k].get_height() for k in (1, 3)]
    assert bar.patches[0].get_height() == names["posterior"] == pytest.approx(dark[0] / sum(dark))


def test_at_the_far_left_orange_wins_with_the_same_word():
    assert ran("bayes")["posterior"] > 0.5 > ran("bayes", prior=0.1)["posterior"]


def test_wrong_answers_are_what_their_feedback_says():
    ill, healthy = 10 * 0.9, 990 * 0.1  # of 1,000 people, those who test positive
    wrong = [0.9, 0.1, ill / 1000, (ill + healthy) / 1000, ill / healthy]
    assert misconceptions("bayes") == pytest.approx(wrong, abs=0.0006)
    assert ill / (ill + healthy) == pytest.approx(1 / 12)
