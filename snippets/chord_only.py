"""A copied formula on an elliptic curve: right for nearly all pairs of points, wrong where it is used."""

# %% chord
x1 = 0.0  # of P
gap = 1.0  # from P to Q


def height(x):
    return (x**3 + 2 * x + 3) ** 0.5  # the upper half of y² = x³ + 2x + 3


x2, y1, y2 = x1 + gap, height(x1), height(x1 + gap)
slope = (y2 - y1) / (x2 - x1) if gap else (3 * x1**2 + 2) / (2 * y1)  # of the chord, or the tangent
x3 = slope**2 - x1 - x2
y3 = slope * (x1 - x3) - y1  # turned over
print(f"rise {y2 - y1:.3f}, run {gap:.2f}: slope {slope:.3f}")
print(f"P + Q = ({x3:.3f}, {y3:.3f})")
assert abs(y3**2 - x3**3 - 2 * x3 - 3) < 1e-9  # on the curve again
# region plot
import matplotlib.pyplot as plt
import numpy as np

fig, ax = plt.subplots(figsize=(5.2, 3.9), layout="constrained")
line, t = np.linspace(-1, 2.5, 400), np.array([-2.0, 3.0])
ax.plot(line, height(line), "C5", line, -height(line), "C5", linewidth=1.5)
ax.plot(t, y1 + slope * (t - x1), "C0", linewidth=1.2)
ax.plot([x3, x3], [-y3, y3], "C1--", linewidth=1.2)
for x, y, name, color in ((x1, y1, "P", "C0"), (x2, y2, "Q", "C0"), (x3, y3, "P + Q", "C1")):
    ax.plot(x, y, "o", color=color, markersize=8)
    ax.annotate(name, (x, y), (6, -16), textcoords="offset points", color=color, fontsize=13)
ax.set(xlim=(-1.6, 2.5), ylim=(-5, 5), xlabel="x", ylabel="y")
# endregion

# %% stars
start = 14  # which star is P
p = 97  # numbers go round: 97 is 0
# region data
stars = [(x, y) for x in range(p) for y in range(p) if (y * y - x**3 - 2 * x - 3) % p == 0]


# endregion
def add(P, Q):
    if P is None or Q is None:  # O, which changes nothing
        return Q if P is None else P
    (x1, y1), (x2, y2) = P, Q
    if x1 == x2 and (y1 + y2) % p == 0:
        return None  # one above the other
    rise, run = (3 * x1 * x1 + 2, 2 * y1) if P == Q else (y2 - y1, x2 - x1)  # tangent or chord
    slope = rise * pow(run, -1, p)
    x3 = (slope**2 - x1 - x2) % p
    return x3, (slope * (x1 - x3) - y1) % p


# region model
import numpy as np

group = [*stars, None]
number = {star: k for k, star in enumerate(group)}
table = np.array([[number[add(P, Q)] for Q in group] for P in group])  # (100, 100)
agree = table[table] == table[:, table]  # (P + Q) + R against P + (Q + R)
walk = [stars[start]]  # P, 2P, 3P, …
while walk[-1] is not None:
    walk.append(add(walk[-1], walk[0]))
# endregion
print(f"{len(stars)} stars and O\n(P+Q)+R = P+(Q+R): {agree.sum():,} of {agree.size:,}")
print(f"P = {walk[0]}, 2P = {walk[1]}, …, {len(walk)}P = O")
assert agree.all() and len(group) % len(walk) == 0
# region plot
import matplotlib.pyplot as plt

fig, ax = plt.subplots(figsize=(5.2, 4.4), layout="constrained")
ax.plot(*zip(*stars, strict=True), ".", color="C5", markersize=5)
if len(walk) > 2:
    ax.plot(*zip(*walk[: min(8, len(walk) - 1)], strict=True), "-", color="C1", linewidth=0.9)
ax.plot(*zip(*walk[: min(8, len(walk) - 1)], strict=True), "o", color="C1", markersize=6)
ax.plot(*walk[0], "o", color="C0", markersize=9)
ax.set(xlim=(-2, 98), ylim=(-2, 98), xlabel="x", ylabel="y", aspect="equal")
# endregion

# %% copied
loud = False  # stop at a division by 0


def chord(P, Q):
    (x1, y1), (x2, y2) = P, Q
    run = (x2 - x1) % p
    slope = (y2 - y1) * pow(run, -1 if loud else p - 2, p)  # 1/d = d^(p-2), and 0 for d = 0
    x3 = (slope**2 - x1 - x2) % p
    return x3, (slope * (x1 - x3) - y1) % p


# region model
def verdict(copied, right):
    """Return what becomes of a formula and the right answer: right, wrong or stops."""
    try:
        return "right" if copied() == right else "wrong"
    except ValueError:
        return "stops"


def times(n, P):
    """Return nP as it is computed in practice, doubling and adding, with the copied formula alone."""
    total = P
    for digit in f"{n:b}"[1:]:
        total = chord(total, total)
        total = chord(total, P) if digit == "1" else total
    return total


pairs = np.array([[verdict(lambda P=P, Q=Q: chord(P, Q), add(P, Q)) for Q in stars] for P in stars])
share = (pairs == "right").mean()
P = true = stars[14]  # 50P = O
multiples = []
for n in range(2, 50):
    true = add(true, P)
    multiples.append(verdict(lambda n=n: times(n, P), true))
kinds = ("right", "wrong", "stops")
# endregion
print("           " + "".join(f"{kind:>7}" for kind in kinds))
for name, found in (("all pairs", pairs), ("2P … 49P", multiples)):
    print(f"{name:11}" + "".join(f"{np.sum(np.array(found) == kind):7}" for kind in kinds))
assert (np.diag(pairs) != "right").all()  # a star and itself: never
# region plot
fig, ax = plt.subplots(figsize=(5.2, 4.4), layout="constrained")
for kind, color in (("wrong", "C1"), ("stops", "C0")):
    ax.plot(*np.argwhere(pairs == kind).T, "s", color=color, markersize=2.5)
ax.set(xlim=(-1, 99), ylim=(-1, 99), xlabel="star P", ylabel="star Q", aspect="equal")
# endregion


# %% exercise:one-formula
def slope(P, Q):
    """Return (rise, run) of the line through two points of y² = x³ + 2x + 3, P = Q included."""
    (x1, y1), (x2, y2) = P, Q
    return y2 - y1, x2 - x1


# %% solution:one-formula
def slope(P, Q):
    """Return (rise, run) of the line through two points of y² = x³ + 2x + 3, P = Q included."""
    (x1, y1), (x2, y2) = P, Q
    return x1**2 + x1 * x2 + x2**2 + 2, y1 + y2


# %% check:one-formula
p = 97
stars = [(x, y) for x in range(p) for y in range(p) if (y * y - x**3 - 2 * x - 3) % p == 0]
for x1, y1 in stars:
    for x2, y2 in stars:
        rise, run = slope((x1, y1), (x2, y2))
        if (y1 + y2) % p == 0:
            continue  # the one case left over
        assert run % p, f"a division by 0 at P = {x1, y1}, Q = {x2, y2}: what may stand below the line instead?"
        true = (3 * x1 * x1 + 2) * pow(2 * y1, -1, p) if x1 == x2 else (y2 - y1) * pow(x2 - x1, -1, p)
        assert (rise * pow(run, -1, p) - true) % p == 0, f"not the slope at P = {x1, y1}, Q = {x2, y2}"
