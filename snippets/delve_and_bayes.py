"""Does one word give a machine away? Bayes' rule with the base rate in sight."""

# %% base-rate
texts = 10_000
prior = 0.01  # P(M), share of texts written by a machine
rate_machine = 0.05  # P(w | M), texts that use the word
rate_human = 0.005  # P(w | H)

machine_hits = texts * prior * rate_machine
human_hits = texts * (1 - prior) * rate_human
posterior = machine_hits / (machine_hits + human_hits)  # P(M | w)

print(f"texts with the word: {machine_hits:.1f} by machines, {human_hits:.1f} by people")
print(f"likelihood ratio {rate_machine / rate_human:.0f}")
print(f"P(machine | word) = {posterior:.3f}")

odds = prior / (1 - prior) * (rate_machine / rate_human)  # posterior odds
assert abs(posterior - odds / (1 + odds)) < 1e-12  # odds form = frequency form

# %% posterior-curve
import matplotlib.pyplot as plt
import numpy as np

prior = 0.01  # P(M)
ratio = 10.0  # likelihood ratio P(w | M) / P(w | H)


def posterior_of(prior: np.ndarray | float, ratio: float) -> np.ndarray | float:
    """Return P(M | w) from a prior in (0, 1) and a likelihood ratio."""
    odds = prior / (1 - prior) * ratio
    return odds / (1 + odds)


def log_odds(p: np.ndarray | float) -> np.ndarray | float:
    """Return log10 of the odds of a probability in (0, 1)."""
    return np.log10(p / (1 - p))


P = np.linspace(0.001, 0.999, 400)  # (400,), priors
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2), layout="constrained")
for n, r in enumerate((1, 10, 100)):
    left.plot(100 * P, 100 * posterior_of(P, r))
    left.annotate(f"ratio {r}", (24, 100 * posterior_of(0.22, r) - 4), color=f"C{n}")
    right.plot(log_odds(P), log_odds(posterior_of(P, r)))
left.plot(100 * prior, 100 * posterior_of(prior, ratio), "o", color="C4", markersize=9)
right.plot(log_odds(prior), log_odds(posterior_of(prior, ratio)), "o", color="C4", markersize=9)
left.set(xlabel="prior P(M) [%]", ylabel="posterior P(M | w) [%]")
right.set(xlabel="log10 prior odds", ylabel="log10 posterior odds")
for p in (0.01, 0.1, 0.5):
    print(f"prior {p:4.2f}  ratio 10  posterior {posterior_of(p, 10):.2f}")
start, push = log_odds(prior), np.log10(ratio)
print(f"yours {prior:4.2f}  ratio {ratio:2.0f}  posterior {posterior_of(prior, ratio):.2f}")
print(f"in log-odds: {start:+.2f} and {push:+.2f} make {start + push:+.2f}")

assert np.isclose(log_odds(posterior_of(prior, ratio)), start + push)  # evidence is added

# %% reference-people
import numpy as np

rate_machine = 0.005  # P(w | M)
rate_rare = 0.0005  # P(w | H), where the word is rare
rate_common = 0.02  # P(w | H), where the word is everyday

share = np.array([0.0, 0.1, 0.25, 0.5, 1.0])  # (5,), writers from the second place
rate_human = (1 - share) * rate_rare + share * rate_common  # (5,), P(w | H)
weight = np.log10(rate_machine / rate_human)  # (5,), log-odds that the word adds

for s, r, g in zip(share, rate_human, weight, strict=True):
    print(f"share {s:4.2f}  P(w|H) {r:.5f}  log10 ratio {g:+.2f}")

flip = (rate_machine - rate_rare) / (rate_common - rate_rare)
print(f"the sign flips at share {flip:.3f}")

assert weight[0] > 0 > weight[-1]  # the same word accuses, then acquits
assert np.isclose((1 - flip) * rate_rare + flip * rate_common, rate_machine)  # and says nothing in between

# %% many-words
import matplotlib.pyplot as plt
import numpy as np

words = 8  # telltale words per text
prior = 0.10  # P(M)
ornate_machine = 0.6  # P(ornate style | M)
ornate_human = 0.15  # P(ornate style | H)
hit_ornate, hit_plain = 0.4, 0.02  # P(word | style)
texts = 200_000


def machines(seed: int) -> np.ndarray:
    """Return the share of machines among texts with 0, 1, ..., words hits, in one random world."""
    rng = np.random.default_rng(seed)
    M = rng.random(texts) < prior  # (texts,), written by a machine
    ornate = rng.random(texts) < np.where(M, ornate_machine, ornate_human)
    hits = rng.binomial(words, np.where(ornate, hit_ornate, hit_plain))  # (texts,)
    return np.array([M[hits == k].mean() for k in range(words)])  # (words,)


rate_m = ornate_machine * hit_ornate + (1 - ornate_machine) * hit_plain  # P(word | M)
rate_h = ornate_human * hit_ornate + (1 - ornate_human) * hit_plain  # P(word | H)
found = np.arange(words)
total = np.log(prior / (1 - prior)) + found * np.log(rate_m / rate_h)
total += (words - found) * np.log((1 - rate_m) / (1 - rate_h))  # natural log-odds
naive = 1 / (1 + np.exp(-total))  # (words,), every word counted as new evidence
true = np.array([machines(seed) for seed in range(5)])  # (5 worlds, words)
ceiling = prior * ornate_machine / (prior * ornate_machine + (1 - prior) * ornate_human)

fig, ax = plt.subplots(figsize=(6.4, 3.4))
ax.plot(100 * naive, "o-", label="multiply the ratios")
ax.plot(100 * true.T, "s-", color="C1", markersize=4, label=["machines among them"] + [None] * 4)
ax.axhline(100 * ceiling, linestyle="--", color="C2", label="ceiling")
ax.set(xlabel="telltale words found", ylabel="P(M | words) [%]")
ax.legend()
for k in (2, 4, 6):
    print(f"{k} found: product {naive[k]:.3f}, true {true[:, k].min():.2f} to {true[:, k].max():.2f}")
print(f"ceiling {ceiling:.3f}")
assert np.abs(true[:, 4:7].mean(axis=0) - ceiling).max() < 0.05  # many words, one piece of evidence

# %% underflow
import numpy as np

words = 400
p = np.full(words, 0.1)  # (400,), P(word | M)
q = np.full(words, 0.11)  # (400,), P(word | H)

print(f"products: {np.prod(p):.2g} and {np.prod(q):.2g}")
log_ratio = np.log10(p).sum() - np.log10(q).sum()
print(f"log10 ratio from the sums: {log_ratio:.2f}")
print("smallest positive float64:", np.nextafter(0, 1))

assert np.isclose(log_ratio, words * np.log10(0.1 / 0.11))  # sums of logs never vanish
assert np.prod(p) == 0 or np.isclose(np.log10(np.prod(p) / np.prod(q)), log_ratio)  # products do

# %% solution:bayes-table
machine, human = 0.02 * 0.08, 0.98 * 0.004  # P(M, w), P(H, w)
answer = machine / (machine + human)

# %% check:bayes-table
machine, human = 0.02 * 0.08, 0.98 * 0.004
assert abs(answer - machine / (machine + human)) < 0.005, "P(M | w) = P(M, w) / (P(M, w) + P(H, w))"

# %% solution:two-tells
candidates = [0.09, 0.18, 0.50, 0.99]
odds = 0.01 / 0.99 * 10 * 10
answer = 1 + min(range(4), key=lambda k: abs(candidates[k] - odds / (1 + odds)))

# %% check:two-tells
candidates = [0.09, 0.18, 0.50, 0.99]
odds = 0.01 / 0.99
for ratio in (10, 10):
    odds *= ratio
assert abs(candidates[int(answer) - 1] - odds / (1 + odds)) < 0.01, "posterior odds = prior odds × ratio × ratio"

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
