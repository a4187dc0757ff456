"""Tuning without an oracle: more data sets, starts, sizes and rivals than the article shows."""

# pyright: basic

import numpy as np
import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "tuning_without_oracle.py").cells}


def bar(gap):
    return 2 * gap.std(ddof=1) / np.sqrt(len(gap))


def settled(gap):
    return abs(gap.mean()) > bar(gap)


def variant(cell, *changes, base=None):
    """Names of a cell whose code is changed, after the cell that trains."""
    space = dict(base or {})
    source = CELLS[cell].partition("# region plot")[0]
    for old, new in changes:
        assert old in source
        source = source.replace(old, new)
    exec(source, space)
    return space


@pytest.fixture(scope="module")
def duels(names):
    """15 minus 12 units on 512 data sets, each at the best of three rates in validation, and both at the slow one."""
    fair, slow = [], []
    for begin in range(0, 512, 64):
        sets = range(begin, begin + 64)
        points = {}
        for m, start in ((12, 0), (15, 1)):
            _, valid, test = zip(*(names["train"](m, sets, rate, start) for rate in names["rates"]), strict=True)
            points[m] = np.array(test)[np.argmax(valid, axis=0), np.arange(64)], test[0]
        fair.append(points[15][0] - points[12][0])
        slow.append(points[15][1] - points[12][1])
    return np.concatenate(fair), np.concatenate(slow)


# 2.4 and 2.3: twelve or fifteen


def test_over_512_data_sets_neither_leads_by_a_point(duels):
    """The long error bar of 64 data sets hides nothing larger."""
    fair, _ = duels
    assert abs(fair.mean()) + bar(fair) < 1


def test_64_data_sets_say_now_one_winner_now_the_other(duels):
    """Eight times 64 data sets: the sign of the mean changes."""
    blocks = duels[0].reshape(8, 64).mean(axis=1)
    assert blocks.min() < 0 < blocks.max()


def test_a_single_report_is_little_better_than_a_coin(duels):
    fair, _ = duels
    assert 0.45 < np.mean(fair > 0) < 0.58
    assert fair.std(ddof=1) > 5 * abs(fair.mean())


def test_one_slow_rate_for_both_makes_the_gap_larger_and_settles_it(duels):
    """The wider net learns faster at the same rate: what looks like a better width is a worse rate for the other."""
    fair, slow = duels
    assert slow.mean() > fair.mean() + 0.2 and settled(slow) and slow.mean() > 0.3


def test_twelve_units_against_themselves_scatter_as_much(names, duels):
    """Nothing differs but the starts."""
    itself = names["tuned"](12, range(64), names["rates"], 1) - names["tuned"](12, range(64), names["rates"])
    assert 0.8 < itself.std(ddof=1) / duels[0].std(ddof=1) < 1.25


@pytest.mark.parametrize("few", [2, 4])
def test_the_same_method_sees_two_and_four_units_lose(names, few):
    """It is not blind."""
    gap = names["tuned"](12, range(64), names["rates"]) - names["tuned"](few, range(64), names["rates"], 1)
    assert settled(gap) and gap.mean() > 2


def test_two_units_still_beat_the_answer_given_most(names):
    """Chance level: a constant answer is right half of the time."""
    tests = [names["data"](k)[5].mean() for k in range(64)]
    constant = 100 * np.mean([max(share, 1 - share) for share in tests])
    assert constant < 53 < names["tuned"](2, range(64), names["rates"]).mean() - 10


def test_with_three_times_the_examples_the_gap_stays_below_a_point_and_a_half(names):
    space = variant("reports", ("n = 100", "n = 300"), ("step = 5", "step = 1"))
    gap = space["tuned"](15, range(32), space["rates"], 1) - space["tuned"](12, range(32), space["rates"])
    assert abs(gap.mean()) < 1.5


# 2.8: chance and debugging


def test_the_same_seeds_give_the_same_weights_and_other_seeds_other_points(names):
    first, again, other = (names["train"](12, range(8), 0.1, start) for start in (0, 0, 1))
    assert all(np.array_equal(a, b) for a, b in zip(first[0].theta, again[0].theta, strict=True))
    assert (first[2] != other[2]).sum() > 5


# 2.10: more units than needed, with a penalty


@pytest.mark.parametrize(("depth", "begin"), [(1, 200), (2, 200), (2, 300)])
def test_with_a_penalty_many_units_do_no_worse_than_few_and_better_than_without(names, depth, begin):
    """On other data sets, with one hidden layer and with two; two trainings for each side."""
    changes = [(f"{use}range(D)", f"{use}range({begin}, {begin} + D)") for use in ("map(data, ", "seeds=")]
    changes += [("depth = 2", f"depth = {depth}"), ("[4, 8, 32]", "[8, 8, 32]")]
    space = variant("wide", *changes, base=names)
    assert (space["kept"][2] - space["kept"][1]).mean() > -0.3
    assert (space["kept"][2] - space["bare"][2]).mean() > 0.3


def test_stopping_early_gains_less_than_the_penalty(names):
    space = variant("wide", ('rein = "L2"', 'rein = "stop"'), ("[4, 8, 32]", "[8, 8, 32]"), base=names)
    assert (space["kept"][2] - space["bare"][2]).mean() < (names["kept"][2] - names["bare"][2]).mean() - 1


def test_a_penalty_a_hundred_times_too_strong_ruins_it(names):
    space = variant("wide", ("(0.01, 0.03)", "(1.0, 3.0)"), base=names)
    gap = space["kept"][2] - space["bare"][2]
    assert settled(gap) and gap.mean() < -5


# 0.25 and 2.2: what a search costs


def test_eight_runs_make_up_three_quarters_of_what_one_lacks(names):
    """On 32 other data sets; all choose by a hundred examples."""
    space = variant("search", ("survey(range(16), truth)", "survey(range(200, 232), truth)"), base=names)
    one, eight = ((space["everything"] - space["lots"][k]).mean() for k in (1, 8))
    assert eight < one / 4
    assert one > 4


def test_settings_borrowed_from_another_task_are_worth_two_runs_or_more(names):
    """Borrowed four times, each time from two data sets of the other task."""
    known, _ = names["survey"](range(400, 408), names["sister"])
    loans = [names["test"][:, known[i : i + 2].mean(axis=0).argmax()].mean() for i in range(0, 8, 2)]
    assert np.mean(loans) > names["lots"][2].mean()


def test_settings_that_change_nothing_cost_a_grid_and_not_a_lot(names):
    """With two idle settings a grid of 16 runs still tries four: lots of 16 are ahead."""
    assert names["lots"][16].mean() > names["rivals"]["4 on a grid"].mean()
    gap = names["lots"][16] - names["lots"][4]
    assert gap.mean() > 0.5


# Exercises


@pytest.mark.parametrize("guess", [2.0, 2.5, 3.0, 3.5, 4.0])
def test_only_three_and_a_half_standard_errors_pass(guess):
    assert accepts(CELLS["check:tuning-peeking"], {"bar": guess}) == (guess == 3.5)
