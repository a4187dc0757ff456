"""Gradients through twenty layers: what fades, which of three remedies helps, and a compression that a ruler makes."""

# %% fading
# region set-up
import matplotlib.pyplot as plt
import numpy as np
from kit.nets import Adam, Momentum, Nets, logistic_loss

layers, m, seeds = 20, 16, range(5)
rng = np.random.default_rng(99)
X = rng.normal(size=(64, 2))  # points on a plane
y = 1.0 * (np.hypot(*X.T) > np.median(np.hypot(*X.T)))[:, None]  # (64, 1): half are outside
NETS = {  # activation, variance of the weights times the width, share of a layer that a skip adds
    "sigmoid": ("sigmoid", 1, 0),
    "centred": ("sigmoid", 16, 0),
    "skip": ("sigmoid", 1, 0.2),
    "xavier": ("relu", 1, 0),
    "he": ("relu", 2, 0),
}


def build(net):
    """Return five nets; "centred" ones have biases that put all layers but the first around their steepest point."""
    activation, gain, skip = NETS[net]
    nets = Nets([2] + [m] * layers + [1], seeds, activation, gain, skip)
    if net == "centred":
        for W, b in zip(nets.theta[2::2], nets.theta[3::2], strict=True):
            b -= W.sum(axis=1, keepdims=True) / 2
    return nets


# endregion
# region model
net = "sigmoid"  # or "centred", "skip" (both sigmoid), "xavier", "he" (both ReLU)
back = 10  # layers that the gradient has come back through
nets = build(net)
nets(X)
gradient, factor = [rng.normal(size=(5, 64, m))], [1.0]  # at the last layer, size 1
for k in range(layers - 1, 0, -1):
    slope, W = nets.slope(nets.activations[k]), nets.theta[2 * k]
    share, passed = nets.skip or 1.0, nets.skip > 0
    gradient.append(share * (gradient[-1] * slope) @ W.swapaxes(1, 2) + passed * gradient[-1])
    factor.append(factor[-1] * np.sqrt(share**2 * NETS[net][1] * np.mean(slope**2) + passed))  # variances alone
spread = np.array([H.std(axis=1).mean(axis=1) for H in nets.values[1:]])  # (20, 5): how far apart inputs still are
arrived = np.array([np.sqrt(np.mean(G**2, axis=(1, 2))) for G in gradient])  # (20, 5): from layer 20 to layer 1
print(f"{net}, five starts, layer 20 to layer 1")
print(f"gradient that arrives {arrived[-1].min():.1g} to {arrived[-1].max():.1g}")
print(f"by variances alone    {factor[-1]:.1g}")
print(f"spread of inputs at 20 {spread[-1].min():.1g} to {spread[-1].max():.1g}")
assert np.all(np.abs(np.log10(arrived[-1] / factor[-1])) < 1)  # within a factor of ten, in so narrow a net
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.11, right=0.985, bottom=0.15, top=0.97)
ax.semilogy(range(1, layers + 1), spread, "C0-", linewidth=1)
ax.semilogy(np.arange(layers, layers - back - 1, -1), arrived[: back + 1], "C1-", linewidth=1.6)
ax.semilogy(np.full(5, layers - back), arrived[back], "C1<", markersize=7)
for style, name in (("C0-", "spread of inputs, forward"), ("C1<-", "gradient, backward")):
    ax.plot([], [], style, label=name)
ax.set(xlim=(0.5, 20.5), ylim=(1e-16, 1e5), xlabel="layer", xticks=[1, 5, 10, 15, 20])
ax.set_yticks([1e-15, 1e-10, 1e-5, 1])
ax.legend(loc="upper center", ncols=2)
# endregion

# %% rescue
net = "xavier"  # or "he", "sigmoid", "centred", "skip"
steps = 150
# region set-up
import matplotlib.pyplot as plt
import numpy as np

RATES = {  # of 0.001, 0.003, 0.01 ... 10: those with the smallest mean loss, and none that the last digits sway
    "sigmoid": {"momentum": 0.1, "unit": 0.01, "adam": 0.01},
    "centred": {"momentum": 0.1, "unit": 0.01, "adam": 0.003},
    "skip": {"momentum": 1, "unit": 3, "adam": 0.3},
    "xavier": {"momentum": 0.03, "unit": 0.01, "adam": 0.003},
    "he": {"momentum": 0.03, "unit": 0.01, "adam": 0.01},
}
# endregion


def train(optimiser):
    """Return the losses of the five nets before each step and after the last, (steps + 1, 5)."""
    nets, losses = build(net), []
    rule = (Adam if optimiser == "adam" else Momentum)(nets.theta, RATES[net][optimiser])
    for t in range(steps):
        loss, slope = logistic_loss(nets(X), y)
        g = nets.gradients(slope)
        if optimiser == "unit":  # one division for the whole net
            length = np.sqrt(sum(np.sum(G**2, axis=(1, 2), keepdims=True) for G in g))
            g = [G / (length + 1e-300) for G in g]
        rule.step(g, 1 - t / steps)
        losses.append(loss)
    return np.array([*losses, logistic_loss(nets(X), y)[0]])


# region print
runs = {optimiser: train(optimiser) for optimiser in ("momentum", "unit", "adam")}
middle = {name: np.median(run[-1]) for name, run in runs.items()}
print(f"{net}, {steps} steps, loss (a coin: 0.69)")
for name, run in runs.items():
    low, high = run[-1].min(), run[-1].max()
    print(f"{name:9}median {middle[name]:.2f}, {low:.2f} to {high:.2f}")
# endregion
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True)
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97, wspace=0.08)
for row, ((name, run), style) in enumerate(zip(runs.items(), ("C1-", "C2--", "C0-"), strict=True)):
    left.plot(np.median(run, axis=1), style, label=name)
    right.plot(row + np.linspace(-0.2, 0.2, 5), run[-1], style[:2] + "o", markersize=8, markerfacecolor="none")
for ax in (left, right):
    ax.axhline(np.log(2), color="C5", linestyle=":")
left.set(xlim=(0, steps), ylim=(-0.03, 1), xlabel="step", ylabel="loss", xticks=range(0, steps, 50))
right.set(xlim=(-0.5, 2.5), xticks=[0, 1, 2], xticklabels=runs, xlabel="five starts each")
left.legend(loc="upper right")
# endregion

# %% ruler
bins = 30  # cells a unit is cut into
ruler = "even"  # cells of one width; or "ranks": cells that hold as many inputs each
# region set-up
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
inputs = rng.normal(size=(512, 8))  # 512 different ones: 9 bits
W = rng.normal(size=(8, 3)) / np.sqrt(8)  # never trained
sizes = np.geomspace(0.05, 5, 25)  # the weights grow a hundredfold
# endregion


def information(T, low, high):
    """Return I(X; cell of T) in bits, the entropy of the cells: T is a function of the input."""
    cells = np.floor((T - low) / (high - low + 1e-12) * bins)
    if ruler == "ranks":
        ranks = [np.searchsorted(np.sort(t), t) for t in T.T]  # equal values share a rank
        cells = np.stack(ranks, axis=1) * bins // len(T)
    counts = np.unique(cells, axis=0, return_counts=True)[1]
    p = counts / counts.sum()
    return -np.sum(p * np.log2(p))


# region print
tanh = [information(np.tanh(size * inputs @ W), -1, 1) for size in sizes]
relu = [information(np.maximum(size * inputs @ W, 0), 0, size * np.max(inputs @ W)) for size in sizes]
print(f"tanh  smallest weights {tanh[0]:.1f}, most {max(tanh):.1f}, last {tanh[-1]:.1f}")
print(f"relu  {min(relu):.1f} to {max(relu):.1f} bits")
assert ruler != "ranks" or np.ptp(tanh) < 1e-9  # ranks do not see how large the weights are
# endregion
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
fig.subplots_adjust(left=0.1, right=0.985, bottom=0.16, top=0.97)
ax.semilogx(sizes, tanh, "C0-", label="tanh")
ax.semilogx(sizes, relu, "C2--", label="ReLU")
ax.axhline(9, color="C5", linestyle=":")
ax.set(xlim=(0.05, 5), ylim=(0, 10), xlabel="size of weights", ylabel="bits", xticks=[0.05, 0.5, 5])
ax.set_xticklabels(["0.05", "0.5", "5"])
ax.legend(loc="lower center", ncols=2)
# endregion

# %% solution:gradients-that-survive-slope
answer = 0.25**10  # the steepest place of the sigmoid, ten times

# %% check:gradients-that-survive-slope
import numpy as np

z = np.linspace(-8, 8, 4001)
sigma = 1 / (1 + np.exp(-z))
steepest = np.max(np.gradient(sigma, z))
assert answer > 0, "a product of ten positive slopes"
assert abs(np.log(answer) - 10 * np.log(steepest)) < 0.01, f"the steepest slope is {steepest:.3f}, and there are ten"

# %% exercise:gradients-that-survive-tanh
gain = 1.0  # variance of the weights times the width, in steps of 0.25: yours

# %% solution:gradients-that-survive-tanh
gain = 1.75  # variance of the weights times the width, in steps of 0.25: yours

# %% check:gradients-that-survive-tanh
import numpy as np


def arriving(gain, layers=20, m=64):
    """Return the size of the gradient at the first layer of a tanh net, the mean of five starts."""
    found = []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        H, W = [rng.normal(size=(64, m))], rng.normal(size=(layers, m, m)) * np.sqrt(gain / m)
        for w in W:
            H.append(np.tanh(H[-1] @ w))
        G = rng.normal(size=(64, m))
        for w, h in zip(W[::-1], H[:0:-1], strict=True):
            G = (G * (1 - h**2)) @ w.T
        found.append(np.sqrt(np.mean(G**2)))
    return np.mean(found)


assert 0 < gain <= 4 and gain * 4 == round(gain * 4), "steps of 0.25, from 0.25 to 4"
assert arriving(gain) >= 1, f"a gradient of size 1 arrives as {arriving(gain):.2f}"
assert arriving(gain - 0.25) < 1, f"it arrives as {arriving(gain):.2f}, and with less gain still as 1 or more"

# %% solution:gradients-that-survive-leaky
kept = (1 + 0.5**2) / 2  # of E[z²], the half above 0 and a quarter of the half below
answer = 1 / (100 * kept)

# %% check:gradients-that-survive-leaky
import numpy as np

z = np.linspace(-8, 8, 4001)
density = np.exp(-(z**2) / 2)
kept = density @ np.where(z > 0, z, z / 2) ** 2 / (density @ z**2)
assert abs(100 * answer * kept - 1) < 0.01, f"the layer multiplies the mean square by {100 * answer * kept:.2f}, not 1"

# %% exercise:gradients-that-survive-directions
import numpy as np


def layer(rng, m):
    """Return weights (m, m) that keep the mean square of whatever comes in."""
    return rng.normal(size=(m, m)) / np.sqrt(m)


# %% solution:gradients-that-survive-directions
import numpy as np


def layer(rng, m):
    """Return weights (m, m) that keep the mean square of whatever comes in."""
    return np.linalg.qr(rng.normal(size=(m, m)))[0]


# %% check:gradients-that-survive-directions
import numpy as np

rng, P, m = np.random.default_rng(0), np.eye(32), 32
drawn = [layer(rng, m) for _ in range(20)]
assert all(W.shape == (m, m) for W in drawn), "each layer is (m, m)"
assert np.abs(drawn[0] - drawn[1]).max() > 0.01, "layers are to be drawn, not all the same"
for W in drawn:
    P = P @ W
stretch = np.sort(np.linalg.svd(P, compute_uv=False))
middle, whole = np.median(stretch), np.sqrt(np.mean(stretch**2))
assert 0.3 < whole < 3, f"the whole is now stretched {whole:.2g} times: it was right before"
assert middle > 0.5, f"the whole is stretched {whole:.2g} times, the middle direction {middle:.1g} times"
assert np.abs(np.diag(drawn[0])).min() < 0.9, "a layer that mixes nothing keeps all, and learns little"
