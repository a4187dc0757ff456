"""Is a language model only matrix products? Fold ten layers into one, then count what refuses to fold."""

# %% fold
import numpy as np

seed = 0
depth = 10
d = 32  # width of every layer
rng = np.random.default_rng(seed)
layers = [(rng.normal(0, np.sqrt(2 / d), (d, d)), rng.normal(0, 0.1, d)) for _ in range(depth)]


def run(X, layers):
    """Send rows X through affine layers u = xA + b."""
    for A, b in layers:
        X = X @ A + b  # (n, d)
    return X


def fold(layers):
    """Return the one pair (A, b) that does the work of all layers."""
    A, b = np.eye(d), np.zeros(d)
    for A_next, b_next in layers:
        A, b = A @ A_next, b @ A_next + b_next  # (d, d), (d,)
    return A, b


X = rng.normal(size=(1000, d))
A, b = fold(layers)
gap = np.abs(run(X, layers) - (X @ A + b)).max()
print(f"layers:          {depth} -> 1")
print(f"numbers stored:  {depth * (d * d + d):,} -> {A.size + b.size:,}")
print(f"inputs tried:    {len(X):,}\nlargest gap:     {gap:.9f}")

assert gap < 1e-9  # affine after affine is affine

# %% what-breaks
import matplotlib.pyplot as plt

sharpness = 1.0  # multiplies the scores; at 0 every token gets an equal share
d_k, tokens, seeds, t = 8, 4, range(5), np.linspace(-6, 6, 61)


def softmax(Z):
    """Turn each row of scores into shares that sum to 1."""
    E = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return E / E.sum(axis=-1, keepdims=True)


def make_maps(seed):
    """Return maps from (tokens, d_k) to (tokens, d_k), with random weights."""
    W, Q, K, V = np.random.default_rng(seed).normal(0, 1 / np.sqrt(d_k), (4, d_k, d_k))
    A, frozen = Q @ K.T / np.sqrt(d_k), softmax(W[:tokens, :tokens])
    return {
        "affine layer": lambda X: X @ W + 1,
        "ReLU layer": lambda X: np.maximum(X @ W + 1, 0),
        "attention, frozen": lambda X: frozen @ X @ V,
        "attention, softmax": lambda X: softmax(sharpness * X @ A @ X.T) @ X @ V,
        "attention, no softmax": lambda X: X @ A @ X.T @ X @ V,
    }


fig, row = plt.subplots(1, 3, figsize=(6.4, 3.2), sharex=True, sharey=True)
row[0].set_ylabel("one number of f(X + tY)")
axes = dict(zip(("affine layer", "ReLU layer", "attention, softmax"), row, strict=True))
for name in make_maps(0):
    errors = []
    for s in seeds:
        f, (X, Y) = make_maps(s)[name], np.random.default_rng(100 + s).normal(size=(2, tokens, d_k))
        whole, parts = f(X + Y) - f(0 * X), f(X) + f(Y) - 2 * f(0 * X)  # without the offset
        errors.append(np.linalg.norm(whole - parts) / np.linalg.norm(whole))
        if name in axes:
            axes[name].plot(t, [f(X + ti * Y)[0, 0] for ti in t])
            axes[name].set(title=name, xlabel="t")
    print(f"{name:22s} error {min(errors):.2f} to {max(errors):.2f}")
    straight = name in ("affine layer", "attention, frozen") or (name == "attention, softmax" and sharpness == 0)
    assert (max(errors) < 1e-9) == straight  # only fixed matrices keep sums

# %% share
width, blocks, heads, context, vocab = 768, 12, 12, 1024, 50257  # GPT-2 small
exp_cost = 10  # operations charged for one exp, tanh, root or division

products = context * (blocks * (24 * width**2 + 4 * context * width) + 2 * width * vocab)
rest = {
    "softmax": context * blocks * heads * context * (3 + 2 * exp_cost),
    "GELU": context * blocks * 4 * width * (7 + exp_cost),
    "layer norm": context * (2 * blocks + 1) * width * (6 + exp_cost),
    "bias, residual": context * blocks * 11 * width,
}
total = products + sum(rest.values())
percent = 100 * products / total
print(f"operations      {total / 1e9:6.0f} billion\nmatrix products {percent:6.2f} %")
for name, operations in rest.items():
    print(f"{name:16s} {100 * operations / total:6.2f} %")

weights = blocks * 12 * width**2 + width * vocab
print(f"weights         {weights / 1e6:6.0f} million\noperations per weight read")
for n in (context, 1):
    print(f"{2 * n:5d} with {n} at once")

assert sum(rest.values()) < products

# %% cube
angle = 35  # degrees around the vertical axis
tilt = 20  # degrees towards the viewer
distance = 4  # from the eye to the centre of the cube
corners = np.array([(x, y, z, 1) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], dtype=float)  # (8, 4)
pairs = [(i, j) for i in range(8) for j in range(i) if np.abs(corners[i] - corners[j]).sum() == 2]
i, j = np.array(pairs).T  # ends of the 12 edges

c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
turn = np.array([[c, 0, -s, 0], [0, 1, 0, 0], [s, 0, c, 0], [0, 0, 0, 1]])
c, s = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
lean = np.array([[1, 0, 0, 0], [0, c, s, 0], [0, -s, c, 0], [0, 0, 0, 1]])
push = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, distance, 1]])
M = turn @ lean @ push  # (4, 4), all three folded


def screen(points, divide):
    """Return screen positions (n, 2), divided by depth if asked."""
    P = points @ M  # (n, 4)
    return P[:, :2] * (distance / P[:, 2:3] if divide else 1)


fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharex=True, sharey=True)
for ax, divide, title in zip(axes, (False, True), ("matrix", "matrix, then divide"), strict=True):
    P, middles = screen(corners, divide), screen((corners[i] + corners[j]) / 2, divide)  # (8, 2), (12, 2)
    ax.plot([P[i, 0], P[j, 0]], [P[i, 1], P[j, 1]], color="C0")
    ax.plot(*middles.T, "o", color="C1", markersize=4)
    ax.set_title(title, fontsize=10)
    ax.set_aspect("equal")
    off = np.abs(middles - (P[i] + P[j]) / 2).max()
    print(f"middles off by {off:.3f}: {title}")
    assert (off < 1e-9) == (not divide)
plt.show()
assert np.allclose(corners @ turn @ lean @ push, corners @ M)  # three steps or one

# %% loop-vs-blas
from time import perf_counter

n = 96  # side of the matrices


def three_loops(A, B):
    """Multiply two lists of rows, one multiply-add at a time."""
    C = [[0.0] * len(B[0]) for _ in A]
    for i in range(len(A)):
        for j in range(len(B[0])):
            for k in range(len(B)):
                C[i][j] += A[i][k] * B[k][j]
    return C


def seconds(f, *args):
    """Return the mean time of a call, over calls that last 0.2 s together: a browser's clock is coarse."""
    calls, start = 0, perf_counter()
    while (passed := perf_counter() - start) < 0.2:
        f(*args)
        calls += 1
    return passed / calls


A, B = np.random.default_rng(seed).normal(size=(2, n, n))
rows = A.tolist(), B.tolist()
times = {"three loops": seconds(three_loops, *rows), "A @ B": seconds(np.matmul, A, B)}
blas = np.show_config("dicts")["Build Dependencies"]["blas"]
print(f"BLAS here    {blas['name'] if blas.get('found') else 'none'}\n{'ms':>21s}   million op/s")
for name, passed in times.items():
    print(f"{name:12s} {1e3 * passed:8.3f} {2 * n**3 / passed / 1e6:14,.0f}")
print(f"ratio        {times['three loops'] / times['A @ B']:8,.0f}")
gap = np.abs(np.array(three_loops(*rows)) - A @ B).max()
print(f"largest gap  {gap:.9f}")

assert gap < 1e-9

# %% solution:fold-two
A1, b1 = np.array([[1, 2], [0, 1]]), np.array([1, 2])
A2, b2 = np.array([[2, 0], [1, 3]]), np.array([0, 5])
answer = float((b1 @ A2 + b2)[1])

# %% check:fold-two
x = np.array([3.0, -1.0])
z = (x @ np.array([[1, 2], [0, 1]]) + [1, 2]) @ np.array([[2, 0], [1, 3]]) + [0, 5]
direct = z - x @ np.array([[1, 2], [0, 1]]) @ np.array([[2, 0], [1, 3]])
assert abs(answer - direct[1]) < 1e-6, "b1 must travel through A2 before b2 is added: b = b1 A2 + b2"

# %% solution:foldable
candidates = [
    lambda X: (X - X.mean(1, keepdims=True)) / X.std(1, keepdims=True),
    lambda X: X.max(axis=0, keepdims=True),
    lambda X: X.mean(axis=0, keepdims=True),
    lambda X: X / np.linalg.norm(X, axis=1, keepdims=True),
]
X, Y = np.random.default_rng(seed).normal(size=(2, 4, 8))
errors = [np.abs(f(X + Y) - f(X) - f(Y)).max() for f in candidates]
answer = float(np.argmin(errors)) + 1

# %% check:foldable
assert answer == 3, "only a map with f(X + Y) = f(X) + f(Y) can be folded into a matrix"


# %% exercise:pack
def pack(A, b):
    """Return M with (x, 1) @ M = (x @ A + b, 1), for A of shape (d, k) and b of shape (k,)."""
    M = np.zeros((A.shape[0] + 1, A.shape[1] + 1))
    M[:-1, :-1] = A
    return M


# %% solution:pack
def pack(A, b):
    """Return M with (x, 1) @ M = (x @ A + b, 1), for A of shape (d, k) and b of shape (k,)."""
    M = np.zeros((A.shape[0] + 1, A.shape[1] + 1))
    M[:-1, :-1] = A
    M[-1, :-1] = b
    M[-1, -1] = 1
    return M


# %% check:pack
A1, A2 = np.random.default_rng(5).normal(size=(2, 3, 3))
b1, b2 = np.random.default_rng(6).normal(size=(2, 3))
x = np.array([1.0, -2.0, 0.5])
M = pack(A1, b1)
assert M.shape == (4, 4), "one more row and one more column than A"
assert np.allclose((np.append(x, 1) @ M)[:-1], x @ A1 + b1), "the first columns must give xA + b: the last row holds b"
assert np.isclose((np.append(x, 1) @ M)[-1], 1), "the last column must hand the 1 on, or the next layer loses its bias"
both = np.append(x, 1) @ M @ pack(A2, b2)
assert np.allclose(both[:-1], (x @ A1 + b1) @ A2 + b2), "a product of packed layers is the folded layer"
