"""Does one word give a machine away? A measured likelihood ratio, and the base rate it meets."""

# %% a-million-abstracts
# region data
import matplotlib.pyplot as plt
import numpy as np

years = np.arange(2020, 2025)
# share of PubMed abstracts with "delves": Kobak et al., arXiv:2406.07016, results/figures_data/figure1.csv
share = np.array([0.000043, 0.000049, 0.000075, 0.000746, 0.003573])
touched = 0.135  # P(M): at least this share of 2024's abstracts has a machine's hand in it (same source)
# endregion

# region model
trend = 2  # years' worth of the rise from 2021 to 2022 that people add by 2024

human = share[2] + trend * (share[2] - share[1])  # P(w | H)
excess = share[4] / human
floor = 1 - 1 / excess  # P(M | w) is at least this
print(f"2024: expected {1e6 * human:.0f}, found {1e6 * share[4]:.0f}, {excess:.0f} times")
print(f"of those found, not expected: {100 * floor:.1f} %")

assert (1 - touched) * human / share[4] <= 1 - floor  # P(H | w), whatever P(M) is
# endregion

# region plot


def dots(ax, first: int, last: int, wide: int, color: str, left: float = 0, step: float = 2.0) -> None:
    """Draw the dots first, first + 1, …, last - 1 of rows of `wide`; a dotted line is a row, `step` points a dot."""
    x, y = [], []
    for row in range(first // wide, -(-last // wide)):
        a, b = max(first, row * wide) - row * wide, min(last, (row + 1) * wide) - row * wide
        x += [left + a + 0.5, left + b - 0.3, np.nan]
        y += [row + 0.5, row + 0.5, np.nan]
    line, width = ax.plot(x, y, color=color, linewidth=0.75 * step, dash_capstyle="round")[0], 0.75 * step
    line.set_dashes((0.01, step / width - 0.01))


expected = np.append(share[:3], [(share[2] + human) / 2, human])  # by people
fig = plt.figure(figsize=(6.4, 4.6))
ax = fig.add_axes((0.02, 0.1, 0.96, 0.88))
wide, gap = 30, 12  # dots
step = 6.4 * 0.96 * 72 / (5 * wide + 4 * gap)
tall = 4.6 * 0.88 * 72 / step
for k, (found, usual) in enumerate(zip(np.rint(1e6 * share), np.rint(1e6 * expected), strict=True)):
    dots(ax, 0, int(min(found, usual)), wide, "C1", k * (wide + gap), step)
    dots(ax, int(usual), int(found), wide, "C0", k * (wide + gap), step) if found > usual else None
    ax.text(k * (wide + gap) + wide / 2, max(found, usual) / wide + 2, f"{found:,.0f}", ha="center")
ax.set(xlim=(0, 5 * wide + 4 * gap), ylim=(0, tall), yticks=[])
ax.set_xticks([k * (wide + gap) + wide / 2 for k in range(5)], [str(year) for year in years])
ax.spines[["left", "top", "right"]].set_visible(False)
ax.grid(visible=False)
ax.text(0, 0.8 * tall, "more than expected", color="C0", fontsize=15)
ax.text(0, 0.7 * tall, "by people alone", color="C1", fontsize=15)
# endregion

# %% ten-thousand-accused
machines = 1000  # of a million posts in the forum: an assumption
people = 1  # how often its people use the word, where PubMed's use it once

machine = (share[4] - (1 - touched) * human) / touched  # P(w | M), from P(w) = P(M) P(w|M) + P(H) P(w|H)
ratio = machine / (human * people)  # likelihood ratio
by_machines, by_people = machines * machine, (1_000_000 - machines) * human * people  # posts with the word
paper, forum = (1 - touched) * human / share[4], by_people / (by_machines + by_people)  # P(H | w): the innocent
even = 1 / (1 + ratio)  # the P(M) at which an accusation is a coin toss
print(f"P(w | M) {100 * machine:.2f} %   P(w | H) {100 * human * people:.4f} %")
print(f"ratio {ratio:.0f}, even odds at {100 * even:.2f} %")
print(f"forum: {by_machines:.0f} by machines, {by_people:.0f} by people")
print(f"innocent: PubMed {10_000 * paper:.0f}, forum {10_000 * forum:.0f}")

assert np.isclose(by_machines / by_people, machines / (1_000_000 - machines) * ratio)  # Bayes, in odds
# region plot
fig = plt.figure(figsize=(6.4, 3.6))
step = 6.4 * 0.47 * 72 / 100
for left, title, count in (0.01, "PubMed 2024", round(10_000 * paper)), (0.52, "forum", round(10_000 * forum)):
    ax = fig.add_axes((left, 0.06, 0.47, 0.47 * 6.4 / 3.6))
    dots(ax, 0, count, 100, "C1", 0, step)
    dots(ax, count, 10_000, 100, "C0", 0, step)
    ax.set(xlim=(0, 100), ylim=(0, 100), title=title)
    ax.axis("off")
# endregion

# %% add-up
words = 1  # words found, each telling something new
prior = 0.001  # P(M) before reading
power = 202  # likelihood ratio of each word

start, push = np.log10(prior / (1 - prior)), np.log10(power)
total = start + words * push  # log10 of the odds
after = 1 / (1 + 10**-total)  # P(M | words)
print(f"log odds {start:+.2f} {words * push:+.2f} = {total:+.2f}")
print(f"P(M | words) = {after:.3f}")

assert np.isclose(after / (1 - after), prior / (1 - prior) * power**words)  # products become sums
# region plot
fig, ax = plt.subplots(figsize=(6.4, 2.6), layout="constrained")
ax.plot([0, 0], [0, 2], color="C5", linewidth=1)
arrow = {"arrowstyle": "-|>", "linewidth": 3, "shrinkA": 0, "shrinkB": 0}
ax.annotate("", (start, 0.3), (0, 0.3), arrowprops=arrow | {"color": "C1"})
ax.text(0.15, 0.3, "prior", color="C1", va="center")
for k in range(words):
    left, level = start + k * push, 0.7 + 0.25 * k
    ax.annotate("", (left + push, level), (left, level), arrowprops=arrow | {"color": "C0"})
ax.plot([total, total], [0, 2], color="C2", linestyle=":")
ax.text(total, 2.05, "posterior", color="C2", ha="center")
ax.set(xlim=(-3.4, 6.6), ylim=(0, 2.4), yticks=[], xlabel="probability")
places = {-3: "0.1 %", -2: "1 %", -1: "9 %", 0: "50 %", 1: "91 %", 2: "99 %", 3: "99.9 %", 5: "99.999 %"}
ax.set_xticks(list(places), list(places.values()))
# endregion

# %% many-words
style = 0.6  # P(ornate style | M)
ornate = 0.15  # P(ornate style | H)
# region set-up
count, base, hit, plain = 8, 0.10, 0.4, 0.02  # words; P(M); P(word | ornate); P(word | plain): all invented
texts = 200_000


# endregion
def machines_among(seed: int) -> np.ndarray:
    """Return the share of machines among texts with 0, 1, …, 7 words found, in one random world."""
    rng = np.random.default_rng(seed)
    M = rng.random(texts) < base
    fancy = rng.random(texts) < np.where(M, style, ornate)
    found = rng.binomial(count, np.where(fancy, hit, plain))  # words: independent given the style
    return np.array([M[found == k].mean() for k in range(count)])


true = np.array([machines_among(seed) for seed in range(5)])  # (5 worlds, 8)
# region model
k = np.arange(count)
one, other = style * hit + (1 - style) * plain, ornate * hit + (1 - ornate) * plain  # P(word | M), P(word | H)
log = np.log(base / (1 - base)) + k * np.log(one / other) + (count - k) * np.log((1 - one) / (1 - other))
product = 1 / (1 + np.exp(-log))  # every word taken for new evidence
ceiling = base * style / (base * style + (1 - base) * ornate)  # P(M | ornate)
low, high = true[:, 6].min(), true[:, 6].max()
# endregion
print(f"6 words: multiplied {product[6]:.3f}")
print(f"counted {low:.2f} to {high:.2f}, ceiling {ceiling:.3f}")

assert np.abs(true[:, 4:7].mean(axis=0) - ceiling).max() < 0.05  # many words, one piece of evidence
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
ax.plot(k, 100 * product, "o-", label="multiplied")
ax.plot(k, 100 * true.mean(axis=0), "s-", color="C1", label="counted")
ax.axhline(100 * ceiling, linestyle="--", color="C2", label="ceiling")
ax.set(xlabel="words found", ylabel="machines [%]", ylim=(0, 102))
ax.legend()
# endregion

# %% solution:bayes-table
machine, human = 0.02 * 0.08, 0.98 * 0.004  # P(M, w), P(H, w)
answer = machine / (machine + human)

# %% check:bayes-table
machine, human = 0.02 * 0.08, 0.98 * 0.004
assert abs(answer - machine / (machine + human)) < 0.005, "P(M | w) = P(M, w) / (P(M, w) + P(H, w))"

# %% exercise:even-odds
ratio = 202  # P(w | M) / P(w | H) among the people of PubMed
people = 10  # the people of this forum use the word ten times as often

machines = 1000  # of a million posts: change this until half of the accused are innocent
odds = machines / (1_000_000 - machines) * ratio
print(f"innocent: {100 / (1 + odds):.1f} %")

# %% solution:even-odds
ratio = 202
people = 10

machines = 47170  # 1,000,000 / (1 + 202 / 10)
odds = machines / (1_000_000 - machines) * ratio / people
print(f"innocent: {100 / (1 + odds):.1f} %")

# %% check:even-odds
found = machines / 1_000_000
true_odds = found / (1 - found) * 202 / 10
half = 1 / (1 + 202 / 10)
assert abs(found - 1 / (1 + 202)) > 0.0005, "that is right for people = 1: in which line does `people` come in?"
assert abs(found - 1 / (1 + 2020)) > 0.0002, "people who like the word weaken the evidence: divide by `people`"
assert abs(found - 0.5) > 0.02, "half of the posts by machines is not half of the accused innocent"
assert abs(found - 10 / 38) > 0.005 and abs(found - 1 / 29) > 0.001, "28 is the excess; the likelihood ratio is 202"
assert abs(1 / (1 + true_odds) - 0.5) < 0.01, f"{100 / (1 + true_odds):.0f} % are innocent: aim for 50"

# %% solution:floor
answer = 2

# %% check:floor
rng = np.random.default_rng(0)
P, human = rng.random(1000), 1e-4  # P(M), P(w | H)
word = P * rng.random(1000) + (1 - P) * human  # P(w)
innocent = (1 - P) * human / word  # P(H | w)
laws = [
    np.allclose((1 - innocent) / innocent, word / human),  # odds = excess
    bool((innocent * word <= human).all()),
    bool((P >= 0.135).all()),
]
assert laws[int(answer) - 1], "try it with numbers: P(M) = 0.135, P(w | M) = 0.0257, P(w | H) = 0.000127"

# %% exercise:stable-posterior
import numpy as np


def stable_posterior(prior, p, q):
    """Return P(M | words) from P(word | M) = p and P(word | H) = q, arrays of one shape."""
    machine = prior * np.prod(p)
    human = (1 - prior) * np.prod(q)
    return machine / (machine + human)


# %% solution:stable-posterior
import numpy as np


def stable_posterior(prior, p, q):
    """Return P(M | words) from P(word | M) = p and P(word | H) = q, arrays of one shape."""
    log_odds = np.log(prior) - np.log1p(-prior) + np.sum(np.log(p) - np.log(q))
    return np.exp(-np.logaddexp(0, -log_odds))


# %% check:stable-posterior
import numpy as np

short = stable_posterior(0.1, np.array([0.2]), np.array([0.02]))
assert abs(short - 10 / 19) < 1e-9, "one word: prior odds 1/9 times ratio 10 is 10/9, so P = 10/19"
with np.errstate(all="ignore"):
    long = stable_posterior(0.5, np.full(2000, 0.1), np.full(2000, 0.1))
assert np.isclose(long, 0.5), "2,000 words with ratio 1 leave a prior of 0.5 where it was"
with np.errstate(all="ignore"):
    sure = stable_posterior(0.5, np.full(2000, 0.1), np.full(2000, 0.2))
assert np.isfinite(sure) and sure < 1e-6, "2,000 words with ratio 1/2 make P(M | words) vanish, not nan"
