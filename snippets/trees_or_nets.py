"""Trees or nets for tables? Bundled data, cross-validated, then bent until the winner changes."""

# %% contestants
import time

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_wine
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

trees = 20  # in the forest, and rounds of boosting
alpha = 1.0  # weight decay of the net
contestants = {
    "stump": lambda seed: DecisionTreeClassifier(max_depth=1, random_state=seed),
    "forest": lambda seed: RandomForestClassifier(trees, random_state=seed),
    "boosting": lambda seed: GradientBoostingClassifier(n_estimators=trees, random_state=seed),
    "linear": lambda seed: make_pipeline(StandardScaler(), LogisticRegression()),
    "SVM": lambda seed: make_pipeline(StandardScaler(), SVC(C=3)),
    "net": lambda seed: make_pipeline(
        StandardScaler(), MLPClassifier(32, alpha=alpha, solver="lbfgs", tol=1e-3, max_iter=2000, random_state=seed)
    ),
}


def compete(X: np.ndarray, y: np.ndarray, names: list[str]) -> dict[str, np.ndarray]:
    """Return (train score, test score, seconds a fit) of 5 folds, shape (5, 3), by name."""
    folds = list(StratifiedKFold(5, shuffle=True, random_state=0).split(X, y))
    table = {name: np.zeros((5, 3)) for name in names}
    for name in names:
        for k, (a, b) in enumerate(folds):  # fold k uses random seed k
            start = time.perf_counter()
            model = contestants[name](k).fit(X[a], y[a])
            seconds = time.perf_counter() - start
            table[name][k] = model.score(X[a], y[a]), model.score(X[b], y[b]), seconds
    return table


# %% wine
X, y = load_wine(return_X_y=True)  # (178, 13), three growers


def show(table: dict[str, np.ndarray]) -> None:
    """Print and draw the mean test score with its standard error over the folds."""
    _, ax = plt.subplots(figsize=(6.4, 3.0))
    for row, (name, folds) in enumerate(table.items()):
        train, test, _ = folds.mean(axis=0)
        error = folds[:, 1].std(ddof=1) / np.sqrt(len(folds))
        print(f"{name:>8}: train {train:.2f}  test {test:.3f} ± {error:.3f}")
        ax.errorbar(test, row, xerr=error, fmt="o", capsize=4, color="C0")
    ax.set_yticks(range(len(table)), list(table))
    ax.invert_yaxis()
    ax.set_xlabel("test score")


wine = compete(X, y, list(contestants))
show(wine)
best = {name: folds[:, 1].mean() for name, folds in wine.items()}

assert best["stump"] < best["forest"] < best["SVM"]  # trees do not win this table

# %% cancer
from sklearn.datasets import load_breast_cancer

X, y = load_breast_cancer(return_X_y=True)  # (569, 30), benign or malignant
cancer = compete(X, y, ["forest", "linear", "SVM", "net"])
show(cancer)
best = {name: folds[:, 1].mean() for name, folds in cancer.items()}

assert best["linear"] > best["forest"]  # a straight cut is enough

# %% digits
from sklearn.datasets import load_digits

rows = 400  # of 1,797 pictures
X, y = (a[:rows] for a in load_digits(return_X_y=True))  # (400, 64), eight by eight pixels
digits = compete(X, y, ["stump", "forest", "linear", "SVM", "net"])
show(digits)
best = {name: folds[:, 1].mean() for name, folds in digits.items()}

assert best["net"] > best["forest"] > best["stump"]  # pixels: smooth boundaries win

# %% diabetes
from sklearn.datasets import load_diabetes
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_score
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import scale

X, y = load_diabetes(return_X_y=True)  # (442, 10), progression after a year
y = scale(y)
regressors = {
    "forest": RandomForestRegressor(trees, max_features=0.33, random_state=0),
    "boosting": GradientBoostingRegressor(n_estimators=40, max_depth=2, random_state=0),
    "linear": Ridge(0.1),
    "net": make_pipeline(
        StandardScaler(), MLPRegressor(hidden_layer_sizes=(16,), alpha=30, solver="lbfgs", tol=1e-3, random_state=0)
    ),
}
r2 = {}
for name, model in regressors.items():
    s = cross_val_score(model, X, y, cv=KFold(5, shuffle=True, random_state=0))  # (5,), R²
    r2[name] = s.mean()
    print(f"{name:>8}: R² {s.mean():.2f} ± {s.std(ddof=1) / np.sqrt(5):.2f}")

assert r2["linear"] > r2["forest"]  # ten columns, one gentle slope

# %% bend
junk = 100  # columns of pure noise
skew = 1.0  # each column z becomes exp(skew z)
seed = 0
rng = np.random.default_rng(seed)
X, y = load_wine(return_X_y=True)
Z = (X - X.mean(axis=0)) / X.std(axis=0)  # (178, 13)
Q = np.linalg.qr(rng.normal(size=(13, 13)))[0]  # (13, 13), a random rotation
versions = {
    "as it is": Z,
    "junk": np.hstack([Z, rng.normal(size=(len(Z), junk))]),
    "skewed": np.exp(skew * Z),
    "rotated": Z @ Q,
}
names = ["forest", "SVM", "net"]
print(f"{'':>9}", *(f"{name:>7}" for name in names))
bent = {}
for version, V in versions.items():
    table = compete(V, y, names)
    bent[version] = [table[name][:, 1].mean() for name in names]
    print(f"{version:>9}", *(f"{s:7.3f}" for s in bent[version]))

assert abs(bent["as it is"][0] - bent["as it is"][2]) < 0.03  # level on the table as it is
assert bent["junk"][0] > bent["junk"][2]  # forest ahead with junk columns
assert bent["skewed"][0] > bent["skewed"][2]  # and with skewed ones

# %% rules
from sklearn.tree import export_text

depth = 2
data = load_wine()
tree = DecisionTreeClassifier(max_depth=depth, random_state=0)
folds = StratifiedKFold(5, shuffle=True, random_state=0)
s = cross_val_score(tree, data.data, data.target, cv=folds)
print(export_text(tree.fit(data.data, data.target), feature_names=list(data.feature_names)))
print(f"test accuracy {s.mean():.2f} ± {s.std(ddof=1) / np.sqrt(5):.2f}")

assert s.mean() > 0.8  # two questions go a long way

# %% times
print("milliseconds a fit      wine  cancer  digits")
for name in contestants:
    tables = (wine, cancer, digits)
    row = (f"{1000 * t[name][:, 2].mean():8.0f}" if name in t else "       –" for t in tables)
    print(f"{name:>18}", *row)

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
