"""UCI Wine Quality, red: the table of the discussion, fetched on the spot, for the article's contestants."""

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

# %% article
from trees_or_nets import compete, contestants, np, plt, show, trees, tuned  # contestants, tables

# %% fetch
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
X, good = table[:, :-1], table[:, -1] >= 6
print(f"{len(wines)} rows, {len(table)} of them different; {good.mean():.0%} of these have quality 6 or more")

assert smoke or (len(wines), len(table)) == (1599, 1359)
assert len(X) == len(good) and 0.2 < good.mean() < 0.8

# %% leak
twice = {"all rows": wines, "each row once": table}
for label, rows in twice.items():
    result = compete(rows[:, :-1], rows[:, -1] >= 6, ("forest", "net"))
    print(f"{label:>13}", *(f"{name} {folds[:, 1].mean():.3f}" for name, folds in result.items()))

# %% contest
quality = compete(X, good)
_, axes = plt.subplots(1, 2, figsize=(6.4, 2.8), sharey=True)
show("quality", quality, axes)
axes[0].invert_yaxis()
axes[0].set_xlabel("test accuracy")
axes[1].set_xlabel("milliseconds a fit, on this machine")
plt.show()

# %% fair
from sklearn.ensemble import ExtraTreesClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC

trees = 20 if smoke else 200
options = {"activation": "tanh", "solver": "lbfgs", "tol": 1e-3, "max_iter": 2000}
decays, fractions, costs, widths = [1, 3, 10, 30, 100], [0.1, 0.2, 0.4, 0.7, 1.0], [0.1, 0.3, 1, 3, 10], (16, 64)
contestants = {  # five values of one knob each
    "forest": lambda seed: tuned(RandomForestClassifier(trees, random_state=seed), "max_features", fractions, seed),
    "extra": lambda seed: tuned(ExtraTreesClassifier(trees, random_state=seed), "max_features", fractions, seed),
    "boosting": lambda seed: tuned(
        HistGradientBoostingClassifier(max_iter=trees, early_stopping=False, random_state=seed),
        "learning_rate",
        [0.01, 0.03, 0.1, 0.2, 0.3],
        seed,
    ),
    "SVM": lambda seed: tuned(SVC(gamma="scale"), "C", costs, seed),
    "net": lambda seed: tuned(MLPClassifier(16, **options, random_state=seed), "alpha", decays, seed),
    "wide net": lambda seed: tuned(MLPClassifier(widths, **options, random_state=seed), "alpha", decays, seed),
}
seeds = range(2 if smoke else 3)
folds = {name: [] for name in contestants}
for seed in seeds:  # noqa: B007 - `compete` splits by it
    for name, result in compete(X, good, tuple(contestants)).items():
        folds[name].append(result)
averaged = {name: np.mean(results, axis=0) for name, results in folds.items()}  # over shuffles: (5, 3)
_, axes = plt.subplots(1, 2, figsize=(6.4, 3.0), sharey=True)
show("quality", averaged, axes)
axes[0].invert_yaxis()
axes[0].set_xlabel(f"test accuracy, {len(seeds)} shuffles")
axes[1].set_xlabel("milliseconds a fit, on this machine")
plt.show()

# %% overfit
print("weight decay      train   test")
for decay in (0.001, 0.1, 10, 1000):
    contestants["net"] = lambda seed, decay=decay: tuned(
        MLPClassifier(32, **options, random_state=seed), "alpha", [decay], seed
    )
    train, test, _ = compete(X, good, ("net",))["net"].mean(axis=0)
    print(f"{decay:12g} {train:10.2f} {test:6.3f}")
