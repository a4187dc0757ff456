"""Is a language model only matrix products? Ten folded into one, one by hand, and what becomes of the rest."""

# %% fold
# region set-up
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(13)
turns = [np.linalg.qr(rng.normal(size=(2, 2)))[0] for _ in range(8)]
layers = [(Q @ np.diag([1.3, 0.9]), rng.normal(0, 0.35, 2)) for Q in turns]  # turn and stretch, then shift
g = np.linspace(-1, 1, 21)
rules = [np.column_stack([np.full(21, t), g]) for t in g[::2]]
X = np.vstack([*rules, *(rule[:, ::-1] for rule in rules)])  # (462, 2): a sheet of squared paper
# endregion
# region model
depth = 6  # layers
crease = False  # fold the paper after every layer?

Z, A, b = X, np.eye(2), np.zeros(2)
for W, c in layers[:depth]:
    Z = Z @ W + c  # one layer
    if crease:
        Z[:, 0] = np.abs(Z[:, 0])  # |z| = relu(z) + relu(-z)
    A, b = A @ W, b @ W + c  # what all layers so far do in one
one = X @ A + b
gap = np.abs(Z - one).max()
print(f"{depth} layers: {6 * depth} numbers, 1 layer: 6\nlargest gap {gap:.9f}")

assert crease or gap < 1e-9  # straight layers fold into one
# endregion
# region plot
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.02, top=0.9, wspace=0.04)
for ax, P, title in zip(axes, (Z, one), ("layer by layer", "one layer"), strict=True):
    for k, line in enumerate(P.reshape(-1, 21, 2)):
        edge = k in (0, 11)
        ends = line if crease and P is Z else line[[0, -1]]
        ax.plot(*ends.T, color="C1" if edge else "C0", linewidth=2.5 if edge else 0.9)
    ax.set(title=title, xlim=(-3, 3), ylim=(-3, 3), aspect="equal", xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
# endregion

# %% one-product
step = 5  # multiplications done, of 12

A = [[1, 2, 0], [3, 1, 2]]  # 2 rows, 3 columns
B = [[2, 1], [0, 4], [5, 1]]  # 3 rows, 2 columns
C = [[0, 0], [0, 0]]
done = 0
for i in range(2):  # a row of A
    for j in range(2):  # a column of B
        for k in range(3):  # along the row, down the column
            if done < step:
                C[i][j] += A[i][k] * B[k][j]
                done, now = done + 1, (i, j, k)

whole = (np.array(A) @ np.array(B)).tolist()
print("C:", C, "  A @ B:", whole)
assert done < 12 or whole == C
# region plot
fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.6), width_ratios=(3, 2, 2))
fig.subplots_adjust(left=0.02, right=0.98, bottom=0.04, top=0.86, wspace=0.18)
half = np.array([-0.5, 0.5, 0.5, -0.5])
for ax, M, name in zip(axes, (A, B, C), "ABC", strict=True):
    M = np.array(M)
    for r, c in np.ndindex(*M.shape):
        i, j, k = now if step else (-1, -1, -1)
        line = {"A": r == i, "B": c == j, "C": False}[name]
        spot = (r, c) == {"A": (i, k), "B": (k, j), "C": (i, j)}[name]
        color = "C1" if name == "C" else "C0"
        if line or spot:
            ax.fill(c + half, r + np.roll(half, 1), color=color, alpha=0.4 if spot else 0.15, linewidth=0)
        ax.text(c, r, M[r, c], ha="center", va="center", fontsize=18, weight="bold" if spot else "normal")
    ax.set(title=name, xlim=(-0.5, M.shape[1] - 0.5), ylim=(2.5, -0.5), xticks=[], yticks=[], aspect="equal")
    ax.spines[:].set_visible(False)
    ax.grid(visible=False)
# endregion

# %% share
context = 1024  # tokens read at once
exp_cost = 10  # operations charged for one exp, root or division


def count(context, exp_cost):  # per token; to multiply and add is 2
    width, blocks, heads, vocab = 768, 12, 12, 50257  # GPT-2 small
    return {
        "data × weights": blocks * 24 * width**2 + 2 * width * vocab,
        "data × data": blocks * 4 * context * width,
        "softmax": blocks * heads * context * (3 + 2 * exp_cost),
        "GELU": blocks * 4 * width * (7 + exp_cost),
        "norms": (2 * blocks + 1) * width * (6 + exp_cost),
        "sums": blocks * 11 * width,  # biases and residuals
    }


# region model
def shares(context: int, exp_cost: int) -> np.ndarray:
    """Return the share of each kind of operation, in per cent."""
    n = np.array([*count(context, exp_cost).values()], dtype=float)
    return 100 * n / n.sum()


share = shares(context, exp_cost)
percent = share[:2].sum()
# endregion
total = context * sum(count(context, exp_cost).values())
print(f"{total / 1e9:.0f} billion, matrix products {percent:.2f} %")
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.2))
fig.subplots_adjust(left=0.23, right=0.98, bottom=0.17, top=0.98)
ax.barh([*count(context, exp_cost)], share, color=["C0", "C0", *["C1"] * 4])
for k, part in enumerate(share):
    ax.text(part + 1, k, f"{part:.2f} %", va="center")
ax.set(xlim=(0, 119), xticks=[0, 20, 40, 60, 80, 100], xlabel="share of operations [%]")
ax.invert_yaxis()
# endregion

# %% without-the-bend
bend = "relu"  # between two products: none, relu, step or square
shape = "rings"  # rings, moons or clouds
width = 100  # hidden units


# region set-up
def points(shape: str, seed: int, n: int = 600) -> tuple[np.ndarray, np.ndarray]:
    """Return points in the plane, (n, 2), and to which of two groups each belongs, ±1."""
    rng = np.random.default_rng(seed)
    y, t, noise = rng.choice([-1, 1], n), rng.uniform(0, np.pi, n), rng.normal(size=(n, 2))
    if shape == "clouds":
        return np.outer(y, [1, 0.5]) + 0.55 * noise, y
    if shape == "rings":  # of radius 1 and 2
        return np.column_stack([np.cos(2 * t), np.sin(2 * t)]) * (1.5 + 0.5 * y + 0.15 * noise[:, 0])[:, None], y
    arc = np.column_stack([np.cos(t), np.sin(t)])
    return 1.5 * (np.where(y[:, None] > 0, arc, [1, 0.5] - arc) - [0.5, 0.25] + 0.12 * noise), y


def best_line(X: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray, float]:
    """Return the most that a straight line x · u = c gets right of these very points, with u and c; 360 directions."""
    U = np.array([f(np.pi / 360 * np.arange(360)) for f in (np.cos, np.sin)])  # (2, 360)
    order = np.argsort(X @ U, axis=0)
    lead = np.abs(y.sum() / 2 - np.cumsum(y[order], axis=0))  # (n, 360), for a line behind the first 1, 2, … points
    k, d = np.unravel_index(lead.argmax(), lead.shape)
    return 0.5 + lead[k, d] / len(y), U[:, d], X[order[k, d]] @ U[:, d]


new = [(X[300:], y[300:]) for X, y in (points(shape, seed) for seed in range(5))]  # not shown to the nets
lines = [best_line(X, y) for X, y in new]  # chosen with hindsight
right = {"any line": [share for share, *_ in lines]}
bends = {"none": lambda U: U, "relu": lambda U: np.maximum(U, 0), "step": lambda U: 1.0 * (U > 0), "square": np.square}


# endregion
def net(f, seed, width):  # random weights; only the last layer is fitted
    (X, y), rng = points(shape, seed), np.random.default_rng(seed)
    W, c = rng.normal(size=(2, width)), rng.normal(size=width)
    D = rng.normal(size=(width, width)) / width**0.5

    def hidden(X):
        return np.column_stack([f(f(X @ W + c) @ D), np.ones(len(X))])

    v = np.linalg.lstsq(hidden(X[:300]), y[:300], rcond=1e-6)[0]
    return lambda X: np.sign(hidden(X) @ v)


for name, f in bends.items():
    right[name] = [np.mean(net(f, s, width)(X) == y) for s, (X, y) in enumerate(new)]
assert max(right["none"]) <= max(right["any line"])
# region plot
print("\n".join(f"{name:9} {min(part):.2f} to {max(part):.2f}" for name, part in right.items()))
(X, y), g = new[0], np.linspace(-2.6, 2.6, 53)
zone = net(bends[bend], 0, width)(np.column_stack([t.ravel() for t in np.meshgrid(g, g)])).reshape(53, 53)
fig, ax = plt.subplots(figsize=(4.6, 4.4), layout="constrained")
ax.set(xlim=(-2.6, 2.6), ylim=(-2.6, 2.6), aspect="equal", xticks=[], yticks=[])
ax.contourf(g, g, zone, levels=[-2, 0, 2], colors=["C1", "C0"], alpha=0.22)
ax.plot(*X[y > 0].T, ".", *X[y < 0].T, ".", markersize=4)
_, u, c = lines[0]
ax.plot(*(c * u[:, None] + np.outer([-u[1], u[0]], [-5, 5])), "--", color="C5", scalex=False, scaley=False)
# endregion

# %% solution:one-entry
answer = 3 * 0 + 4 * 5

# %% check:one-entry
row, column = (3, 4), (0, 5)
assert abs(answer - sum(p * q for p, q in zip(row, column, strict=True))) < 1e-6, (
    "along row 2 of the left matrix, down column 1 of the right one"
)

# %% solution:fold-two
A1, b1 = np.array([[1, 2], [0, 1]]), np.array([1, 2])
A2, b2 = np.array([[2, 0], [1, 3]]), np.array([0, 5])
answer = float((b1 @ A2 + b2)[1])

# %% check:fold-two
x = np.array([3.0, -1.0])
z = (x @ np.array([[1, 2], [0, 1]]) + [1, 2]) @ np.array([[2, 0], [1, 3]]) + [0, 5]
direct = z - x @ np.array([[1, 2], [0, 1]]) @ np.array([[2, 0], [1, 3]])
assert abs(answer - direct[1]) < 1e-6, "b1 must travel through A2 before b2 is added: b = b1 A2 + b2"

# %% exercise:how-wide
width = 100  # yours: 5, 10, 20, 50 or 100
found = [np.mean(net(bends["relu"], seed, width)(X) == y) for seed, (X, y) in enumerate(new)]
print(f"{width} units: {min(found):.3f} to {max(found):.3f}")

# %% solution:how-wide
width = 20
found = [np.mean(net(bends["relu"], seed, width)(X) == y) for seed, (X, y) in enumerate(new)]
print(f"{width} units: {min(found):.3f} to {max(found):.3f}")

# %% check:how-wide
import numpy as np

widths = [5, 10, 20, 50, 100]
assert width in widths, "one of 5, 10, 20, 50 and 100"
fresh = [tuple(part[300:] for part in points("rings", seed)) for seed in range(5)]
worst = {n: min(np.mean(net(lambda U: U * (U > 0), s, n)(X) == y) for s, (X, y) in enumerate(fresh)) for n in widths}
assert worst[width] > 0.95, f"{width} units: one of the five nets gets only {worst[width]:.3f} right"
narrower = [n for n in widths if n < width and worst[n] > 0.95]
assert not narrower, f"{width} units are enough, but so are fewer"

# %% solution:two-thirds
answer = (1 + np.arccos(1 / 2) / np.pi) / 2

# %% check:two-thirds
import numpy as np

d = np.linspace(0, 2, 2001)  # from the middle to the line
beyond = np.arccos(d / 2) / np.pi - np.arccos(np.minimum(d, 1)) / np.pi  # outer less inner points behind it
assert abs(answer - (1 + beyond.max()) / 2) < 2e-3, (
    "touch the inner ring: a third of the outer one lies behind the line"
)


# %% exercise:pack
def pack(A, b):
    """Return M with (x, 1) @ M = (x @ A + b, 1), for A of shape (d, k) and b of shape (k,)."""
    M = np.zeros((A.shape[0] + 1, A.shape[1] + 1))
    M[:-1, :-1] = A
    M[-1, :-1] = b
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
assert np.allclose((np.append(x, 1) @ M)[:-1], x @ A1 + b1), "one layer must still be xA + b"
both = np.append(x, 1) @ M @ pack(A2, b2)
assert not np.allclose(both[:-1], (x @ A1 + b1) @ A2), "two layers: the second bias is still lost"
assert np.allclose(both[:-1], (x @ A1 + b1) @ A2 + b2), "two layers must be (xA1 + b1)A2 + b2"
assert np.isclose(both[-1], 1), "a third layer would need a 1 at the end, too"
