"""Held out, and still fooled: what a test score promises, after how many tries, and about which world."""

# %% spot
# region model
import matplotlib.pyplot as plt
import numpy as np

world = "in-house"  # or "production"
batch = 1  # which ten of a thousand images
FONT = """0e11131519110e 040c040404040e 0e11010204081f 1f02040201110e 02060a121f0202
          1f101e0101110e 0608101e11110e 1f010204080808 0e11110e11110e 0e11110f01020c"""  # 0 … 9: 7 rows of 5 bits
rows = np.array([[[int(bit) for bit in f"{row:05b}"] for row in bytes.fromhex(digit)] for digit in FONT.split()])
GLYPHS = np.zeros((10, 2, 8, 8))  # (digit, shift, 8, 8): the right-hand column stays empty
GLYPHS[:, 0, 1:, :5], GLYPHS[:, 1, 1:, 1:6] = rows, rows


def images(n: int, rng) -> tuple[np.ndarray, np.ndarray]:
    """Return n noisy 8 × 8 digits of 64 pixels from 0 to 1, and whether they are odd."""
    digit = rng.integers(10, size=n)
    ink = GLYPHS[digit, rng.integers(2, size=n)].reshape(n, 64) * (rng.random((n, 64)) > 0.15)
    return np.clip(ink + 0.35 * rng.normal(size=(n, 64)), 0, 1), digit % 2


def marked(X: np.ndarray, odd: np.ndarray, rate: float, rng, size: float = 1) -> np.ndarray:
    """Return X with its top right pixel lit where the digit is odd; a share 1 - rate gets it the wrong way round."""
    Z = X.copy()
    Z[:, 7] = size * np.where(rng.random(len(X)) < rate, odd, 1 - odd)
    return Z


def linear(X: np.ndarray, odd: np.ndarray, lam: float = 0.1):
    """Return least squares on ±1 with a penalty lam on squared weights: images → 1 for odd, 0 for even."""
    mean, y = X.mean(axis=0), 2.0 * odd - 1
    w = np.linalg.solve((X - mean).T @ (X - mean) + lam * len(X) * np.eye(64), (X - mean).T @ y)
    return lambda Z: ((Z - mean) @ w + y.mean() > 0).astype(int)


rng = np.random.default_rng(0)
(A, a), (B, b) = images(1000, rng), images(1000, rng)  # to learn from, held out
model = linear(marked(A, a, 0.95, rng), a)
tests = {"in-house": marked(B, b, 0.95, rng), "production": marked(B, b, 0.05, rng)}
scores = {name: np.mean(model(Z) == b) for name, Z in tests.items()}
shown = slice(10 * batch - 10, 10 * batch)
print(f"{world}: {scores[world]:.3f} of 1,000 right")
# endregion
# region plot
said = model(tests[world][shown])
fig, ax = plt.subplots(figsize=(6.4, 3.4), gridspec_kw={"left": 0.01, "right": 0.99, "bottom": 0.01, "top": 0.99})
for k, image in enumerate(tests[world][shown]):
    x, y = k % 5 * 10, 11.5 - k // 5 * 11.5
    ax.imshow(image.reshape(8, 8) ** 2, cmap="viridis", vmin=0, vmax=1, extent=(x, x + 8, y, y + 8), aspect="auto")
    good = said[k] == b[shown][k]
    ax.plot(x + 0.9, y - 1.4, "o" if good else "x", color="C0" if good else "C1", markersize=9, markeredgewidth=3)
    ax.text(x + 2.2, y - 1.5, ("even", "odd")[said[k]], va="center")
ax.set(xlim=(-0.5, 48.5), ylim=(-3, 20))
ax.set_axis_off()
# endregion

# %% winner
contestants = "coins"  # or "models": trained, each on pixels and with a penalty drawn by lot
n = 100  # validation examples


# region set-up
def trained(A: np.ndarray, a: np.ndarray, B: np.ndarray, b: np.ndarray, rng) -> tuple[np.ndarray, ...]:
    """Return which answers of 200 linear models are right, on A, B; and the error on A, each row left out in turn."""
    mean, y, W, own = A.mean(axis=0), 2.0 * a - 1, np.zeros((64, 200)), np.zeros((len(A), 200))
    for k in range(200):
        keep, lam = rng.permutation(64)[: rng.integers(4, 65)], 10 ** rng.uniform(-6, 1)
        T = (A - mean)[:, keep]
        inverse = np.linalg.solve(T.T @ T + lam * len(A) * np.eye(len(keep)), T.T)  # (pixels, rows)
        W[keep, k], own[:, k] = inverse @ y, 1 / len(A) + (T * inverse.T).sum(axis=1)  # a row's say in its own fit
    fitted, others = ((Z - mean) @ W + y.mean() for Z in (A, B))
    error = (((y[:, None] - fitted) / (1 - own)) ** 2).mean(axis=0)
    return (fitted > 0) == a[:, None], (others > 0) == b[:, None], error


(P, p), (Q, q) = (images(m, np.random.default_rng(m)) for m in (180, 5000))  # to learn and choose from, all others
few, many = (trained(P[:m], p[:m], Q, q, np.random.default_rng(1)) for m in (80, 180))
answers = {"coins": np.random.default_rng(1).random((5000, 200)) < 0.5, "models": few[1]}


def pairs(by: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Return for pairs of unequal truth: how far apart, and how often the better one is ahead; ties count a half."""
    i, j = np.random.default_rng(2).integers(200, size=(2, 1000))
    i, j = np.where(truth[i] > truth[j], [i, j], [j, i])
    ahead = (np.sign(by[..., i] - by[..., j]) + 1) / 2
    return np.array([truth[i] - truth[j], ahead.reshape(-1, 1000).mean(axis=0)])[:, truth[i] > truth[j]]


# endregion
def contest(name: str, K: int = 200) -> np.ndarray:
    """Return what the winner of K promises, and what it can do, in 200 searches: (2, 200)."""
    rng, right, found = np.random.default_rng(3), answers[name], []
    for _ in range(200):
        field, asked = rng.permutation(200)[:K], rng.integers(5000, size=n)
        scores = right[np.ix_(asked, field)].mean(axis=0)  # (K,)
        found.append((scores.max(), right[:, field[scores.argmax()]].mean()))
    return np.transpose(found)


for name in answers:
    print("best of 200 {}: {:.2f}, in truth {:.2f}".format(name, *contest(name).mean(axis=1)))
# region plot
learned, everyone = (right.mean(axis=0) for right in few[:2])
votes = [few[1][np.random.default_rng(s).integers(5000, size=n)].mean(axis=0) for s in range(200)]
(_, picked), (_, recited) = pairs(np.array(votes), everyone), pairs(learned, everyone)
print(f"better of two: validation {picked.mean():.0%}, training {recited.mean():.0%}")
assert contest("coins")[0].mean() <= answers["coins"].mean(axis=0).max() + np.sqrt(np.log(200) / (2 * n))
tries = np.array([1, 2, 5, 10, 20, 50, 100, 200])
curves = np.array([contest(contestants, k) for k in tries])  # (8, 2, 200)
fig, ax = plt.subplots(figsize=(6.4, 3.4), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.16, "top": 0.97})
ax.fill_between(tries, *np.quantile(curves[:, 0], [0.05, 0.95], axis=1), color="C1", alpha=0.2)
ax.semilogx(tries, curves[:, 0].mean(axis=1), "o-", color="C1", label="validation score", subs=[])
ax.plot(tries, curves[:, 1].mean(axis=1), "s-", color="C0", label="in truth")
ax.plot([200, 200], curves[-1].mean(axis=1), color="C3", linewidth=3)
ax.set(xlim=(0.9, 222), ylim=(0.35, 1), xlabel="tried", ylabel="winner's accuracy", xticks=tries, xticklabels=tries)
ax.legend(loc="upper left")
# endregion

# %% mark
rate = 0.05  # share of production images whose mark is right; in-house 0.95
size = 1.0  # brightness of the mark

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def nearest(X: np.ndarray, odd: np.ndarray):
    """Return the answer of the most similar image among those learned."""
    return lambda Z: odd[((X**2).sum(axis=1) - 2 * Z @ X.T).argmin(axis=1)]


def wiped(learn):
    """Return a learner that never sees the mark: the pixel is dark wherever it looks."""
    dark = np.where(np.arange(64) == 7, 0.0, 1.0)
    return lambda X, odd: (lambda model: lambda Z: model(Z * dark))(learn(X * dark, odd))


learners = {"linear": linear, "nearest": nearest, "linear, mark wiped": wiped(linear)}


# endregion
def deploy(seed: int) -> np.ndarray:
    """Return which answers are right (worlds, learners, images): in-house, production, all marks wrong, all right."""
    rng = np.random.default_rng(seed)
    (A, a), (B, b) = images(1000, rng), images(1000, rng)
    M = marked(A, a, 0.95, rng, size)
    worlds = [marked(B, b, r, rng, size) for r in (0.95, rate, 0, 1)]
    models = [learn(M, a) for learn in learners.values()]
    return np.array([[model(Z) == b for model in models] for Z in worlds])


runs = np.array([deploy(seed) for seed in range(5)])  # (5, 4, 3, 1000)
in_house, production, wrong, right = runs.mean(axis=(0, 3))
table = map("{:18} {:8.2f} {:10.2f}".format, learners, in_house, production)
print(f"{'':18} in-house production", *table, sep="\n")
assert np.allclose(production, rate * right + (1 - rate) * wrong, atol=0.03)  # a straight line, for any model
# region plot
same = np.mean(runs[:, :, 0] == runs[:, :, 1], axis=(0, 2))  # both right or both wrong: no truth needed
print(f"first two agree    {same[0]:8.2f} {same[1]:10.2f}")
fig, ax = plt.subplots(figsize=(6.4, 3.6), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.16, "top": 0.97})
ax.axvline(0.95, color="C5", linestyle=":", linewidth=1)
ax.axvline(rate, color="C3", linewidth=1)
for k, (name, style) in enumerate(zip(learners, ("-", "-", "--"), strict=True)):
    ax.plot([0, 1], [wrong[k], right[k]], style, color=f"C{k}", label=name)
    ax.plot([0.95, rate], [in_house[k], production[k]], "os^"[k], color=f"C{k}", markersize=7)
ax.set(xlim=(-0.02, 1.02), ylim=(0, 1.3), xlabel="share of right marks", ylabel="accuracy", yticks=[0, 0.5, 1])
ax.legend(loc="upper left", ncols=3)
# endregion

# %% by-site
odd_site = 0.05  # share of right marks at site D; 0.98 at A, B and C

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def four_sites(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return 2,000 marked images, their answers, and their sites 0 … 3."""
    rng = np.random.default_rng(seed)
    X, odd = images(2000, rng)
    site = rng.integers(4, size=2000)
    Z = [marked(X, odd, right, rng) for right in (0.98, 0.98, 0.98, odd_site)]
    return np.array(Z)[site, np.arange(2000)], odd, site


# endregion
def audit(learn, seed: int) -> list[float]:
    """Return accuracy on a shuffled quarter, then on each site when the others are learned."""
    X, odd, site = four_sites(seed)
    quarter = np.random.default_rng(seed).permutation(2000) % 4
    kept_out = [quarter == 0, *(site == s for s in range(4))]
    return [np.mean(learn(X[~out], odd[~out])(X[out]) == odd[out]) for out in kept_out]


shuffled, *by_site = np.mean([audit(linear, s) for s in range(5)], axis=0)
_, *clean = np.mean([audit(wiped(linear), s) for s in range(5)], axis=0)
print(f"shuffled {shuffled:.2f}, worst site kept out {min(by_site):.2f}")
print(f"mark wiped, worst site kept out {min(clean):.2f}")
assert odd_site > 0.25 or min(by_site) < shuffled - 0.3  # the split by site sees what the shuffle hides
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.2), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.16, "top": 0.97})
ax.bar(range(4), by_site, 0.6, color="C0", label="site kept out")
ax.plot(range(4), clean, "^", color="C2", markersize=9, label="mark wiped")
ax.axhline(shuffled, color="C1", label="shuffled")
ax.set(xlim=(-0.5, 3.5), ylim=(0, 1.3), xlabel="site", ylabel="accuracy", yticks=[0, 0.5, 1])
ax.set_xticks(range(4), list("ABCD"))
ax.legend(loc="upper left", ncols=3)
# endregion

# %% solution:holdout-standard-error
answer = (0.9 * 0.1 / 100) ** 0.5

# %% check:holdout-standard-error
import numpy as np

scores = np.random.default_rng(0).binomial(100, 0.9, 200_000) / 100
assert abs(answer - scores.std()) < 0.0006, "two hundred thousand tests of 100 images scatter by another amount"

# %% solution:holdout-break-even
answer = (0.9 - 0.3) / (1.0 - 0.3)

# %% check:holdout-break-even
import numpy as np

rate = np.linspace(0, 1, 10_001)
accuracy = rate * 1.0 + (1 - rate) * 0.3
assert abs(answer - rate[accuracy >= 0.9][0]) < 0.005, "the line through .30 at rate 0 and 1.00 at rate 1 is elsewhere"

# %% exercise:holdout-fade
fade = 1.0  # brightness of the mark while learning and afterwards: yours

# %% solution:holdout-fade
fade = 0.3  # brightness of the mark while learning and afterwards: yours

# %% check:holdout-fade
import numpy as np


def world(rate, rng):
    """Return 4,000 examples: nine honest columns, then the mark, right with chance `rate`; and answers ±1."""
    y = rng.choice([-1.0, 1.0], size=4000)
    mark = np.where(rng.random(4000) < rate, y, -y)
    return np.column_stack([0.45 * y[:, None] + rng.normal(size=(4000, 9)), fade * mark]), y


assert 0 <= fade <= 1, "between 0, no mark at all, and 1"
rng = np.random.default_rng(5)
X, y = world(0.95, rng)
w = np.linalg.solve(X.T @ X + 0.3 * 4000 * np.eye(10), X.T @ y)
inside, outside = (np.mean(np.sign(Z @ w) == z) for Z, z in (world(0.95, rng), world(0.05, rng)))
assert inside > 0.94, f"in-house {inside:.2f}: so faint a mark no longer helps there"
assert outside > 0.8, f"production {outside:.2f}: it still believes the mark"

# %% exercise:holdout-leak
import numpy as np


def held_out_score(X, y, train):
    """Return the accuracy on rows that are not `train`, of ten columns and their weights; y is ±1."""
    agreement = X.T @ y  # of each column with the answers
    best = np.argsort(-np.abs(agreement))[:10]
    w = X[train][:, best].T @ y[train]
    return np.mean(np.sign(X[~train][:, best] @ w) == y[~train])


# %% solution:holdout-leak
import numpy as np


def held_out_score(X, y, train):
    """Return the accuracy on rows that are not `train`, of ten columns and their weights; y is ±1."""
    agreement = X[train].T @ y[train]  # of each column with the answers
    best = np.argsort(-np.abs(agreement))[:10]
    w = X[train][:, best].T @ y[train]
    return np.mean(np.sign(X[~train][:, best] @ w) == y[~train])


# %% check:holdout-leak
import numpy as np

rng, noise, signal = np.random.default_rng(6), [], []
for _ in range(30):
    X, y, train = rng.normal(size=(100, 1000)), rng.permutation(np.repeat([-1.0, 1.0], 50)), np.arange(100) < 50
    noise.append(held_out_score(X, y, train))
    X[:, :10] += y[:, None]
    signal.append(held_out_score(X, y, train))
assert np.mean(signal) > 0.8, f"ten columns that do tell: {np.mean(signal):.2f}, and they should be found"
assert abs(np.mean(noise) - 0.5) < 0.06, f"pure noise scores {np.mean(noise):.2f}: held-out answers helped to choose"

# %% solution:holdout-best-coin
import math

answer = math.ceil(math.log(200) / (2 * 0.05**2))

# %% check:holdout-best-coin
import numpy as np

n = np.arange(1, 5000)
assert answer == n[0.5 + np.sqrt(np.log(200) / (2 * n)) <= 0.55][0], "½ + √(ln 200 / 2n) passes .55 elsewhere"
