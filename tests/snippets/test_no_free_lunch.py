"""No free lunch: other sizes, learners, losses and weights than the article shows."""

# pyright: basic

from itertools import combinations, product

import numpy as np
import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.snippets.exercises import accepts

CELLS = {cell.name: cell.source for cell in read(ROOT / "snippets" / "no_free_lunch.py").cells}


def majority(S, Y, U):
    return np.repeat(2 * Y.sum(axis=1, keepdims=True) > len(S), len(U), axis=1).astype(int)


def neural(seed):
    """Fifty random rectified features and the shortest weights through all points shown."""

    def learner(S, Y, U):
        rng = np.random.default_rng(seed)
        slope, height = rng.normal(size=(2, 50))
        A, B = (np.maximum(Z[:, None] / 3 * slope + height, 0) for Z in (S, U))
        return (Y @ np.linalg.pinv(A).T @ B.T > 0.5 + 1e-9).astype(int)

    return learner


def arbitrary(seed):
    """Any function of the places and answers shown, drawn by lot."""

    def learner(S, Y, U):
        rng = np.random.default_rng([seed, *S])
        return rng.integers(2, size=(2 ** len(S), len(U)))[Y @ (1 << np.arange(len(S)))]

    return learner


def every_world(m, values=2):
    worlds = np.array(list(product(range(values), repeat=m)))
    return worlds, (worlds[:, 1:] != worlds[:, :-1]).sum(axis=1)


def wrong(learner, worlds, seen, loss=lambda answers, truth: answers != truth):
    """The charge of a learner, (worlds, sets of seen places): nothing of the article's."""
    m, found = worlds.shape[1], []
    for S in combinations(range(m), seen):
        U = [q for q in range(m) if q not in S]
        answers = learner(np.array(S), worlds[:, list(S)], np.array(U))
        found.append(loss(answers, worlds[:, U]).mean(axis=1))
    return np.array(found).T


def tilted(learner, m, seen, beta):
    worlds, changes = every_world(m)
    weight = np.exp(-beta * changes)
    return weight @ wrong(learner, worlds, seen).mean(axis=1) / weight.sum()


def knowing(weight, worlds):
    """The best there is for one who knows how often each world comes up."""

    def learner(S, Y, U):
        answers = []
        for shown in Y:
            left = weight * (worlds[:, S] == shown).all(axis=1)
            answers.append(left @ worlds[:, U] > left.sum() / 2 + 1e-12)
        return np.array(answers).astype(int)

    return learner


def contestants(names):
    given = [names[name] for name in ("nearest", "line", "contrary", "constant", "validated", "misled")]
    return [*given, majority, *map(neural, range(5)), *map(arbitrary, range(5))]


# 1.8: the same average for all


@pytest.mark.parametrize(("m", "seen"), [(4, 2), (4, 3), (6, 2), (6, 3), (6, 5), (8, 2), (8, 4), (8, 7)])
def test_seventeen_learners_tie_whatever_the_size_and_however_much_was_shown(names, m, seen):
    """Random networks, functions drawn by lot and the majority among them."""
    worlds, _ = every_world(m)
    assert len(contestants(names)) == 17
    for learner in contestants(names):
        assert wrong(learner, worlds, seen).mean() == pytest.approx(0.5, rel=0, abs=1e-12)


def test_with_three_possible_answers_all_are_wrong_two_times_in_three(names):
    worlds, _ = every_world(5, values=3)
    for learner in (names["nearest"], names["constant"], lambda S, Y, U: 2 - names["nearest"](S, Y, U)):
        assert wrong(learner, worlds, 2).mean() == pytest.approx(2 / 3, rel=0, abs=1e-12)


@pytest.mark.parametrize("shown", ["012", "024", "135", "145"])
def test_after_any_past_each_learner_is_right_as_often(names, shown):
    """Not only on average: none, one, two or three answers are right in 1, 3, 3 and 1 futures."""
    S = np.array([int(q) for q in shown])
    U = np.setdiff1d(np.arange(6), S)
    futures, _ = every_world(3)
    for Y in futures:
        for learner in contestants(names):
            right = (learner(S, Y[None], U)[0] == futures).sum(axis=1)
            assert (np.bincount(right, minlength=4) == [1, 3, 3, 1]).all()


def test_with_the_places_fixed_wins_and_losses_are_as_many(names):
    """Averaging over the places shown, as the article does, is what makes them uneven."""
    worlds, _ = every_world(6)
    uneven = 0
    for rival in contestants(names):
        gap = wrong(rival, worlds, 3) - wrong(names["nearest"], worlds, 3)  # (worlds, sets)
        assert ((gap < 0).sum(axis=0) == (gap > 0).sum(axis=0)).all()
        mean = gap.mean(axis=1).round(9)
        uneven += (mean < 0).sum() != (mean > 0).sum()
        assert mean.sum() == pytest.approx(0, abs=1e-6)
    assert uneven > 8


@pytest.mark.parametrize(("m", "seen"), [(5, 2), (6, 2), (6, 3), (6, 4), (7, 3), (8, 4)])
def test_who_never_looks_wins_more_worlds_than_it_loses_at_other_sizes(names, m, seen):
    worlds, _ = every_world(m)
    gap = (wrong(names["constant"], worlds, seen) - wrong(names["nearest"], worlds, seen)).mean(axis=1).round(9)
    assert (gap < 0).sum() > (gap > 0).sum()
    assert -gap.min() < gap.max()  # it wins by little and loses by much


@pytest.mark.parametrize("rival", ["contrary", "line", "half"])
def test_other_rivals_win_more_worlds_than_they_lose_too(names, rival):
    worlds, _ = every_world(6)

    def off(answers, truth):
        return np.abs(answers - truth)

    gap = (wrong(names[rival], worlds, 3, off) - wrong(names["nearest"], worlds, 3, off)).mean(axis=1).round(9)
    assert (gap < 0).sum() > (gap > 0).sum()


def test_squared_errors_leave_no_tie_and_one_half_in_front(names):
    """Among those who say 0 or 1 the tie remains."""
    worlds, _ = every_world(6)

    def squared(answers, truth):
        return (answers - truth) ** 2

    assert wrong(names["half"], worlds, 3, squared) == pytest.approx(0.25, rel=0, abs=1e-12)
    for learner in contestants(names):
        assert wrong(learner, worlds, 3, squared).mean() == pytest.approx(0.5, rel=0, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_no_answers_between_0_and_1_beat_one_half_in_squared_error(seed):
    worlds, _ = every_world(6)

    def learner(S, Y, U):
        rng = np.random.default_rng([seed, *S])
        table = 0.5 + (0.1 + 0.4 * (seed % 2)) * rng.uniform(-1, 1, size=(8, len(U)))
        return table[Y @ [1, 2, 4]]

    assert wrong(learner, worlds, 3, lambda a, y: (a - y) ** 2).mean() > 0.25
    assert wrong(learner, worlds, 3, lambda a, y: np.abs(a - y)).mean() == pytest.approx(0.5, rel=0, abs=1e-12)


def test_who_remembers_wins_where_questions_come_again(names):
    """In every world, without any assumption."""
    space = dict(names)
    for rival, average in (("constant", 0.5), ("half", 0.5), ("contrary", 0.75)):
        exec(CELLS["duel"].replace('"constant"  #', f'"{rival}"  #').replace('"mistakes"  #', '"all"  #'), space)
        assert space["theirs"].mean() == pytest.approx(average) and space["ours"].mean() == pytest.approx(0.25)
    assert space["ours"].max() < 0.5


@pytest.mark.parametrize("seed", range(5))
def test_uneven_weights_drawn_by_lot_reward_whoever_knows_them(seed):
    worlds, _ = every_world(6)
    weight = np.random.default_rng(seed).dirichlet(np.full(64, [0.1, 1, 10, 100, 1000][seed]))
    assert weight @ wrong(knowing(weight, worlds), worlds, 3).mean(axis=1) < 0.5 - 1e-3


@pytest.mark.parametrize("beta", [-2.0, 0.5, 2.0, 50.0])
def test_weights_by_parity_keep_the_tie_until_five_of_six_are_shown(names, beta):
    """Uneven weights are not enough: fewer answers than five tell nothing of any other."""
    worlds, _ = every_world(6)
    weight = np.exp(-beta * (worlds.sum(axis=1) % 2))
    weight /= weight.sum()
    knower = knowing(weight, worlds)
    for seen in (2, 3, 4):
        for learner in (*contestants(names), knower):
            assert weight @ wrong(learner, worlds, seen).mean(axis=1) == pytest.approx(0.5, rel=0, abs=1e-12)
    assert weight @ wrong(knower, worlds, 5).mean(axis=1) < 0.4


@pytest.mark.parametrize("seed", range(5))
def test_weights_drawn_by_lot_help_one_learner_here_and_another_there(names, seed):
    """The tie goes with the weights; over many draws it comes back."""
    rng = np.random.default_rng(seed)
    e = wrong(names["nearest"], every_world(6)[0], 3).mean(axis=1)
    found = rng.dirichlet(np.ones(64), size=2000) @ e
    assert found.min() < 0.45 and found.max() > 0.55
    assert found.mean() == pytest.approx(0.5, abs=0.005)


# 2.27: what the assumption decides


@pytest.mark.parametrize(("m", "seen"), [(5, 2), (6, 3), (8, 4)])
def test_who_expects_neighbours_to_agree_gains_where_they_do_and_pays_where_they_differ(names, m, seen):
    found = [tilted(names["nearest"], m, seen, beta) for beta in (-2, -1, -0.5, 0, 0.5, 1, 2)]
    assert (np.diff(found) < 0).all()
    assert found[3] == pytest.approx(0.5, rel=0, abs=1e-12)
    assert found[5] < 0.4 < 0.6 < found[1]


def test_methods_that_share_the_assumption_score_alike():
    space = {}
    exec(CELLS["race"], space)
    alike = [space["nearest"], space["line"], *map(neural, range(5))]
    found = [tilted(learner, 6, 3, 1.0) for learner in alike]
    assert max(found) - min(found) < 0.03 and max(found) < 0.33
    assert tilted(space["contrary"], 6, 3, 1.0) == pytest.approx(1 - found[0])


@pytest.mark.parametrize("beta", [0.25, 1.0, 2.0])
def test_no_learner_does_better_than_nearest_where_neighbours_agree(names, beta):
    """Not even one that knows beta; nearest is no straw man."""
    worlds, changes = every_world(6)
    best = tilted(knowing(np.exp(-beta * changes), worlds), 6, 3, beta)
    assert tilted(names["nearest"], 6, 3, beta) == pytest.approx(best, rel=0, abs=1e-12)


@pytest.mark.parametrize("believed", [-2.0, -0.5, 0.5, 2.0])
def test_a_belief_about_the_worlds_is_worth_nothing_where_all_come_up_alike(believed):
    worlds, changes = every_world(6)
    learner = knowing(np.exp(-believed * changes), worlds)
    assert tilted(learner, 6, 3, 0.0) == pytest.approx(0.5, rel=0, abs=1e-12)
    assert tilted(learner, 6, 3, believed) < 0.45
    assert tilted(learner, 6, 3, -believed) > 0.55


@pytest.mark.parametrize("ties", ["nearest", "contrary"])
def test_validation_helps_on_both_sides_and_nowhere_between(names, ties):
    """Whichever side gets the ties."""

    def learner(S, Y, U):
        misses = names["trials"](S, Y)[:, None]
        first = 2 * misses <= len(S) if ties == "nearest" else 2 * misses < len(S)
        return np.where(first, names["nearest"](S, Y, U), names["contrary"](S, Y, U))

    for m, seen in ((6, 3), (6, 4), (8, 6)):
        assert tilted(learner, m, seen, 0.0) == pytest.approx(0.5, rel=0, abs=1e-12)
        assert tilted(learner, m, seen, 2.0) < 0.42 and tilted(learner, m, seen, -2.0) < 0.48


def test_validation_loses_where_those_two_apart_differ(names):
    """It bets on what goes on from neighbour to neighbour, not on any habit whatever."""
    worlds, _ = every_world(6)
    apart = (worlds[:, 2:] != worlds[:, :-2]).sum(axis=1)
    for beta, low, high in ((2.0, 0.0, 0.35), (-2.0, 0.55, 1.0)):
        weight = np.exp(-beta * apart)
        weight /= weight.sum()
        assert low < weight @ wrong(names["validated"], worlds, 3).mean(axis=1) < high
        assert weight @ wrong(knowing(weight, worlds), worlds, 3).mean(axis=1) < 0.2  # there is a habit to be used


@pytest.mark.parametrize(("m", "seen"), [(5, 3), (6, 3), (6, 4), (8, 4)])
def test_with_places_drawn_by_lot_trials_measure_nearest_right_on_average_in_every_world(names, m, seen):
    """They measure it with one answer fewer; with places that are fixed they are off."""
    worlds, _ = every_world(m)
    trials = [names["trials"](np.array(S), worlds[:, S]) / seen for S in map(list, combinations(range(m), seen))]
    truth = wrong(names["nearest"], worlds, seen - 1).mean(axis=1)
    assert np.mean(trials, axis=0) == pytest.approx(truth, rel=0, abs=1e-12)
    assert np.abs(trials[0] - truth).max() > 0.2


def test_a_belief_in_either_order_serves_both_and_still_ties_without_one():
    """A weaker assumption than nearest's: neighbours agree all along, or differ all along."""
    worlds, changes = every_world(6)
    learner = knowing(np.exp(-2.0 * changes) + np.exp(-2.0 * (5 - changes)), worlds)
    assert tilted(learner, 6, 3, 2.0) < 0.35 and tilted(learner, 6, 3, -2.0) < 0.35
    assert tilted(learner, 6, 3, 0.0) == pytest.approx(0.5, rel=0, abs=1e-12)


# Exercises


@pytest.mark.parametrize("flip", list(product([0, 1], repeat=3)))
def test_only_turning_round_at_odd_distances_passes(flip):
    assert accepts(CELLS["check:no-free-lunch-flip"], {"flip": list(flip)}) == (flip in ((1, 0, 1), (1, 0, 0)))


def test_some_eight_worlds_defeat_any_learner(names):
    worlds, _ = every_world(6)
    for learner in contestants(names):
        assert ((wrong(learner, worlds, 3) == 1).sum(axis=0) == 8).all()
