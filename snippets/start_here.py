"""Do you need the maths first? A line, a curve and a score to find out."""

# %% line
import matplotlib.pyplot as plt
import numpy as np

a = 0.2  # slope of your line
b = 3.0  # height of your line at x = 0
x = np.arange(1, 11)
y = np.array([1.9, 2.9, 3.1, 2.4, 4.7, 5.0, 4.8, 6.3, 6.7, 7.2])

line = a * x + b
error = np.mean((y - line) ** 2)  # mean of the squared gaps

fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.vlines(x, line, y, color="C1")  # gaps
ax.plot(x, line, color="C0")
ax.plot(x, y, "o", color="C2")
ax.set_ylim(0, 9)
ax.set_xlabel("x")
ax.set_ylabel("y")
print(f"a = {a:.2f}   b = {b:.1f}   error = {error:.3f}")

# %% best-line
import matplotlib.pyplot as plt
import numpy as np

knobs = 10  # of a larger model
a_best = np.mean((x - x.mean()) * (y - y.mean())) / np.mean((x - x.mean()) ** 2)
b_best = y.mean() - a_best * x.mean()
least = np.mean((y - (a_best * x + b_best)) ** 2)
print(f"formula              error {least:.4f}   a = {a_best:.3f}  b = {b_best:.3f}")

A, B = np.arange(0, 61) * 0.05 - 1, np.arange(0, 61) * 0.1 - 1  # slider positions
errors = np.mean((y - (A[:, None, None] * x + B[:, None])) ** 2, axis=2).round(9)  # (61, 61)
print(f"every position       error {errors.min():.4f}   {errors.size} tried")
i, j = 24, 40  # a = 0.2, b = 3.0
for _ in range(60):
    i = errors[:, j].argmin()  # a to its best position
    j = errors[i].argmin()  # then b
print(f"one slider at a time error {errors[i, j]:.4f}   a = {A[i]:.3f}  b = {B[j]:.3f}")
print(f"positions            {61.0**knobs:.0e} with {knobs} knobs")

slopes = np.linspace(0, 1.2, 25)
bowl = [np.mean((y - y.mean() - s * (x - x.mean())) ** 2) for s in slopes]  # best b for each slope
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(slopes, bowl)
ax.plot(a_best, least, "o", color="C1")
ax.set_xlabel("slope a")
ax.set_ylabel("error")

assert least < errors.min() + 1e-9 and errors.min() <= errors[i, j]  # the formula is never beaten
assert errors[i, j] == errors[:, j].min() == errors[i].min()  # stuck: neither slider helps alone

# %% curve
import matplotlib.pyplot as plt
import numpy as np

p = 97  # numbers wrap round: 97 is 0
start = 0  # which point is P

points = [(x, y) for x in range(p) for y in range(p) if (y * y - x**3 - 2 * x - 3) % p == 0]
points.append(None)  # O, the point at infinity


def add(P, Q):
    """Return P + Q: the third point on the line through P and Q, mirrored."""
    if P is None or Q is None:
        return Q if P is None else P  # O + Q = Q
    (x1, y1), (x2, y2) = P, Q
    if x1 == x2 and (y1 + y2) % p == 0:
        return None  # the line is upright
    rise, run = (3 * x1 * x1 + 2, 2 * y1) if P == Q else (y2 - y1, x2 - x1)  # tangent or chord
    slope = rise * pow(run, -1, p)
    x3 = (slope**2 - x1 - x2) % p
    return x3, (slope * (x1 - x3) - y1) % p


table = np.array([[points.index(add(P, Q)) for Q in points] for P in points])  # (100, 100)
agree = table[table] == table[:, table]  # (P+Q)+R against P+(Q+R)
print(f"{len(points)} points; (P+Q)+R = P+(Q+R) in {agree.sum()} of {agree.size} triples")

P = points[start]
walk = [P]  # P, 2P, 3P, …
while walk[-1] is not None:
    walk.append(add(walk[-1], P))
print(f"P = {P}, 2P = {walk[1]}; {len(walk)} P = O")
fig, ax = plt.subplots(figsize=(6.4, 3.6))
ax.plot(*zip(*points[:-1], strict=True), ".", color="C0")
ax.plot(*zip(*walk[: min(10, len(walk) - 1)], strict=True), "o-", color="C1", linewidth=0.8)
ax.set_xlabel("x")
ax.set_ylabel("y")

assert agree.all()  # brackets do not matter


# %% chord-only
def chord(P, Q):
    """Return P + Q by the formula of the chord alone, as it is often copied."""
    (x1, y1), (x2, y2) = P, Q
    slope = (y2 - y1) * pow(x2 - x1, p - 2, p)  # Fermat: 1/d = d^(p-2), but 0 for d = 0
    x3 = (slope**2 - x1 - x2) % p
    return x3, (slope * (x1 - x3) - y1) % p


finite = points[:-1]  # without O
right = sum(chord(P, Q) == add(P, Q) for P in finite for Q in finite)
share = right / len(finite) ** 2
doubled = sum(chord(P, P) == add(P, P) for P in finite)
print(f"pairs: {right} of {len(finite) ** 2} right, {100 * share:.1f} %")
print(f"P + P: {doubled} of {len(finite)} right")

assert all(chord(P, Q) == add(P, Q) for P in finite for Q in finite if P[0] != Q[0])  # different x: right
assert doubled == 0  # a point and itself: never

# %% rating
import matplotlib.pyplot as plt
import numpy as np

K = 32.0  # points that a full surprise moves, as for chess players
answers, readers = 60, 500
slope = np.log(10) / 400  # of the log-odds, per point


def chance(lead):
    """Return Elo's chance of a reader who is this many points ahead of the exercise."""
    return 1 / (1 + 10 ** (-lead / 400))


def misses(seed, shrinking):
    """Return the ratings' mean error after 0, 1, … answers; each exercise is as hard as the rating says."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(1200, 250, readers)
    rating, variance, told = np.full(readers, 1200.0), 250.0**2, []
    for _ in range(answers + 1):
        told.append(np.abs(rating - truth).mean())
        solved = rng.random(readers) < chance(truth - rating)
        rating = rating + (slope * variance if shrinking else K) * (solved - 0.5)
        variance = 1 / (1 / variance + slope**2 / 4)
    return np.array(told)  # (61,)


fixed, quick = (np.array([misses(seed, shrinking) for seed in range(5)]) for shrinking in (False, True))  # (5, 61)
thirds = np.sort(np.random.default_rng(5).normal(1200, 250, 3000)).reshape(3, 1000)
label = np.abs(thirds - thirds.mean(axis=1, keepdims=True)).mean()  # three labels, none mistaken
print("points off, after" + "".join(f"{n:4d} answers" for n in (8, 20, 60)))
fig, ax = plt.subplots(figsize=(6.4, 3.6))
table = {"fixed K": fixed, "shrinking K": quick, "three labels": np.full((1, answers + 1), label)}
for color, (name, E) in zip(("C0", "C1", "C2"), table.items(), strict=True):
    ax.plot(E.T, color=color, linewidth=1)
    print(f"{name:17s}" + "".join(f"{E[:, n].min():5.0f} to {E[:, n].max():3.0f}" for n in (8, 20, 60)))
ax.legend(ax.lines[::5], table)
ax.set_xlabel("answers")
ax.set_ylabel("mean error [points]")

assert quick[:, 8].min() > label > quick[:, 20].max()  # 8 answers lose to three labels, 20 win


# %% exercise:mean-gap
def fit_error(a, b, x, y):
    """Return how badly the line a x + b fits the points (x, y), arrays of one length."""
    return (y - (a * x + b)).mean()


# %% solution:mean-gap
def fit_error(a, b, x, y):
    """Return how badly the line a x + b fits the points (x, y), arrays of one length."""
    return ((y - (a * x + b)) ** 2).mean()


# %% check:mean-gap
import numpy as np

x = np.array([0.0, 1.0])
exact = fit_error(2.0, 1.0, x, np.array([1.0, 3.0]))
assert abs(exact) < 1e-12, "a line through every point has error 0"
split = fit_error(0.0, 0.0, x, np.array([1.0, -1.0]))
assert abs(split) > 1e-12, "gaps of +1 and -1 must not cancel"
assert abs(split - 1) < 1e-12, "gaps of +1 and -1: the mean of their squares is 1"
assert abs(fit_error(0.0, 0.0, x, np.array([0.0, 4.0])) - 8) < 1e-12, "gaps 0 and 4: (0 + 16) / 2 = 8"

# %% solution:two-hundred
answer = 1 / (1 + 10 ** (-200 / 400))

# %% check:two-hundred
odds = 10**0.5  # 400 points are a factor of 10 in the odds, 200 its square root
assert abs(answer - odds / (1 + odds)) < 0.008, "200 points ahead: the odds are the square root of 10 to 1"

# %% solution:telling-test
P, Q = (3, 6), (0, 10)


def wrong(formula):
    """Return which of the three checks catch a formula for P + Q."""
    return [formula(P, Q) != add(P, Q), formula(P, P) != add(P, P), formula(P, Q) != formula(Q, P)]


answer = 1 + wrong(chord).index(True)

# %% check:telling-test
p = 97


def chord_slope(P, Q):
    """Return the chord's slope with 1/d = d^(p-2)."""
    return (Q[1] - P[1]) * pow(Q[0] - P[0], p - 2, p) % p


assert chord_slope((3, 6), (3, 6)) == 0 != (3 * 9 + 2) * pow(12, -1, p) % p
assert chord_slope((3, 6), (0, 10)) == chord_slope((0, 10), (3, 6))
assert answer == 2, "the formula divides by x2 - x1: only equal x can break it"

# %% solution:double-a-point
slope = (3 * 3**2 + 2) * pow(2 * 6, -1, 97) % 97
answer = (slope**2 - 3 - 3) % 97
tolerance = 0.001

# %% check:double-a-point
x3 = answer
slopes = [s for s in range(97) if (12 * s - 29) % 97 == 0]  # 2y s = 3x² + 2
assert [(s * s - 6) % 97 for s in slopes] == [x3], "x of 2P is slope² - 2x, slope = (3x² + 2) / 2y, all modulo 97"
