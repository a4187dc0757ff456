"""Attention, first on paper, then in NumPy: what it mixes, what it costs, what it can do."""

# %% by-hand
import matplotlib.pyplot as plt
import numpy as np


def softmax(Z: np.ndarray) -> np.ndarray:
    """Turn scores Z of shape (..., n) into probabilities over the last axis."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))  # (..., n), largest entry 1
    return E / E.sum(axis=-1, keepdims=True)


words = ["river", "bank", "loan"]
Q = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 2]])  # (n=3, d=4), what each asks for
K = np.array([[2, 0, 0, 0], [2, 2, 0, 0], [0, 0, 0, 1]])  # (n, d), what each offers
V = np.array([[4, 0], [0, 4], [8, 8]])  # (n, 2), what each hands over

S = Q @ K.T / np.sqrt(4)  # (n, n), scores, whole numbers here
A = softmax(S * np.log(2))  # (n, n), 2**S with each row divided by its sum
print("2**S\n", 2**S)
print("A\n", A.round(3))
print("A V\n", (A @ V).round(2))

fig, ax = plt.subplots(figsize=(4.2, 3.6))
image = ax.imshow(A, cmap="viridis", vmin=0, vmax=1)
ax.set_xticks(range(3), words)
ax.set_yticks(range(3), words)
ax.set_xlabel("looks at")
ax.set_ylabel("word")
fig.colorbar(image, label="weight")

assert np.allclose(A.sum(axis=1), 1)  # every word spends exactly one unit of attention

# %% why-sqrt-d
import matplotlib.pyplot as plt
import numpy as np

n = 64  # words to look at
seeds = 10
sizes = [4, 16, 64, 256, 1024]  # d, length of queries and keys


def largest_weight(d: int, power: float, seed: int) -> float:
    """Return the mean over queries of the largest weight, scores divided by d**power."""
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(2, n, d))  # independent unit-variance entries
    return softmax(Q @ K.T / d**power).max(axis=-1).mean()


bare, scaled = (np.array([[largest_weight(d, power, s) for s in range(seeds)] for d in sizes]) for power in (0, 0.5))
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.semilogx(sizes, bare.mean(axis=1), "o-", base=2, label="q·k")
ax.semilogx(sizes, scaled.mean(axis=1), "s-", base=2, label="q·k / √d")
ax.set_xlabel("d")
ax.set_ylabel("largest weight")
ax.set_ylim(0, 1.05)
ax.legend()
for name, W in (("bare", bare), ("scaled", scaled)):
    print(f"d = 1024, {name:>6}: {W[-1].min():.2f} to {W[-1].max():.2f}")

assert bare[-1].min() > 0.9  # without the root, one word takes nearly all
assert scaled.max() - scaled[1:].min() < 0.2  # with it, size hardly matters

# %% two-meanings
import numpy as np

sharpness = 4.0  # factor on the scores
meaning = {  # (water, money, place), one fixed vector per word
    "river": np.array([1.0, 0.0, 0.3]),
    "loan": np.array([0.0, 1.0, 0.1]),
    "bank": np.array([0.6, 0.6, 0.5]),
    "the": np.array([0.0, 0.0, 0.1]),
}


def contextual(sentence: str, word: str) -> np.ndarray:
    """Return the word's vector after one round of attention over its sentence."""
    tokens = sentence.split()
    X = np.array([meaning[t] for t in tokens])  # (n, 3)
    A = softmax(sharpness * X @ X.T / np.sqrt(3))  # (n, n), no learned weights at all
    return (A @ X)[tokens.index(word)]


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the cosine of the angle between two vectors."""
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


wet, rich = contextual("the river bank", "bank"), contextual("the loan bank", "bank")
print("by the river:", wet.round(2), " at the loan desk:", rich.round(2))
print(f"cosine between the two: {cosine(wet, rich):.2f}  (before: 1.00)")
for name in ("river", "loan"):
    print(f"to {name:>5}: {cosine(wet, meaning[name]):.2f} and {cosine(rich, meaning[name]):.2f}")

assert cosine(wet, meaning["river"]) > cosine(rich, meaning["river"])  # context moved it
assert cosine(wet, rich) < 0.99  # one word, two vectors

# %% causal-mask
import numpy as np

seed = 0
n, d = 6, 8
diagonal = 1  # first forbidden diagonal: 1 hides the future, 2 leaks one word
rng = np.random.default_rng(seed)
Wq, Wk, Wv = rng.normal(size=(3, d, d)) / np.sqrt(d)


def attend(X: np.ndarray, diagonal: int | None) -> np.ndarray:
    """Return self-attention of X, shape (n, d), with the future masked from a diagonal on."""
    S = (X @ Wq) @ (X @ Wk).T / np.sqrt(d)  # (n, n)
    if diagonal is not None:
        S = np.where(np.triu(np.ones_like(S), diagonal) == 1, -np.inf, S)
    return softmax(S) @ (X @ Wv)


def leaks(diagonal: int | None) -> list[int]:
    """Return the positions that change when only the last word does."""
    X = rng.normal(size=(n, d))
    Y = X.copy()
    Y[-1] += 1.0
    change = np.abs(attend(X, diagonal) - attend(Y, diagonal)).max(axis=1)  # (n,)
    return np.flatnonzero(change > 1e-9).tolist()


print("no mask:", leaks(None))
print("mask from diagonal 2:", leaks(2))
print(f"mask from diagonal {diagonal}:", leaks(diagonal))

assert leaks(1) == [n - 1]  # only the last word may notice a change in the last word

# %% recall
import numpy as np

seed = 0
pairs = 15  # key, value pairs in the sequence
d = 64  # length of a key
trials = 100


def episode(rng: np.random.Generator, pairs: int, d: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return a sequence (pairs + 1, 2 d), the values (pairs, d) and the place to be found."""
    keys, values = rng.normal(size=(2, pairs, d)) / np.sqrt(d)
    target = int(rng.integers(pairs))
    asked = np.append(keys[target], np.zeros(d))  # the question: a key without its value
    return np.vstack([np.hstack([keys, values]), asked]), values, target


def by_attention(X: np.ndarray) -> np.ndarray:
    """Return the value whose key matches the last row's."""
    half = X.shape[1] // 2
    return softmax(20 * X[-1, :half] @ X[:-1, :half].T) @ X[:-1, half:]


def by_fourier(X: np.ndarray) -> np.ndarray:
    """Return the last row after FNet mixing: the real part of a 2-D Fourier transform."""
    return np.fft.fft2(X).real[-1]


rng = np.random.default_rng(seed)
E = [episode(rng, pairs, d) for _ in range(10 * trials)]  # the first nine tenths train the read-out
F = np.array([by_fourier(X) for X, _, _ in E])  # (episodes, 2 d)
goal = np.array([values[target] for _, values, target in E])
R = np.linalg.lstsq(F[:-trials], goal[:-trials], rcond=None)[0]  # (2 d, d), best linear read-out
test = list(zip(E[-trials:], F[-trials:] @ R, strict=True))
hit_f = np.mean([np.argmax(values @ g) == target for (_, values, target), g in test])
hit_a = np.mean([np.argmax(values @ by_attention(X)) == target for (X, values, target), _ in test])
print(f"attention {hit_a:.2f}, Fourier {hit_f:.2f}, blind guess {1 / pairs:.2f}")

assert hit_a > 0.95 and hit_f < 0.3  # looking up needs weights that depend on content

# %% how-wide
import matplotlib.pyplot as plt
import numpy as np

seeds = 5
trials = 60
widths = [2, 4, 8, 16, 32, 64]  # d, length of a key


def recall(pairs: int, d: int, seed: int) -> float:
    """Return the share of episodes in which attention finds the value asked for."""
    rng = np.random.default_rng(seed)
    episodes = [episode(rng, pairs, d) for _ in range(trials)]
    return np.mean([np.argmax(values @ by_attention(X)) == goal for X, values, goal in episodes])


fig, ax = plt.subplots(figsize=(6.4, 3.6))
for pairs in (8, 32, 128):
    hits = np.array([[recall(pairs, d, s) for s in range(seeds)] for d in widths])  # (6, seeds)
    ax.semilogx(widths, hits.mean(axis=1), "o-", base=2, label=f"{pairs} pairs")
    cells = (f"d={d} {h:.2f}" for d, h in zip(widths, hits.mean(axis=1), strict=True))
    print(f"{pairs:3} pairs:", "  ".join(cells))
ax.set_xlabel("d, length of a key")
ax.set_ylabel("recall")
ax.set_ylim(0, 1.05)
ax.legend()

assert hits[0].max() < 0.3 and hits[-1].min() > 0.9  # width buys room for keys, up to a point

# %% cost
import time

import numpy as np

d = 64
lengths = np.array([256, 512, 1024, 2048])
rng = np.random.default_rng(0)


def seconds(mix, n: int) -> float:
    """Return the least of three timings of mixing n words."""
    X, best = rng.normal(size=(n, d)), np.inf
    for _ in range(3):
        start = time.perf_counter()
        mix(X)
        best = min(best, time.perf_counter() - start)
    return best


mixers = {
    "attention": lambda X: softmax(X @ X.T / np.sqrt(d)) @ X,
    "Fourier": lambda X: np.fft.fft2(X).real,
}
for name, mix in mixers.items():
    t = np.array([seconds(mix, n) for n in lengths])
    exponent = np.polyfit(np.log(lengths), np.log(t), 1)[0]
    print(f"{name:>9}: time grows as n**{exponent:.1f}, {1000 * t[-1]:.1f} ms at n = {lengths[-1]}")

# %% solution:third-row
import numpy as np

weights = 2.0 ** np.array([0, 1, 1])
answer = (weights / weights.sum() @ np.array([4, 0, 8])).item()

# %% check:third-row
assert abs(answer - (1 * 4 + 2 * 0 + 2 * 8) / (1 + 2 + 2)) < 0.01, "output = Σ weight × value, weights 1 : 2 : 2"

# %% solution:double-length
import numpy as np

answer = 1 + [1, 2, 4, 8].index(2048**2 // 1024**2)

# %% check:double-length
scores = {n: n * n for n in (1024, 2048)}  # entries of Q Kᵀ
assert [1, 2, 4, 8][int(answer) - 1] == scores[2048] / scores[1024], "Q Kᵀ has n × n entries"

# %% exercise:masked-softmax
import numpy as np


def masked_softmax(S):
    """Return row-wise softmax of S (n, n) in which row i sees columns 0..i only."""
    E = np.exp(S)
    A = E / E.sum(axis=1, keepdims=True)
    return np.tril(A)


# %% solution:masked-softmax
import numpy as np


def masked_softmax(S):
    """Return row-wise softmax of S (n, n) in which row i sees columns 0..i only."""
    S = np.where(np.tril(np.ones_like(S)) == 1, S, -np.inf)
    E = np.exp(S - S.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


# %% check:masked-softmax
import numpy as np

S = np.random.default_rng(0).normal(size=(5, 5))
A = masked_softmax(S)
assert np.allclose(np.triu(A, 1), 0), "no weight on the future: A is lower triangular"
assert np.allclose(A.sum(axis=1), 1), "each row still sums to one: mask before dividing"
assert np.isfinite(masked_softmax(S + 1000)).all(), "softmax(S + c) = softmax(S), also for c = 1000"
