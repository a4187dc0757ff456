"""Does entropy vanish when the context grows? Shannon's experiments, run again."""

# %% word-approximations
from collections import defaultdict

import numpy as np
from kit.corpus import words

seed = 0
length = 16  # words per line
text = words()  # this site's own English prose, frozen
rng = np.random.default_rng(seed)


def followers(text: list[str], k: int) -> dict[tuple[str, ...], list[str]]:
    """Map each run of k words to the list of words that follow it."""
    table = defaultdict(list)
    for t in range(k, len(text)):
        table[tuple(text[t - k : t])].append(text[t])
    return table


def babble(text: list[str], k: int) -> str:
    """Draw a line in which each word depends on the k words before it."""
    table = followers(text, k)
    start = rng.integers(len(text) - k)
    line = text[start : start + k]
    while len(line) < k + length:
        options = table[tuple(line[len(line) - k :])] or text
        line = [*line, options[rng.integers(len(options))]]
    return " ".join(line[k:])


print(f"{len(text)} words, {len(set(text))} different")
for k in (0, 1, 2, 3):
    single = np.mean([len(set(f)) == 1 for f in followers(text, k).values()])
    print(f"k={k}: {100 * single:.0f} % of contexts know one word only\n  {babble(text, k)}")

assert single > 0.9  # at k = 3 the table quotes instead of predicting

# %% known-source
import numpy as np

seed = 0
symbols = 6
chains = 5  # five sources, each with a table of its own
n = 20000  # symbols drawn from each


def sample(P: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    """Draw one path of length n from each transition table in P, shape (S, m, m)."""
    C, S = P.cumsum(axis=-1)[..., :-1], len(P)  # (S, m, m - 1)
    X, u = np.zeros((S, n), dtype=np.int64), rng.random((n, S, 1))
    for t in range(1, n):
        X[:, t] = (C[np.arange(S), X[:, t - 1]] < u[t]).sum(axis=-1)
    return X


def entropy_rate(P: np.ndarray) -> np.ndarray:
    """Return the entropy rate in bits per symbol of each chain in P."""
    pi = np.linalg.matrix_power(P, 200)[:, 0]  # (S, m), stationary distribution
    return -(pi[..., None] * P * np.log2(P)).sum(axis=(1, 2))


rng = np.random.default_rng(seed)
P = rng.dirichlet(np.ones(symbols), size=(chains, symbols))  # (S, m, m), next given last
X = sample(P, n, rng)  # (S, n)
rate = entropy_rate(P)  # (S,), bits per symbol
print("true rates", rate.round(2), "bits")

assert (rate < np.log2(symbols)).all()  # below a fair die, above nothing

# %% plug-in
import matplotlib.pyplot as plt
import numpy as np

used = 20000  # symbols counted, at most n
depth = 8  # longest context


def block_entropy(x: np.ndarray, k: int) -> float:
    """Return the entropy in bits of the observed blocks of k symbols."""
    code = sum(symbols**j * x[j : len(x) - k + 1 + j] for j in range(k))  # (n - k + 1,)
    p = np.unique(code, return_counts=True)[1] / len(code)
    return float(-(p * np.log2(p)).sum())


def plug_in(x: np.ndarray, depth: int) -> np.ndarray:
    """Return H(next | last k) for k = 0..depth, counted from x."""
    H = [0.0] + [block_entropy(x, k) for k in range(1, depth + 2)]
    return np.diff(H)  # chain rule: H(block of k + 1) - H(block of k)


estimate = np.array([plug_in(x[:used], depth) for x in X])  # (S, depth + 1)
fig, ax = plt.subplots(figsize=(6.4, 3.6))
for s in range(len(X)):
    ax.plot(estimate[s], "o-", color=f"C{s}", markersize=4)
    ax.axhline(rate[s], linestyle="--", linewidth=1, color=f"C{s}")
ax.set_xlabel("context length k [symbols]")
ax.set_ylabel("H(next | last k) [bits]")
ax.set_ylim(0)

for k in (0, 1, 4, 8):
    print(f"k={k}: counted {estimate[:, k].min():.2f} to {estimate[:, k].max():.2f} bits")
print(f"truth:   {rate.min():.2f} to {rate.max():.2f} bits")

assert np.abs(estimate[:, 1] - rate).max() < 6 / np.sqrt(used)  # the right context: the right rate
assert estimate[:, 8].max() < 0.5 * rate.min()  # too long a context: too little data

# %% held-out
import numpy as np

alpha = 0.1  # added to every count
half = n // 2


def held_out(x: np.ndarray, k: int) -> float:
    """Return bits per symbol on the second half of x, with counts from the first."""
    past = (symbols ** (j - 1) * x[k - j : len(x) - j] for j in range(1, k + 1))
    context = sum(past, np.zeros(len(x) - k, dtype=np.int64))  # (n - k,), coded
    target = x[k:]  # (n - k,)
    counts = np.full((symbols**k, symbols), alpha)  # (contexts, next)
    np.add.at(counts, (context[:half], target[:half]), 1)
    p = counts / counts.sum(axis=1, keepdims=True)
    return float(-np.log2(p[context[half:], target[half:]]).mean())


score = np.array([[held_out(x, k) for k in range(7)] for x in X])  # (S, 7)
for k in (0, 1, 2, 4, 6):
    print(f"k={k}: {score[:, k].min():.2f} to {score[:, k].max():.2f} bits on unseen symbols")

assert (score.argmin(axis=1) == 1).all()  # unseen symbols find the true context length
assert (score.min(axis=1) > rate - 0.03).all()  # and never beat the true rate

# %% compression
import zlib

import numpy as np

seed = 0
rng = np.random.default_rng(seed)
side = 256
grain = 3.0  # standard deviation of the sensor's noise
y, x = np.mgrid[0:side, 0:side] / side
scene = 90 * np.sin(5 * x + 2 * y) + 40 * np.cos(9 * y) + 128  # (side, side), smooth light
image = (scene + rng.normal(0, grain, size=scene.shape)).clip(0, 255).astype(np.uint8)
change = np.diff(image, axis=1, prepend=image[:, :1])  # (side, side), mod 256

files = {
    "noise": rng.integers(0, 256, 65536, dtype=np.uint8).tobytes(),
    "prose": " ".join(text).encode(),
    "image": image.tobytes(),
    "image, differences": change.tobytes(),
    "source 1": X[0].astype(np.uint8).tobytes(),
}
for name, data in files.items():
    ratio = len(zlib.compress(data, 9)) / len(data)
    print(f"{name:>18}: {ratio:.2f} of its size, {8 * ratio:.2f} bits per byte")

floor = np.log2(grain * np.sqrt(2 * np.pi * np.e))  # bits, entropy of the grain alone
print(f"the grain alone is worth {floor:.2f} bits per byte")
bits = 8 * len(zlib.compress(files["source 1"], 9)) / n
assert bits > rate[0]  # no lossless code beats the entropy rate on average

# %% cross-entropy
import matplotlib.pyplot as plt
import numpy as np

bias = 0.7  # p, probability of heads
q = np.linspace(0.01, 0.99, 99)  # (99,), what a model believes
entropy = -(bias * np.log2(bias) + (1 - bias) * np.log2(1 - bias))
cross = -(bias * np.log2(q) + (1 - bias) * np.log2(1 - q))  # (99,), H(p, q)

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(q, cross)
ax.axhline(entropy, linestyle="--", color="C1")
ax.annotate("H(p)", (0.03, entropy + 0.08))
ax.plot(bias, entropy, "o", color="C1")
ax.set_xlabel("believed probability q")
ax.set_ylabel("H(p, q) [bits]")

best = q[cross.argmin()]
print(f"H(p) = {entropy:.3f} bits, least H(p, q) = {cross.min():.3f} at q = {best:.2f}")
print(f"believing 0.99 costs {cross[-1]:.2f} bits, {cross[-1] - entropy:.2f} too many")

assert (cross >= entropy - 1e-12).all()  # Gibbs: H(p, q) >= H(p)
assert abs(best - bias) < 0.006  # with equality at q = p

# %% solution:four-symbols
import numpy as np

p = np.array([1 / 2, 1 / 4, 1 / 8, 1 / 8])
answer = -(p * np.log2(p)).sum()

# %% check:four-symbols
lengths = {1 / 2: 1, 1 / 4: 2, 1 / 8: 3}  # codewords 0, 10, 110, 111
assert abs(answer - sum(p * lengths[p] for p in (1 / 2, 1 / 4, 1 / 8, 1 / 8))) < 1e-3, (
    "H(p) = Σ p log2(1/p): the mean length of the best code"
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

# %% exercise:kl
import numpy as np


def kl(p, q):
    """Return the bits wasted by believing q when p is true (arrays that sum to 1)."""
    return np.abs(p - q).sum()


# %% solution:kl
import numpy as np


def kl(p, q):
    """Return the bits wasted by believing q when p is true (arrays that sum to 1)."""
    seen = p > 0  # 0 log 0 = 0
    return (p[seen] * np.log2(p[seen] / q[seen])).sum()


# %% check:kl
import numpy as np

p, q = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.25, 0.5])
assert abs(kl(p, p)) < 1e-12, "believing the truth wastes nothing: D(p || p) = 0"
assert abs(kl(p, q) - 1) < 1e-9, "half the belief on what never happens wastes one bit"
assert abs(kl(q, np.full(3, 1 / 3)) - (np.log2(3) - 1.5)) < 1e-9, "D(p || uniform) = log2(m) - H(p)"
