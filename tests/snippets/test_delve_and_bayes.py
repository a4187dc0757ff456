"""Words as evidence: the article's simulated worlds against the exact posterior, and its rulings beyond its seeds."""

from math import comb
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "delve_and_bayes.py")


@pytest.fixture(scope="module")
def names():
    """Names of the cells up to the simulated worlds."""
    space = {}
    for name in ("base-rate", "posterior-curve", "many-words"):
        exec(SCRIPT[name].source, space)
    import matplotlib.pyplot as plt

    plt.close("all")
    return space


def exact(k: int, words: int = 8) -> float:
    """P(M | k words found), summed over both styles."""

    def hits(rate: float) -> float:
        return comb(words, k) * rate**k * (1 - rate) ** (words - k)

    def evidence(ornate: float) -> float:
        return ornate * hits(0.4) + (1 - ornate) * hits(0.02)

    return 0.1 * evidence(0.6) / (0.1 * evidence(0.6) + 0.9 * evidence(0.15))


@pytest.mark.parametrize("seed", range(5, 10))
def test_worlds_agree_with_the_exact_posterior(names, seed):
    share = names["machines"](seed)
    assert share[:7] == pytest.approx([exact(k) for k in range(7)], abs=0.03)


def test_no_number_of_words_passes_the_ceiling(names):
    assert all(exact(k) < names["ceiling"] for k in range(9))
    assert exact(8) == pytest.approx(names["ceiling"], abs=1e-3)


def test_without_a_shared_style_the_product_is_the_truth():
    """If the style is the author, words are independent given the author, and the ratios may be multiplied."""
    for k in range(9):
        ratio = (0.4 / 0.02) ** k * (0.6 / 0.98) ** (8 - k)
        odds = 0.1 / 0.9 * ratio
        counted = 0.1 * comb(8, k) * 0.4**k * 0.6 ** (8 - k)
        others = 0.9 * comb(8, k) * 0.02**k * 0.98 ** (8 - k)
        assert odds / (1 + odds) == pytest.approx(counted / (counted + others))


@pytest.mark.parametrize(("prior", "ratio"), [(0.01, 10), (0.5, 3), (0.9, 0.1)])
def test_evidence_adds_in_log_odds_and_in_any_order(names, prior, ratio):
    posterior, log_odds = names["posterior_of"], names["log_odds"]
    assert log_odds(posterior(prior, ratio)) == pytest.approx(log_odds(prior) + np.log10(ratio))
    assert posterior(posterior(prior, ratio), 7) == pytest.approx(posterior(posterior(prior, 7), ratio))
