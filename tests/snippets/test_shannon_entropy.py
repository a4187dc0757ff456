"""Entropy counted: the cells against other ways to their numbers, the rulings against other sources and tables."""

# pyright: basic

from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "shannon_entropy.py")
LONGEST = 8


def ran(*cells: str, **changed: str):
    """Run cells of the script in order, with lines `name = …` changed."""
    import matplotlib.pyplot as plt

    space: dict = {"np": np, "plt": plt}
    for cell in cells:
        lines = SCRIPT[cell].source.splitlines()
        for name, value in changed.items():
            lines = [f"{name} = {value}" if line.startswith(f"{name} = ") else line for line in lines]
        exec("\n".join(lines), space)
    plt.close("all")
    return space


@pytest.fixture(scope="module")
def names():
    return ran("two-texts", "known-source", "below-the-truth")


def table(seed: int, symbols: int = 6) -> np.ndarray:
    return np.random.default_rng(seed).dirichlet(np.ones(symbols), size=symbols)


def rate(P: np.ndarray) -> float:
    pi = np.linalg.matrix_power(P, 200)[0]
    return float(-(pi[:, None] * P * np.log2(P)).sum())


def text(names, P: np.ndarray, n: int, seed: int) -> str:
    path = names["paths"](P, 1, n, np.random.default_rng(1000 + seed))[0]
    return "".join(chr(ord("a") + symbol) for symbol in path)


# The measures


def blocks(x: str, k: int) -> float:
    """Return the entropy in bits of the blocks of k symbols that occur in x."""
    _, counts = np.unique([x[t : t + k] for t in range(len(x) - k + 1)], return_counts=True)
    p = counts / counts.sum()
    return float(-(p * np.log2(p)).sum())


@pytest.mark.parametrize("k", [0, 1, 3, 8])
def test_what_is_counted_is_the_difference_of_block_entropies(names, k):
    x = names["x"][:5000]
    assert names["counted"](x, k) == pytest.approx(blocks(x, k + 1) - (blocks(x, k) if k else 0), abs=0.01)


def test_unseen_symbols_are_marked_by_probabilities_that_sum_to_one(names):
    """The last of 16 symbols is marked with each letter in turn: no bits are given away."""
    counted = "abcdabca"
    for votes in (0.5, 20):
        total = np.zeros(4)  # contexts of 0 to 3
        for last in "abcd":
            long, short = (counted + "dcbabca" + ending for ending in (last, ""))
            bits = 8 * names["unseen"](long, 3, votes)
            rest = 7 * unseen_by_hand(short, counted, 3, votes)
            total += 2.0 ** -(bits - rest)
        assert total == pytest.approx(np.ones(4))


def unseen_by_hand(x: str, counted: str, longest: int, votes: float) -> np.ndarray:
    """Return the bits per symbol of what follows `counted` in x, counting by search."""
    bits = np.zeros(longest + 1)
    for t in range(len(counted), len(x)):
        p = 1 / len(set(x))
        for k in range(longest + 1):
            starts = [i for i in range(k, len(counted)) if counted[i - k : i] == x[t - k : t]]
            p = (sum(counted[i] == x[t] for i in starts) + votes * p) / (len(starts) + votes)
            bits[k] -= np.log2(p)
    return bits / (len(x) - len(counted))


@pytest.mark.parametrize("seed", range(5))
def test_the_truth_is_the_mean_surprise_of_a_long_path(names, seed):
    P = table(seed)
    x = names["paths"](P, 20, 5000, np.random.default_rng(seed))
    assert -np.log2(P[x[:, :-1], x[:, 1:]]).mean() == pytest.approx(rate(P), abs=0.02)


# Claim 0.38: to zero


@pytest.mark.parametrize("source", range(5))
def test_shares_settle_wherever_a_text_begins(names, source):
    """What the claim asks for: the text is ergodic, on paper and when read."""
    P = table(source)
    assert P.min() > 0
    settled = np.linalg.matrix_power(P, 200)
    np.testing.assert_allclose(settled, settled[[0]].repeat(6, axis=0), atol=1e-9)
    X = names["paths"](P, 20, 5000, np.random.default_rng(source))
    shares = np.array([np.bincount(x, minlength=6) / len(x) for x in X])
    np.testing.assert_allclose(shares, settled[:1].repeat(20, axis=0), atol=0.05)


@pytest.mark.parametrize("symbols", [2, 3, 6, 12])
@pytest.mark.parametrize("seed", range(5))
def test_counted_bits_dive_in_every_source_and_the_truth_does_not(names, seed, symbols):
    P = table(seed, symbols)
    x = text(names, P, 10_000, seed)
    deep = int(3 * np.log2(len(x)) / rate(P))  # past the length at which contexts come once only
    assert names["counted"](x, 1) == pytest.approx(rate(P), abs=0.05)
    assert names["counted"](x, deep) < 0.1 * rate(P)


def test_words_dive_as_characters_do(names):
    """The claim speaks of words, and Japanese has no spaces: the article counts characters."""
    words = tuple(names["texts"]["English"].split())
    bits = [names["counted"](words, k) for k in range(5)]
    assert bits[0] > 8
    assert bits[3] < 0.02 * bits[0]


@pytest.mark.parametrize("name", ["English", "Japanese"])
@pytest.mark.parametrize("most", [3000, 6000, 12000])
def test_both_languages_dive_where_counted_and_stay_up_where_unseen(names, name, most):
    x = names["texts"][name][:most]
    assert names["counted"](x, LONGEST) < 0.12
    fresh = names["unseen"](x, LONGEST, 20)
    assert fresh.min() > {"English": 3, "Japanese": 7}[name]
    assert fresh[LONGEST] - fresh.min() < 0.05


@pytest.mark.parametrize("seed", range(5))
def test_more_text_lifts_the_curve_to_the_truth(names, seed):
    """If what was counted told the truth, reading more would not change it; it is the truth that it comes up to."""
    P = table(seed)
    gaps = [rate(P) - names["counted"](text(names, P, n, seed), 3) for n in (1_000, 4_000, 16_000, 64_000)]
    assert gaps[0] > gaps[1] > gaps[2] > gaps[3]
    assert gaps[3] < 0.03
    assert gaps[0] > 0.25


@pytest.mark.slow
@pytest.mark.parametrize("votes", [0.5, 1, 5, 20, 100, 1000])
def test_no_votes_take_unseen_symbols_below_the_truth(names, votes):
    """A stronger table than plain counting, tuned in either direction: levels off, and never below on average."""
    over = np.array(
        [names["unseen"](text(names, table(s), 6_000, s), LONGEST, votes) - rate(table(s)) for s in range(12)]
    )
    assert over.mean(axis=0).min() > 0
    assert over.min() > -0.06  # one half may be easy


def test_many_votes_keep_the_unseen_curve_level(names):
    rise = {v: np.ptp(names["unseen"](names["x"], LONGEST, v)[1:]) for v in (1, 20, 100)}
    assert rise[1] > 1
    assert rise[20] < 0.15
    assert rise[100] < 0.03


@pytest.mark.parametrize("seed", range(5))
def test_a_source_of_two_symbols_back_falls_until_two_and_stays(names, seed):
    """More context does help as far as the source reaches; there its bits stop, above zero."""
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(4), size=(4, 4))  # next given the last two
    x = [0, 0]
    for u in rng.random(60_000):
        x.append(int((P[x[-2], x[-1]].cumsum()[:-1] < u).sum()))
    bits = names["unseen"]("".join("abcd"[symbol] for symbol in x), 5, 100)
    assert bits[0] > bits[1] > bits[2] + 0.02
    assert np.ptp(bits[2:]) < 0.03
    assert bits.min() > 0.5


def test_a_repeating_pattern_has_entropy_zero(names):
    assert names["unseen"]("abcfbcacab" * 1000, LONGEST, 1)[LONGEST] < 0.01


def test_reading_less_moves_the_cliff_to_the_left(names):
    depths = []
    for used in (1000, 4000, 16000):
        own = [names["counted"](text(names, table(0), used, 0), k) for k in range(12)]
        depths.append(int(np.argmax(np.array(own) < rate(table(0)) / 2)))
    assert depths == sorted(set(depths))


@pytest.mark.parametrize("name", ["English", "Japanese"])
def test_most_runs_of_eight_characters_come_once(names, name):
    x = names["texts"][name][:12000]
    runs = [x[t - 8 : t] for t in range(8, len(x))]
    assert sum(runs.count(run) == 1 for run in runs[::40]) > 0.7 * len(runs[::40])


# Claim 3.1: minimising entropy


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("votes", [1, 20])
def test_a_table_that_is_better_at_home_is_worse_abroad(names, seed, votes):
    x = text(names, table(seed), 10_000, seed)
    home = [names["counted"](x, k) for k in (1, LONGEST)]
    abroad = names["unseen"](x, LONGEST, votes)
    assert home[1] < 0.25 * home[0]
    assert abroad[LONGEST] > abroad[1] + 0.05


@pytest.mark.parametrize("seed", range(5))
def test_with_data_enough_the_lowest_at_home_is_near_the_truth_abroad(names, seed):
    """Against "only unseen text": one letter of context, counted on a half, is lowest there and good on the other."""
    P, rng = table(seed), np.random.default_rng(seed)
    x = names["paths"](P, 1, 20_000, rng)[0]
    counts = np.zeros((2, 6, 6))
    for half, part in zip(counts, np.split(x, 2), strict=True):
        np.add.at(half, (part[:-1], part[1:]), 1)
    home, abroad = counts / counts.sum(axis=(1, 2), keepdims=True)
    bits = lambda shares, Q: -(shares * np.log2(Q)).sum()  # noqa: E731
    lowest = (counts[0] + 0.1) / (counts[0] + 0.1).sum(axis=1, keepdims=True)
    others = [
        P,
        *((1 - e) * lowest + e * rng.dirichlet(np.ones(6), size=6) for e in (0.02, 0.1, 0.5) for _ in range(20)),
    ]
    assert all(bits(home, lowest) < bits(home, other) for other in others)
    assert bits(abroad, lowest) - bits(abroad, P) < 0.01
    assert all(bits(abroad, lowest) < bits(abroad, other) for other in others[41:])


@pytest.mark.parametrize("seed", range(5))
def test_marking_before_counting_is_honest_in_a_single_reading(names, seed):
    """Each symbol is marked by what was counted before it, then counted: no context is long enough to lie."""
    P = table(seed)
    x = text(names, P, 4_000, seed)
    for k in (1, 4, 8):
        counts: dict[str, np.ndarray] = {}
        bits = 0.0
        for t in range(k, len(x)):
            row = counts.setdefault(x[t - k : t], np.full(6, 0.1))
            symbol = ord(x[t]) - ord("a")
            bits -= np.log2(row[symbol] / row.sum())
            row[symbol] += 1
        assert bits / (len(x) - k) > rate(P)


@pytest.mark.parametrize("source", range(5))
@pytest.mark.parametrize("used", [250, 1000, 4000])
def test_single_tests_fall_below_the_truth_and_averages_never_do(names, source, used):
    P = table(source)
    pi, truth = np.linalg.matrix_power(P, 200)[0], rate(P)
    X = names["paths"](P, 100, 2 * used, np.random.default_rng(source))
    below = 0
    for x in X:
        counts = np.full((6, 6), 0.1)
        np.add.at(counts, (x[: used - 1], x[1:used]), 1)
        Q = counts / counts.sum(axis=1, keepdims=True)
        below += -np.log2(Q[x[used - 1 : -1], x[used:]]).mean() < truth
        assert -(pi[:, None] * P * np.log2(Q)).sum() > truth
    assert below > 0


@pytest.mark.parametrize("p", [0.1, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("q", [0.02, 0.3, 0.7, 0.98])
def test_the_coin_pays_what_tossing_it_costs(p, q):
    space = ran("coin", p=repr(p), q=repr(q))
    tosses = np.random.default_rng(0).random(400_000) < p
    cost = np.where(tosses, space["surprise"][0], space["surprise"][1])
    assert space["paid"] == pytest.approx(cost.mean(), abs=5 * cost.std() / np.sqrt(len(cost)) + 1e-9)
    assert (space["paid"] > space["entropy"]) == (p != q)


# The two languages


def test_the_same_articles_weigh_about_the_same_in_both_languages(names):
    import lzma
    import zlib

    for pack in (lambda data: zlib.compress(data, 9), lzma.compress, lambda data: bytes(names["bz2"].compress(data))):
        english, japanese = (len(pack(names["texts"][name].encode())) for name in ("English", "Japanese"))
        assert 1.05 < japanese / english < 1.2
    assert len(names["texts"]["English"]) > 2.3 * len(names["texts"]["Japanese"])


def test_the_corpus_is_the_same_articles_twice():
    from kit.corpus import prose

    english, japanese = (prose(language).splitlines() for language in ("en", "ja"))
    assert abs(len(english) - len(japanese)) < 0.15 * len(english)
    for line in ("2.7", "98 %", "9801"):
        assert (line in prose("en")) == (line in prose("ja"))


# The exercises


@pytest.mark.parametrize(("used", "said"), [(8_000, "read more"), (60_000, "more than it takes"), (26_000, "fewer")])
def test_who_reads_too_little_or_too_much_hears_it(names, used, said):
    with pytest.raises(AssertionError, match=said):
        exec(SCRIPT["check:honest-count"].source, names | {"k": 3, "used": used})


@pytest.mark.parametrize("used", [13_000, 14_000, 16_000])
def test_honest_counts_pass(names, used):
    exec(SCRIPT["check:honest-count"].source, names | {"k": 3, "used": used})


def test_adding_a_tiny_number_does_not_pass_for_a_mended_kl():
    def kl(p, q):
        return (p * np.log2((p + 1e-12) / (q + 1e-12))).sum()

    with pytest.raises(AssertionError, match="infinity"):
        exec(SCRIPT["check:kl"].source, {"kl": kl})
