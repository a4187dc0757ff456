"""Alchemy or physics? Gradient descent against the laws that should bind it."""

# %% threshold
import matplotlib.pyplot as plt
import numpy as np

curvature = 10.0  # λ = L''(θ) of the bowl L = λθ²/2
eta = 0.19  # learning rate


def descend(eta: float, curvature: float, steps: int) -> np.ndarray:
    """Return θ₀ = 1, θ₁, … under gradient descent on the bowl."""
    path = [1.0]
    for _ in range(steps):
        gradient = curvature * path[-1]  # L'(θ) = λθ
        path.append(path[-1] - eta * gradient)
    return np.array(path)  # (steps + 1,)


fig, ax = plt.subplots(figsize=(6.4, 3.6))
for rate in (0.05, 0.201, eta):
    path = descend(rate, curvature, 100)
    ax.plot(path[:41].clip(-2, 2), ".-", label=f"$\\eta$ = {rate:g}")
    print(f"eta {rate:5.3f}  |theta| at step 100 {abs(path[-1]):.1e}")
ax.set_xlabel("step")
ax.set_ylabel("$\\theta$")
ax.set_ylim(-1.9, 2.3)
ax.legend(loc="upper right", ncols=3)

low, high = 0.0, 10.0  # settles, escapes
for _ in range(40):  # bisection: only runs, no formula
    middle = (low + high) / 2
    settles = abs(descend(middle, curvature, 400)[-1]) <= 1
    low, high = (middle, high) if settles else (low, middle)
limit = low
print(f"measured limit {limit:.3f}   2/lambda {2 / curvature:.3f}")

assert np.isclose(limit, 2 / curvature)  # |1 - ηλ| = 1

# %% double-well
import matplotlib.pyplot as plt
import numpy as np

eta = 1.25  # learning rate to look at


def orbit(eta: float, warm: int = 3000, keep: int = 32) -> np.ndarray:
    """Return the distinct places of θ in `keep` steps after `warm` steps on L = (θ² - 1)²/4."""
    theta, places = 0.5, []
    for k in range(warm + keep):
        theta -= eta * (theta * theta * theta - theta)  # L'(θ) = θ³ - θ; a power's last digit differs by machine
        places += [round(theta, 3)] if k >= warm else []
    return np.unique(places)


fig, ax = plt.subplots(figsize=(6.4, 3.6))
for rate in np.linspace(0.7, 1.9, 81):
    places = orbit(rate, 300, 16)
    ax.plot(np.full(len(places), rate), places, ".", color="C0", markersize=3)
ax.axvline(1.0, color="C1")
ax.annotate("2 / L''(1) = 1", (0.98, -0.5), color="C1", ha="right")
ax.axvline(eta, color="C2", linestyle="--")
ax.set_xlabel("learning rate $\\eta$")
ax.set_ylabel("places of $\\theta$, late")

for rate in (0.9, 1.1, eta):
    places = orbit(rate)
    print(f"eta {rate:.2f} {len(places):2d} place(s), {places[0]:+.3f} to {places[-1]:+.3f}")

assert list(orbit(0.9)) == [1.0]  # η < 2/L''(1): it settles
assert len(orbit(1.1)) == 2  # η > 2/L''(1): restless, yet not lost

# %% cost
import numpy as np

seed = 0
stride = 0.1  # of the climber who never adjusts it
price = 4  # one gradient by backpropagation, in loss evaluations
goal, most = 0.01, 4000  # from loss 1 down to goal; evaluations at most


def climb(theta: np.ndarray, lam: np.ndarray, stride: float, factor: float, seed: int) -> np.ndarray:
    """Return losses evaluated by each row: a random step, kept if the loss L = Σ λθ²/2 falls."""
    rng = np.random.default_rng(seed)
    loss, strides, used = theta**2 @ lam / 2, np.full(len(theta), stride), np.full(len(theta), most)
    for k in range(1, most + 1):
        trial = theta + strides[:, None] * rng.standard_normal(theta.shape) / np.sqrt(len(lam))
        better = trial**2 @ lam / 2 < loss  # (rows,)
        theta = np.where(better[:, None], trial, theta)
        loss = theta**2 @ lam / 2
        strides *= np.where(better, factor, factor**-0.25)  # one success in five keeps the stride
        used = np.minimum(used, np.where(loss <= goal, k, most))
    return used


def descent(theta: np.ndarray, lam: np.ndarray) -> np.ndarray:
    """Return gradient steps used by each row at η = 2/(λ_max + λ_min)."""
    steps = np.zeros(len(theta), dtype=int)
    while (far := theta**2 @ lam / 2 > goal).any():
        theta, steps = theta - 2 / (lam[0] + lam[-1]) * lam * theta, steps + far
    return steps


print("losses evaluated, medians of 5 starts\n  d  backprop differences rigid adaptive")
for d in (2, 50, 200):
    lam = np.geomspace(1, 10, d)  # (d,), curvatures
    theta = np.random.default_rng(seed).standard_normal((5, d))
    theta *= np.sqrt(2 / (theta**2 @ lam))[:, None]  # loss 1
    runs = descent(theta, lam), climb(theta, lam, stride, 1, seed), climb(theta, lam, stride, 1.5, seed)
    steps, rigid, adaptive = np.median(runs, axis=1)
    print(f"{d:3d} {price * steps:9.0f} {(d + 1) * steps:11.0f} {rigid:5.0f} {adaptive:8.0f}")
    assert runs[0].max() <= 12  # gradient steps for curvatures up to 10 times apart: d does not appear
print(f"d = {d}: adaptive / backprop = {adaptive / (price * steps):.0f}")

# %% oscillator
import matplotlib.pyplot as plt
import numpy as np

curvature = 10.0  # λ, stiffness of the spring
eta = 0.001  # learning rate = (time step)²
beta = 0.98  # momentum


def heavy_ball(lam: np.ndarray | float, eta: float, beta: float, steps: int) -> np.ndarray:
    """Return θ₀ = 1, θ₁, … for curvatures lam; starts at rest."""
    path = [np.ones_like(lam, dtype=float)] * 2
    for _ in range(steps):
        path.append(path[-1] - eta * lam * path[-1] + beta * (path[-1] - path[-2]))
    return np.array(path[1:])  # (steps + 1, …)


def spring(t: np.ndarray, lam: float, c: float) -> np.ndarray:
    """Return x(t) of x″ + c x′ + λx = 0 with x(0) = 1, x′(0) = 0."""
    r = np.roots([1.0, c, lam]).astype(complex)  # exponents
    return np.real((r[1] * np.exp(r[0] * t) - r[0] * np.exp(r[1] * t)) / (r[1] - r[0]))


h = np.sqrt(eta)  # time per step
k = np.arange(161)
fig, ax = plt.subplots(figsize=(6.4, 3.6))
for n, b in enumerate([0.0, 0.81, beta]):
    steps = heavy_ball(curvature, eta, b, 4000)
    far = np.flatnonzero(np.abs(steps) > 0.01)[-1] + 1
    ax.plot(k, spring(k * h, curvature, (1 - b) / h), color=f"C{n}", label=f"$\\beta$ = {b:g}")
    ax.plot(k[::4], steps[:161:4], ".", color=f"C{n}")
    gap = np.abs(steps[:161] - spring(k * h, curvature, (1 - b) / h)).max()
    print(f"beta {b:4.2f}  c {(1 - b) / h:5.2f}  steps {far:3d}  gap {gap:.3f}")
ax.set_xlabel("step (dots) = time / $\\sqrt{\\eta}$ (lines)")
ax.set_ylabel("$\\theta$")
ax.legend(loc="upper right", ncols=3)
print(f"critical c = 2 sqrt(lambda) = {2 * np.sqrt(curvature):.2f}")

assert gap < 3 * h  # the iterates follow the spring, up to the time step

# %% uncertainty
import matplotlib.pyplot as plt
import numpy as np

width = 1.0  # σx of the Gaussian
chirp = 0.0  # drift of the pitch along the wave
x = np.linspace(-60, 60, 2**14, endpoint=False)  # place
k = 2 * np.pi * np.fft.fftfreq(len(x), x[1] - x[0])  # pitch
u = x / width


def spread(axis: np.ndarray, psi: np.ndarray) -> float:
    """Return the standard deviation of the density |ψ|² on an axis."""
    p = np.abs(psi) ** 2 / np.sum(np.abs(psi) ** 2)
    return float(np.sqrt(p @ axis**2 - (p @ axis) ** 2))


def gaussian(s: float) -> np.ndarray:
    """Return a Gaussian wave with σx = s."""
    return np.exp(-(1 + 1j * chirp) * (x / s) ** 2 / 4)


waves = {
    "gaussian": gaussian(width),
    "triangle": np.maximum(1 - np.abs(u), 0),
    "spike": np.exp(-np.abs(u)),
    "two humps": np.exp(-((u - 3) ** 2) / 4) + np.exp(-((u + 3) ** 2) / 4),
}
print(f"{'wave':10} sigma_x sigma_k product")
for name, psi in waves.items():
    sx, sk = spread(x, psi), spread(k, np.fft.fft(psi))
    print(f"{name:10} {sx:7.3f} {sk:7.3f} {sx * sk:7.3f}")
    assert sx * sk > 0.4999  # σx σk ≥ 1/2

fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2))
for s in (width / 2, width, 2 * width):
    left.plot(x, np.abs(gaussian(s)) ** 2 / s, label=f"$\\sigma_x$ = {s:g}")
    right.plot(np.fft.fftshift(k), np.fft.fftshift(np.abs(np.fft.fft(gaussian(s))) ** 2) / s)
left.legend(loc="upper left")
left.set(xlabel="place x", xlim=(-5, 5), yticks=[])
right.set(xlabel="pitch k", xlim=(-5, 5), yticks=[])

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


# %% exercise:ravine-settings
def settings(lam_min, lam_max):
    """Return (eta, beta) for a ravine with curvatures between lam_min and lam_max."""
    return 2 / (lam_min + lam_max), 0.0


# %% solution:ravine-settings
def settings(lam_min, lam_max):
    """Return (eta, beta) for a ravine with curvatures between lam_min and lam_max."""
    low, high = lam_min**0.5, lam_max**0.5
    return 4 / (low + high) ** 2, ((high - low) / (high + low)) ** 2


# %% check:ravine-settings
import numpy as np


def steps_used(eta, beta, lam):
    before = theta = np.ones_like(lam)
    for k in range(1, 5001):
        before, theta = theta, theta - eta * lam * theta + beta * (theta - before)
        if not np.abs(theta).max() < 1e6:
            return np.inf
        if np.abs(theta).max() < 0.01:
            return k
    return np.inf


for kappa in (25.0, 100.0, 400.0):
    used = steps_used(*settings(1.0, kappa), np.geomspace(1, kappa, 50))
    assert used < np.inf, f"curvatures 1 to {kappa:.0f}: needs 0 <= beta < 1 and eta < 2 (1 + beta) / lam_max"
    assert used <= 6 * kappa**0.5, f"curvatures 1 to {kappa:.0f}: {used} steps, but momentum allows 6 sqrt(kappa)"
