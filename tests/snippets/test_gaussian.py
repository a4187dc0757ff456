"""Gaussian: sums of dice against counted rolls and against the bell."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran

DICE = ["fair", "ends", "loaded"]


@pytest.mark.parametrize("die", DICE)
def test_bars_are_the_probabilities_of_the_sum(die):
    names = ran("gaussian", die=die, n=3)
    faces = np.random.default_rng(0).choice(6, size=(200_000, 3), p=names["p"]) + 1
    counted = np.bincount(faces.sum(axis=1), minlength=19)[3:] / 200_000
    assert names["chance"] == pytest.approx(counted, abs=0.005)


@pytest.mark.parametrize("die", DICE)
def test_every_die_comes_closer_to_the_bell(die):
    from scipy import stats

    def gap(n: int) -> float:
        names = ran("gaussian", die=die, n=n)
        steps = names["z"] + 0.5 / names["sigma"]
        return np.abs(np.cumsum(names["chance"]) - stats.norm.cdf(steps)).max()

    assert gap(1) > 3 * gap(20) and gap(20) < 0.03


def test_the_bell_holds_what_the_page_says():
    names = ran("gaussian")
    inside = [names["share"](1), names["share"](2)]
    assert [f"{100 * share:.0f}" for share in inside] == ["68", "95"]


def test_wild_values_make_no_bell():
    means = np.random.default_rng(0).standard_cauchy((4000, 500)).mean(axis=1)
    assert np.subtract(*np.percentile(means, [75, 25])) == pytest.approx(2, rel=0.15)  # as wide as one value


def test_wrong_answers_are_what_their_feedback_says():
    wrong = [np.exp(-2), 2, np.exp(4), np.exp(6**2 / (2 * 3))]
    assert misconceptions("gaussian") == pytest.approx(wrong, rel=0.003)
