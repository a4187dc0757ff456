"""Features made by hand: what the article rules, over other scales, sizes, worlds and opponents than it shows."""

# pyright: basic

import itertools
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read
from tests.snippets.exercises import accepts

SCRIPT = Path(__file__).parents[2] / "snippets" / "feature_engineering.py"
CELLS = {cell.name: cell.source for cell in read(SCRIPT).cells}


def explained(F, y, n):
    """R² on the rows after the first n, by least squares with a constant; written apart from the article's."""
    A = np.column_stack([np.ones(len(F)), F])
    w = np.linalg.pinv(A[:n]) @ y[:n]
    return 1 - np.sum((y[n:] - A[n:] @ w) ** 2) / np.sum((y[n:] - y[n:].mean()) ** 2)


def noisy(growth, seed):
    return growth + 0.3 * growth.std() * np.random.default_rng(1000 + seed).normal(size=len(growth))


def scores(seed, n=200, levels=(1, 2, 3, 4, 5)):
    return np.random.default_rng(seed).choice(np.array(levels, dtype=float), size=(n + 3000, 2))


def product(X):
    return X[:, 0] * X[:, 1]


# 1.18: the product of two scores


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("n", [100, 200, 1000])
@pytest.mark.parametrize("levels", [(1, 2, 3, 4, 5), (1, 2, 3, 4, 5, 6, 7), (0, 10)])
@pytest.mark.parametrize("zero", [3.0, 1.0, 0.0, -2.0])
def test_a_line_catches_what_the_law_says_for_other_scales_and_sizes(seed, n, levels, zero):
    X = scores(seed, n, levels)
    m, variance = np.mean(levels) - zero, np.var(levels)
    y = noisy(product(X - zero), seed)
    law = 2 * m**2 / (2 * m**2 + variance) / 1.09
    assert explained(X, y, n) == pytest.approx(law, abs=0.09)
    assert explained(np.column_stack([X, product(X)]), y, n) == pytest.approx(1 / 1.09, abs=0.03)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("zero", [3.0, 0.0])
def test_subtracting_the_mean_first_changes_no_prediction(seed, zero):
    """Centred or not, the columns span the same."""
    X, n = scores(seed), 200
    y = noisy(product(X - zero), seed)

    def predict(S):
        A = np.column_stack([np.ones(len(S)), S, product(S)])
        return A @ np.linalg.lstsq(A[:n], y[:n], rcond=None)[0]

    assert predict(X) == pytest.approx(predict(X - X[:n].mean(axis=0)), abs=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_with_a_penalty_it_does_change_them(seed):
    """The one place where centring counts."""
    X, n = scores(seed), 200
    y = noisy(product(X), seed)

    def predict(S):
        A = np.column_stack([S, product(S)])
        A = A - A[:n].mean(axis=0)
        return A @ np.linalg.solve(A[:n].T @ A[:n] + 20 * np.eye(3), A[:n].T @ (y[:n] - y[:n].mean()))

    assert np.abs(predict(X) - predict(X - 3)).max() > 0.05


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("n", [20, 200])
def test_where_growth_is_a_sum_the_product_adds_nothing(seed, n):
    """What flips the ruling."""
    X = scores(seed, n)
    y = noisy(X.sum(axis=1), seed)
    assert explained(np.column_stack([X, product(X)]), y, n) < explained(X, y, n) + 0.01


@pytest.mark.parametrize("seed", range(5))
def test_where_the_weaker_of_two_decides_the_product_adds_the_same_at_any_zero(seed):
    """The smaller of two scores is another AND: wherever the scale begins, a line has most of it."""
    X, n = scores(seed), 200
    y = noisy(X.min(axis=1), seed)
    gains = [explained(np.column_stack([X, product(X - zero)]), y, n) - explained(X, y, n) for zero in (3, 0, -2)]
    assert gains == pytest.approx([gains[0]] * 3, abs=1e-8)
    assert 0.1 < gains[0] < 0.25


def by_table(X, y, n):
    """R² of 25 means, one for each pair of scores."""
    which = (5 * (X[:, 0] - 1) + X[:, 1] - 1).astype(int)
    table = np.array([y[:n][which[:n] == j].mean() if (which[:n] == j).any() else y[:n].mean() for j in range(25)])
    return 1 - np.mean((y[n:] - table[which[n:]]) ** 2) / y[n:].var()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("zero", [3.0, 0.0])
def test_a_table_of_means_does_as_well_without_a_product(seed, zero):
    """An opponent that multiplies nothing: 25 means, learned from 200 pupils."""
    X, n = scores(seed), 200
    y = noisy(product(X - zero), seed)
    assert abs(by_table(X, y, n) - explained(np.column_stack([X, product(X)]), y, n)) < 0.05


@pytest.mark.parametrize("zero", [3.0, 0.0])
def test_with_60_pupils_the_table_of_means_falls_behind(zero):
    """What the table needs: pupils in each of its 25 boxes."""
    lost = []
    for seed in range(100, 110):
        X, n = scores(seed, 60), 60
        y = noisy(product(X - zero), seed)
        lost.append(explained(np.column_stack([X, product(X)]), y, n) - by_table(X, y, n))
    assert np.median(lost) > 0.05


# Forty-five products

PAIRS = np.array(list(itertools.combinations(range(10), 2)))


def school(n, seed, kind="one"):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n + 1000, 10))
    P = X[:, PAIRS[:, 0]] * X[:, PAIRS[:, 1]]
    inter = {"one": lambda: P[:, 17], "none": lambda: 0, "every": lambda: P @ rng.normal(size=45) / 45**0.5}[kind]()
    return X, P, X[:, 0] - X[:, 1] + inter + rng.normal(size=n + 1000)


@pytest.mark.parametrize("block", range(3))
def test_as_many_weights_as_pupils_are_worse_than_the_mean_and_four_times_as_many_pupils_are_enough(names, block):
    seeds = range(100 + 9 * block, 109 + 9 * block)
    for n, low, high in ((60, -np.inf, -1), (200, 0.1, 0.25), (500, 0.15, 0.3)):
        found = []
        for seed in seeds:
            X, P, y = school(n, seed)
            every, ten = explained(np.hstack([X, P]), y, n), explained(X, y, n)
            found.append(every if n == 60 else every - ten)
        assert low < np.median(found) < high


def penalised(F, y, n, lam):
    A = (F - F[:n].mean(axis=0)) / F[:n].std(axis=0)
    w = np.linalg.solve(A[:n].T @ A[:n] + lam * n * np.eye(A.shape[1]), A[:n].T @ (y[:n] - y[:n].mean()))
    return 1 - np.mean((y[n:] - y[:n].mean() - A[n:] @ w) ** 2) / y[n:].var()


@pytest.mark.parametrize("block", range(3))
def test_a_penalty_fills_the_pit_and_leaves_60_pupils_about_where_ten_answers_left_them(block):
    """The penalty is the best of six in hindsight: no tuning does better."""
    gains = []
    for seed in range(100 + 9 * block, 109 + 9 * block):
        X, P, y = school(60, seed)
        F = np.hstack([X, P])
        gains.append(max(penalised(F, y, 60, lam) for lam in (0.03, 0.1, 0.2, 0.3, 0.6, 1)) - explained(X, y, 60))
    assert -0.1 < np.median(gains) < 0.15


@pytest.mark.parametrize("block", range(3))
def test_a_penalty_on_absolute_values_puts_most_weights_at_0_and_beats_ten_answers_with_60_pupils(block):
    """The lasso; the penalty is chosen from the 60 pupils alone."""
    from sklearn.linear_model import LassoCV

    gains, zeros = [], []
    for seed in range(100 + 9 * block, 109 + 9 * block):
        X, P, y = school(60, seed)
        F = np.hstack([X, P])
        A = (F - F[:60].mean(axis=0)) / F[:60].std(axis=0)
        model = LassoCV(alphas=np.geomspace(0.02, 1, 20), cv=5, max_iter=5000).fit(A[:60], y[:60])
        gains.append(1 - np.mean((y[60:] - model.predict(A[60:])) ** 2) / y[60:].var() - explained(X, y, 60))
        zeros.append(np.mean(model.coef_ == 0))
    assert np.median(gains) > 0.1
    assert np.median(zeros) > 0.5


def test_sixty_pupils_find_the_one_product_that_counts_in_four_schools_of_five(names):
    found = []
    for seed in range(100, 130):
        X, P, y = school(60, seed)
        found.append(names["best"](X[:60], P[:60], y[:60]) == 17)
    assert np.mean(found) > 0.8


def test_the_best_product_is_that_of_least_error_when_each_is_tried(names):
    X, P, y = school(60, 0)
    errors = []
    for j in range(45):
        A = np.column_stack([X, P[:, j], np.ones(len(X))])[:60]
        errors.append(np.sum((y[:60] - A @ np.linalg.lstsq(A, y[:60], rcond=None)[0]) ** 2))
    assert names["best"](X[:60], P[:60], y[:60]) == np.argmin(errors)


@pytest.mark.parametrize("block", range(3))
def test_where_every_product_counts_a_little_one_is_too_few_and_all_with_a_penalty_win(names, block):
    """What flips the advice to choose."""
    one, every = [], []
    for seed in range(100 + 5 * block, 105 + 5 * block):
        X, P, y = school(200, seed, "every")
        j = names["best"](X[:200], P[:200], y[:200])
        one.append(explained(np.column_stack([X, P[:, j]]), y, 200))
        every.append(penalised(np.hstack([X, P]), y, 200, 0.1))
    assert np.median(every) > np.median(one) + 0.08


@pytest.mark.parametrize("block", range(3))
def test_where_no_product_counts_each_further_column_costs(names, block):
    gains = []
    for seed in range(100 + 9 * block, 109 + 9 * block):
        X, P, y = school(60, seed, "none")
        j = names["best"](X[:60], P[:60], y[:60])
        gains.append(explained(np.column_stack([X, P[:, j]]), y, 60) - explained(X, y, 60))
    assert -0.2 < np.median(gains) < 0


# 2.9: from pixels to answers


def halves(X, label, seed, n=None):
    """Standardised: rows to learn from, rows to test, their labels."""
    order = np.random.default_rng(seed).permutation(len(X))
    n = n or len(X) // 2
    a, b = order[:n], order[max(n, len(X) // 2) :]
    spread = X[a].std(axis=0)
    Z = (X - X[a].mean(axis=0)) / np.where(spread > 0, spread, np.inf)
    return Z[a], Z[b], label[a], label[b]


def directions(A, B, k):
    V = np.linalg.svd(A - A.mean(axis=0), full_matrices=False)[2][:k].T
    return A @ V, B @ V


def lines_and_products(names, X, label, seed, k, n=None, penalty=0.01):
    A, B, a, b = halves(X, label, seed, n)
    F, G = directions(A, B, k)
    lines = names["classify"](F, a, G, penalty)
    more = names["classify"](names["products"](F), a, names["products"](G), penalty)
    return np.mean(lines == b), np.mean(more == b)


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("k", [5, 10, 20])
def test_products_win_on_digits_in_every_split_with_few_directions_or_many(names, seed, k):
    lines, more = lines_and_products(names, *names["tables"]["digits"], seed, k)
    assert more > lines + 0.04


@pytest.mark.parametrize("penalty", [0.001, 0.1])
def test_another_penalty_leaves_the_products_ahead_on_digits(names, penalty):
    lines, more = lines_and_products(names, *names["tables"]["digits"], 100, 20, penalty=penalty)
    assert more > lines + 0.03


def test_with_a_hundred_digits_to_learn_from_the_products_gain_little(names):
    """Few rows, many columns: the pit of the section before."""

    def gain(penalty):
        digits = names["tables"]["digits"]
        found = [lines_and_products(names, *digits, s, 20, n=100, penalty=penalty) for s in range(100, 110)]
        return np.diff(found).mean()

    assert abs(gain(0.01)) < 0.02
    assert 0.01 < gain(0.3) < 0.05  # a heavier penalty: half of what a thousand digits gain


@pytest.mark.slow
@pytest.mark.parametrize("seed", [100, 101])
def test_logistic_regression_gains_by_products_too(names, seed):
    """A stronger line than least squares."""
    from sklearn.linear_model import LogisticRegression

    A, B, a, b = halves(*names["tables"]["digits"], seed)
    F, G = directions(A, B, 20)
    hits = []
    for left, right in ((F, G), (names["products"](F), names["products"](G))):
        mean, spread = left.mean(axis=0), left.std(axis=0)
        model = LogisticRegression(max_iter=200, C=0.1).fit((left - mean) / spread, a)
        hits.append(np.mean(model.predict((right - mean) / spread) == b))
    assert hits[1] > hits[0] + 0.01


@pytest.mark.parametrize("seed", range(100, 105))
def test_the_nearest_neighbour_does_as_well_on_digits_without_a_feature(names, seed):
    """What products are not needed for."""
    A, B, a, b = halves(*names["tables"]["digits"], seed)
    nearest = np.mean(a[names["squares"](A, B).argmin(axis=1)] == b)
    assert abs(nearest - lines_and_products(names, *names["tables"]["digits"], seed, 20)[1]) < 0.025


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("table", ["digits", "wine", "tumours", "iris"])
@pytest.mark.parametrize("k", [5, 20])
def test_the_same_code_beats_the_commonest_class_on_tables_it_was_not_written_for(names, seed, table, k):
    from sklearn.datasets import load_iris

    X, label = load_iris(return_X_y=True) if table == "iris" else names["tables"][table]
    commonest = np.bincount(label).max() / len(label)
    lines, more = lines_and_products(names, X, label, seed, k)
    assert min(lines, more) > commonest + 0.15


@pytest.mark.parametrize("table", ["wine", "tumours"])
def test_where_products_are_as_many_as_rows_they_cost(names, table):
    found = np.array([lines_and_products(names, *names["tables"][table], s, 20) for s in range(100, 110)])
    lines, more = found.mean(axis=0)
    assert more < lines - 0.03


def test_of_five_directions_of_the_tumours_products_gain(names):
    """What the cost of products hangs on: how many there are."""
    found = np.array([lines_and_products(names, *names["tables"]["tumours"], s, 5) for s in range(100, 110)])
    lines, more = found.mean(axis=0)
    assert more > lines + 0.01


# 2.16b, 1.18b: many columns


@pytest.fixture
def louder(names):
    """Let the article's junk have another spread for a while."""
    before = names["junk"]
    yield lambda junk: names.update(junk=junk)
    names["junk"] = before


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("points", [200, 500, 850])
def test_digits_crowd_as_about_ten_dimensions_of_uniform_noise_do(names, seed, points):
    rng = np.random.default_rng(seed)
    ink = rng.permutation(names["tables"]["digits"][0])[: 2 * points] / 16
    found = names["crowding"](*np.split(ink, 2))
    six, fifteen = (names["crowding"](*rng.random((2, points, d))) for d in (6, 15))
    assert fifteen < found < six


YARDSTICKS = {
    "farthest / nearest": lambda D: np.median(D.max(axis=1) / D.min(axis=1)),
    "mean / nearest": lambda D: np.median(D.mean(axis=1) / D.min(axis=1)),
    "spread / mean": lambda D: np.median(D.std(axis=1) / D.mean(axis=1)),
}


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("yardstick", YARDSTICKS)
def test_by_other_yardsticks_and_among_images_of_one_digit_it_is_about_ten_dimensions_too(names, seed, yardstick):
    """Ten clusters of digits are not what makes it ten."""
    ink, label = names["tables"]["digits"][0] / 16, names["tables"]["digits"][1]
    rng = np.random.default_rng(seed)

    def measure(X):
        return YARDSTICKS[yardstick](names["distances"](*np.split(X, 2)))

    six, fifteen = (measure(rng.random((1000, d))) for d in (6, 15))
    assert fifteen < measure(rng.permutation(ink)[:1000]) < six
    alone = np.median([measure(rng.permutation(ink[label == c])[:174]) for c in range(10)])
    five, fifteen = (np.median([measure(rng.random((174, d))) for _ in range(10)]) for d in (5, 15))
    assert fifteen < alone < five


@pytest.mark.parametrize("seed", range(100, 105))
def test_shuffled_among_images_of_the_same_digit_the_pixels_crowd_as_twenty_dimensions_do(names, seed):
    """Each image keeps its digit and loses the ties between its pixels."""
    rng = np.random.default_rng(seed)
    ink, label = names["tables"]["digits"][0] / 16, names["tables"]["digits"][1]
    for c in range(10):
        ink[label == c] = rng.permuted(ink[label == c], axis=0)
    found = names["crowding"](*np.split(rng.permutation(ink)[:1000], 2))
    fifteen, twenty_five = (names["crowding"](*rng.random((2, 500, d))) for d in (15, 25))
    assert twenty_five < found < fifteen


@pytest.mark.parametrize("seed", range(100, 105))
def test_shuffled_within_their_columns_the_same_pixels_crowd_as_thirty_dimensions_or_more(names, seed):
    """It is not the columns that count but how they hang together."""
    rng = np.random.default_rng(seed)
    ink = rng.permuted(names["tables"]["digits"][0], axis=0)[:1000] / 16
    assert names["crowding"](*np.split(ink, 2)) < names["crowding"](*rng.random((2, 500, 30)))


@pytest.mark.parametrize("seed", range(100, 105))
def test_uniform_noise_of_spreads_as_unequal_as_those_of_pixels_crowds_as_about_forty_dimensions(names, seed):
    """Why it isn't 64 even without ties: pixels in the corners hardly move."""
    rng = np.random.default_rng(seed)
    unequal = rng.random((1000, 64)) * names["tables"]["digits"][0].std(axis=0)
    found = names["crowding"](*np.split(unequal, 2))
    thirty, fifty = (names["crowding"](*rng.random((2, 500, d))) for d in (30, 50))
    assert fifty < found < thirty


@pytest.mark.parametrize("points", [100, 500, 2000])
def test_64_dimensions_of_uniform_noise_are_strange_with_few_points_or_many(names, points):
    assert names["crowding"](*np.random.default_rng(0).random((2, points, 64))) < 1.8


def by_direction(names, seed, k, scaled=False):
    """How often the nearest is right by k directions, and by all columns."""
    digits, label = names["tables"]["digits"]
    rng = np.random.default_rng(seed)
    X = np.hstack([digits / 16, names["junk"] * rng.normal(size=(len(digits), 200))])
    order = rng.permutation(len(X))
    if scaled:
        X = X / np.maximum(X[order[:500]].std(axis=0), 1e-3)
    A, B, a, b = X[order[:500]], X[order[500:1000]], label[order[:500]], label[order[500:1000]]
    F, G = directions(A, B, k)
    return [np.mean(a[names["squares"](*view).argmin(axis=1)] == b) for view in ((F, G), (A, B))]


def gain(*args, **options):
    return np.subtract(*by_direction(*args, **options))


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("k", [10, 20])
@pytest.mark.parametrize("junk", [0.2, 0.3, 0.4])
def test_compression_helps_where_junk_is_of_middling_loudness(names, louder, seed, k, junk):
    louder(junk)
    assert gain(names, seed, k) > 0.01


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("k", [2, 5, 10, 20, 40])
def test_compression_hurts_where_junk_is_louder_than_ink(names, louder, seed, k):
    """What flips the ruling: the directions that vary most are then those of the junk."""
    louder(0.8)
    assert gain(names, seed, k) < 0


@pytest.mark.parametrize("seed", range(100, 105))
def test_without_junk_compression_gains_nothing(names, louder, seed):
    louder(0.0)
    assert abs(gain(names, seed, 20)) < 0.015
    assert gain(names, seed, 5) < -0.03


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("junk", [0.5, 0.8, 3.0])
def test_with_columns_on_one_scale_compression_helps_however_loud_the_junk(names, louder, seed, junk):
    """What flips the flip: divide each column by its spread, then keep ten directions."""
    louder(junk)
    compressed, everything = by_direction(names, seed, 10, scaled=True)
    assert compressed > everything + 0.05
    assert compressed > max(by_direction(names, seed, 10)) + 0.2


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("junk", [0.0, 0.2, 0.3])
def test_while_junk_is_quiet_one_scale_costs(names, louder, seed, junk):
    louder(junk)
    assert by_direction(names, seed, 10, scaled=True)[0] < by_direction(names, seed, 10)[0] - 0.01


@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("junk", [0.3, 0.8, 3.0])
def test_columns_chosen_by_their_labels_escape_junk_of_any_loudness(names, louder, seed, junk):
    louder(junk)
    assert names["trial"](seed)[2] > 0.93


# Exercises


@pytest.mark.parametrize(("n", "found"), [(60, False), (90, False), (120, True), (200, False)])
def test_only_about_two_pupils_a_column_pass_the_experiment(n, found):
    assert accepts(CELLS["check:features-enough-pupils"], {"n": n}) == found
