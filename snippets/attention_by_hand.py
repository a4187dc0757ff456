"""Attention by hand: a query turned, three words worked out, the root of d, and two questions for a fixed mix."""

# %% one-query
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def softmax(Z: np.ndarray) -> np.ndarray:
    """Turn scores Z of shape (..., n) into shares that add up to 1 along the last axis."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def toward(degrees: float | np.ndarray) -> np.ndarray:
    """Return arrows of length 1, (..., 2)."""
    return np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], axis=-1)


# endregion
# region model
angle = 60  # where the query points, degrees
sharpness = 3  # factor on the scores

K = toward(np.array([90, 210, 330]))  # (3, 2), what each word offers
V = 1.6 * K  # (3, 2), what each hands over: a place
scores = sharpness * K @ toward(angle)  # (3,)
shares = softmax(scores)  # (3,)
mixed = shares @ V  # (2,)
print("scores", scores.round(2) + 0.0)
print("shares", shares.round(2))
print("output", mixed.round(2) + 0.0)
assert np.isclose(shares.sum(), 1)
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.7), width_ratios=(1.75, 1))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.1, top=0.98, wspace=0.2)
left.fill(*V.T, color="C5", alpha=0.15, linewidth=0)
arrow = {"arrowstyle": "-|>", "shrinkB": 0}
for n, (k, v, share) in enumerate(zip(K, V, shares, strict=True)):
    left.annotate("", 0.95 * k, (0, 0), arrowprops=arrow | {"color": f"C{n}", "linewidth": 1.6, "alpha": 0.6})
    left.plot(*v, "o", color=f"C{n}", markersize=7 + 26 * share)
    left.text(*(v + 0.42 * k), f"V{n + 1}", color=f"C{n}", ha="center", va="center", size=12)
left.annotate("", 1.15 * toward(angle), (0, 0), arrowprops=arrow | {"color": "C3", "linewidth": 2.8})
left.text(*(1.33 * toward(angle)), "Q", color="C3", ha="center", va="center", size=14)
left.plot(0, 0, "D", color="C5", markersize=13, zorder=5)
left.plot(*mixed, "*", color="C3", markersize=19, zorder=6)
left.set(xlim=(-2.1, 2.1), ylim=(-1.35, 2.3), aspect="equal")
left.set_axis_off()
right.bar(range(3), shares, color=["C0", "C1", "C2"])
right.axhline(1 / 3, color="C5", linestyle="--")
right.text(2.45, 0.36, "fixed mix", color="C5", ha="right")
right.set(ylim=(0, 1), xticks=range(3), xticklabels=["V1", "V2", "V3"], yticks=[0, 0.5, 1])
# endregion

# %% by-hand
step = 3  # 0 scores, 1 powers, 2 shares, 3 mixtures

words = ["river", "bank", "loan"]
Q = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 2]])  # (3, 4), what each asks for
K = np.array([[2, 0, 0, 0], [2, 2, 0, 0], [0, 0, 0, 1]])  # (3, 4), what each offers
V = np.array([[4, 0], [0, 4], [8, 8]])  # (3, 2), what each hands over

S = Q @ K.T / np.sqrt(4)  # (3, 3), whole numbers here
E = 2**S  # 2 instead of e: paper will do
A = E / E.sum(axis=1, keepdims=True)  # (3, 3), each row adds up to 1
tables = {"Q·K / 2": S, "powers of 2": E, "shares A": A, "output A·V": A @ V}
name, table = list(tables.items())[step]
print(name, *table.round(3), sep="\n")

assert np.allclose(A.sum(axis=1), 1) and np.allclose(A, softmax(S * np.log(2)))
# region plot
most = [2, 4, 1, 8][step]
fig, ax = plt.subplots(figsize=(4.6, 3.5))
fig.subplots_adjust(left=0.17, right=0.97, bottom=0.11, top=0.88)
ax.imshow(table, cmap="viridis", vmin=0, vmax=most, aspect="auto")
ax.set(title=name, yticks=range(3), yticklabels=words, xticks=range(table.shape[1]))
ax.set_xticklabels(words if step < 3 else ["value 1", "value 2"])
ax.grid(visible=False)
for i, j in np.ndindex(*table.shape):
    shade = "#000000" if table[i, j] > 0.55 * most else "#ffffff"
    number = f"{table[i, j]:.0f}" if step < 2 else f"{table[i, j]:.3f}"
    ax.text(j, i, number, ha="center", va="center", color=shade, size=15)
# endregion

# %% why-sqrt-d
d = 256  # length of queries and keys
n = 64  # words to look at

rows = []
for seed in range(10):
    Q, K = np.random.default_rng(seed).normal(size=(2, n, d))  # strangers: no key is meant
    for power in (0, 0.5):
        A = softmax(Q @ K.T / d**power)  # (n, n)
        slopes = (A * (1 - A)).sum(axis=1)  # how far shares move if their own scores do
        rows.append((A.max(axis=1).mean(), slopes.mean()))
largest, slope = np.array(rows).reshape(10, 2, 2).transpose(2, 0, 1)  # (10 seeds, 2) each
for name, top, move in zip(("q·k", "q·k / √d"), largest.T, slope.T, strict=True):
    print(f"{name:8} largest {top.min():.2f} to {top.max():.2f}, slope {move.mean():.2f}")

assert largest[:, 1].max() < 0.2  # the root holds at every d
# region plot
fig, axes = plt.subplots(1, 2, figsize=(6.4, 2.9), sharey=True, layout="constrained")
Q, K = np.random.default_rng(0).normal(size=(2, n, d))
for ax, power, title in zip(axes, (0, 0.5), ("q·k", "q·k / √d"), strict=True):
    ax.bar(range(n), softmax(Q[0] @ K.T / d**power), color="C0", width=1)
    ax.set(title=title, xlabel="word", ylim=(0, 1), xticks=[0, 20, 40, 60])
axes[0].set_ylabel("share")
# endregion

# %% look-up
pairs = 8  # of key and value; then one of the keys again
d = 16  # length of a key, and of a value

# region set-up
count, exam = 1400, 400


def episodes(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows of key and value, (count, pairs + 1, 2 d), which pairs are wanted, (count, 2), and their values."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(count, pairs + 1, 2 * d)) / np.sqrt(d)
    asked = rng.integers(pairs, size=count)
    X[:, -1, :d], X[:, -1, d:] = X[np.arange(count), asked, :d], 0
    wanted = np.stack([asked, np.full(count, min(2, pairs - 1))], axis=1)  # by key; the third
    return X, wanted, X[np.arange(count)[:, None], wanted, d:]


def bent(Z: np.ndarray, units: int = 300) -> np.ndarray:
    """Return random ReLUs of Z, (count, units), each with a bias."""
    rng, size = np.random.default_rng(99), np.sqrt((Z**2).mean() * Z.shape[1])
    return np.maximum(Z @ rng.normal(size=(Z.shape[1], units)) / size + rng.normal(size=units), 0)


def learnt(Z: np.ndarray, goals: np.ndarray, price: float = 1e-3) -> np.ndarray:
    """Return what the best linear read-out of Z says at the exam, (exam, 2, d), fitted on all examples before it."""
    T = Z[:-exam]
    R = np.linalg.solve(T.T @ T + price * np.eye(Z.shape[1]), T.T @ goals.reshape(count, -1)[:-exam])
    return (Z[-exam:] @ R).reshape(exam, 2, d)


# endregion
table = {}
for seed in range(5):
    X, wanted, goals = episodes(seed)  # goals (count, 2, d)
    V = X[:, :-1, d:]
    S = np.einsum("bpd,bd->bp", X[:, :-1, :d], X[:, -1, :d])  # (count, pairs), q·k
    looks = {"attention": softmax(20 * S), "no softmax": S}
    said = {name: np.einsum("bp,bpd->bd", A, V)[-exam:, None] for name, A in looks.items()}
    Z, F = X.reshape(count, -1), np.fft.rfft2(X, norm="ortho").view(float).reshape(count, -1)
    said |= {"Fourier": learnt(F, goals), "no Fourier": learnt(Z, goals), "Fourier, ReLU": learnt(bent(F), goals, 1)}
    for name, guess in said.items():
        nearest = np.einsum("bpd,btd->btp", V[-exam:], guess).argmax(axis=2)
        table.setdefault(name, []).append(np.mean(nearest == wanted[-exam:], axis=0))
# region plot
print("               by key        third value")
fig, axes = plt.subplots(1, 2, figsize=(6.4, 2.9), sharey=True)
fig.subplots_adjust(left=0.21, right=0.98, bottom=0.12, top=0.88, wspace=0.12)
for level, (name, rows) in enumerate(table.items()):
    table[name] = found = np.array(rows)  # (seeds, 2)
    print(f"{name:14} " + "  ".join(f"{part.min():.2f} to {part.max():.2f}" for part in found.T))
    for ax, part, title in zip(axes, found.T, ("value of the key", "third value"), strict=True):
        ax.barh(-level, part.mean(), color="C0" if level < 2 else "C1", height=0.65)
        ax.plot([part.min(), part.max()], [-level, -level], color="C5", linewidth=2)
        ax.axvline(1 / pairs, color="C5", linestyle="--")
        ax.set(title=title, xlim=(0, 1.03), yticks=range(0, -5, -1), yticklabels=said)
        ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
# endregion
assert np.abs(table["Fourier"] - table["no Fourier"]).max() < 0.02

# %% solution:outside-the-triangle
answer = 3

# %% check:outside-the-triangle
corners = np.vstack([np.array([[4, 0], [0, 4], [8, 8]]).T, np.ones(3)])  # columns: values, and 1 for the sum
outputs = [(4, 4), (7, 7), (1, 1), (5, 3)]
possible = [np.linalg.solve(corners, [*output, 1]).min() > 0 for output in outputs]
assert not possible[answer - 1], "three positive shares that add up to 1 make this one"

# %% exercise:sharp-enough
sharpness = 3.0  # yours, in steps of 0.1

keys = toward(np.array([90, 210, 330]))
found = softmax(sharpness * keys @ toward(60))
print(f"sharpness {sharpness:.1f}: shares {found.round(4)}")

# %% solution:sharp-enough
sharpness = 5.4

keys = toward(np.array([90, 210, 330]))
found = softmax(sharpness * keys @ toward(60))
print(f"sharpness {sharpness:.1f}: shares {found.round(4)}")


# %% check:sharp-enough
def first_share(s):
    E = np.exp(s * np.cos(np.radians(np.array([30, 150, 270]))))
    return E[0] / E.sum()


assert first_share(sharpness) > 0.99, f"key 1 gets {first_share(sharpness):.4f}: not 0.99 yet"
assert sharpness < 100, "shares are never 1; ask for a little over 0.99"
assert first_share(sharpness - 0.1) <= 0.99, f"{sharpness - 0.1:.1f} is enough, too: {first_share(sharpness - 0.1):.4f}"


# %% exercise:wrong-axis
def attend(Q, K, V):
    """Return the outputs (n, c) for queries (n, d), keys (m, d) and values (m, c)."""
    S = Q @ K.T / np.sqrt(len(K))
    E = np.exp(S - S.max())
    A = E / E.sum(axis=0)
    return A @ V


# %% solution:wrong-axis
def attend(Q, K, V):
    """Return the outputs (n, c) for queries (n, d), keys (m, d) and values (m, c)."""
    S = Q @ K.T / np.sqrt(K.shape[1])
    E = np.exp(S - S.max(axis=1, keepdims=True))
    A = E / E.sum(axis=1, keepdims=True)
    return A @ V


# %% check:wrong-axis
rng = np.random.default_rng(3)
Q, K, V = rng.normal(size=(6, 16)), rng.normal(size=(40, 16)), rng.normal(size=(40, 3))
out = attend(Q, K, V)
assert out.shape == (6, 3), "one output for each query"
assert np.allclose(attend(Q, K, 7 + 0 * V), 7), "all values are 7, the output is not: whose shares add up to 1?"
assert not np.allclose(out, softmax(Q @ K.T / np.sqrt(40)) @ V), "divided by the root of the number of words, not of d"
assert np.allclose(out, softmax(Q @ K.T / np.sqrt(16)) @ V), "a query's row: softmax of its scores over the root of d"
assert np.isfinite(attend(1000 * Q, K, V)).all(), "large scores: take each row's largest away first"

# %% solution:blind
answer = 1 / 8

# %% check:blind
from itertools import permutations

third = [order[2] for order in permutations(range(8))]  # who stands third in each order of eight pairs
best = max(third.count(pair) for pair in range(8)) / len(third)  # one answer for all orders, the best one
assert abs(answer - best) < 1e-6, "all orders get one answer: in how many of them does it stand third?"

# %% solution:break-even
d = 1024
n = np.arange(1, 20000)
table_cost = 2 * n.astype(float) ** 2 * d  # multiplications of Q Kᵀ and of A V
rest = 12.0 * n * d**2  # four projections, and d -> 4 d -> d
answer = int(n[np.argmin(np.abs(table_cost - rest))])

# %% check:break-even
assert abs(answer - 6 * 1024) < 1, "2 n² d = 12 n d²"
