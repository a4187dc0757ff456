"""Automatic differentiation: a graph walked backwards, a witness, and the bill in time and memory."""

# %% graph
# region graph
import matplotlib.pyplot as plt
import numpy as np

weight = 0.5  # w
step = 8  # 0 … 5 forwards, 6 … 10 backwards

value = {"x": 2.0, "w": weight, "b": -0.4, "t": -0.2}
value["p"] = value["w"] * value["x"]
value["z"] = value["p"] + value["b"]
value["y"] = np.tanh(value["z"])
value["e"] = value["y"] + value["t"]
value["L"] = value["e"] * value["e"]
slopes = {  # of each value, along the arrows into it
    "L": {"e": 2 * value["e"]},
    "e": {"y": 1, "t": 1},
    "y": {"z": 1 - value["y"] ** 2},
    "z": {"p": 1, "b": 1},
    "p": {"w": value["x"], "x": value["w"]},
}
gradient = {"L": 1.0}
for name, into in slopes.items():
    gradient |= {parent: gradient[name] * slope for parent, slope in into.items()}
made, walked = list("pzyeL")[:step], list("Leyzp")[: max(step - 5, 0)]
kept = [name for name in made if name not in walked]
reached = {"L"[: step > 5], *(parent for name in walked for parent in slopes[name])}
print(f"step {step}: {len(made)} values made, {len(walked)} walked back, {len(kept)} kept")
up, down = ((np.tanh((weight + h) * 2 - 0.4) - 0.2) ** 2 for h in (1e-6, -1e-6))
nudged = (up - down) / 2e-6
assert np.isclose(nudged, gradient["w"], atol=1e-6)  # w really moved, by a millionth
# endregion
# region plot
place = {"x": (0, 2), "w": (0, 0.8), "p": (1, 1.4), "b": (1, 0), "z": (2, 0.9)}
place |= {"y": (3, 0.9), "t": (3, -0.3), "e": (4, 0.5), "L": (5, 0.5)}
fig, ax = plt.subplots(figsize=(6.4, 3.6))
fig.subplots_adjust(left=0.01, right=0.99, bottom=0.01, top=0.99)
for name, parents in slopes.items():
    for parent in parents:
        color, ends = "C0" if name in made else "C5", [place[name], place[parent]]
        if name in walked:
            color, ends = "C1", ends[::-1]
        look = {"arrowstyle": "-|>", "color": color, "lw": 2, "shrinkA": 16, "shrinkB": 16}
        ax.annotate("", *ends, arrowprops=look)
for name, (across, up) in place.items():
    ax.plot(across, up, "o", markersize=29, color="none", markeredgecolor="C0")
    if name in kept:
        ax.plot(across, up, "o", markersize=29, color="C0", alpha=0.4)
    ax.text(across, up, name, ha="center", va="center", fontsize=14)
    if name not in slopes or name in made:
        ax.text(across, up + 0.32, f"{value[name]:.2f}", ha="center", fontsize=14, color="C0")
    if name in reached:
        ax.text(across, up - 0.52, f"{gradient[name]:.2f}", ha="center", fontsize=14, color="C1", weight="bold")
ax.set(xlim=(-0.4, 5.4), ylim=(-0.95, 2.5))
ax.set_axis_off()
plt.show()
# endregion

# %% engine
# region engine
from functools import reduce

import numpy as np


class Tensor:
    """An array that remembers what it was made from, and how to send a gradient back there."""

    def __init__(self, data, parents=(), pulls=()):
        self.data, self.grad = np.asarray(data), 0.0
        self.parents, self.pulls = parents, pulls  # pulls[i]: dL/dself -> dL/dparents[i]
        self.depth = 1 + max((parent.depth for parent in parents), default=0)

    def __add__(self, b):
        return Tensor(self.data + b.data, (self, b), (lambda G: G, lambda G: G))

    def __mul__(self, b):
        return Tensor(self.data * b.data, (self, b), (lambda G: G * b.data, lambda G: G * self.data))

    def __matmul__(self, b):
        return Tensor(self.data @ b.data, (self, b), (lambda G: G @ b.data.T, lambda G: self.data.T @ G))

    def tanh(self):
        y = np.tanh(self.data)
        return Tensor(y, (self,), (lambda G: G * (1 - y * y),))

    def total(self):
        return Tensor(self.data.sum(), (self,), (lambda G: G * np.ones_like(self.data),))

    def release(self, G):
        """Add G to the grad of a leaf; of any other, return (parent, pull) pairs and forget them."""
        edges = list(zip(self.parents, self.pulls, strict=True))
        self.grad = self.grad if edges else self.grad + G
        self.parents = self.pulls = None if edges else ()
        return edges


# endregion
def backward(end):
    arrived = {end: [np.ones_like(end.data)]}
    while arrived:
        node = max(arrived, key=lambda node: node.depth)  # no gradient is still on its way there
        G = reduce(np.add, arrived.pop(node))  # dL/dnode: the sum over all paths
        for parent, pull in node.release(G):  # a leaf keeps it in .grad
            arrived.setdefault(parent, []).append(pull(G))


x = 2.0
a, b, e = Tensor(x), Tensor(3.0), Tensor(x)
backward(a + b)
print(f"a + b      slopes {a.grad:g} and {b.grad:g}")
for walk in (1, 2):
    backward(e * e + e)  # a new graph, the same e.grad
    print(f"e * e + e  slope {e.grad:g} after walk {walk}")
assert e.grad == 2 * (2 * x + 1)  # three paths, two walks

# %% witness
# region network
import tracemalloc

trace = [(0, 0)]  # (products so far, most MiB since the entry before)


def tick(products):
    trace.append((trace[-1][0] + products, tracemalloc.get_traced_memory()[1] / 2**20))
    tracemalloc.reset_peak()


def draw(layers, rows, width, seed=0):
    """Return data (rows, width) and the weights (width, width) of each layer."""
    rng = np.random.default_rng(seed)
    X, W = rng.normal(size=(rows, width)), rng.normal(size=(layers, width, width))
    return X, [Tensor(M / np.sqrt(width)) for M in W]


def forward(X, W, lean=False):
    """Send X through layers tanh(X M): an array leaves no record, a Tensor does, and ticks on its way back, too."""
    for M in W:
        if isinstance(X, Tensor):
            Z = X @ M
            Y = Z.tanh()
            Z.data = Y.data if lean else Z.data  # no rule asks for Z
            X = Tensor(Y.data, (Y,), (lambda G: tick(2) or G,))
        else:
            X = np.tanh(X @ M.data)
        tick(1)
    return X


def loss(X, W):
    end = forward(Tensor(X), W)
    return (end * end + end).total()


# endregion
width = 5


def witness(X, W, k, index, h=1e-20):
    moved = [Tensor(M.data.astype(complex)) for M in W]
    moved[k].data[index] += 1j * h
    return loss(X, moved).data.imag / h  # no rule of differentiation used


gaps = []
for seed in range(5):
    X, W = draw(3, 4, width, seed)
    backward(loss(X, W))  # one walk, all derivatives
    gaps += [abs(M.grad[i] - witness(X, W, k, i)) for k, M in enumerate(W) for i in np.ndindex(M.grad.shape)]
print(f"{len(gaps)} derivatives: witness {len(gaps)} runs, backward 5\nlargest gap {max(gaps):.12f}")
assert max(gaps) < 1e-12

# %% bill
# region set-up
from time import process_time  # of this program alone


def cost(f, *args):
    """Return the least seconds of some calls, and what one more traced: (products so far, MiB)."""
    times = []
    while len(times) < 2 or sum(times) < 0.08:
        began = process_time()
        f(*args)
        times.append(process_time() - began)
    trace[:] = [(0, 0)]
    tracemalloc.start()
    f(*args)
    tick(0)
    tracemalloc.stop()
    return min(times), np.array(trace)


# endregion
layers = 16
every = 4  # keep what goes into every so many-th layer
lean = False  # forget what no rule asks for


def checkpointed(X, W, every):
    blocks, kept, G = [W[i : i + every] for i in range(0, len(W), every)], [X], None
    for block in blocks[:-1]:
        kept.append(forward(kept[-1], block))  # no record
    for block in reversed(blocks):
        start = Tensor(kept.pop())
        end = forward(start, block, lean)  # once more, with one
        backward((end * (end if G is None else Tensor(G))).total())
        G = start.grad


# region run
jobs = {"forward only": (forward,), "with gradients": (checkpointed, layers), "checkpoints": (checkpointed, every)}
bills = {name: cost(f, *draw(layers, 512, 128), *args) for name, (f, *args) in jobs.items()}
spent = {name: seconds for name, (seconds, _) in bills.items()}
most = {name: path[:, 1].max() for name, (_, path) in bills.items()}
print("                products  time  memory")
for name, (seconds, path) in bills.items():
    times, weight = seconds / spent["forward only"], most[name] / most["forward only"]
    print(f"{name:15} {path[-1, 0] / layers:8.2f} {times:5.1f} {weight:7.1f}")
print(f"1.0 is {1e3 * spent['forward only']:.1f} ms, {most['forward only']:.1f} MiB; weights: {layers * 128**2:,}")
# endregion
assert bills["with gradients"][1][-1, 0] == 3 * layers  # products: 1 out, 2 back
# region plot
fig, ax = plt.subplots(figsize=(6.4, 3.4))
for name, color in (("with gradients", "C0"), ("checkpoints", "C1"), ("forward only", "C2")):
    ax.plot(bills[name][1][:, 0] / layers, bills[name][1][:, 1], color=color, label=name)
ax.set(xlim=(0, 4), ylim=(0, 36), xticks=range(5), yticks=[0, 12, 24, 36], xlabel="forward runs", ylabel="MiB in use")
ax.legend(loc="upper right")
plt.show()
# endregion

# %% solution:by-hand
x, t = Tensor(5.0), Tensor(-3.5)
w1, b, w2 = Tensor(1.0), Tensor(-2.0), Tensor(0.5)
h = w1 * x + b  # 3 > 0: the ReLU lets it through
e = w2 * h + t
backward(e * e * Tensor(0.5))
answer = float(w1.grad)

# %% check:by-hand
h = 1e-20
z = 0.5 * ((1 + 1j * h) * 5 - 2) - 3.5
assert abs(answer - (z * z / 2).imag / h) < 1e-9, "multiply along the path: (y - t), w2, the ReLU's slope, x"

# %% solution:two-layer-price
forward_products = {1: 1, 2: 1}  # matrix products of each layer
backward_products = {1: 1, 2: 2}  # layer 1: A.T @ G alone, for its input is data
answer = (sum(forward_products.values()) + sum(backward_products.values())) / sum(forward_products.values())

# %% check:two-layer-price
import numpy as np

work = 0


def counted(A, B):
    global work
    work += A.shape[0] * A.shape[1] * B.shape[1]
    return A @ B


X, W1, W2 = np.ones((16, 64)), np.ones((64, 64)) / 64, np.ones((64, 64)) / 64
H = counted(X, W1)
y = counted(H, W2)
out, work = work, 0
G = 2 * y  # dL/dy of L = sum of squares
slopes = [counted(H.T, G), counted(X.T, counted(G, W2.T))]  # dL/dW2, dL/dW1
assert all(slope.shape == (64, 64) for slope in slopes)
assert abs(answer - (out + work) / out) < 0.01, "forward 2 products, backward 3: X needs no gradient"


# %% exercise:shortcut
def gradients(end):
    """Return dL/dnode for every node that end was made from."""
    flow, waiting = {end: np.ones_like(end.data)}, [end]
    while waiting:
        node = waiting.pop(0)
        for parent, pull in zip(node.parents, node.pulls, strict=True):
            if parent not in flow:
                waiting.append(parent)
            flow[parent] = flow.get(parent, 0) + pull(flow[node])
    return flow


# %% solution:shortcut
def gradients(end):
    """Return dL/dnode for every node that end was made from."""
    flow, waiting = {end: np.ones_like(end.data)}, [end]
    while waiting:
        node = max(waiting, key=lambda node: node.depth)  # all that was made from it has handed on
        waiting.remove(node)
        for parent, pull in zip(node.parents, node.pulls, strict=True):
            if parent not in flow:
                waiting.append(parent)
            flow[parent] = flow.get(parent, 0) + pull(flow[node])
    return flow


# %% check:shortcut
def slope(program, x=1.5):
    """Return what `gradients` says of a program at x, and what the witness says."""
    a, moved = Tensor(x), Tensor(x + 1e-20j)
    return gradients(program(a))[a], program(moved).data.imag / 1e-20


def deep(a):
    """Ten layers, each with a short cut round it."""
    for _ in range(10):
        a = a.tanh() + a
    return a


def crossed(a):
    """A short cut whose other way is longer."""
    p = a * a
    return p + (p * p).tanh() * p


found, true = slope(lambda a: a * a + a)
assert abs(found - true) < 1e-9, "a * a + a was right before: the three paths still add up"
found, true = slope(lambda a: (lambda p: p * p + p)(a * a))
assert abs(found - true) < 1e-9, f"p * p + p with p = a * a: {found:.4g} instead of {true:.4g}"
for program in (deep, crossed):
    found, true = slope(program)
    assert abs(found - true) < 1e-9, f"with a longer way round: {found:.4g} instead of {true:.4g}"

# %% exercise:cheapest-keep
every = 16  # yours

_, path = cost(checkpointed, *draw(32, 512, 128), every)
print(f"every {every}: {path[:, 1].max():.1f} MiB at most, {path[-1, 0] / 32:.2f} forward runs")

# %% solution:cheapest-keep
every = 4  # √(32 / 2)

_, path = cost(checkpointed, *draw(32, 512, 128), every)
print(f"every {every}: {path[:, 1].max():.1f} MiB at most, {path[-1, 0] / 32:.2f} forward runs")


# %% check:cheapest-keep
def most_of(k):
    return cost(checkpointed, *draw(32, 512, 16), k)[1][:, 1].max()


assert every != 1, "every layer's input kept: that is 32 arrays before the way back begins"
assert every < 32, "one block of 32: that is no checkpoint at all, everything is recorded at once"
assert every != 6, "√32 is the rule for one array a layer; this engine keeps two"
least = min((1, 2, 3, 4, 5, 6, 8, 11, 16, 32), key=most_of)
assert every == least, f"{every} is not the lowest yet: it holds {most_of(every) / most_of(least):.2f} times as much"

# %% solution:spring
w, G, answer = 1.0, 0.0, 0.0
while answer == 0 or (round(w, 6), round(G, 6)) != (1, 0):
    G = G + w  # dL/dw = w
    w, answer = w - G, answer + 1

# %% check:spring
w, G = 1.0, 0.0
for step in range(1, 61):
    G = G + w
    w = w - G
    home = (w, G) == (1, 0)
    assert home == (answer > 0 and step % answer == 0), "it repeats when both w and the sum G are back at the start"
