"""Eight tasks of machine learning asked of 150 irises: what one density answers, and where it breaks."""

# %% one-picture
# region model
import matplotlib.pyplot as plt
import numpy as np

task = "regression"
length = 2.0  # petal of a new flower, cm; that petal is 1.3 cm wide
digits = """
140214021302150214021704140315021402150115021602140111011202150413041403170315031702150410021705190216021604150214021602
160215041501140215021202130214011302150213031303130216061904140316021402150214024714451549154013461545134716331046133914
351042154010471436134414451541104515391148184013491547124313441448145017451535103811371039125116451545164715441341134013
441246144012331042134212421343133011411360255119592156185822662145176318581861255120531955215020512453235518672269235015
572349206720491857216018481849185621581661196420562251155614612356245518481854215624512351195923572552235019522054235118
""".replace("\n", "")  # Fisher, 1936: petal length and width in mm of 50 setosa, 50 versicolor, 50 virginica
X = np.array([int(digits[i : i + 2]) for i in range(0, 600, 2)]).reshape(150, 2) / 10  # (150, 2), cm
y = np.repeat(range(3), 50)
mean, C = X.mean(axis=0), np.cov(X.T)  # all that is kept of 150 flowers
means, Cs = np.array([X[y == c].mean(axis=0) for c in range(3)]), np.array([np.cov(X[y == c].T) for c in range(3)])


def log_bumps(X, M, C):
    """Return the log density of each Gaussian at the rows of X, (n, k)."""
    d = X[:, None] - M  # (n, k, d)
    return -np.einsum("nki,kij,nkj->nk", d, np.linalg.inv(C), d) / 2 - np.log(np.linalg.det(2 * np.pi * C)) / 2


slope, new = C[0, 1] / C[0, 0], np.array([length, 1.3])
assert np.isclose(slope, np.polyfit(*X.T, 1)[0])  # least squares finds the same
p = np.exp(log_bumps(np.vstack([new, X]), means, Cs)).mean(axis=1)  # (151,), the new flower first
u, v = np.linspace(0, 8, 65), np.linspace(0, 3, 49)
grid = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
logs, axis = log_bumps(grid, means, Cs), np.abs(np.linalg.eigh(C)[1][:, 1])  # the long axis, both parts positive
fig, ax = plt.subplots(figsize=(6.4, 3.6), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.15, "top": 0.97})
ax.plot(*X.T, "o", color="C5", markersize=3.5)
if task in ("regression", "imputation", "reduction"):
    away = new - mean
    lines = {"regression": (C[0] / C[0, 0], away[0]), "imputation": (C[1] / C[1, 1], away[1])}
    way, t = lines.get(task, (axis, away @ axis))
    foot = mean + t * way
    ax.plot(*(mean[:, None] + way[:, None] * [-9, 9]), "C1-", *np.array([new, foot]).T, "C3--")
    print(f"on the line: {foot[0]:.2f} cm long, {foot[1]:.2f} cm wide")
elif task == "sampling":
    rng = np.random.default_rng(int(length))
    ax.plot(*np.transpose([rng.multivariate_normal(means[c], Cs[c]) for c in rng.integers(3, size=40)]), "C1x")
elif task in ("density", "anomaly"):
    levels = np.arange(-8, 1) if task == "density" else [np.log(p[0])]
    ax.contour(u, v, np.log(np.exp(logs).mean(axis=1)).reshape(49, 65), levels, colors="C1", linestyles="-")
    print(f"rarer than {(p[1:] > p[0]).sum()} of 150" if task == "anomaly" else f"{p[0]:.2g} a square cm")
else:
    centres = X[[0, 60, 120]]
    for _ in range(10):  # k-means, for clustering
        near = ((X[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)
        centres = np.array([X[near == j].mean(axis=0) for j in range(3)])
    areas = logs if task == "classification" else -((grid[:, None] - centres) ** 2).sum(axis=2)
    areas = areas.argmax(axis=1).reshape(49, 65)
    ax.contourf(u, v, areas, [-0.5, 0.5, 1.5, 2.5], colors=["C0", "C1", "C2"], alpha=0.25)
    here = areas[np.abs(v - 1.3).argmin(), np.abs(u - length).argmin()]
    print(("setosa", "versicolor", "virginica")[here] if task == "classification" else f"pile {here + 1} of 3")
ax.plot(*new, "D", color="C3", markersize=9)
ax.set(xlim=(0, 8), ylim=(0, 3), xlabel="petal length (cm)", ylabel="petal width (cm)")
# endregion

# %% specialists
n = 100  # flowers to learn from; the test is on 50 others

# region set-up
import matplotlib.pyplot as plt
import numpy as np

digits = """
513549304732463150365439463450344429493154374834483043305840574454395135573851385434513746365133483450305034523552344732
483154345241554249315032553549364430513450354523443250355138483051384632533750337032643269315523652857286333492466295227
502059306022612956296731563058276222562559326128632561286429663068286730602957265524552458276027543060346731632356305525
552661305826502356275730572962295125572863335827713063296530763049257329672572366532642768305725582864326530773877266022
693256287728632767337232622861306428723074287938642863286126773063346431603069316731693158276832673367306325653062345930
""".replace("\n", "")  # sepal length and width in mm of the same flowers
F = np.hstack([np.array([int(digits[i : i + 2]) for i in range(0, 600, 2)]).reshape(150, 2) / 10, X])  # (150, 4), cm
Z = (F - F.mean(axis=0)) / F.std(axis=0)


# endregion
def answers(A, T, t):
    """Name species and say how odd flowers are, by columns of the table below."""
    sepal, _, long, wide = (A * F.std(axis=0) + F.mean(axis=0)).T  # cm
    hand = (long > 2.5).astype(int) + (wide > 1.65)
    column = np.abs(A - T.mean(axis=0)).max(axis=1)
    eye = np.maximum(np.abs(wide - 0.4 * long + 0.3) / 0.2, np.abs(long - 1.9 * (sepal - 3.8)))  # off two lines
    M = np.array([T[t == c].mean(axis=0) for c in range(3)])  # (3, 4)
    density = log_bumps(A, M, np.array([np.cov((T - M[t]).T)] * 3))  # (n, 3), one shape for all
    near = ((A[:, None] - T) ** 2).sum(axis=2)
    species = hand, density.argmax(axis=1), t[near.argmin(axis=1)]
    return species, (column, eye, -np.logaddexp.reduce(density, axis=1), near.min(axis=1))


# region print
def trial(seed, n):
    """Return the share of species right, of mixed flowers found, and the test."""
    order = np.random.default_rng(seed).permutation(150)
    T, t, U, u = Z[order[:n]], y[order[:n]], Z[order[100:]], y[order[100:]]
    mixed = np.random.default_rng(100 + seed).permuted(U, axis=0)  # parts of different flowers
    (named, real), (_, odd) = answers(U, T, t), answers(mixed, T, t)
    found = [np.mean(a[:, None] > b) for a, b in zip(odd, real, strict=True)]
    return [np.mean(g == u) for g in named], found, (U, mixed)


species, found = (np.array([trial(seed, n)[i] for seed in range(10)]) for i in (0, 1))  # (10, 3) and (10, 4)
print(f"{n:3} flowers     hand   eye density  near")
print("species right {:6.2f}     -{:8.2f}{:6.2f}".format(*species.mean(axis=0)))
print("mixed found   {:6.2f}{:6.2f}{:8.2f}{:6.2f}".format(*found.mean(axis=0)))
assert n < 100 or (found[:, 2] > found[:, 0] + 0.2).all()  # each part is normal, the flower is not
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3), width_ratios=[4, 5])
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.17, top=0.97, wspace=0.32)
for A, style, name in zip(trial(0, n)[2], ("C0o", "C1x"), ("real", "mixed"), strict=True):
    left.plot(*(A * F.std(axis=0) + F.mean(axis=0))[:, 2:].T, style, markersize=4.5, label=name)
left.set(xlim=(0, 8), ylim=(0, 3.6), xlabel="petal length (cm)", ylabel="petal width (cm)")
left.legend(loc="upper left", ncols=2)
right.plot([-1, 4], [0.5, 0.5], "C5-", found.T, "C0o", markersize=4.5)
right.set(xlim=(-0.5, 3.5), ylim=(0.3, 1.02), ylabel="mixed found")
right.set_xticks(range(4), ["column", "eye", "density", "near"])
# endregion

# %% crescents
bumps = 1  # Gaussians for each crescent
seed = 0

# region set-up
import matplotlib.pyplot as plt
import numpy as np


def mixture(X, M, rounds, tied=False):
    """Fit Gaussians, beginning at M: who belongs to whom, then a mean and a covariance of each, or one for all."""
    share, C = np.full(len(M), 1 / len(M)), np.array([np.cov(X.T) / len(M)] * len(M))
    for _ in range(rounds):
        logs = np.log(share) + log_bumps(X, M, C)
        R = np.exp(logs - np.logaddexp.reduce(logs, axis=1, keepdims=True))  # (n, k), rows sum to 1
        N = R.sum(axis=0)
        M = R.T @ X / N[:, None]
        d = X[:, None] - M
        C = np.einsum("nk,nki,nkj->kij", R, d, d)
        C = (C.sum(axis=0) / len(X) if tied else C / N[:, None, None]) + 1e-3 * np.array([np.eye(X.shape[1])] * len(M))
        share = share if tied else N / len(X)
    return share, M, C


def crescents(n, seed):
    """Return n points of two interlocking crescents, and which of the two each is of."""
    rng = np.random.default_rng(1000 + seed)
    a, c = np.pi * rng.random(n), np.arange(n) % 2
    P = np.column_stack([np.cos(a) + c, np.sin(a) * (1 - 2 * c) + 0.5 * c])
    return P + 0.15 * rng.normal(size=(n, 2)), c


# endregion
def learned(P, c, bumps, seed):
    """Return a mixture for each crescent."""
    rng = np.random.default_rng(seed)
    return [mixture(A, A[rng.choice(len(A), bumps, replace=False)], 60) for A in (P[c == 0], P[c == 1])]


def compare(bumps, seed):
    """Return the share right of a density and of the nearest point."""
    (P, c), (Q, d) = crescents(400, seed), crescents(1000, seed + 500)
    logs = [np.log(share) + log_bumps(Q, M, C) for share, M, C in learned(P, c, bumps, seed)]
    likely = np.argmax([np.logaddexp.reduce(each, axis=1) for each in logs], axis=0)
    return np.mean(likely == d), np.mean(c[((Q[:, None] - P) ** 2).sum(axis=2).argmin(axis=1)] == d)


# region plot
both = np.array([compare(bumps, s) for s in range(5)])  # (5, 2)
print(f"{bumps} bump(s) each: {both[:, 0].min():.2f} to {both[:, 0].max():.2f} right")
print(f"nearest point: {both[:, 1].min():.2f} to {both[:, 1].max():.2f} right")
assert bumps > 1 or both[:, 0].max() < both[:, 1].min()
(P, c), rng = crescents(400, seed), np.random.default_rng(seed)
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2), sharey=True)
fig.subplots_adjust(left=0.07, right=0.985, bottom=0.1, top=0.9, wspace=0.08)
for k, (w, M, S) in enumerate(learned(P, c, bumps, seed)):
    drawn = np.array([rng.multivariate_normal(M[j], S[j]) for j in rng.choice(bumps, 150, p=w / w.sum())])
    for ax, points, name in zip(axes, (P[c == k][:150], drawn), ("real", "sampled"), strict=True):
        ax.plot(*points.T, "os"[k], color=f"C{k}", markersize=3)
        ax.set(title=name, xlim=(-2, 3), ylim=(-1.5, 2), yticks=[-1, 0, 1])
# endregion

# %% piles
step = 3  # 3**step - 1 rounds
method = "free"  # or "tied", "k-means"
start = 0  # seed of the three flowers to begin with

# region set-up
from itertools import permutations

import matplotlib.pyplot as plt
import numpy as np


def squares(A, B):
    """Return squared distances, (len(A), len(B))."""
    return ((A[:, None] - B) ** 2).sum(axis=2)


def sort_out(method, start, rounds):
    """Return which pile each flower is in, and the centres."""
    M = X[np.random.default_rng(start).choice(150, 3, replace=False)]
    if method == "k-means":
        M = k_means(X, M, rounds)
        return squares(X, M).argmin(axis=1), M
    share, M, C = mixture(X, M, rounds, method == "tied")
    return (np.log(share) + log_bumps(X, M, C)).argmax(axis=1), M


def named(near):
    """Return the share right once each pile has the name that suits best."""
    return max(np.mean(np.array(names)[near] == y) for names in permutations(range(3)))


# endregion
def k_means(X, M, rounds):
    """Move each centre to the mean of the flowers nearest to it, again and again."""
    for _ in range(rounds):
        near = squares(X, M).argmin(axis=1)
        M = np.array([X[near == j].mean(axis=0) if (near == j).any() else M[j] for j in range(3)])
    return M


near, M = sort_out(method, start, 3**step - 1)
# region print
print(f"{3**step - 1} rounds: {named(near):.2f} right once named")
ends = {name: [named(sort_out(name, s, 26)[0]) for s in range(4)] for name in ("k-means", "free", "tied")}
for name, shares in ends.items():
    print(f"{name:7} 4 starts: {min(shares):.2f} to {max(shares):.2f}")
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4), gridspec_kw={"left": 0.1, "right": 0.985, "bottom": 0.16, "top": 0.97})
for j, marker in enumerate("os^"):
    ax.plot(*X[near == j].T, marker, color=f"C{j}", markersize=4.5)
ax.plot(*M.T, "*", color="C3", markersize=15)
ax.set(xlim=(0, 8), ylim=(0, 3), xlabel="petal length (cm)", ylabel="petal width (cm)")
# endregion

# %% solution:zoo-which-task
answer = 3

# %% check:zoo-which-task
assert answer == 3, "nobody has labelled a forgery, and nobody asks for piles"

# %% solution:zoo-two-rounds
import numpy as np

x, centres = np.array([0.0, 1.0, 2.0, 9.0, 10.0]), np.array([0.0, 3.0])
for _ in range(2):
    near = np.abs(x[:, None] - centres).argmin(axis=1)
    centres = np.array([x[near == j].mean() for j in range(2)])
answer = centres[1]

# %% check:zoo-two-rounds
assert abs(answer - (9 + 10) / 2) < 0.005, "after the first round, 2 is nearer to the left centre"

# %% exercise:zoo-mixed
flower = 4.0, 1.3  # petal length and width, cm: yours

# %% solution:zoo-mixed
flower = 2.0, 1.8  # petal length and width, cm: yours

# %% check:zoo-mixed
import numpy as np

length, width = flower
assert 1.5 <= length <= 5.6 and 0.2 <= width <= 2.0, "length 1.5 to 5.6 and width 0.2 to 2.0: ordinary parts"
C = np.array([[3.116, 1.296], [1.296, 0.581]])  # of the 150 petals
d = np.array([length - 3.758, width - 1.199])
distance = np.sqrt(d @ np.linalg.solve(C, d))
assert distance > 5, (
    f"{distance:.1f} from the mean, as the covariance counts; the rarest of 150 flowers is 3.2: wanted 5"
)

# %% solution:zoo-left-over
answer = 1 - 0.8**2

# %% check:zoo-left-over
import numpy as np

a, e = np.random.default_rng(0).normal(size=(2, 1_000_000))
b = 0.8 * a + np.sqrt(1 - 0.8**2) * e  # both of variance 1, correlation .8
left = np.mean((b - np.cov(a, b)[0, 1] * a) ** 2)  # what the best line does not tell
assert abs(answer - left) < 0.005, "a million simulated pairs leave another variance"

# %% exercise:zoo-ratings
import numpy as np


def fill(R, seen):
    """Return user × film of least squared error on the ratings that were seen; R is 0 elsewhere."""
    user, film = np.ones(R.shape[0]), np.ones(R.shape[1])
    for _ in range(100):
        user = R @ film / (np.ones(R.shape) @ film**2)
        film = R.T @ user / (np.ones(R.shape).T @ user**2)
    return np.outer(user, film)


# %% solution:zoo-ratings
import numpy as np


def fill(R, seen):
    """Return user × film of least squared error on the ratings that were seen; R is 0 elsewhere."""
    user, film = np.ones(R.shape[0]), np.ones(R.shape[1])
    for _ in range(100):
        user = R @ film / (seen @ film**2)
        film = R.T @ user / (seen.T @ user**2)
    return np.outer(user, film)


# %% check:zoo-ratings
import numpy as np

rng = np.random.default_rng(3)
truth = np.outer(rng.uniform(1, 2, 12), rng.uniform(1, 2.5, 9))
seen = rng.random((12, 9)) < 0.6
found = fill(truth * seen, seen)
assert found.shape == truth.shape, "one rating for each user and film"
gap = np.abs(found - truth)[~seen].mean()
assert gap < 0.01, f"hidden ratings are off by {gap:.2f}; a hole is no rating of 0"
