"""Trees or nets for tables? Bundled data, cross-validated, then bent until the winner changes."""

# %% contestants
import time

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold, StratifiedShuffleSplit
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

trees = 20  # in the forest, and rounds of boosting
boost = {"n_estimators": trees, "learning_rate": 0.3, "max_depth": 2, "subsample": 0.7, "max_features": "sqrt"}


def tuned(model, knob: str, values: list[float], seed: int) -> GridSearchCV:
    """Scale the columns, and choose the knob on a quarter held out of the training rows."""
    steps = Pipeline([("scale", StandardScaler()), ("model", model)])
    inner = StratifiedShuffleSplit(1, test_size=0.25, random_state=seed)
    return GridSearchCV(steps, {f"model__{knob}": values}, cv=inner)


def net(seed: int) -> MLPClassifier:
    """Return a net with 16 hidden units."""
    return MLPClassifier(16, activation="tanh", solver="lbfgs", tol=1e-3, max_iter=2000, random_state=seed)


contestants = {  # seed -> model
    "stump": lambda seed: DecisionTreeClassifier(max_depth=1, random_state=seed),
    "forest": lambda seed: RandomForestClassifier(trees, random_state=seed),
    "boosting": lambda seed: GradientBoostingClassifier(**boost, random_state=seed),
    "linear": lambda seed: tuned(LogisticRegression(max_iter=500), "C", [0.1, 1, 10], seed),
    "SVM": lambda seed: tuned(SVC(), "C", [0.3, 3, 30], seed),
    "net": lambda seed: tuned(net(seed), "alpha", [1, 10, 100], seed),  # alpha: weight decay
}

# %% tables
seed = 0  # of the folds; the models of fold k have seed 5 * seed + k
X, y = load_diabetes(return_X_y=True)  # (442, 10); is the progress after a year above the median?
tables = {"wine": load_wine(return_X_y=True), "cancer": load_breast_cancer(return_X_y=True)}
tables["diabetes"] = X, y > np.median(y)


def compete(X: np.ndarray, y: np.ndarray, names=tuple(contestants)) -> dict[str, np.ndarray]:
    """Return train score, test score and seconds a fit on 5 folds, shape (5, 3), by name."""
    result = {name: np.zeros((5, 3)) for name in names}
    for k, (a, b) in enumerate(StratifiedKFold(5, shuffle=True, random_state=seed).split(X, y)):
        for name in names:
            start = time.perf_counter()
            model = contestants[name](5 * seed + k).fit(X[a], y[a])
            seconds = time.perf_counter() - start
            result[name][k] = model.score(X[a], y[a]), model.score(X[b], y[b]), seconds
    return result


def show(title: str, result: dict[str, np.ndarray], axes) -> None:
    """Print the scores; draw the test score with its standard error, and the time of a fit."""
    axes[0].set_title(title, loc="left")
    for row, (name, folds) in enumerate(result.items()):
        train, test, seconds = folds.mean(axis=0)
        error = folds[:, 1].std(ddof=1) / np.sqrt(len(folds))
        print(f"{title:>8} {name:>9}  train {train:.2f}  test {test:.3f} ± {error:.3f}")
        axes[0].errorbar(test, row, xerr=error, fmt="o", capsize=4, color="C0")
        axes[1].semilogx(1000 * seconds, row, "s", color="C1")
    axes[0].set_yticks(range(len(result)), list(result))


results = {title: compete(X, y) for title, (X, y) in tables.items()}
_, axes = plt.subplots(3, 2, figsize=(6.4, 6.4), sharex="col", sharey=True)
for pair, (title, result) in zip(axes, results.items(), strict=True):
    show(title, result, pair)
axes[0, 0].invert_yaxis()
axes[2, 0].set_xlabel("test accuracy")
axes[2, 1].set_xlabel("milliseconds a fit, on this machine")

assert all(r["net"][:, 1].mean() > r["forest"][:, 1].mean() - 0.05 for r in results.values())  # no disaster

# %% digits
rows = 400  # of 1,797 pictures
X, y = (a[:rows] for a in load_digits(return_X_y=True))  # (400, 64), eight by eight pixels
digits = compete(X, y)
_, axes = plt.subplots(1, 2, figsize=(6.4, 2.8), sharey=True)
show("digits", digits, axes)
axes[0].invert_yaxis()
axes[0].set_xlabel("test accuracy")
axes[1].set_xlabel("milliseconds a fit, on this machine")
accuracy = {name: folds[:, 1].mean() for name, folds in digits.items()}

assert accuracy["net"] > accuracy["forest"] > accuracy["stump"]  # pixels: many columns have a small say each

# %% bend
from scipy.stats import rankdata

junk = 100  # columns of pure noise
skew = 2.0  # each column z becomes exp(skew z)
seed = 0
rng = np.random.default_rng(seed)
X, y = load_wine(return_X_y=True)
Z = (X - X.mean(axis=0)) / X.std(axis=0)  # (178, 13)
Q = np.linalg.qr(rng.normal(size=(13, 13)))[0]  # (13, 13), a random rotation
versions = {
    "as it is": X,
    "junk": np.hstack([Z, rng.normal(size=(len(Z), junk))]),
    "skewed": np.exp(skew * Z),
    "ranked": rankdata(X, axis=0),  # the order within each column: what `skewed` has too
    "rotated": Z @ Q,
}
names = ("forest", "boosting", "SVM", "net")
print(f"{'':>8}", *(f"{name:>8}" for name in names))
bent = {}
for version, V in versions.items():
    scores = {name: folds[:, 1].mean() for name, folds in compete(V, y, names).items()}
    bent[version] = scores
    print(f"{version:>8}", *(f"{s:8.3f}" for s in scores.values()))

assert (
    junk < 100 or max(bent["junk"]["forest"], bent["junk"]["boosting"]) > bent["junk"]["net"]
)  # useless columns: trees ahead
assert skew < 2 or bent["skewed"]["forest"] > bent["skewed"]["net"] + 0.05  # and skewed ones
assert bent["rotated"]["net"] > bent["rotated"]["forest"]  # mixed columns: the net ahead

# %% rules
from sklearn.model_selection import cross_val_score
from sklearn.tree import export_text

depth = 2
data = load_wine()
tree = DecisionTreeClassifier(max_depth=depth, random_state=0)
folds = StratifiedKFold(5, shuffle=True, random_state=0)
s = cross_val_score(tree, data.data, data.target, cv=folds)  # (5,), accuracy
print(export_text(tree.fit(data.data, data.target), feature_names=list(data.feature_names)))
print(f"test accuracy {s.mean():.2f} ± {s.std(ddof=1) / np.sqrt(5):.2f}")

assert s.mean() > 0.8  # two questions go a long way

# %% solution:gini
left, right = (8, 0), (2, 10)  # class counts below each branch


def gini(counts):
    return 1 - sum((c / sum(counts)) ** 2 for c in counts)


answer = (sum(left) * gini(left) + sum(right) * gini(right)) / 20

# %% check:gini
impurity = 1 - (2 / 12) ** 2 - (10 / 12) ** 2  # of the mixed branch
assert abs(answer - 12 / 20 * impurity) < 0.002, "weighted Gini = Σ (n_branch / n) (1 - Σ p²)"

# %% solution:monotone
import numpy as np
from sklearn.tree import DecisionTreeClassifier

rng = np.random.default_rng(0)
A, target = rng.normal(size=(100, 3)), rng.integers(0, 2, 100)


def same(change) -> bool:
    """Say whether a tree learns the same predictions after `change`."""
    first, second = (DecisionTreeClassifier(max_depth=3, random_state=0).fit(V, target) for V in (A, change(A)))
    return bool((first.predict(A) == second.predict(change(A))).all())


changes = [np.exp, np.abs, lambda V: V @ np.linalg.qr(rng.normal(size=(3, 3)))[0]]
answer = 1 + [same(change) for change in changes].index(True)

# %% check:monotone
assert ["exp", "abs", "rotate"][int(answer) - 1] == "exp", "a tree sees only the order within a column"

# %% exercise:best-cut
import numpy as np


def best_cut(x, y):
    """Return the threshold on x (n,) that leaves the least weighted Gini impurity of y in {0, 1}."""
    return np.median(x)


# %% solution:best-cut
import numpy as np


def best_cut(x, y):
    """Return the threshold on x (n,) that leaves the least weighted Gini impurity of y in {0, 1}."""

    def impurity(cut):
        sides = [y[x <= cut], y[x > cut]]
        return sum(len(s) * 2 * s.mean() * (1 - s.mean()) for s in sides if len(s))

    values = np.unique(x)
    return min((values[1:] + values[:-1]) / 2, key=impurity)


# %% check:best-cut
import numpy as np

x = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
assert 2 < best_cut(x, np.array([0, 0, 1, 1, 1, 1])) < 3, "a cut that separates the classes leaves impurity 0"
assert 5 < best_cut(x, np.array([1, 1, 1, 1, 1, 0])) < 6, "the best cut need not halve the data"
assert best_cut(np.exp(x), np.array([0, 0, 1, 1, 1, 1])) > np.exp(2), "only the order of x matters"
