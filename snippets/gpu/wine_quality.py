"""UCI Wine Quality, red, fetched from UCI: the folds of the article once more, then more effort for everybody."""

# %% install
import importlib.util
import subprocess
import sys

pins = {"numpy": "2.4.3", "matplotlib": "3.10.8", "scikit-learn": "1.8.0"}  # used where one is missing
modules = {"scikit-learn": "sklearn"}
missing = [f"{name}=={pin}" for name, pin in pins.items() if not importlib.util.find_spec(modules.get(name, name))]
if missing:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing], check=True)

# %% device
import io
import os
import platform
import urllib.request
import zipfile
from pathlib import Path

import sklearn

smoke = os.environ.get("SMOKE") == "1"  # made-up rows, for tests


def cpu_name():
    """Return the processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


print(f"device: CPU {cpu_name()}")
print(f"scikit-learn {sklearn.__version__}")

# %% fetch
import numpy as np

archive = "https://archive.ics.uci.edu/static/public/186/wine+quality.zip"  # doi.org/10.24432/C56S3T
columns = (
    "fixed acidity;volatile acidity;citric acid;residual sugar;chlorides;free sulfur dioxide;"
    "total sulfur dioxide;density;pH;sulphates;alcohol;quality"
)
lowest = np.array([4.6, 0.12, 0, 0.9, 0.012, 1, 6, 0.990, 2.74, 0.33, 8.4])
highest = np.array([15.9, 1.58, 1, 15.5, 0.611, 72, 289, 1.004, 4.01, 2.0, 14.9])


def fetched():
    """Return the red wines as UCI serves them, shape (1599, 12)."""
    with urllib.request.urlopen(archive, timeout=60) as response:
        files = zipfile.ZipFile(io.BytesIO(response.read()))
    header, *lines = files.read("winequality-red.csv").decode().splitlines()
    assert header.replace('"', "") == columns
    return np.array([line.split(";") for line in lines], float)


def made_up(rows=300):
    """Return invented wines with the same columns and about the same ranges, a sixth of them twice."""
    rng = np.random.default_rng(0)
    U = rng.beta(2, 4, size=(rows, 11))  # (rows, 11), in [0, 1]
    X = (lowest + U * (highest - lowest)).round(4)
    taste = 5.6 + 4 * (U[:, 10] - U[:, 1]) + rng.normal(0, 0.6, rows)
    table = np.column_stack([X, taste.round().clip(3, 8)])
    return np.vstack([table, table[: rows // 6]])


wines = made_up() if smoke else fetched()
print("made-up rows, for a test" if smoke else "UCI Wine Quality, red, CC BY 4.0", wines.shape)

# %% unique
table = np.unique(wines, axis=0)  # (n, 12)
X, y = table[:, :-1], table[:, -1] >= 6
print(f"{len(wines)} rows, {len(table)} of them different; {y.mean():.0%} of these have quality 6 or more")

assert smoke or (len(wines), len(table)) == (1599, 1359)
assert len(X) == len(y) and 0.2 < y.mean() < 0.8

# %% contestants
import time
import warnings

from sklearn.ensemble import (
    ExtraTreesClassifier,
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    RandomForestClassifier,
)
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, train_test_split
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

warnings.filterwarnings("ignore", message="lbfgs failed")  # stopped early on purpose
trees, steps = (30, 50) if smoke else (300, 1000)


def net(decay, seed, width=16):
    """Return a net with this weight decay, scaled before."""
    options = {"alpha": decay, "solver": "lbfgs", "max_iter": steps, "random_state": seed}
    return make_pipeline(StandardScaler(), MLPClassifier(width, **options))


contestants = {  # name: (model of one value and a seed, the values tried, the stiffest first)
    "linear": (lambda C, seed: make_pipeline(StandardScaler(), LogisticRegression(C=C)), [0.01, 0.1, 1]),
    "SVM": (lambda C, seed: make_pipeline(StandardScaler(), SVC(C=C)), [0.3, 1, 3]),
    "boosting": (
        lambda rate, seed: GradientBoostingClassifier(n_estimators=60, learning_rate=rate, random_state=seed),
        [0.03, 0.1, 0.3],
    ),
    "net": (net, [100, 10, 1]),
    "net, no decay": (net, [0.0001]),
    "forest": (
        lambda leaf, seed: RandomForestClassifier(trees, min_samples_leaf=leaf, random_state=seed),
        [10, 3, 1],
    ),
}


def tuned(name, X, y, seed):
    """Fit a contestant with the value that does best on a quarter held out of these rows."""
    make, values = contestants[name]
    a, b = train_test_split(np.arange(len(y)), test_size=0.25, stratify=y, random_state=seed)
    scores = [make(v, seed).fit(X[a], y[a]).score(X[b], y[b]) for v in values] if len(values) > 1 else [0]
    return make(values[int(np.argmax(scores))], seed).fit(X, y)


def folds(X, y, shuffles=5):
    """Yield the training and the test rows of five folds a shuffle."""
    for shuffle in range(shuffles):
        yield from StratifiedKFold(5, shuffle=True, random_state=shuffle).split(X, y)


def compete(name, X, y, shuffles=5):
    """Return the share right in training, the number right in each test fold, and the seconds of a fit with tuning."""
    train, right, start = [], [], time.perf_counter()
    for k, (a, b) in enumerate(folds(X, y, shuffles)):
        model = tuned(name, X[a], y[a], seed=k)
        train.append(model.score(X[a], y[a]))
        right.append(int(sum(model.predict(X[b]) == y[b])))
    return np.mean(train), right, (time.perf_counter() - start) / len(right)


# %% article
from trees_or_nets import record  # record

# %% again
shuffles = 1 if smoke else 5
print("               train   test  seconds  folds as in the article")
for name in contestants:
    train, right, seconds = compete(name, X, y, shuffles)
    equal = sum(now == int(then) for now, then in zip(right, record[name][2].split(), strict=False))
    print(f"{name:13}  {train:.3f}  {sum(right) / (shuffles * len(y)):.3f}  {seconds:7.2f}  {equal} of {len(right)}")

# %% leak
for label, rows in {"all rows": wines, "each row once": table}.items():
    V, good = rows[:, :-1], rows[:, -1] >= 6
    found = {name: compete(name, V, good, 1)[1] for name in ("forest", "net", "SVM")}
    print(f"{label:>13}", *(f"{name} {sum(right) / len(rows):.3f}" for name, right in found.items()))


# %% fair
def more_trees(kind):
    """Return a maker of many trees of a kind, which see this share of the columns at each question."""
    return lambda share, seed: kind(trees, max_features=share, random_state=seed)


def boosted(rate, seed):
    """Return boosting by histograms, as XGBoost, LightGBM and CatBoost do it."""
    return HistGradientBoostingClassifier(max_iter=trees, learning_rate=rate, early_stopping=False, random_state=seed)


shares, rates, decays = [0.1, 0.2, 0.4, 0.7, 1.0], [0.01, 0.03, 0.1, 0.2, 0.3], [100, 30, 10, 3, 1]
contestants |= {  # five values each
    "SVM": (contestants["SVM"][0], [0.1, 0.3, 1, 3, 10]),
    "net": (net, decays),
    "net, 64": (lambda decay, seed: net(decay, seed, width=64), decays),
    "net, 3 × 32": (lambda decay, seed: net(decay, seed, width=(32, 32, 32)), decays),
    "forest": (more_trees(RandomForestClassifier), shares),
    "extra trees": (more_trees(ExtraTreesClassifier), shares),
    "boosting": (boosted, rates),
}
shuffles = 1 if smoke else 2
for name in contestants:
    train, right, seconds = compete(name, X, y, shuffles)
    print(f"{name:13}  {train:.3f}  {sum(right) / (shuffles * len(y)):.3f}  {seconds:7.2f}")

# %% overfit
print("weight decay      train   test")
for decay in (0.0001, 0.01, 1, 10, 100, 1000):
    contestants["net"] = (net, [decay])
    train, right, _ = compete("net", X, y, 1)
    print(f"{decay:12g} {train:10.3f} {sum(right) / len(y):.3f}")
