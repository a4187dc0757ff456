"""Variance and standard error: the spread of means, other seeds, and the accuracy of the drill."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize("n", [1, 4, 16, 40])
def test_means_spread_by_sigma_over_the_root_of_n(n):
    names = ran("variance_and_standard_error", n=n)
    assert names["means"].std(axis=1) == pytest.approx(2 / np.sqrt(n), rel=0.12)
    assert names["upset"] == pytest.approx(100 * _behind(n), abs=6)


@pytest.mark.parametrize("seed", range(5))
def test_other_draws_turn_as_many_reports_round(seed):
    a, b = np.random.default_rng(seed + 1).normal(size=(2, 4000, 4)).mean(axis=2) * 2 + [[80], [81]]
    assert (a > b).mean() == pytest.approx(_behind(4), abs=0.025)


def test_four_times_as_many_seeds_halve_the_error():
    assert ran("variance_and_standard_error", n=1)["error"] == 2 * ran("variance_and_standard_error", n=4)["error"]


def test_three_scores_have_the_variance_that_is_written_out():
    names = ran("variance_and_standard_error")
    assert names["variance"] == pytest.approx(np.mean([4, 0, 4])) and names["three"].mean() == 80


def test_dividing_by_one_less_makes_up_for_the_mean_of_the_data():
    samples = np.random.default_rng(0).normal(size=(40_000, 5))
    assert samples.var(axis=1).mean() == pytest.approx(4 / 5, rel=0.02)
    assert samples.var(axis=1, ddof=1).mean() == pytest.approx(1, rel=0.02)


def test_wrong_answers_are_what_their_feedback_says():
    answers = np.repeat([1.0, 0.0], [80, 20])
    wrong = [answers.std(), answers.var(), answers.var() / 100, answers.std() / 100]
    assert misconceptions("variance-and-standard-error") == pytest.approx(wrong)


def _behind(n: int) -> float:
    """Return how often the mean of n scores about 80 passes that of n about 81, for a standard deviation of 2."""
    from scipy import stats

    return stats.norm.sf(1 / (2 * np.sqrt(2 / n)))
