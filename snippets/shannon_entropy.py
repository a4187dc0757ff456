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

used = 20000  # symbols, at most n
alpha = 0.1  # added to every count before unseen symbols are marked
depth = 8  # longest context


def bits(x: np.ndarray, k: int, seen: slice, marked: slice, alpha: float) -> float:
    """Count what follows each context of k symbols where seen; return bits per symbol where marked."""
    past = sum((symbols ** (j - 1) * x[k - j : -j] for j in range(1, k + 1)), np.zeros(len(x) - k, dtype=np.int64))
    row = np.unique(past, return_inverse=True)[1]  # (len(x) - k,), contexts numbered
    following = x[k:]
    counts = np.full((row.max() + 1, symbols), alpha)  # (contexts, next)
    np.add.at(counts, (row[seen], following[seen]), 1)
    p = counts / counts.sum(axis=1, keepdims=True)
    return float(-np.log2(p[row[marked], following[marked]]).mean())


every, first, second = slice(None), slice(used // 2), slice(used // 2, None)
ks = range(depth + 1)
estimate = np.array([[bits(x[:used], k, every, every, 0) for k in ks] for x in X])  # (S, depth + 1)
score = np.array([[bits(x[:used], k, first, second, alpha) for k in ks] for x in X])  # (S, depth + 1)

fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True, layout="constrained")
for ax, curves, title in zip(axes, (estimate, score), ("its own data", "unseen symbols"), strict=True):
    ax.plot(curves.T, "o-", markersize=4)
    ax.hlines(rate, 0, depth, colors=[f"C{s}" for s in range(len(X))], linestyles="--", linewidths=1)
    ax.set(title=f"marked on {title}", xlabel="context length k", ylim=(0, 4))
axes[0].set_ylabel("H(next | last k) [bits]")
print(f"truth {rate.min():.2f} to {rate.max():.2f} bits\n      own data      unseen")
for k in (0, 1, 4, 8):
    ranges = [f"{curves[:, k].min():.2f} to {curves[:, k].max():.2f}" for curves in (estimate, score)]
    print(f"k={k}   {ranges[0]}  {ranges[1]}")

assert estimate[:, 8].max() < 0.5 * rate.min()  # too long a context: too little data
assert (score.argmin(axis=1) == 1).all()  # unseen symbols find the true length
assert (score.min(axis=1) > rate - 6 / np.sqrt(used)).all()  # and do not beat the true rate

# %% compression
import zlib

import numpy as np

side = 256
grain = 3.0  # standard deviation of the sensor's noise
y, x = np.mgrid[0:side, 0:side] / side
scene = 70 * np.sin(5 * x + 2 * y) + 40 * np.cos(9 * y) + 128  # (side, side), smooth light


def photo(seed: int) -> np.ndarray:
    """Return one noisy image of the scene."""
    noise = np.random.default_rng(seed).normal(0, grain, size=scene.shape)
    return (scene + noise).clip(0, 255).astype(np.uint8)  # (side, side)


def squeezed(data: bytes) -> float:
    """Return bits per byte after zlib."""
    return 8 * len(zlib.compress(data, 9)) / len(data)


photos = [photo(seed) for seed in range(5)]
sizes = {
    "noise": [squeezed(np.random.default_rng(seed).bytes(side**2)) for seed in range(5)],
    "image": [squeezed(image.tobytes()) for image in photos],
    "differences": [squeezed(np.diff(image, prepend=image[:, :1]).tobytes()) for image in photos],
    "known sources": [squeezed(path.astype(np.uint8).tobytes()) for path in X],
    "prose": [squeezed(" ".join(text).encode())],
}
print(f"{'zlib':13} bits per byte  of size")
for name, size in sizes.items():
    print(f"{name:13} {min(size):.2f} to {max(size):.2f}   {max(size) / 8:.2f}")
floor = np.log2(grain * np.sqrt(2 * np.pi * np.e))  # bits, entropy of the grain alone
print(f"floors: grain {floor:.2f}\n        known sources {rate.min():.2f} to {rate.max():.2f}")

assert min(sizes["differences"]) > floor  # no code beats the entropy
assert (np.array(sizes["known sources"]) > rate).all()

# %% cross-entropy
import matplotlib.pyplot as plt
import numpy as np

bias = 0.7  # p, probability of heads
q = np.linspace(0.01, 0.99, 99)  # (99,), what a model believes
entropy = -(bias * np.log2(bias) + (1 - bias) * np.log2(1 - bias))
cross = -(bias * np.log2(q) + (1 - bias) * np.log2(1 - q))  # (99,), H(p, q)
squared = bias * (1 - q) ** 2 + (1 - bias) * q**2  # (99,), mean squared error of q

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(q, cross, label="cross-entropy [bits]")
ax.plot(q, squared, color="C2", label="squared error")
ax.axhline(entropy, linestyle="--", color="C1", label="H(p)")
ax.plot(bias, entropy, "o", color="C1")
ax.set_xlabel("believed probability q")
ax.set_ylim(0, 4)
ax.legend(loc="upper center", ncols=3)

best = q[cross.argmin()]
print(f"H(p) = {entropy:.3f} bits\nleast H(p, q) = {cross.min():.3f} at q = {best:.2f}")
print(f"least squared error at q = {q[squared.argmin()]:.2f}")
print(f"q = 0.99 costs {cross[-1]:.2f} bits, {cross[-1] - entropy:.2f} too many")

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
