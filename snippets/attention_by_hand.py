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
ax.imshow(A, cmap="viridis", vmin=0, vmax=1)
ax.set_xticks(range(3), words)
ax.set_yticks(range(3), words)
ax.set_xlabel("looks at")
ax.set_ylabel("word")
for i, j in np.ndindex(3, 3):
    ax.text(j, i, f"{A[i, j]:.3f}", ha="center", va="center", color="0.05" if A[i, j] > 0.45 else "0.98")

assert np.allclose(A.sum(axis=1), 1)  # every word spends exactly one unit of attention

# %% why-sqrt-d
import matplotlib.pyplot as plt
import numpy as np

n = 64  # words to look at
seeds = 10
sizes = [4, 16, 64, 256, 1024]  # d, length of queries and keys


def weights(d: int, power: float, seed: int) -> tuple[float, float]:
    """Return the largest weight among random keys, and the weight of a word's own key, scores over d**power."""
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(2, n, d))  # independent unit-variance entries
    noise, own = softmax(Q @ K.T / d**power), softmax(K @ K.T / d**power)  # (n, n) each
    return noise.max(axis=1).mean(), np.diag(own).mean()


bare, scaled = (np.array([[weights(d, power, s) for s in range(seeds)] for d in sizes]) for power in (0, 0.5))
own = scaled[:, :, 1].mean(axis=1)  # (sizes,)
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.semilogx(sizes, bare[:, :, 0].mean(axis=1), "o-", base=2, label="strangers, q·k")
ax.semilogx(sizes, scaled[:, :, 0].mean(axis=1), "s-", base=2, label="strangers, q·k / √d")
ax.semilogx(sizes, own, "^--", base=2, label="own key, q·k / √d")
ax.set_xlabel("d")
ax.set_ylabel("weight")
ax.set_ylim(0, 1.05)
ax.legend()
for name, W in (("bare", bare[-1, :, 0]), ("scaled", scaled[-1, :, 0])):
    print(f"d = 1024, strangers, {name:>6}: {W.min():.2f} to {W.max():.2f}")
print("own key:", ", ".join(f"d = {d} {weight:.2f}" for d, weight in zip(sizes, own, strict=True)))

assert bare[-1, :, 0].min() > 0.85  # without the root, one stranger takes nearly all
assert own[-1] > 0.99 and abs(scaled[-1, :, 0] - scaled[1, :, 0]).max() < 0.25  # with it, size helps friends only

# %% two-meanings
import numpy as np

sharpness = 4.0  # factor on the scores
hidden = 2  # first diagonal that a mask hides: 1 hides the future, 2 leaks one word
meaning = {  # (water, money, place), one fixed vector per word
    "river": [1.0, 0.0, 0.3],
    "loan": [0.0, 1.0, 0.1],
    "bank": [0.6, 0.6, 0.5],
    "the": [0.0, 0.0, 0.1],
}


def read(sentence: str, hidden: int | None = None) -> np.ndarray:
    """Return each word's vector, (n, 3), after one round of attention with the diagonals from `hidden` on masked."""
    X = np.array([meaning[word] for word in sentence.split()])  # (n, 3)
    S = sharpness * X @ X.T / np.sqrt(3)  # (n, n), no learned weights at all
    if hidden is not None:
        S = np.where(np.triu(np.ones_like(S), hidden) == 1, -np.inf, S)
    return softmax(S) @ X


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """Return the cosine of the angle between two vectors."""
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


wet, rich = read("the river bank")[-1], read("the loan bank")[-1]
print("river bank", wet.round(2), " loan bank", rich.round(2), f" cosine {cosine(wet, rich):.2f}")
for name, first in (("no mask", None), (f"mask from {hidden}", hidden), ("mask from 1", 1)):
    change = read("the bank the bank river", first) - read("the bank the bank loan", first)  # (5, 3)
    notice = np.flatnonzero(np.abs(change).max(axis=1) > 1e-9).tolist()
    early = cosine(read("the bank river", first)[1], read("the bank loan", first)[1])
    print(f"{name}: last word changed, {notice} notice; clue after bank, cosine {early:.2f}")

assert notice == [4]  # under a causal mask only the last word may notice a change in the last word

# %% recall
import numpy as np

pairs = 8  # key, value pairs in a sequence
d = 16  # length of a key, and of a value
count = 1000  # episodes, the last tenth for the exam


def episodes(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows of key and value, the key asked for last, (count, pairs + 1, 2 d), and its place, (count,)."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(count, pairs + 1, 2 * d)) / np.sqrt(d)
    place = rng.integers(pairs, size=count)
    X[:, -1, :d], X[:, -1, d:] = X[np.arange(count), place, :d], 0
    return X, place


def attention(X: np.ndarray) -> np.ndarray:
    """Return the values, (count, d), weighted by how well their keys match the last row's."""
    A = softmax(20 * np.einsum("bpd,bd->bp", X[:, :-1, :d], X[:, -1, :d]))  # (count, pairs)
    return np.einsum("bp,bpd->bd", A, X[:, :-1, d:])


def hit(guess: np.ndarray, X: np.ndarray, place: np.ndarray) -> float:
    """Return the share of the exam in which the guess points at the value wanted."""
    scores = np.einsum("bpd,bd->bp", X[:, :-1, d:], guess)  # (count, pairs)
    return np.mean((scores.argmax(axis=1) == place)[-count // 10 :])


marks = np.zeros((5, 2, 2))  # (seeds, tasks, mixers)
for seed in range(5):
    X, place = episodes(seed)
    F = np.fft.rfft2(X).reshape(count, -1).view(float)  # (count, features), real and imaginary parts
    for task, wanted in enumerate((place, np.full(count, 2))):
        goal = X[np.arange(count), wanted, d:]
        R = np.linalg.lstsq(F[: -count // 10], goal[: -count // 10], rcond=None)[0]  # the best linear read-out
        marks[seed, task] = hit(attention(X), X, wanted), hit(F @ R, X, wanted)
for name, row in zip(("the value of a key", "the third value"), marks.mean(axis=0), strict=True):
    print(f"{name:>18}: attention {row[0]:.2f}, Fourier {row[1]:.2f}")

assert marks[:, 0, 0].min() > marks[:, 0, 1].max() and marks[:, 1, 1].min() > marks[:, 1, 0].max()

# %% cost
import time

import matplotlib.pyplot as plt
import numpy as np

d = 64  # length of a vector
lengths = np.array([256, 512, 1024, 2048])  # n, words
rng = np.random.default_rng(0)


def seconds(mix, n: int) -> float:
    """Return seconds a call, the least of three batches of 20 ms: a browser's clock is coarse."""
    X, times = rng.normal(size=(n, d)), []
    for _ in range(3):
        calls, start = 0, time.perf_counter()
        while time.perf_counter() < start + 0.02:
            mix(X)
            calls += 1
        times.append((time.perf_counter() - start) / calls)
    return min(times)


mixers = {
    "attention": lambda X: softmax(X @ X.T / np.sqrt(d)) @ X,
    "next word": lambda X: softmax(X[-1:] @ X.T / np.sqrt(d)) @ X,  # earlier keys and values were kept
    "Fourier": lambda X: np.fft.fft2(X).real,
}
fig, ax = plt.subplots(figsize=(6.4, 3.6))
last = {}  # seconds at the greatest length
for name, mix in mixers.items():
    t = np.array([seconds(mix, n) for n in lengths])
    slope, last[name] = np.polyfit(np.log(lengths), np.log(t), 1)[0], t[-1]
    ax.loglog(lengths, 1000 * t, "o-", base=2, label=name)
    print(f"{name:>9}: time grows as n**{slope:.1f}, {1000 * t[-1]:.2f} ms at n = {lengths[-1]}")
print(f"table of weights at n = {lengths[-1]}: {8 * lengths[-1] ** 2 / 2**20:.0f} MiB")
ax.set_xlabel("words n")
ax.set_ylabel("ms")
ax.legend()

assert last["attention"] > 10 * last["next word"]  # the whole text at once, or one word more

# %% solution:third-row
import numpy as np

weights = 2.0 ** np.array([2, 0, 1])
answer = (weights / weights.sum() @ np.array([7, 0, 14])).item()

# %% check:third-row
assert abs(answer - (4 * 7 + 1 * 0 + 2 * 14) / (4 + 1 + 2)) < 0.01, "output = Σ weight × value, weights 4 : 1 : 2"

# %% solution:break-even
import numpy as np

d = 1024
n = np.arange(1, 20000)
table = 2 * n**2 * d  # multiplications of Q Kᵀ and A V
rest = (4 + 8) * n * d**2  # of four projections, and of two layers d -> 4 d -> d
answer = int(n[np.argmin(np.abs(table - rest))])

# %% check:break-even
assert abs(answer - 6 * 1024) < 1, "2 n² d = 12 n d² where n = 6 d"

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
