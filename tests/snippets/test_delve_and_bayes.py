"""One word as evidence: the measured rates under other assumptions, simulated worlds, and the ceiling of many words."""

import re
from math import comb
from pathlib import Path

import numpy as np
import pytest

from kamipen.article.scripts import read

ROOT = Path(__file__).parents[2]
SCRIPT = read(ROOT / "snippets" / "delve_and_bayes.py")
FOUND, TOUCHED = 0.003573, 0.135
"""Share of PubMed's abstracts of 2024 with the word; at least so many of all have a machine's hand in them."""
EXPECTED = {
    "as in 2022": 0.000075,
    "two years of the last rise": 0.000127,
    "growing by the same factor": 0.000075 * (75 / 49) ** 2,
    "five times 2022": 5 * 0.000075,
    "all of 2023 by people": 0.000746,
}
"""What people alone might have written in 2024: P(w | H)."""


def ran(*cells: str, **changed: str):
    """Run cells of the script in order, with lines `name = …` changed."""
    import matplotlib.pyplot as plt

    space: dict = {}
    for cell in cells:
        source = SCRIPT[cell].source
        for name, value in changed.items():
            lines = source.splitlines()
            source = "\n".join(f"{name} = {value}" if line.startswith(f"{name} = ") else line for line in lines)
        exec(source, space)
    space["figures"] = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")
    return space


@pytest.fixture(scope="module")
def names():
    return ran("a-million-abstracts", "ten-thousand-accused", "add-up", "many-words")


def judged(human: float, touched: float = TOUCHED) -> tuple[float, float, float]:
    """Return the likelihood ratio, P(M | w) in PubMed, and the prior at which an accusation is a coin toss."""
    machine = (FOUND - (1 - touched) * human) / touched
    ratio = machine / human
    return ratio, touched * machine / FOUND, 1 / (1 + ratio)


def test_in_pubmed_the_word_is_a_nearly_sure_sign_and_below_half_a_percent_it_is_not(names):
    """An invented ratio of 10 once carried the opposite ruling against the article's own source."""
    assert names["excess"] == pytest.approx(28.1, abs=0.1)
    assert names["ratio"] == pytest.approx(202, abs=0.5)
    assert (names["paper"], names["forum"]) == pytest.approx((0.0307, 0.8318), abs=0.0001)
    assert 100 * names["even"] == pytest.approx(0.49, abs=0.01)


@pytest.mark.parametrize("assumed", EXPECTED)
def test_whatever_people_would_have_written_the_ruling_keeps_its_two_sides(assumed):
    ratio, posterior, even = judged(EXPECTED[assumed])
    assert posterior >= 1 - EXPECTED[assumed] / FOUND >= 0.79
    assert ratio > 28
    assert 0.0028 < even < 0.034  # half a per cent, within a factor of seven


@pytest.mark.parametrize("trend", range(21))
def test_however_fast_people_took_to_the_word_four_fifths_of_2024_are_excess(trend):
    assert ran("a-million-abstracts", trend=str(trend))["floor"] > 0.8


@pytest.mark.parametrize("touched", [0.135, 0.2, 0.3, 0.4, 0.5, 0.9])
def test_more_machines_in_pubmed_make_the_word_weaker_elsewhere(touched):
    ratio, posterior, even = judged(EXPECTED["two years of the last rise"], touched)
    assert posterior >= 1 - 127 / 3573
    assert ratio <= judged(EXPECTED["two years of the last rise"])[0] + 1e-9
    assert even < 0.034


@pytest.mark.parametrize("seed", range(5))
def test_simulated_worlds_agree(names, seed):
    rng = np.random.default_rng(seed)
    texts = 4_000_000
    for prior, exact in ((TOUCHED, 1 - names["paper"]), (0.001, 1 - names["forum"])):
        M = rng.random(texts) < prior
        found = rng.random(texts) < np.where(M, names["machine"], names["human"])
        spread = np.sqrt(exact * (1 - exact) / found.sum())
        assert M[found].mean() == pytest.approx(exact, abs=4 * spread)


@pytest.mark.parametrize("people", [1, 3, 10, 30, 200])
def test_other_people_change_nothing_about_the_machines(people):
    """Between two cells the machines' own rate once fell to a tenth, while the text said that it stayed."""
    space = ran("a-million-abstracts", "ten-thousand-accused", people=str(people))
    assert space["machine"] == pytest.approx(0.0257, abs=5e-5)
    assert space["by_machines"] == pytest.approx(25.7, abs=0.1)
    assert space["by_people"] == pytest.approx(0.999 * 127 * people)


def test_where_people_use_the_word_as_often_as_machines_it_is_no_evidence(names):
    space = ran("a-million-abstracts", "ten-thousand-accused", people=repr(float(names["ratio"])))
    assert space["ratio"] == pytest.approx(1)
    assert 1 - space["forum"] == pytest.approx(0.001)


@pytest.mark.parametrize("machines", [500, 1000, 4927, 20000])
def test_there_are_as_many_dots_as_accused(machines):
    space = ran("a-million-abstracts", "ten-thousand-accused", machines=str(machines))
    for axes, innocent in zip(space["figures"][-1].axes, (space["paper"], space["forum"]), strict=True):
        drawn = [
            round(np.nansum(np.diff(line.get_xdata())) + 0.8 * (len(line.get_xdata()) // 3)) for line in axes.lines
        ]
        assert drawn == [round(10_000 * innocent), 10_000 - round(10_000 * innocent)]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_diagram_shows_what_the_cell_counts(names, language):
    page = (ROOT / "docs" / language / "maths" / "delve-and-bayes.md").read_text("utf-8")
    labels = re.findall(r'label="(.*?)"', page.partition("```diagram")[2].partition("```")[0])
    hits = [round(names["by_machines"]), round(names["by_people"])]
    shown = [int(found[1]) for label in labels if (found := re.search(r"\\n(\d{1,3})(?!\d|,| 万)", label))]
    assert shown == [*hits, sum(hits)]
    for rate in (f"{100 * names['machine']:.2f} %", f"{100 * names['human']:.4f} %"):
        assert rate in labels


@pytest.mark.parametrize("words", range(5))
@pytest.mark.parametrize(("prior", "power"), [(0.001, 10), (0.01, 28), (0.135, 202)])
def test_evidence_adds_in_log_odds(words, prior, power):
    after = ran("a-million-abstracts", "add-up", words=str(words), prior=str(prior), power=str(power))["after"]
    assert after / (1 - after) == pytest.approx(prior / (1 - prior) * power**words)


def exact(k: int, words: int = 8) -> float:
    """P(M | k words found), summed over both styles."""

    def hits(rate: float) -> float:
        return comb(words, k) * rate**k * (1 - rate) ** (words - k)

    def evidence(ornate: float) -> float:
        return ornate * hits(0.4) + (1 - ornate) * hits(0.02)

    return 0.1 * evidence(0.6) / (0.1 * evidence(0.6) + 0.9 * evidence(0.15))


@pytest.mark.parametrize("seed", range(5, 10))
def test_worlds_of_styles_agree_with_the_exact_posterior(names, seed):
    share = names["machines_among"](seed)
    assert share[:7] == pytest.approx([exact(k) for k in range(7)], abs=0.03)


def test_no_number_of_words_passes_the_ceiling(names):
    assert all(exact(k) < names["ceiling"] for k in range(9))
    assert exact(8) == pytest.approx(names["ceiling"], abs=1e-3)


def test_without_a_shared_style_the_product_is_the_truth():
    """If the style is the author, words are independent given the author, and the ratios may be multiplied."""
    for k in range(9):
        odds = 0.1 / 0.9 * (0.4 / 0.02) ** k * (0.6 / 0.98) ** (8 - k)
        counted = 0.1 * comb(8, k) * 0.4**k * 0.6 ** (8 - k)
        others = 0.9 * comb(8, k) * 0.02**k * 0.98 ** (8 - k)
        assert odds / (1 + odds) == pytest.approx(counted / (counted + others))


@pytest.mark.parametrize(("style", "ornate"), [(0.2, 0.15), (0.6, 0.05), (0.6, 0.6), (1.0, 0.15)])
def test_the_ceiling_holds_wherever_the_sliders_stand(style, ornate):
    space = ran("a-million-abstracts", "many-words", style=str(style), ornate=str(ornate))  # the cell's own assert
    assert space["ceiling"] == pytest.approx(0.1 * style / (0.1 * style + 0.9 * ornate))


@pytest.mark.parametrize(
    ("machines", "blamed"),
    [
        (4926, "people = 1"),
        (495, "divide by"),
        (500_000, "half of the posts"),
        (263_158, "28 is"),
        (20_000, "aim for 50"),
    ],
)
def test_wrong_even_odds_hear_what_is_wrong(machines, blamed):
    with pytest.raises(AssertionError, match=blamed):
        exec(SCRIPT["check:even-odds"].source, {"machines": machines})
