"""The perceptron on XOR: what the article rules, from other starts, in other orders, with other rules and nets."""

# pyright: basic

import itertools
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read
from tests.snippets.exercises import accepts

SCRIPT = Path(__file__).parents[2] / "snippets" / "logistic_perceptron_xor.py"
CELLS = {cell.name: cell.source for cell in read(SCRIPT).cells}

BITS = np.array(list(itertools.product([0, 1], repeat=2)))  # (4, 2)
ONES = np.column_stack([BITS, np.ones(4, int)])  # (4, 3)
GATES = {"AND": [-1, -1, -1, 1], "OR": [-1, 1, 1, 1], "XOR": [-1, 1, 1, -1]}
YES = {"AND": [0, 0, 0, 1], "noisy": [0.1, 0.1, 0.1, 0.9], "XOR": [0, 1, 1, 0]}


def learn(X, y, w, looks=20_000, seed=None):
    """Rosenblatt's rule, written apart from the article's: weights, corrections, whether a round passed without one."""
    order, made, calm = np.random.default_rng(seed), 0, 0
    for k in range(looks):
        i = order.integers(len(X)) if seed is not None else k % len(X)
        if y[i] * float(X[i] @ w) > 0:
            calm += 1
            if calm >= 2 * len(X) and (y * (X @ w) > 0).all():
                return w, made, True
        else:
            w, made, calm = w + y[i] * X[i], made + 1, 0
    return w, made, False


# 2.6: one weighted sum


def test_no_weights_at_all_answer_more_than_three_of_the_four():
    """By linear programming: for each choice of answers to get right, whether some weights get them."""
    from scipy.optimize import linprog

    y = np.array(GATES["XOR"])
    for no in (1, 0):  # below 0, and 0 as well
        possible = {}
        for size in (3, 4):
            for keep in map(list, itertools.combinations(range(4), size)):
                A, b = -y[keep, None] * ONES[keep], np.where(y[keep] > 0, -1, -no)
                possible[tuple(keep)] = linprog(np.zeros(3), A_ub=A, b_ub=b, bounds=[(None, None)] * 3).success
        assert not possible.pop((0, 1, 2, 3))
        assert all(possible.values())


def test_from_a_thousand_other_starts_the_weights_come_back_on_xor_and_halt_on_and_and_or(names):
    rng = np.random.default_rng(0)
    for k, start in enumerate(rng.integers(-50, 51, size=(1000, 3))):
        for gate, y in GATES.items():
            if gate != "XOR" and k % 5:
                continue
            path, end = names["corrections"](ONES, np.array(y), start)
            assert end == ("repeats" if gate == "XOR" else "halts")
            assert gate == "XOR" or (np.array(y) * (ONES @ path[-1]) > 0).all()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
@pytest.mark.parametrize("low", [0, -1])
def test_another_order_of_the_points_and_inputs_of_plus_and_minus_one_change_nothing(names, order, low):
    X = np.column_stack([np.where(BITS, 1, low), np.ones(4, int)])[list(order)]
    for gate, y in GATES.items():
        _, end = names["corrections"](X, np.array(y)[list(order)], np.zeros(3, int))
        assert end == ("repeats" if gate == "XOR" else "halts")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("gate", list(GATES))
def test_points_drawn_at_random_and_starts_that_are_no_integers_change_nothing(seed, gate):
    start = 3 * np.random.default_rng(100 + seed).normal(size=3)
    w, _, halted = learn(ONES, np.array(GATES[gate]), start, seed=seed)
    assert halted == (gate != "XOR")
    assert np.linalg.norm(w) < 12  # it neither stops nor runs away


def test_smaller_and_smaller_corrections_do_not_end_either():
    """There is nothing to arrive at, so another step size cannot arrive."""
    w, y = np.zeros(3), np.array(GATES["XOR"])
    for k in range(1, 5001):
        for x, label in zip(ONES, y, strict=True):
            w = w + (label * x / k if label * (x @ w) <= 0 else 0)
        assert (y * (ONES @ w) <= 0).any()


def test_the_figure_and_the_diagram_show_the_weights_that_an_independent_loop_finds(names):
    path, end = names["corrections"](ONES, np.array(GATES["XOR"]), np.zeros(3, int))
    assert end == "repeats"
    assert [tuple(map(int, w)) for w in path] == [(0, 0, 0), (0, 0, -1), (0, 1, 0), (1, 1, 1), (0, 0, 0)]
    for gate, corrections in (("AND", 18), ("OR", 9)):
        path, end = names["corrections"](ONES, np.array(GATES[gate]), np.zeros(3, int))
        w, made, halted = learn(ONES, np.array(GATES[gate]), np.zeros(3, int))
        assert halted
        assert len(path) - 1 == made == corrections
        assert (path[-1] == w).all()


def test_one_unit_that_says_yes_only_in_the_middle_answers_xor():
    """What flips the ruling: a single weighted sum, but a window in place of a threshold."""
    middle = np.abs(BITS @ [1, 1] - 1) < 0.5
    assert (middle == np.array(YES["XOR"])).all()


def test_with_the_product_as_a_third_number_the_perceptron_halts_from_300_starts(names):
    """What flips the ruling: the same rule, one number more."""
    X = np.column_stack([BITS, BITS[:, 0] * BITS[:, 1], np.ones(4, int)])
    for start in np.random.default_rng(0).integers(-20, 21, size=(300, 4)):
        assert names["corrections"](X, np.array(GATES["XOR"]), start)[1] == "halts"


@pytest.mark.parametrize("seed", range(5))
def test_with_a_third_number_that_is_no_sum_of_the_two_all_sixteen_problems_are_settled(seed):
    """Four cases that stay four: the share goes up to all, whatever the new number is."""
    rng = np.random.default_rng(seed)
    problems = np.array(list(itertools.product([-1, 1], repeat=4))).T  # (4, 16)
    new = np.column_stack([ONES, rng.normal(size=4)])
    assert (np.sign(new @ np.linalg.solve(new, problems)) == problems).all()
    sums = np.column_stack([ONES, ONES @ rng.normal(size=3)])
    assert np.linalg.matrix_rank(sums) == 3


@pytest.mark.parametrize(("inputs", "count"), [(2, 14), (3, 104), (4, 1882)])
def test_the_gates_that_can_be_separated_are_as_many_as_in_the_literature(names, inputs, count):
    assert len(names["separable"](inputs)) == count  # OEIS A000609


def test_the_gates_of_three_inputs_that_halt_are_those_that_can_be_separated(names):
    bits = np.array(list(itertools.product([0, 1], repeat=3)))
    X = np.column_stack([bits, np.ones(8, int)])
    halting = [
        code
        for code in range(256)
        if names["corrections"](X, np.where(code >> np.arange(8) & 1, 1, -1), np.zeros(4, int))[1] == "halts"
    ]
    assert halting == names["separable"](3).tolist()


# 1.16: a sigmoid of the sum


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("eta", [0.3, 1.0, 4.0])
def test_on_xor_logistic_regression_ends_at_one_half_everywhere_from_any_start(seed, eta):
    w, y = 5 * np.random.default_rng(seed).normal(size=3), np.array(YES["XOR"])
    for _ in range(8_000):
        w = w - eta * ONES.T @ (1 / (1 + np.exp(-ONES @ w)) - y) / 4
    assert np.abs(w).max() < 1e-3


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("gate", ["noisy", "XOR"])
def test_another_optimiser_settles_at_the_same_weights(names, seed, gate):
    from scipy.optimize import minimize

    y = np.array(YES[gate])
    settled = names["path"][-1][list(YES).index(gate)]
    start = 3 * np.random.default_rng(seed).normal(size=3)
    found = minimize(lambda w: np.mean(np.logaddexp(0, ONES @ w) - y * (ONES @ w)), start, tol=1e-12).x
    assert found == pytest.approx(settled, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("eta", [0.3, 1.0, 4.0])
def test_where_a_line_separates_the_boundary_is_there_early_and_the_weights_never_settle(seed, eta):
    for y in (np.array([0, 0, 0, 1]), np.array([0, 1, 1, 1])):
        w, sizes = 2 * np.random.default_rng(seed).normal(size=3), {}
        for k in range(1, 8_001):
            w = w - eta * ONES.T @ (1 / (1 + np.exp(-ONES @ w)) - y) / 4
            if k in (1000, 2000, 4000, 8000):
                sizes[k] = np.linalg.norm(w)
                assert ((ONES @ w > 0) == y).all()
        assert sizes[2000] - sizes[1000] > 0.5
        assert sizes[8000] - sizes[4000] > 0.5  # twice the steps, as much again: a logarithm


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
@pytest.mark.parametrize("seed", range(5))
def test_wrong_answers_here_and_there_leave_the_boundary_and_stop_the_weights(share, seed):
    """Answers drawn, a hundred for each point: logistic regression settles, the perceptron cannot."""
    rng = np.random.default_rng(seed)
    X = np.repeat(ONES, 100, axis=0)
    y = (np.repeat([0, 0, 0, 1], 100) + (rng.random(400) < share)) % 2
    shares = y.reshape(4, 100).mean(axis=1)
    w, sizes = np.zeros(3), []
    for k in range(20_000):
        w = w - ONES.T @ (1 / (1 + np.exp(-ONES @ w)) - shares) / 4
        sizes += [np.linalg.norm(w)] if k in (9_999, 19_999) else []
    assert sizes[0] == pytest.approx(sizes[1], abs=0.05)
    assert ((ONES @ w > 0) == np.array([0, 0, 0, 1])).all()
    assert not learn(X, 2 * y - 1, np.zeros(3), looks=8_000)[2]


def settle(X, y, counts=1.0):
    """Return where logistic regression settles, by Newton's method; the points may count differently."""
    w = np.zeros(X.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-X @ w))
        w = w - np.linalg.solve((counts * p * (1 - p) * X.T) @ X, X.T @ (counts * (p - y)))
    assert np.abs(X.T @ (counts * (1 / (1 + np.exp(-X @ w)) - y))).max() < 1e-9
    return w


FOUR = np.column_stack([list(itertools.product([0, 1], repeat=4)), np.ones(16)])  # (16, 5)
ALL_ON = FOUR.all(axis=1)


def test_with_four_switches_one_wrong_answer_in_ten_makes_and_say_no_to_all():
    """What flips the ruling for AND: by the exact shares, and by answers drawn a hundred times for each point."""
    assert ((FOUR @ settle(FOUR, np.where(ALL_ON, 0.98, 0.02)) > 0) == ALL_ON).all()
    assert (FOUR @ settle(FOUR, np.where(ALL_ON, 0.9, 0.1)) < 0).all()
    for seed in range(5):
        wrong = np.random.default_rng(seed).binomial(100, 0.1, size=16) / 100
        assert (FOUR @ settle(FOUR, np.where(ALL_ON, 1 - wrong, wrong)) < 0).all()


def test_counted_twice_the_only_yes_of_four_switches_brings_the_boundary_back():
    w = settle(FOUR, np.where(ALL_ON, 0.9, 0.1), np.where(ALL_ON, 2.0, 1.0))
    assert ((FOUR @ w > 0) == ALL_ON).all()


@pytest.mark.parametrize("times", [2, 10])
@pytest.mark.parametrize("point", range(4))
def test_xor_with_one_point_shown_more_often_has_a_line_that_is_wrong_somewhere(point, times):
    says = ONES @ settle(ONES, np.array(YES["XOR"]), np.where(np.arange(4) == point, times, 1.0)) > 0
    assert 0 < says.sum() < 4
    assert (says != YES["XOR"]).any()


@pytest.mark.parametrize("penalty", [0.001, 0.01, 0.1])
def test_any_penalty_stops_the_weights_on_and(penalty):
    """What to set where the data separate."""
    w, path = np.array([3.0, -2.0, 1.0]), []
    for _ in range(16_000):
        w = w - ONES.T @ (1 / (1 + np.exp(-ONES @ w)) - np.array(YES["AND"])) / 4 - penalty * w
        path.append(np.linalg.norm(w))
    assert path[-1] == pytest.approx(path[8_000], abs=1e-6)
    assert penalty > 0.05 or ((ONES @ w > 0) == np.array(YES["AND"])).all()


@pytest.mark.parametrize("seed", range(5))
def test_with_the_product_logistic_regression_has_a_boundary_on_xor(seed):
    """What flips the ruling for XOR."""
    X, y = np.column_stack([ONES, BITS[:, 0] * BITS[:, 1]]), np.array(YES["XOR"])
    w = np.random.default_rng(seed).normal(size=4)
    for _ in range(4000):
        w = w - X.T @ (1 / (1 + np.exp(-X @ w)) - y) / 4
    assert ((X @ w > 0) == y).all()


def test_the_gradient_is_p_minus_y():
    """Against differences of the log loss."""
    rng, h = np.random.default_rng(0), 1e-6
    for s in rng.normal(size=20) * 3:
        for y in (0, 1, 0.1):
            loss = [np.logaddexp(0, t) - y * t for t in (s + h, s - h)]
            assert 1 / (1 + np.exp(-s)) - y == pytest.approx((loss[0] - loss[1]) / (2 * h), abs=1e-6)


# 1.21: a hidden layer


def fit(hidden, seed, act="tanh", X=BITS, size=1.0, steps=1000, eta=2.0, adam=False, starts=100):
    """Share of starts from which a net of one hidden layer solves XOR; written apart from the article's."""
    rng, y = np.random.default_rng(seed), np.array(YES["XOR"])
    f, slope = {
        "tanh": (np.tanh, lambda h: 1 - h * h),
        "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda h: h * (1 - h)),
        "relu": (lambda z: np.maximum(z, 0), lambda h: (h > 0) * 1.0),
        "none": (lambda z: z, np.ones_like),
    }[act]
    shapes = (starts, 2, hidden), (starts, 1, hidden), (starts, hidden, 1), (starts, 1, 1)
    P = [rng.normal(size=s) * k for s, k in zip(shapes, (size * 0.5**0.5, 0, size * hidden**-0.5, 0), strict=True)]
    M, V = [0.0] * 4, [0.0] * 4
    for t in range(1, steps + 1):
        W, b, v, c = P
        H = f(X @ W + b)
        r = (1 / (1 + np.exp(-np.clip(H @ v + c, -50, 50))) - y[:, None]) / 4
        g = r @ v.transpose(0, 2, 1) * slope(H)
        G = [X.T @ g, g.sum(1, keepdims=True), H.transpose(0, 2, 1) @ r, r.sum(1, keepdims=True)]
        if adam:
            M = [0.9 * m + 0.1 * d for m, d in zip(M, G, strict=True)]
            V = [0.999 * m + 0.001 * d**2 for m, d in zip(V, G, strict=True)]
            G = [m / (1 - 0.9**t) / (np.sqrt(n / (1 - 0.999**t)) + 1e-8) for m, n in zip(M, V, strict=True)]
        P = [p - eta * d for p, d in zip(P, G, strict=True)]
    W, b, v, c = P
    return (((f(X @ W + b) @ v + c)[..., 0] > 0) == y).all(axis=1).mean()


def test_two_units_with_thresholds_answer_each_of_the_sixteen_problems_of_two_switches():
    """By hand for XOR, by trying small whole weights for all."""
    lines = {
        tuple(map(int, ONES @ (a, b, c) > 0))
        for a, b, c in itertools.product((-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5))
    }
    reached = set()
    for one, two in itertools.product(lines, repeat=2):
        for a, b, c in itertools.product((-1, 0, 1), (-1, 0, 1), (-0.5, 0.5)):
            reached.add(tuple(map(int, a * np.array(one) + b * np.array(two) + c > 0)))
    assert (0, 1, 1, 0) in reached
    assert len(reached) == 16


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hidden", [1, 2, 8, 64])
def test_without_the_activation_no_start_solves_xor_however_many_units(seed, hidden):
    assert fit(hidden, seed, act="none", eta=0.2, steps=300) == 0


@pytest.mark.parametrize("seed", range(5))
def test_two_units_find_it_from_about_half_of_the_starts_and_eight_from_nearly_all(names, seed):
    one, two, eight = ((names["right"](names["train"](k, 1.0, seed)) == 4).mean() for k in (1, 2, 8))
    assert one == 0
    assert 0.4 < two < 0.7
    assert eight > 0.97
    assert 0.4 < fit(2, seed) < 0.7


@pytest.mark.parametrize("seed", range(5))
def test_smaller_first_weights_find_it_more_often_with_two_units(names, seed):
    """A cheap opponent of "two units fail half of the time"."""
    small, plain = ((names["right"](names["train"](2, size, seed)) == 4).mean() for size in (0.3, 1.0))
    assert small > plain + 0.15
    assert small > 0.7


@pytest.mark.parametrize("seed", range(3))
def test_first_weights_shrunk_too_far_need_more_steps(names, seed):
    few, many = ((names["right"](names["train"](2, 0.03, seed, steps=steps)) == 4).mean() for steps in (1000, 8000))
    assert few < 0.2
    assert many > few + 0.3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_neither_more_steps_nor_adam_finds_it_from_all_starts_with_two_units(names, seed):
    few, many = (names["right"](names["train"](2, 1.0, seed, steps=steps)) for steps in (1000, 8000))
    assert ((few == 4) == (many == 4)).all()
    assert fit(2, seed, steps=8000) == fit(2, seed, steps=1000)
    assert fit(2, seed, adam=True, eta=0.05, steps=3000) < 0.7


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_another_activation_or_inputs_of_plus_and_minus_one_change_how_often_and_not_to_always(seed):
    shares = fit(2, seed, "sigmoid", steps=3000), fit(2, seed, "relu"), fit(2, seed, X=2 * BITS - 1, steps=3000)
    assert 0.6 < shares[0] < 1
    assert 0 < shares[1] < 0.3
    assert 0.6 < shares[2] < 0.9


# Exercises


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        (lambda a, b: abs(a - b), True),
        (lambda a, b: (a - b) ** 2, True),
        (lambda a, b: max(a, b), True),
        (lambda a, b: abs(a - 0.7 * b), True),
        (lambda a, b: a + b, False),
        (lambda a, b: 3 * a - 2 * b + 1, False),
        (lambda a, b: (a + b) ** 2, True),
        (lambda a, b: a * b, False),
        (lambda a, b: 3 - 2 * a * b, False),
        (lambda a, b: 5, False),
    ],
)
def test_only_a_third_number_that_bends_passes_the_experiment(extra, found):
    assert accepts(CELLS["check:extra"], {"extra": extra}) == found


def test_of_the_three_problems_of_three_switches_only_the_majority_can_be_separated(names):
    on = np.array(list(itertools.product([0, 1], repeat=3))).sum(axis=1)
    codes = [int((yes * 2 ** np.arange(8)).sum()) for yes in (on == 1, on >= 2, on % 2 == 1)]
    assert [code in names["separable"](3) for code in codes] == [False, True, False]
