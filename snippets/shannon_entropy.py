"""Does entropy vanish when the context grows? Two languages, and sources whose answer is known."""

# %% two-texts
# region data
import bz2
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
from kit.corpus import prose

texts = {"English": " ".join(prose("en").lower().split()), "Japanese": "".join(prose("ja").split())}
# endregion


# region model
def counted(x, k: int) -> float:
    """Count what follows each run of k symbols in x; return the bits per symbol of x itself."""
    pairs = Counter(x[t - k : t + 1] for t in range(k, len(x)))
    before = Counter(x[t - k : t] for t in range(k, len(x)))
    return sum(c * np.log2(before[run[:-1]] / c) for run, c in pairs.items()) / (len(x) - k)


def unseen(x, longest: int, votes: float) -> np.ndarray:
    """Count the first half of x and return the bits per symbol of the second, for contexts of 0, 1, …, longest.

    What a context lets expect is what was counted, and `votes` more for what the next shorter context expects.
    """
    half, p, bits = len(x) // 2, 1 / len(set(x)), []
    for k in range(longest + 1):
        pairs = Counter(x[t - k : t + 1] for t in range(k, half))
        before = Counter(x[t - k : t] for t in range(k, half))
        seen = np.array([(pairs[x[t - k : t + 1]], before[x[t - k : t]]) for t in range(half, len(x))])
        p = (seen[:, 0] + votes * p) / (seen[:, 1] + votes)
        bits.append(-np.log2(p).mean())
    return np.array(bits)


most = 12000  # characters read of each
fresh = False  # marked on a second half that was not counted

curves = {}  # bits per character, contexts of 0 to 8
for name, text in texts.items():
    curves[name] = unseen(text[:most], 8, 20) if fresh else np.array([counted(text[:most], k) for k in range(9)])
    print(f"{name:8}  k = 0: {curves[name][0]:.2f}   k = 8: {curves[name][8]:.2f} bits")
packed = {name: len(bz2.compress(text.encode())) for name, text in texts.items()}  # bytes
for name, text in texts.items():
    print(f"{name:8}  {len(text):,} characters, bz2 {packed[name]:,}")

if not fresh:
    assert all(curve[8] < 0.05 * curve[0] for curve in curves.values())
# endregion

# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
for name, style in (("Japanese", "s-"), ("English", "o-")):
    ax.plot(curves[name], style, label=name)
ax.set(xlabel="characters of context", ylabel="bits per character", xlim=(-0.3, 8.3), ylim=(0, 9))
ax.legend()
# endregion

# %% coin
p = 0.7  # how often it is heads
q = 0.9  # how often you believe it is

surprise = -np.log2([q, 1 - q])  # bits, for heads and for tails
paid = np.array([p, 1 - p]) @ surprise  # H(p, q), bits per toss
entropy = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))  # H(p)
print(f"heads {surprise[0]:.2f} bits, tails {surprise[1]:.2f} bits")
print(f"paid {paid:.3f}, entropy {entropy:.3f}: {paid - entropy:.3f} too many")

assert paid >= entropy or np.isclose(q, p)  # Gibbs
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3), layout="constrained", sharey=True)
left.bar([0, p], surprise, [p, 1 - p], align="edge", color=["C0", "C1"], edgecolor="white")
left.text(p / 2, surprise[0] + 0.12, "heads", ha="center", color="C0")
left.text((1 + p) / 2, surprise[1] + 0.12, "tails", ha="center", color="C1")
left.set(xlim=(0, 1), ylim=(0, 6.2), xlabel="share of tosses", ylabel="surprise [bits]")
Q = np.linspace(0.01, 0.99, 99)
right.plot(Q, -(p * np.log2(Q) + (1 - p) * np.log2(1 - Q)), color="C2", label="paid")
right.axhline(entropy, linestyle="--", color="C3", label="entropy")
right.plot(q, paid, "o", color="C2", markersize=8)
right.set(xlim=(0, 1), xlabel="believed q")
right.legend(loc="upper center")
# endregion

# %% known-source
# region model
symbols = 6


def paths(P: np.ndarray, count: int, n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw `count` paths of n symbols from the table P (next given last); return them as numbers, (count, n)."""
    X, C, U = np.zeros((count, n), dtype=np.int64), P.cumsum(axis=1)[:, :-1], rng.random((n, count, 1))
    for t in range(1, n):
        X[:, t] = (C[X[:, t - 1]] < U[t]).sum(axis=1)
    return X


# endregion
source = 0  # seed of its table
used = 10000  # symbols read
votes = 20  # of the shorter context

rng = np.random.default_rng(source)
P = rng.dirichlet(np.ones(symbols), size=symbols)  # (6, 6), next given last
pi = np.linalg.matrix_power(P, 200)[0]  # (6,), how often each symbol comes
truth = -(pi[:, None] * P * np.log2(P)).sum()  # bits per symbol
x = "".join("abcdef"[symbol] for symbol in paths(P, 1, used, rng)[0])
own = [counted(x, k) for k in range(9)]  # counted and marked on all of it
new = unseen(x, 8, votes)  # marked on the half that was not counted
print(f"{x[:40]}…\ntruth        {truth:.3f}")
print(f"own data     k = 1: {own[1]:.3f}   k = 8: {own[8]:.3f}")
print(f"unseen half  k = 1: {new[1]:.3f}   k = 8: {new[8]:.3f}")

assert own[8] < truth / 2 < new.min()  # symbols counted look certain, new ones do not
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6), layout="constrained")
ax.plot(new, "s-", color="C1", label="unseen half")
ax.plot(own, "o-", color="C0", label="own data")
ax.axhline(truth, linestyle="--", color="C2", label="truth")
ax.set(xlabel="symbols of context", ylabel="bits per symbol", xlim=(-0.3, 8.3), ylim=(0, 4))
ax.legend(loc="lower left")
# endregion

# %% below-the-truth
# region model
tests = 200
each = np.arange(tests)[:, None]


def believed(X: np.ndarray) -> np.ndarray:
    """Count what follows each symbol in the rows of X, (200, n), and return a table for each, (200, 6, 6)."""
    counts = np.full((tests, symbols, symbols), 0.1)
    np.add.at(counts, (each, X[:, :-1], X[:, 1:]), 1)
    return counts / counts.sum(axis=2, keepdims=True)


# endregion
used = 1000  # symbols counted, and symbols marked

X = paths(P, tests, 2 * used, np.random.default_rng(1))  # (200, 2000)
Q = believed(X[:, :used])  # (200, 6, 6), next given last
last, following = X[:, used - 1 : -1], X[:, used:]
one = -np.log2(Q[each, last, following]).mean(axis=1) - truth  # (200,), bits above the truth
every = -(pi[:, None] * P * np.log2(Q)).sum(axis=(1, 2)) - truth  # (200,), all that may follow
print(f"below the truth, of {tests}:")
print(f"one test     {(one < 0).sum()}, lowest {one.min():+.3f}")
print(f"every future {(every < 0).sum()}, lowest {every.min():+.4f}")

assert every.min() > 0  # no slack: Gibbs
# region plot
fig, ax = plt.subplots(figsize=(6.4, 2.8), layout="constrained")
for values, y in ((one, 1), (every, 0)):
    ax.plot(values, y + np.linspace(-0.3, 0.3, tests), ".", markersize=4)
ax.axvline(0, color="C5", linewidth=1)
ax.set(xlabel="bits above the truth", xlim=(-0.25, 0.35), ylim=(-0.6, 1.6))
ax.set_yticks([0, 1], ["every future", "one test"])
# endregion

# %% solution:six-letters
import numpy as np

p = np.array([1 / 4, 1 / 4, 1 / 8, 1 / 8, 1 / 8, 1 / 8])
answer = -(p * np.log2(p)).sum()

# %% check:six-letters
questions = {1 / 4: 2, 1 / 8: 3}  # 00, 01, 100, 101, 110, 111
assert abs(answer - sum(p * questions[p] for p in (1 / 4, 1 / 4, 1 / 8, 1 / 8, 1 / 8, 1 / 8))) < 1e-3, (
    "H(p) = Σ p log2(1/p): the mean number of questions"
)

# %% solution:chain-rule
import numpy as np

joint = np.array([[1 / 2, 0], [1 / 4, 1 / 4]])  # P(X, Y)
flat = joint[joint > 0]
H_joint = -(flat * np.log2(flat)).sum()
H_x = -(joint.sum(axis=1) * np.log2(joint.sum(axis=1))).sum()
candidates = [0.0, 0.5, 1.0, 1.5]
answer = 1 + candidates.index(H_joint - H_x)

# %% check:chain-rule
given_x0, given_x1 = 0.0, 1.0  # bits, H(Y | X = x)
assert [0.0, 0.5, 1.0, 1.5][int(answer) - 1] == 0.5 * given_x0 + 0.5 * given_x1, (
    "H(Y | X) = H(X, Y) - H(X) = Σ P(x) H(Y | X = x)"
)

# %% exercise:honest-count
k = 3  # as above: leave it
used = 2000  # yours: symbols to read

x = "".join("abcdef"[symbol] for symbol in paths(P, 1, used, np.random.default_rng(2))[0])
print(f"k = {k}: {counted(x, k) - truth:+.3f} bits from the truth")

# %% solution:honest-count
k = 3
used = 14000  # 216 contexts, five free numbers each: some 216 · 5 / (2 · ln 2 · used) bits too few, or less

x = "".join("abcdef"[symbol] for symbol in paths(P, 1, used, np.random.default_rng(2))[0])
print(f"k = {k}: {counted(x, k) - truth:+.3f} bits from the truth")

# %% check:honest-count
assert k == 3, "leave k at 3: only `used` is yours"
assert 100 <= used <= 50_000, "somewhere from 100 to 50,000; more than it takes is no use"
read = "".join("abcdef"[symbol] for symbol in paths(P, 1, used, np.random.default_rng(2))[0])
gap = truth - counted(read, 3)
assert gap <= 0.05, f"{gap:.3f} bits below the truth: read more"
assert gap >= 0.03, f"only {gap:.3f} bits below the truth: fewer symbols do for 0.05"

# %% exercise:half
import zlib

import numpy as np

grain = 3.0  # yours: standard deviation of the sensor's noise
y, x = np.mgrid[0:256, 0:256] / 256
scene = 70 * np.sin(5 * x + 2 * y) + 40 * np.cos(9 * y) + 128  # (256, 256), smooth light
image = (scene + np.random.default_rng(0).normal(0, grain, scene.shape)).clip(0, 255).astype(np.uint8)
packed = zlib.compress(np.diff(image, prepend=image[:, :1]).tobytes(), 9)  # differences from the left neighbour
print(f"compressed to {len(packed) / image.size:.3f} of its size")

# %% solution:half
import zlib

import numpy as np

grain = 1.75
y, x = np.mgrid[0:256, 0:256] / 256
scene = 70 * np.sin(5 * x + 2 * y) + 40 * np.cos(9 * y) + 128
image = (scene + np.random.default_rng(0).normal(0, grain, scene.shape)).clip(0, 255).astype(np.uint8)
packed = zlib.compress(np.diff(image, prepend=image[:, :1]).tobytes(), 9)
print(f"compressed to {len(packed) / image.size:.3f} of its size")

# %% check:half
import zlib

import numpy as np

y, x = np.mgrid[0:256, 0:256] / 256
light = 70 * np.sin(5 * x + 2 * y) + 40 * np.cos(9 * y) + 128
noisy = (light + np.random.default_rng(0).normal(0, grain, light.shape)).clip(0, 255).astype(np.uint8)
share = len(zlib.compress(np.diff(noisy, prepend=noisy[:, :1]).tobytes(), 9)) / noisy.size
assert abs(share - 0.5) < 0.01, f"at grain {grain} the image shrinks to {share:.3f} of its size: aim for 0.500"

# %% exercise:kl
import numpy as np


def kl(p, q):
    """Return the bits wasted by believing q when p is true (arrays that sum to 1)."""
    return (p * np.log2(p / q)).sum()


# %% solution:kl
import numpy as np


def kl(p, q):
    """Return the bits wasted by believing q when p is true (arrays that sum to 1)."""
    comes = p > 0  # 0 log 0 = 0
    with np.errstate(divide="ignore"):
        return (p[comes] * np.log2(p[comes] / q[comes])).sum()


# %% check:kl
import numpy as np

p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
with np.errstate(all="ignore"):
    wasted, impossible = kl(p, q), kl(q, p)
    other, none = kl(q, np.full(3, 1 / 3)), kl(p, p)
assert np.isfinite(wasted), f"what never comes costs nothing, but you get {wasted}: 0 log 0 counts as 0"
assert abs(wasted - 1) < 1e-9, "half the belief on what never happens wastes one bit"
assert impossible == np.inf, "it came, and you had called it impossible: that costs infinity"
assert abs(other - (np.log2(3) - 1.5)) < 1e-9, "D(p || uniform) = log2(m) - H(p)"
assert abs(none) < 1e-12, "believing the truth wastes nothing: D(p || p) = 0"
