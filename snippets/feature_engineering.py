"""Features made by hand: what one product adds, what forty-five cost, and whether 64 columns are many."""

# %% two-scores
# region set-up
import matplotlib.pyplot as plt
import numpy as np

zero = 3.0  # the score at which the other one makes no difference
n = 200  # pupils to learn from; 2,000 more are the test


def pupils(zero: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return drive and teacher, from 1 to 5, and their product (n + 2000, 3), and growth, which has noise."""
    rng = np.random.default_rng(seed)
    drive, teacher = rng.integers(1, 6, size=(2, n + 2000)).astype(float)
    growth = (drive - zero) * (teacher - zero)
    return np.column_stack([drive, teacher, drive * teacher]), growth + 0.3 * growth.std() * rng.normal(size=n + 2000)


# endregion
# region model
def fit(F: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the weights of least squares on the first n rows: one a column, and a constant."""
    return np.linalg.lstsq(np.column_stack([F, np.ones(len(F))])[:n], y[:n], rcond=None)[0]


def r2(F: np.ndarray, y: np.ndarray) -> float:
    """Return 1 - error / spread on the other rows: 1 is perfect, 0 no better than the mean."""
    w = fit(F, y)
    return 1 - np.mean((y[n:] - F[n:] @ w[:-1] - w[-1]) ** 2) / y[n:].var()


def compare(zero: float) -> np.ndarray:
    """Return R² by two scores and with their product, means over five schools."""
    schools = [pupils(zero, seed) for seed in range(5)]
    return np.mean([[r2(X[:, :2], y), r2(X, y)] for X, y in schools], axis=0)


before, after = compare(zero)
print("zero  two scores  product")
for at, scores in ((zero, (before, after)), (0.0, compare(0))):
    print(f"{at:4.1f}{scores[0]:12.2f}{scores[1]:9.2f}")
m = 3 - zero  # how far the mean score is from zero
assert abs(before - m**2 / (m**2 + 1) / 1.09) < 0.05  # the noise is 9 % of the growth's variance
# endregion
# region plot
X, y = pupils(zero, 0)
y = (y - y.mean()) / y.std()
grid = np.arange(1.0, 6)  # scores
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5), sharey=True)
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.9, wspace=0.08)
for ax, name, columns in zip(axes, ("two scores", "and their product"), (2, 3), strict=True):
    w = fit(X[:, :columns], y)
    for drive, colour in zip(grid, ("C0", "C5", "C5", "C5", "C1"), strict=True):
        rows = np.column_stack([np.full(5, drive), grid, drive * grid])[:, :columns]
        means = [y[n:][(X[n:, :2] == (drive, teacher)).all(axis=1)].mean() for teacher in grid]
        ax.plot(grid, rows @ w[:-1] + w[-1], color=colour, alpha=0.6 if colour == "C5" else 1)
        ax.plot(grid, means, "s" if colour == "C0" else "o", color=colour, markersize=5)
    ax.set(title=name, xlabel="teacher", xlim=(0.7, 5.3), ylim=(-2.6, 2.9), xticks=grid)
axes[0].set_ylabel("growth")
# endregion

# %% forty-five
penalty = 0.0  # on the squares of weights, per row

# region set-up
import matplotlib.pyplot as plt
import numpy as np

i, j = np.triu_indices(10, 1)  # 45 pairs
sizes = [20, 40, 50, 60, 80, 100, 200, 500]  # pupils to learn from


def school(n: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return ten answers of n + 1000 pupils, their 45 products, and growth, for which one of them counts."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n + 1000, 10))
    products = X[:, i] * X[:, j]  # (n + 1000, 45)
    return X, products, X[:, 0] + X[:, 1] + products[:, 0] + rng.normal(size=n + 1000)


def test(F: np.ndarray, y: np.ndarray, n: int, penalty: float = 0.0) -> float:
    """Return R² on rows after the first n, which standardised the columns and chose the weights."""
    A, b = (F - F[:n].mean(axis=0)) / F[:n].std(axis=0), y[:n].mean()
    tax = np.sqrt(penalty * n) * np.eye(A.shape[1])  # rows that ask each weight to be 0
    w = np.linalg.lstsq(np.vstack([A[:n], tax]), np.append(y[:n] - b, np.zeros(len(tax))), rcond=None)[0]
    return 1 - np.mean((y[n:] - A[n:] @ w - b) ** 2) / y[n:].var()


# endregion
def best(X, products, y):
    """Return which product explains most of what the answers leave."""
    A, B = np.c_[X, np.ones(len(X))], np.c_[products, y]
    rest = B - A @ np.linalg.lstsq(A, B, rcond=None)[0]
    match = rest[:, :-1].T @ rest[:, -1] / np.linalg.norm(rest[:, :-1], axis=0)
    return np.argmax(np.abs(match))


def contest(n, seed):
    """Return R² of ten answers, with all products, with the best one."""
    X, products, y = school(n, seed)
    one = products[:, [best(X[:n], products[:n], y[:n])]]
    every, chosen = np.hstack([X, products]), np.hstack([X, one])
    return test(X, y, n), test(every, y, n, penalty), test(chosen, y, n)


# region plot
names = ("ten answers", "all 45 products", "best product")
curves = np.median([[contest(k, seed) for k in sizes] for seed in range(5)], axis=0)  # (sizes, 3)
at = dict(zip(sizes, curves, strict=True))
print("pupils  answers   all 45  best")
for size in (60, 500):
    print("{:6}{:9.2f}{:9.2f}{:6.2f}".format(size, *at[size]))
assert penalty or at[60][1] < -1  # 56 weights, 60 pupils: worse than saying the mean
fig, ax = plt.subplots(figsize=(6.4, 3.5), gridspec_kw={"left": 0.12, "right": 0.985, "bottom": 0.16, "top": 0.97})
for curve, style, name in zip(curves.T, ("o-", "s-", "^-"), names, strict=True):
    ax.semilogx(sizes, np.maximum(curve, -1), style, label=name)
ax.axhline(0, color="C5", linewidth=1)
ax.set(xlabel="pupils to learn from", ylabel="test R²", xlim=(18, 560), ylim=(-1.08, 1))
ax.set_xticks([20, 60, 200, 500], ["20", "60", "200", "500"])
ax.minorticks_off()
ax.legend(loc="lower right")
# endregion

# %% pixels
k = 20  # directions kept

# region set-up
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_wine

tables = {"digits": load_digits(), "wine": load_wine(), "tumours": load_breast_cancer()}
tables = {name: (table.data, table.target) for name, table in tables.items()}  # X (n, d), label (n,)


def squares(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return squared distances (len(B), len(A))."""
    return np.maximum((B**2).sum(axis=1)[:, None] - 2 * B @ A.T + (A**2).sum(axis=1), 1e-12)


# endregion
def products(F):
    """Return the columns of F, and each times each."""
    i, j = np.triu_indices(F.shape[1])
    return np.column_stack([F, F[:, i] * F[:, j]])


def classify(F, label, G, penalty=0.01):
    """Fit a line per class on F; return for G the class of the largest."""
    mean, spread, Y = F.mean(axis=0), F.std(axis=0), np.eye(10)[label]
    A, B = (F - mean) / spread, (G - mean) / spread
    K = A.T @ A + penalty * len(A) * np.eye(A.shape[1])
    return np.argmax(B @ np.linalg.solve(K, A.T @ Y) + Y.mean(axis=0), axis=1)


# region model
def trial(name: str, seed: int) -> list[float]:
    """Return accuracies on the half not learned from: the commonest class, k directions, their products, nearest."""
    X, label = tables[name]
    a, b = np.array_split(np.random.default_rng(seed).permutation(len(X)), 2)
    spread = X[a].std(axis=0)
    Z = (X - X[a].mean(axis=0)) / np.where(spread > 0, spread, np.inf)  # a constant column tells nothing
    V = np.linalg.eigh(np.cov(Z[a].T))[1][:, ::-1][:, :k]  # directions in which Z varies most
    F, G = Z[a] @ V, Z[b] @ V
    guesses = [np.full(len(b), np.bincount(label[a]).argmax()), classify(F, label[a], G)]
    guesses += [classify(products(F), label[a], products(G)), label[a][squares(Z[a], Z[b]).argmin(axis=1)]]
    return [np.mean(guess == label[b]) for guess in guesses]


# endregion
right = {name: np.array([trial(name, s) for s in range(5)]) for name in tables}
# region plot
contestants = ("commonest", "lines", "and products", "nearest")
print(f"{'':12}", *(f"{name:>7}" for name in right))
for name, *shares in zip(contestants, *(found.mean(axis=0) for found in right.values()), strict=True):
    print(f"{name:12}", *(f"{share:7.2f}" for share in shares))
assert k < 5 or (right["digits"][:, 2] > right["digits"][:, 1]).all()  # in every split
fig, ax = plt.subplots(figsize=(6.4, 3.5), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.1, "top": 0.86})
for shift, (name, mark, colour) in enumerate(zip(contestants, "_o^s", ("C5", "C0", "C1", "C2"), strict=True)):
    shares = np.concatenate([found[:, shift] for found in right.values()])
    ax.plot(np.repeat(np.arange(3) + 0.2 * (shift - 1.5), 5), shares, mark, color=colour, alpha=0.8, label=name)
ax.set(ylabel="right answers", xlim=(-0.5, 2.5), ylim=(0, 1.04), xticks=range(3), xticklabels=list(right))
ax.legend(loc="lower center", bbox_to_anchor=(0.48, 0.99), ncols=4, columnspacing=1, handletextpad=0.2)
# endregion

# %% crowding
junk = 0.0  # spread of 200 further columns of noise; ink goes from 0 to 1
scaled = False  # divide each column by its spread

# region set-up
import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_digits

pixels, digit = load_digits(return_X_y=True)
dimensions, kept = [2, 5, 10, 20, 64, 200, 1000], [2, 5, 10, 20, 40, 64]  # of noise; directions


# endregion
def distances(A, B):
    """Return distances (len(B), len(A)) of rows."""
    return np.sqrt(np.abs((B**2).sum(1)[:, None] - 2 * B @ A.T + (A**2).sum(1)))


def crowding(A, B):
    """Return farthest / nearest of A, seen from a row of B: the median."""
    return np.median([row.max() / row.min() for row in distances(A, B)])


# region model
def trial(seed: int) -> list[float]:
    """Return crowding of 500 digits and junk, and hits by all columns, by 40 that go with the labels, by directions."""
    rng = np.random.default_rng(seed)
    X = np.hstack([pixels / 16, junk * rng.normal(size=(1797, 200))])
    order = rng.permutation(1797)[:1000]
    X /= np.maximum(X[order[:500]].std(axis=0), 1e-3) if scaled else 1
    A, B, a, b = *np.split(X[order], 2), *np.split(digit[order], 2)
    V = np.linalg.eigh(np.cov(A.T))[1][:, ::-1]  # directions, the most varied first
    means = np.array([A[a == c].mean(axis=0) for c in range(10)])[a]  # (500, 264), of each row's digit
    best = np.argsort(-means.var(axis=0) / (((A - means) ** 2).mean(axis=0) + 1e-9))[:40]
    views = [(A, B), (A[:, best], B[:, best]), *((A @ V[:, :k], B @ V[:, :k]) for k in kept)]
    return [crowding(A, B), *(np.mean(a[distances(F, G).argmin(axis=1)] == b) for F, G in views)]


# endregion
ratio, everything, chosen, *compressed = np.mean([trial(s) for s in range(5)], axis=0)
# region plot
uniform = np.array([crowding(*np.random.default_rng(0).random((2, 500, d))) for d in dimensions])
alike = np.exp(np.interp(-np.log(ratio), -np.log(uniform), np.log(dimensions)))  # dimensions that crowd as much
print(f"farthest / nearest {ratio:.2f}: {alike:.0f} dimensions")
print(f"all {everything:.2f}, 20 kept {compressed[3]:.2f}, 40 chosen {chosen:.2f}")
assert junk or scaled or ratio > uniform[3]  # 64 columns of ink crowd less than 20 of noise
fig, (near, hit) = plt.subplots(1, 2, figsize=(6.4, 3.5), gridspec_kw={"left": 0.07, "right": 0.985, "bottom": 0.15})
near.loglog(dimensions, uniform, "o-", color="C5", label="uniform noise")
near.plot([alike, 264 if junk else 64], [ratio, ratio], ":D", color="C1", markevery=[1], markersize=8, label="digits")
near.set(title="farthest / nearest", xlabel="columns", xlim=(1.6, 1300), ylim=(1, 110))
near.set(yticks=[1, 3, 10, 30, 100], yticklabels=[1, 3, 10, 30, 100])
hit.axhline(everything, color="C1", label="all columns")
hit.axhline(chosen, color="C2", linestyle="--", label="40 chosen")
hit.semilogx(kept, compressed, "s-", color="C0", label="directions")
hit.set(title="nearest is right", xlabel="kept", xlim=(1.8, 72), ylim=(0, 1.03))
for ax, ticks, place in ((near, (2, 10, 64, 264, 1000), "upper right"), (hit, (2, 5, 10, 20, 64), "lower right")):
    ax.legend(loc=place)
    ax.minorticks_off()
    ax.set_xticks(ticks, list(map(str, ticks)))
# endregion

# %% solution:features-three-at-a-time
answer = 10 * 9 * 8 // (3 * 2 * 1)

# %% check:features-three-at-a-time
import itertools

count = len(list(itertools.combinations(range(10), 3)))
assert answer == count, "a list of all sets of three has another length"

# %% solution:features-and
m, variance = 1 / 2, 1 / 4
answer = 2 * m**2 / (2 * m**2 + variance)

# %% check:features-and
import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y = X[:, 0] * X[:, 1]
A = np.column_stack([X, np.ones(4)])
rest = y - A @ np.linalg.lstsq(A, y, rcond=None)[0]
assert abs(answer - (1 - rest.var() / y.var())) < 0.01, "least squares on the four rows leaves another share"

# %% solution:features-skin
answer = 1 - 0.9**10

# %% check:features-skin
import numpy as np

points = np.random.default_rng(0).random((200_000, 10))
skin = np.mean((np.abs(points - 0.5) > 0.45).any(axis=1))
assert abs(answer - skin) < 0.01, "of 200,000 random points another share lies in the skin"

# %% exercise:features-enough-pupils
n = 60  # yours

# %% solution:features-enough-pupils
n = 120

# %% check:features-enough-pupils
import numpy as np

i, j = np.triu_indices(10, 1)
assert n == int(n) and 12 <= n <= 1000, "between 12 and 1,000 pupils"


def lead(seed):
    """Return how much more R² 45 products give than the ten answers alone."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n + 1000, 10))
    y = X[:, 0] + X[:, 1] + X[:, 0] * X[:, 1] + rng.normal(size=n + 1000)
    scores = []
    for F in (X, np.hstack([X, X[:, i] * X[:, j]])):
        A = np.column_stack([F, np.ones(n + 1000)])
        w = np.linalg.lstsq(A[:n], y[:n], rcond=None)[0]
        scores.append(1 - np.mean((y[n:] - A[n:] @ w) ** 2) / y[n:].var())
    return scores[1] - scores[0]


middle = np.median([lead(seed) for seed in range(9)])
assert abs(middle) < 0.06, f"all 45 are ahead by {middle:+.2f}; wanted a tie, within 0.06"

# %% exercise:features-leak
import numpy as np


def honest(X, y, n):
    """Choose ten columns, fit on the first n rows, return R² on the others."""
    match = np.abs((X - X.mean(axis=0)).T @ (y - y.mean()))
    F = X[:, np.argsort(-match)[:10]]
    A = np.column_stack([F, np.ones(len(F))])
    w = np.linalg.lstsq(A[:n], y[:n], rcond=None)[0]
    return 1 - np.mean((y[n:] - A[n:] @ w) ** 2) / y[n:].var()


# %% solution:features-leak
import numpy as np


def honest(X, y, n):
    """Choose ten columns, fit on the first n rows, return R² on the others."""
    match = np.abs((X[:n] - X[:n].mean(axis=0)).T @ (y[:n] - y[:n].mean()))
    F = X[:, np.argsort(-match)[:10]]
    A = np.column_stack([F, np.ones(len(F))])
    w = np.linalg.lstsq(A[:n], y[:n], rcond=None)[0]
    return 1 - np.mean((y[n:] - A[n:] @ w) ** 2) / y[n:].var()


# %% check:features-leak
import numpy as np

rng = np.random.default_rng(0)
luck = [honest(rng.normal(size=(100, 1000)), rng.normal(size=100), 50) for _ in range(9)]
assert np.median(luck) < 0.05, f"nothing but chance, and R² {np.median(luck):.2f} on rows it should not know"
X = rng.normal(size=(400, 30))
score = honest(X, X[:, 3] + 0.5 * rng.normal(size=400), 200)
assert score > 0.6, f"one column explains 0.8 of y, and you find {score:.2f}"
