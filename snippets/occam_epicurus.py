"""Pick the simplest model or keep them all: polynomials of degree 0 to 10, weighed by their evidence."""

# %% fan
# region set-up
import matplotlib.pyplot as plt
import numpy as np

sigma = 0.3  # standard deviation of the noise, known to all contestants
degrees = np.arange(11)
grid = np.linspace(-1, 1, 201)
truths = {"cubic": lambda t: 1.5 * t**3 - t, "bump": lambda t: 1.5 * np.exp(-20 * (t - 0.3) ** 2)}
powers = np.polynomial.legendre.legvander  # polynomials at right angles to one another: degrees stay what they were


def sample(f, n, seed):
    """Return n places, even over -1 to 1, and the noisy values of f there, (n,) each."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, n)
    return x, f(x) + sigma * rng.normal(size=n)


def fits(x, y, basis=powers, at=grid, degrees=degrees):
    """Return each degree's curve, (11, len(at)), log evidence less a constant, (11,), and belief, (11,)."""
    F, G = basis(x, 10), basis(at, 10)  # (n, 11), (len(at), 11)
    A = F.T @ F / sigma**2 + np.eye(11)  # beforehand, coefficients are Gaussian about 0 with variance 1
    b = F.T @ y / sigma**2  # (11,)
    curves, evidence = [], []
    for k in np.array(degrees) + 1:
        c = np.linalg.solve(A[:k, :k], b[:k])  # (k,): coefficients
        curves.append(G[:, :k] @ c)
        evidence.append((b[:k] @ c - np.linalg.slogdet(A[:k, :k])[1]) / 2)
    w = np.exp(np.array(evidence) - max(evidence))  # if all degrees were as likely before
    return np.array(curves), np.array(evidence), w / w.sum()


# endregion
# region model
truth = "bump"  # or "cubic", which is on the list
n = 24  # points
seed = 2
x, y = sample(truths[truth], n, seed)
curves, _, w = fits(x, y)  # (11, 201) and (11,)
pick, average = curves[w.argmax()], w @ curves  # (201,) each
off, mixed = (np.mean((g - truths[truth](grid)) ** 2, axis=-1) for g in (curves, average))  # (11,) and one
spread = w @ np.mean((curves - average) ** 2, axis=1)
print(f"pick: squared error {off[w.argmax()]:.4f}, degree {w.argmax()} ({w.max():.0%})")
print(f"average: squared error {mixed:.4f}")
assert np.isclose(mixed, w @ off - spread)  # mean error of the members, less their spread
# endregion
# region plot
fig, (ax, bars) = plt.subplots(1, 2, figsize=(6.4, 3.8), width_ratios=(3, 1.2))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.15, top=0.97, wspace=0.28)
for k in degrees:
    ax.plot(grid[::5], curves[k, ::5], color="C5", alpha=0.35 + 0.65 * w[k], linewidth=1.2)
ax.plot(x, y, "C2o", markersize=3.5)
for g, style, label in (truths[truth](grid), "C5:", "truth"), (pick, "C1", "pick"), (average, "C0", "average"):
    ax.plot(grid[::3], g[::3], style, linewidth=2, label=label)
ax.set(xlim=(-1, 1), ylim=(-1.8, 3.1), xlabel="x", xticks=[-1, 0, 1], yticks=[-1, 0, 1, 2])
ax.legend(ncols=3, loc="upper center", columnspacing=1, handlelength=1.2)
bars.barh(degrees, w, color=["C1" if k == w.argmax() else "C5" for k in degrees])
bars.set(xlim=(0, 1), xticks=[0, 0.5, 1], yticks=[0, 5, 10], xlabel="belief", ylabel="degree")
# endregion

# %% duel
rival = "pick"  # or "equal", "largest", "soft"
listed = "cubic"  # or "fifth": a world on the list, beside the bump
n = 40  # points in each draw
draws = 40
# region set-up
import matplotlib.pyplot as plt
import numpy as np


def soft(x, y):
    """Return degree 10 with variances r**k for its coefficients, r the one of highest evidence, (201,)."""
    tries, F, G = [], powers(x, 10), powers(grid, 10)
    for r in (0.2, 0.35, 0.5, 0.65, 0.8, 0.95):
        tries.append(fits(x, y, lambda t, k, r=r: (F if t is x else G) * r ** (np.arange(k + 1) / 2), degrees=[10]))
    return max(tries, key=lambda fit: fit[1][0])[0][0]


fields = truths | {"fifth": lambda t: 2 * t**5 - 1.5 * t}
names = ["average", "pick", "equal", "largest", "soft", "always 0"]
# endregion


def contest(f, n):
    """Return six squared errors in each draw, (draws, 6)."""
    table = []
    for seed in range(draws):
        x, y = sample(f, n, seed)
        curves, _, w = fits(x, y)
        six = w @ curves, curves[w.argmax()], curves.mean(axis=0), curves[10], soft(x, y), 0 * grid
        table.append(np.mean((np.array(six) - f(grid)) ** 2, axis=1))
    return np.array(table)


# region print
errors = {world: contest(fields[world], n) for world in (listed, "bump")}
wins = {world: int((e[:, 0] < e[:, names.index(rival)]).sum()) for world, e in errors.items()}
print(f"squared error  {listed}    bump")
for name, *row in zip(names, *(e.mean(axis=0) for e in errors.values()), strict=True):
    print(f"{name:12}{row[0]:8.4f}{row[1]:8.4f}")
print(f"average better than {rival}: {wins[listed]} and {wins['bump']} of {draws}")
for e in errors.values():
    assert e[:, 0].mean() < 1.1 * e[:, 1].mean()  # to keep them all never costs much
# endregion
# region plot
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.5))
fig.subplots_adjust(left=0.12, right=0.985, bottom=0.17, top=0.97, wspace=0.3)
for ax, (world, e) in zip(axes, errors.items(), strict=True):
    theirs = e[:, names.index(rival)]
    ours = e[:, 0]
    ax.plot([2e-4, 1], [2e-4, 1], "C5", linewidth=0.8)
    ax.loglog(theirs[ours < theirs], ours[ours < theirs], "C0o", markersize=5)
    ax.loglog(theirs[ours >= theirs], ours[ours >= theirs], "C1s", markersize=5, markerfacecolor="none")
    ax.set(xlim=(2e-4, 1), ylim=(2e-4, 1), xlabel="rival's error", xticks=[1e-3, 1e-1], yticks=[1e-3, 1e-1])
    ax.minorticks_off()
    ax.text(3.5e-4, 0.45, world, va="center")
axes[0].set_ylabel("average's error")
# endregion

# %% language
world = "ripple"  # or "cubic"
n = 60  # points
# region set-up
import matplotlib.pyplot as plt
import numpy as np

worlds = {"cubic": truths["cubic"], "ripple": lambda t: np.cos(2.5 * np.pi * (t + 1))}


def waves(t, k):
    """Return k + 1 waves at t, of 0, 1/2, 1, 3/2 ... periods from -1 to 1: (len(t), k + 1)."""
    return np.cos(np.pi * np.outer((t + 1) / 2, np.arange(k + 1)))


tongues = {"powers": powers, "waves": waves}
own, other = ("powers", "waves") if world == "cubic" else ("waves", "powers")
f = worlds[world]
# endregion
found = {}
for tongue, basis in tongues.items():
    rows = []
    for seed in range(20):
        curves, evidence, w = fits(*sample(f, n, seed), basis)
        k = w.argmax()  # the pick
        rows.append([k, np.mean((curves[k] - f(grid)) ** 2), evidence[k]])
    found[tongue] = np.array(rows)  # (20, 3)
    print(f"{tongue}: degree {np.median(rows, axis=0)[0]:.0f}, squared error {np.mean(rows, axis=0)[1]:.4f}")

chosen = int((found[own][:, 2] > found[other][:, 2]).sum())
print(f"both on the list: {own} in {chosen} of 20 draws")
assert found[own][:, 1].mean() < found[other][:, 1].mean()
# region plot
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True)
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97, wspace=0.08)
x, y = sample(f, n, 0)
for ax, (tongue, basis) in zip(axes, tongues.items(), strict=True):
    curves, _, w = fits(x, y, basis)
    ax.plot(x, y, "C2o", markersize=3.5)
    ax.plot(grid, f(grid), "C5:", linewidth=2)
    ax.plot(grid, curves[w.argmax()], "C1")
    ax.set(xlim=(-1, 1), ylim=(-2, 2.6), xlabel="x", xticks=[-0.5, 0, 0.5], yticks=[-1, 0, 1, 2])
    ax.text(-0.93, 2.25, tongue, va="center")
    ax.text(0.93, 2.25, str(w.argmax()), va="center", ha="right", color="C1", fontsize=14)
# endregion

# %% outside
world = "cubic"  # or "ripple"
n = 640  # points, all between -1 and 1
# region set-up
import matplotlib.pyplot as plt
import numpy as np

beyond = np.linspace(1, 1.3, 31)


def sloped(t, k):
    """Return 1, t and the first k - 1 waves at t, (len(t), k + 1): waves that need not be flat at the edges."""
    return np.column_stack([np.ones_like(t), t, waves(t, k)[:, 1:k]])


forms = {"powers": powers, "waves": waves, "waves + line": sloped}


def misses(world, n, form):
    """Return the average's squared errors inside and outside the data, (40, 2)."""
    f, rows = worlds[world], []
    both = np.concatenate([grid, beyond])
    for seed in range(40):
        curves, _, w = fits(*sample(f, n, seed), forms[form], at=both)
        off = (w @ curves - f(both)) ** 2  # (232,)
        rows.append([off[: len(grid)].mean(), off[len(grid) :].mean()])
    return np.array(rows)


# endregion
print("squared error  inside  outside")
missed = {}
for form in forms:
    missed[form] = np.median(misses(world, n, form), axis=0)  # (2,)
    print(f"{form:13}{missed[form][0]:8.4f}{missed[form][1]:9.3g}")
print(f"{'always 0':13}{np.mean(worlds[world](grid) ** 2):8.4f}{np.mean(worlds[world](beyond) ** 2):9.3g}")

own, other = ("powers", "waves") if world == "cubic" else ("waves", "powers")
assert missed[own][1] < missed[other][1]
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.08, right=0.985, bottom=0.16, top=0.97)
x, y = sample(worlds[world], n, 0)
wide = np.linspace(-0.2, 1.3, 151)
ax.axvspan(1, 1.3, color="C5", alpha=0.15, linewidth=0)
ax.plot(x[x > -0.2], y[x > -0.2], "C2.", markersize=3, alpha=0.6)
ax.plot(wide, worlds[world](wide), "C5:", linewidth=2.5, label="truth")
for (form, basis), style in zip(forms.items(), ("C0", "C1--", "C3-."), strict=True):
    curves, _, w = fits(x, y, basis, at=wide)
    ax.plot(wide, (w @ curves).clip(-9, 9), style, label=form)
ax.set(xlim=(-0.2, 1.3), ylim=(-2.2, 3.6), xlabel="x", xticks=[0, 0.5, 1], yticks=[-2, -1, 0, 1, 2])
ax.legend(ncols=2, loc="upper center")
# endregion

# %% solution:occam-epicurus-two-experts
f, answers = 3.0, [2.0, 5.0]  # truth, and two experts
answer = sum((a - f) ** 2 for a in answers) / 2 - (sum(answers) / 2 - f) ** 2

# %% check:occam-epicurus-two-experts
spread = ((2 - 3.5) ** 2 + (5 - 3.5) ** 2) / 2
assert abs(answer - spread) < 1e-9, "the gain is how far the experts lie from their mean, squared"

# %% exercise:occam-epicurus-always-ten
import numpy as np

sigma = 0.3


def scores(x, y):
    """Return a score for each degree from 0 to 10, (11,): the highest is picked."""
    F = np.polynomial.legendre.legvander(x, 10)  # (n, 11)
    found = []
    for k in range(11):
        c = np.linalg.lstsq(F[:, : k + 1], y, rcond=None)[0]
        rss = np.sum((y - F[:, : k + 1] @ c) ** 2)
        found.append(-rss / (2 * sigma**2))
    return np.array(found)


# %% solution:occam-epicurus-always-ten
import numpy as np

sigma = 0.3


def scores(x, y):
    """Return a score for each degree from 0 to 10, (11,): the highest is picked."""
    F = np.polynomial.legendre.legvander(x, 10)  # (n, 11)
    found = []
    for k in range(11):
        c = np.linalg.lstsq(F[:, : k + 1], y, rcond=None)[0]
        rss = np.sum((y - F[:, : k + 1] @ c) ** 2)
        found.append(-rss / (2 * sigma**2) - (k + 1) / 2 * np.log(len(x)))
    return np.array(found)


# %% check:occam-epicurus-always-ten
import numpy as np

picks = []
for seed in range(40):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, 160)
    picks.append(int(np.argmax(scores(x, 1.5 * x**3 - x + 0.3 * rng.normal(size=160)))))
assert picks.count(10) < 40, "still degree 10 in all 40 draws: more freedom never fits worse"
right = picks.count(3)
assert right > 34, f"degree 3 in {right} of 40 draws: ask a higher price for each coefficient, one that grows with n"

# %% exercise:occam-epicurus-temper
temper = 1.0  # 1: beliefs as they are, 0: all alike. Yours?

# %% solution:occam-epicurus-temper
temper = 0.2  # 1: beliefs as they are, 0: all alike. Yours?

# %% check:occam-epicurus-temper
import numpy as np

grid = np.linspace(-1, 1, 201)


def bump(t):
    return 1.5 * np.exp(-20 * (t - 0.3) ** 2)


missed = []
for seed in range(40):
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, 40)
    y = bump(x) + 0.3 * rng.normal(size=40)
    F, G = (np.polynomial.legendre.legvander(t, 10) for t in (x, grid))
    A, b = F.T @ F / 0.09 + np.eye(11), F.T @ y / 0.09
    parts = [np.linalg.solve(A[:k, :k], b[:k]) for k in range(1, 12)]
    evidence = np.array([b[:k] @ c - np.linalg.slogdet(A[:k, :k])[1] for k, c in enumerate(parts, 1)]) / 2
    w = np.exp(temper * (evidence - evidence.max()))
    mixed = sum(v * G[:, : len(c)] @ c for v, c in zip(w / w.sum(), parts, strict=True))
    missed.append(np.mean((mixed - bump(grid)) ** 2))
assert np.mean(missed) < 0.045, f"{np.mean(missed):.4f} with temper {temper:g}: it can be below 0.045"

# %% solution:occam-epicurus-correlated
v, rho = 1.0, 0.5  # variance of each member, correlation of any two
answer = rho * v  # + (1 - rho) * v / B, which goes to 0

# %% check:occam-epicurus-correlated
B = 10**6
limit = (B * 1.0 + B * (B - 1) * 0.5) / B**2  # sum of all covariances over B squared
assert abs(answer - limit) < 1e-3, "add up all B variances and B(B - 1) covariances, and divide by B squared"
