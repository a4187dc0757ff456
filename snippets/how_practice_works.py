"""How practice works: the rating, the choice of exercises and the placement, tried on simulated readers."""

# %% rating
import numpy as np

SLOPE = np.log(10) / 400  # log-odds per point
NEWCOMER, SPREAD = 1200, 250  # where a reader starts; standard error
LEAST_ERROR = np.sqrt(20 / SLOPE)  # K = 20


def expected(reader, item, guess=0):
    """Chance that a reader solves an item; guess is the chance of a lucky answer."""
    return guess + (1 - guess) / (1 + 10 ** ((item - reader) / 400))


for gap in (-400, -200, 0, 147, 200, 400):
    print(f"{gap:+5d} points: {expected(1200 + gap, 1200):.2f}")

assert round(expected(1400, 1200), 2) == 0.76
assert round(expected(1347, 1200), 2) == 0.70


# %% update
def weight(reader, item, guess):
    """Derivative of the log-likelihood by the rating, per unit of surprise."""
    p = expected(reader, item, guess)
    return SLOPE * (p - guess) / (p * (1 - guess))


def information(reader, item, guess=0):
    """What one answer tells about the reader, per squared point."""
    p = expected(reader, item, guess)
    return weight(reader, item, guess) ** 2 * p * (1 - p)


def update(reader, error, item, score, guess=0):
    """Rating and standard error after an answer."""
    surprise = score - expected(reader, item, guess)
    told = information(reader, item, guess)
    after = np.maximum(LEAST_ERROR, 1 / np.sqrt(1 / error**2 + told))
    return reader + weight(reader, item, guess) * after**2 * surprise, after


for error in (250, 125, 59):
    print(f"standard error {error:3d}: K = {SLOPE * error**2:3.0f}")

reader, error = 1200, 250
for item, right in ((1100, 1), (1300, 0), (1200, 1)):
    reader, error = update(reader, error, item, right)
    print(f"item {item}, {'right' if right else 'wrong'}: {reader:4.0f} ± {error:.0f}")

assert np.isclose(information(1200, 1200), (SLOPE / 2) ** 2)  # p (1 - p) is 1/4 at most


# %% readers
def bank(low=400, high=2200, articles=42):
    """Levels and lucky guesses: a choice of three, a number and a code for each article."""
    levels = np.linspace(low, high, articles)[:, None] + [-100, 0, 100]  # (articles, 3)
    return levels.ravel(), np.tile([1 / 3, 0, 0], articles)


def readers(rng, levels, n=200):
    """Abilities (n,), and what each item really asks of each reader (n, items)."""
    ability = rng.normal(NEWCOMER, SPREAD, n)
    return ability, rng.normal(levels, 75, (n, len(levels)))


def statements(rng, ability):
    """Where the placement starts: four statements, chosen with an error of 300 points, move it by 200 at most."""
    felt = rng.normal(ability, 300)
    place = np.clip((felt - NEWCOMER) // SPREAD + 2, 0, 3).astype(int)
    return np.array([1000.0, 1150, 1250, 1400])[place]


levels, guesses = bank()
ability, asks = readers(np.random.default_rng(0), levels)
print(f"{len(levels)} items, levels {levels.min():.0f} to {levels.max():.0f}")
print(
    f"{len(ability)} readers, 95 % of them from {np.quantile(ability, 0.025):.0f} to {np.quantile(ability, 0.975):.0f}"
)


# %% choice
def estimate(seen, start, error):
    """Mean and deviation of the ratings that fit the answers: item, guess, right, each (n,)."""
    grid = np.arange(-200, 3001, 25)[:, None]  # (129, 1)
    log = -0.5 * ((grid - start) / error) ** 2  # (129, n)
    for item, guess, right in seen:
        p = expected(grid, item, guess)
        log = log + np.log(np.where(right, p, 1 - p))
    w = np.exp(log - log.max(axis=0))
    w = w / w.sum(axis=0)
    mean = (w * grid).sum(axis=0)
    return mean, np.sqrt((w * (grid - mean) ** 2).sum(axis=0))


def most_telling(reader, levels, guesses, left):
    """The item of greatest information, for each reader."""
    return np.where(left, information(reader[:, None], levels, guesses), -1).argmax(axis=1)


def nearest_target(reader, levels, guesses, left):
    """The item whose chance is nearest 0.7, for each reader."""
    miss = np.abs(expected(reader[:, None], levels, guesses) - 0.7)
    return np.where(left, miss, 2).argmin(axis=1)


def anything(rng, left):
    """A random item, for each reader."""
    return np.where(left, rng.random(left.shape), -1).argmax(axis=1)


# %% practise
def choose(rng, order, placing, reader, levels, guesses, left):
    if order == "random":
        return anything(rng, left)
    return (most_telling if placing else nearest_target)(reader, levels, guesses, left)


def practise(rng, order, levels, guesses, says=True):
    """Errors |rating - ability| after 0 to 20 answers: (21, n)."""
    ability, asks = readers(rng, levels)
    rows, left = np.arange(len(ability)), np.ones(asks.shape, bool)
    reader, error = np.full(len(ability), float(NEWCOMER)), np.full(len(ability), float(SPREAD))
    if order == "placed" and says:
        reader, error = statements(rng, ability), np.full(len(ability), 200.0)
    start, spread, seen, errors = reader, error, [], [np.abs(reader - ability)]
    for answers in range(20):
        placing = order == "placed" and answers < 8
        j = choose(rng, order, placing, reader, levels, guesses, left)
        left[rows, j] = False
        right = rng.random(len(ability)) < expected(ability, asks[rows, j], guesses[j])
        if placing:
            seen.append((levels[j], guesses[j], right))
            reader, error = estimate(seen, start, spread)
        else:
            reader, error = update(reader, error, levels[j], right, guesses[j])
        errors.append(np.abs(reader - ability))
    return np.array(errors)


one = practise(np.random.default_rng(0), "placed", levels, guesses)
print("mean error after 0, 8, 20 answers:", *(f"{one[k].mean():.0f}" for k in (0, 8, 20)))

assert one[20].mean() < one[8].mean() < one[0].mean()

# %% evidence
import matplotlib.pyplot as plt


def pooled(order, levels, guesses, says=True, seeds=10):
    """Errors of 200 readers for each seed, side by side: (21, 200 × seeds)."""
    classes = (np.random.default_rng(seed) for seed in range(seeds))
    return np.hstack([practise(rng, order, levels, guesses, says) for rng in classes])


names = {"random": "random order", "target": "nearest 70 %", "placed": "placement, then 70 %"}
errors = {order: pooled(order, levels, guesses) for order in names}
base = errors["random"][20].mean()
fig, ax = plt.subplots(figsize=(6.4, 3.6))
print("mean error after 20 answers")
for order, name in names.items():
    after = errors[order].mean(axis=1)  # (21,)
    ax.plot(after, label=name)
    print(f"{name:22s}{after[20]:6.1f}   {1 - after[20] / base:4.0%} smaller")
ax.set_xlabel("answers")
ax.set_ylabel("mean error in points")
ax.set_ylim(0)
ax.legend()

by_seed = [
    1 - a.mean() / r.mean() for a, r in zip(*(np.split(errors[o][20], 10) for o in ("placed", "random")), strict=True)
]
print(f"by seed: {min(by_seed):.0%} to {max(by_seed):.0%} smaller")

assert errors["placed"][20].mean() < 0.7 * base

# %% placement
import matplotlib.pyplot as plt

within = {
    "with a statement": errors["placed"][:9],
    "without": pooled("placed", levels, guesses, says=False)[:9],
}
fig, ax = plt.subplots(figsize=(6.4, 3.6))
print("within 150 points after 0, 4, 8 items")
for name, after in within.items():
    share = (after <= 150).mean(axis=1)  # (9,)
    ax.plot(share, label=name)
    print(f"{name:17s} {share[0]:.0%}, {share[4]:.0%}, {share[8]:.0%}")
ax.axhline(0.8, color="C5", ls="--")
ax.set_xlabel("items")
ax.set_ylabel("share within 150 points")
ax.set_ylim(0, 1)
ax.legend()

lucky = [np.mean(part <= 150) for part in np.split(errors["placed"][8], 10)]
print(f"by seed: {min(lucky):.0%} to {max(lucky):.0%}")
print(f"8 items: a standard error of {1 / np.sqrt(8 * information(1200, 1200)):.0f} at best")

assert (errors["placed"][8] <= 150).mean() >= 0.8

# %% conditions
banks = {
    "400 to 2200, 126 items": bank(),
    "400 to 2200, 60 items": bank(articles=20),
    "400 to 2200, 30 items": bank(articles=10),
    "600 to 2000, 126 items": bank(600, 2000),
    "800 to 1600, 126 items": bank(800, 1600),
}
gains = {}
print("error smaller by, placed within 150")
for name, (some_levels, some_guesses) in banks.items():
    unordered, placed = (pooled(order, some_levels, some_guesses, seeds=5) for order in ("random", "placed"))
    gains[name] = 1 - placed[20].mean() / unordered[20].mean()
    print(f"{name}: {gains[name]:3.0%}, {np.mean(placed[8] <= 150):.0%}")

assert gains["800 to 1600, 126 items"] < 0.3 < gains["400 to 2200, 126 items"]
