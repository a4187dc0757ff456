"""Alchemy or physics? Forecasts about gradient descent, written down before it runs."""

# %% valley
# region set-up
import matplotlib.pyplot as plt
import numpy as np

turn = np.radians(30)
R = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
H = R @ np.diag([1.0, 10.0]) @ R.T  # second derivatives: curvature 1 along the valley, 10 across it
# endregion
# region model
eta = 0.21  # learning rate
beta = 0.0  # momentum
x = -2.0  # weights at the start
y = -1.0
step = 28  # steps made so far

path = [np.array([x, y])] * 2  # at rest
for _ in range(40):
    gradient = H @ path[-1]
    path.append(path[-1] - eta * gradient + beta * (path[-1] - path[-2]))
path = np.array(path[1:])  # (41, 2)
loss = np.einsum("ki,ij,kj->k", path, H, path) / 2
print(f"step {step}: loss {loss[step]:.3g}, at the start {loss[0]:.3g}")

across = path @ R[:, 1]  # (41,), distance from the valley's floor
if beta == 0:
    assert np.allclose(across[1:], (1 - 10 * eta) * across[:-1])  # each step multiplies by 1 - ηλ
# endregion
# region plot
inside = np.cumprod(np.abs(path).max(axis=1) < 6).astype(bool)  # until it leaves
seen = path[: step + 1][inside[: step + 1]]
turns = np.linspace(0, 2 * np.pi, 61)
ellipse = R @ [np.cos(turns), np.sin(turns) / np.sqrt(10)]  # (2, 61), where the loss is one half
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.16, top=0.97, wspace=0.34)
for level in (0.3, 1.5, 5, 12, 24):
    left.plot(*np.sqrt(2 * level) * ellipse, color="C5", linewidth=0.8)
left.plot(*seen.T, color="C1", linewidth=1.2)
left.plot(*seen[-1:].T, "o", color="C0", markersize=8)
left.plot(x, y, "s", color="C1")
left.set(xlim=(-2.6, 2.6), ylim=(-2.6, 2.6), aspect="equal", xlabel="weight 1", ylabel="weight 2")
right.semilogy(loss[: step + 1].clip(1e-9, 1e9), color="C1")
right.set(xlim=(0, 40), ylim=(1e-6, 1e4), xlabel="step", ylabel="loss")
# endregion

# %% threshold
beta = 0.5  # momentum
d = 10  # weights
# region model
import matplotlib.pyplot as plt
import numpy as np


def far(H: np.ndarray, eta: np.ndarray, beta: float) -> np.ndarray:
    """Return how many starting distances from the bottom 600 steps end, for bowls H (5, d, d) and rates (…, 5)."""
    start = np.random.default_rng(5).normal(size=H.shape[-1])
    old = now = np.broadcast_to(start, (*eta.shape, len(start)))
    for _ in range(600):
        gradient = (H @ now[..., None])[..., 0]
        old, now = now, (now - eta[..., None] * gradient + beta * (now - old)).clip(-1e9, 1e9)
    return np.linalg.norm(now, axis=-1) / np.linalg.norm(start)


# endregion
A = np.random.default_rng(0).normal(size=(5, d, d))
H = A @ A.transpose(0, 2, 1)  # five random bowls
forecast = 2 * (1 + beta) / np.linalg.eigvalsh(H)[:, -1]
low, high = np.zeros(5), np.ones(5)
for _ in range(16):  # bisection: only runs, no formula
    middle = (low + high) / 2
    escapes = far(H, middle, beta) > 1
    low, high = np.where(escapes, low, middle), np.where(escapes, middle, high)
theta = 1.03  # and a kink, L = |θ|, at a rate of 0.1
for _ in range(600):
    theta -= 0.1 * np.sign(theta)
print("forecast  measured", *map("{:8.4f}{:10.4f}".format, forecast, low), f"kink: {abs(theta):.2f} away", sep="\n")

assert np.allclose(low, forecast, rtol=0.01)
# region plot
share = np.linspace(0.9, 1.05, 31)
ends = far(H, share[:, None] * forecast, beta)  # (31, 5)
fig, ax = plt.subplots(figsize=(6.4, 3.2))
ax.semilogy(share, ends.clip(1e-9, 1e9))
ax.axvline(1, color="C5", linestyle="--")
ax.axhline(1, color="C5", linewidth=1)
ax.set(xlim=(0.9, 1.05), ylim=(1e-9, 1e6), xlabel="learning rate / forecast", ylabel="distance after 600 steps")
# endregion

# %% two-weight-net
# region model
import matplotlib.pyplot as plt
import numpy as np


def train(u: np.ndarray | float, v: np.ndarray | float, eta: float, steps: int) -> np.ndarray:
    """Return u and v under descent on L = (uv - 1)²/2: the net x → uvx, asked for x."""
    path = [(u, v)]
    for _ in range(steps):
        u, v = path[-1]
        path.append((u - eta * (u * v - 1) * v, v - eta * (u * v - 1) * u))
        path[-1] = tuple(np.clip(path[-1], -1e6, 1e6))
    return np.array(path)  # (steps + 1, 2, …)


def flown(eta: float) -> np.ndarray:
    """Return which of the 400 starts (a, b) below fly off at this rate."""
    return (np.abs(train(a, b, eta, 1000)[-1]) > 1e3).any(axis=0)


# endregion
eta = 0.4  # learning rate
u = 0.5  # weights at the start
v = 2.5
step = 40  # steps made so far

path = train(u, v, eta, 40)
a, b = np.random.default_rng(0).uniform(-3, 3, (2, 400))  # 400 more starts
end = train(a, b, eta, 1000)[-1]
home = np.abs(end[0] * end[1] - 1) < 1e-6
sharp = (end**2).sum(axis=0)  # largest curvature at a minimum: u² + v²
print(f"400 starts: {home.sum()} arrive, {flown(eta).sum()} fly off")
print(f"sharpest {sharp[home].max(initial=0):.2f}, forecast: below {2 / eta:.2f}")

assert sharp[home].max(initial=0) < 2 / eta
# region plot
inside = np.cumprod(np.abs(path).max(axis=1) < 6).astype(bool)
seen = path[: step + 1][inside[: step + 1]]
g = np.linspace(-3.2, 3.2, 33)
U, V = np.meshgrid(g, g)
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.3))
fig.subplots_adjust(left=0.09, right=0.985, bottom=0.16, top=0.97, wspace=0.34)
left.contour(U, V, (U * V - 1) ** 2 / 2, levels=[0.2, 1, 4, 12], colors="C5", linewidths=0.8)
c = np.geomspace(0.3, 3.2, 30)
left.plot(c, 1 / c, color="C2")
left.plot(-c, -1 / c, color="C2")
ring = np.linspace(0, 2 * np.pi, 61)
left.plot(np.sqrt(2 / eta) * np.cos(ring), np.sqrt(2 / eta) * np.sin(ring), "--", color="C3", linewidth=1.2)
left.plot(*seen.T, color="C1", linewidth=1.2)
left.plot(*seen[-1:].T, "o", color="C0", markersize=8)
left.plot(u, v, "s", color="C1")
left.set(xlim=(-3.2, 3.2), ylim=(-3.2, 3.2), aspect="equal", xlabel="u", ylabel="v")
right.plot((seen**2).sum(axis=1), color="C1")
right.axhline(2 / eta, linestyle="--", color="C3")
right.set(xlim=(0, 40), ylim=(0, 14), xlabel="step", ylabel="sharpness")
# endregion

# %% cost
kappa = 10  # steepest curvature over the gentlest
eta = 0.03  # first learning rate: a guess
price = 3  # loss and gradient by backpropagation, in losses
# region model
import matplotlib.pyplot as plt
import numpy as np

goal, most = 0.01, 20_000  # from loss 1; evaluations at most


def bowl(d: int, kappa: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return a start of loss 1 and the second derivatives of a bowl that lies askew, curvatures 1 to kappa."""
    Q = np.linalg.qr(rng.standard_normal((d, d)))[0]
    H = Q @ np.diag(np.geomspace(1, kappa, d)) @ Q.T
    theta = rng.standard_normal(d)
    return theta / np.sqrt(theta @ H @ theta / 2), H


def walk(theta, H, direction, size, up, down) -> int:
    """Return steps tried: one that lowers the loss is kept and makes the next larger, another is taken back."""
    loss, used = theta @ H @ theta / 2, 1
    while loss > goal and used < most:
        trial = theta + size * direction(theta)
        new, used = trial @ H @ trial / 2, used + 1
        theta, loss, size = (trial, new, up * size) if new < loss else (theta, loss, down * size)
    return used


def one_by_one(theta: np.ndarray, H: np.ndarray, h: float = 0.1) -> int:
    """Return losses evaluated: each weight in turn is shaken by ±h, and put where the parabola is lowest."""
    theta, used = theta.copy(), 1
    while (loss := theta @ H @ theta / 2) > goal and used < most:
        shake = np.eye(1, len(theta), (used // 2) % len(theta))[0] * h
        up, down = ((theta + s * shake) @ H @ (theta + s * shake) / 2 for s in (1, -1))
        theta, used = theta - shake * (up - down) / (up + down - 2 * loss) / 2, used + 2
    return used


# endregion
def race(d, seed):
    rng = np.random.default_rng(seed)
    theta, H = bowl(d, kappa, rng)
    steps = walk(theta, H, lambda theta: -H @ theta, eta, 1.2, 0.5)  # downhill
    tries = walk(theta, H, lambda _: rng.standard_normal(d) / np.sqrt(d), 0.1, 1.5, 1.5**-0.25)  # anywhere
    return [steps * price, steps * (d + 1), tries, one_by_one(theta, H)]


sizes, ways = [2, 10, 100], ["backprop", "differences", "climber", "one by one"]
bills = [np.median([race(d, seed) for seed in range(5)], axis=0).astype(int) for d in sizes]
print("{:12}{:7}{:7}{:7}".format("weights", *sizes))
for name, row in zip(ways, np.transpose(bills), strict=True):
    print("{:12}{:7}{:7}{:7}".format(name, *row))
assert min(bills[2][1:]) > 2 * bills[2][0]  # a hundred weights: the gradient wins
# region plot
backprop, differences, climber, cheapest = bills[2]
fig, ax = plt.subplots(figsize=(6.4, 3.2))
ax.loglog(sizes, bills, "o-", label=ways)
ax.set(xlim=(1.7, 118), ylim=(3, 30_000), xlabel="weights", ylabel="loss evaluations", xticks=sizes, xticklabels=sizes)
ax.legend(loc="upper left")
# endregion

# %% solution:three-steps
answer = (1 - 0.15 * 10) ** 3

# %% check:three-steps
theta = 1.0
for _ in range(3):
    theta -= 0.15 * 10 * theta
assert abs(answer - theta) < 1e-3, "each step multiplies θ by 1 - ηλ, sign included"

# %% solution:two-over-lambda
import numpy as np

H = np.array([[6.0, 2.0], [2.0, 6.0]])  # second derivatives of 3x² + 2xy + 3y²
answer = 2 / np.linalg.eigvalsh(H).max()

# %% check:two-over-lambda
import numpy as np


def far_after(eta):
    x, y = 1.0, 0.9
    for _ in range(2000):
        x, y = x - eta * (6 * x + 2 * y), y - eta * (2 * x + 6 * y)
    return np.hypot(x, y)


assert far_after(0.98 * answer) < 1, "below η = 2/λ_max every direction shrinks"
assert far_after(1.02 * answer) > 1, "above η = 2/λ_max the steepest direction grows"


# %% solution:what-does-not-help
def escapes(eta=0.25, curvature=10.0, beta=0.0, start=1.0):
    """Return whether 300 steps end farther out than they began."""
    before = theta = start
    for _ in range(300):
        before, theta = theta, theta - eta * curvature * theta + beta * (theta - before)
    return abs(theta) > abs(start)


changes = [{"eta": 0.1}, {"beta": 0.5}, {"start": 0.001}, {"curvature": 5.0}]
answer = 1 + [escapes(**change) for change in changes].index(True)

# %% check:what-does-not-help
before = theta = 0.001
for _ in range(300):
    before, theta = theta, theta - 0.25 * 10 * theta
assert abs(theta) > 1 and answer == 3, "a linear law multiplies every start by the same factor"


# %% exercise:broken-brake
def descend(loss, gradient, theta, eta, steps):
    """Go downhill; make the rate larger after a success, half as large after a failure."""
    for _ in range(steps):
        trial = theta - eta * gradient(theta)
        eta = 1.2 * eta if loss(trial) < loss(theta) else eta / 2
        theta = trial
    return theta


# %% solution:broken-brake
def descend(loss, gradient, theta, eta, steps):
    """Go downhill; make the rate larger after a success, half as large after a failure."""
    for _ in range(steps):
        trial = theta - eta * gradient(theta)
        if loss(trial) < loss(theta):
            theta, eta = trial, 1.2 * eta
        else:
            eta = eta / 2
    return theta


# %% check:broken-brake
path = [descend(lambda t: 50 * t**2, lambda t: 100 * t, 1.0, 3.0, k) for k in range(60)]
assert path[0] == 1.0, "no step, no move"
for k in range(59):
    before, after = 50 * path[k] ** 2, 50 * path[k + 1] ** 2
    assert after <= before, f"the loss went up, from {before:.3g} to {after:.3g}"
assert abs(path[-1]) < 1e-3, "it never goes up, but it does not arrive: after a failure the rate must shrink"

# %% exercise:calm-the-valley
eta = 0.21  # as above: leave it
beta = 0.0  # yours

# %% solution:calm-the-valley
eta = 0.21  # as above: leave it
beta = 0.35  # from (1 - √0.21)² = 0.29 on, both directions shrink by √β a step

# %% check:calm-the-valley
import numpy as np

assert eta == 0.21, "leave eta at 0.21: only beta is yours"
assert 0 <= beta < 1, "a share of the last step: 0 <= beta < 1"
left = []
for angle in np.radians(np.arange(0, 360, 15)):  # curvatures 1 and 10, all 24 starts at distance 2
    start = 2 * np.array([np.cos(angle), np.sin(angle)])
    before = now = start
    for _ in range(20):
        before, now = now, now - eta * np.array([1, 10]) * now + beta * (now - before)
    left.append(now**2 @ [1, 10] / (start**2 @ [1, 10]))
good = sum(part < 1e-6 for part in left)
assert good == 24, f"{good} of 24 starts are below a millionth after 20 steps; the worst has {max(left):.1e} left"
