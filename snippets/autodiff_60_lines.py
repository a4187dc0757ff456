"""Automatic differentiation in sixty lines: record, walk back, and be checked by a witness who knows no rules."""

# %% engine
from itertools import count

import numpy as np

clock = count()


class Tensor:
    """An array that remembers what it was made from, and how to send a gradient back there."""

    def __init__(self, data, parents=(), pulls=()):
        self.data = np.asarray(data)
        self.parents, self.pulls = parents, pulls  # pulls[i]: dL/dself -> dL/dparents[i]
        self.grad, self.born = 0.0, next(clock)  # dL/dself, kept by leaves only

    def graph(self):
        """Return self and all it was made from, newest first."""
        nodes, stack = {self}, [self]
        while stack:
            new = set(stack.pop().parents) - nodes
            nodes |= new
            stack.extend(new)
        return sorted(nodes, key=lambda node: -node.born)

    def backward(self):
        """Add dself/dleaf to the grad of every leaf."""
        flow = {self: np.ones_like(self.data)}
        for node in self.graph():
            G = flow.pop(node)
            for parent, pull in zip(node.parents, node.pulls, strict=True):
                flow[parent] = flow.get(parent, 0) + fit(pull(G), parent.data.shape)
            if not node.parents:
                node.grad = node.grad + G


def fit(G, shape):
    """Sum G over the axes along which an array of that shape was broadcast."""
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    return G.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)


# %% rules
def add(a, b):
    return Tensor(a.data + b.data, (a, b), (lambda G: G, lambda G: G))


def mul(a, b):
    return Tensor(a.data * b.data, (a, b), (lambda G: G * b.data, lambda G: G * a.data))


def matmul(A, B):
    return Tensor(A.data @ B.data, (A, B), (lambda G: G @ B.data.T, lambda G: A.data.T @ G))


def total(a):
    return Tensor(a.data.sum(), (a,), (lambda G: G * np.ones_like(a.data),))


def elementwise(f, slope):
    """Make an operation from y = f(x) and its slope(x, y)."""

    def apply(a):
        y = f(a.data)
        return Tensor(y, (a,), (lambda G: G * slope(a.data, y),))

    return apply


tanh = elementwise(np.tanh, lambda x, y: 1 - y * y)
exp = elementwise(np.exp, lambda x, y: y)
relu = elementwise(lambda x: x * (x.real > 0), lambda x, y: x.real > 0)
Tensor.__add__, Tensor.__mul__, Tensor.__matmul__ = add, mul, matmul

a, b = Tensor(2.0), Tensor(3.0)
(a + b).backward()
print(f"c = a + b      dc/da = {a.grad:.0f}  dc/db = {b.grad:.0f}")
a = Tensor(2.0)
(a * a + a).backward()
print(f"c = a * a + a  dc/da = {a.grad:.0f}")
assert a.grad == 2 * 2 + 1  # three paths from a to c, added up

# %% complex-step
X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])  # (4, 2)
y = np.array([[0.0], [1], [1], [0]])  # (4, 1), XOR
hidden = 8


def init(seed):
    """Draw the weights and biases of a network 2 - hidden - 1."""
    rng = np.random.default_rng(seed)
    shapes = [(2, hidden), (1, hidden), (hidden, 1), (1, 1)]
    return [Tensor(rng.normal(0, 1 / np.sqrt(shape[0]), shape)) for shape in shapes]


def loss(params):
    """Return the mean squared error of the network as a Tensor."""
    W1, b1, W2, b2 = params
    error = tanh(Tensor(X) @ W1 + b1) @ W2 + b2 + Tensor(-y)  # (4, 1)
    return total(error * error) * Tensor(1 / len(y))


def complex_step(params, k, index, h=1e-20):
    """Differentiate by running the same program once more, at weight + ih."""
    moved = [Tensor(p.data.astype(complex)) for p in params]
    moved[k].data[index] += 1j * h
    return loss(moved).data.imag / h


gaps = []
for seed in range(5):
    params = init(seed)
    loss(params).backward()
    for k, p in enumerate(params):
        gaps += [abs(p.grad[index] - complex_step(params, k, index)) for index in np.ndindex(p.data.shape)]
print(f"derivatives compared: {len(gaps)}")
print(f"largest difference:   {max(gaps):.9f}")
assert max(gaps) < 1e-9

# %% step-size
import matplotlib.pyplot as plt


def orbit(c, rounds=5):
    """Repeat z <- z * z + c, for a float, a complex number or a Tensor."""
    z = c
    for _ in range(rounds):
        z = z * z + c
    return z


c = -0.6
leaf = Tensor(c)
orbit(leaf).backward()
exact = float(leaf.grad)
h = [float(f"1e-{k}") for k in range(1, 17)]
slopes = {
    "one-sided": [(orbit(c + e) - orbit(c)) / e for e in h],
    "central": [(orbit(c + e) - orbit(c - e)) / (2 * e) for e in h],
    "complex step": [orbit(c + 1j * e).imag / e for e in h],
}
fig, ax = plt.subplots(figsize=(6.4, 3.6))
print("right digits: the best, and at h = 1e-14")
for i, (name, values) in enumerate(slopes.items()):
    errors = [max(abs(value / exact - 1), 1e-16) for value in values]
    digits = -np.log10(errors)
    ax.loglog(h, errors, "o-", markersize=4)
    at, above = ((4, 8), (9, -18), (11, 8))[i]  # where the label stands
    ax.annotate(name, (h[at], errors[at]), (-60, above), textcoords="offset points", color=f"C{i}")
    print(f"{digits.max():4.1f} at 1e-{digits.argmax() + 1:02d} {digits[13]:5.1f} at 1e-14  {name}")
    assert (digits[13] > 12) == (name == "complex step")  # no difference, no cancellation
ax.set_xlabel("h")
ax.set_ylabel("relative error")
plt.show()

# %% zero-grad
eta = 0.1  # learning rate
steps = 200


def train(seed, zero):
    """Return the loss after each step, with or without zeroing the gradients."""
    params, losses = init(seed), []
    for _ in range(steps):
        for p in params:
            p.grad = 0.0 if zero else p.grad
        now = loss(params)
        now.backward()
        losses.append(float(now.data))
        for p in params:
            p.data = p.data - eta * p.grad
    return np.array(losses)


params = init(0)
loss(params).backward()
once = params[0].grad
loss(params).backward()
print(f"two backwards / one: {(params[0].grad / once).mean():.2f}")

fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.4), sharey=True)
print("last 100 steps, 5 seeds")
for ax, zero in zip(axes, (True, False), strict=True):
    title = "zeroed" if zero else "never zeroed"
    curves = np.array([train(seed, zero) for seed in range(5)])  # (5, steps)
    ups = (np.diff(curves)[:, -100:] > 0).sum(axis=1)  # (5,)
    highest = curves[:, -100:].max(axis=1)
    ax.semilogy(curves.T, linewidth=1)
    ax.set_title(title)
    ax.set_xlabel("step")
    print(f"{title}: rose {ups.min()} to {ups.max()} times")
    print(f"  highest loss {highest.min():.2f} to {highest.max():.2f}")
    assert ups.max() < 10 if zero else ups.min() > 30
axes[0].set_ylabel("loss")
plt.show()

# %% solution:by-hand
x, t = Tensor(5.0), Tensor(-3.5)
w1, b, w2 = Tensor(1.0), Tensor(-2.0), Tensor(0.5)
e = w2 * relu(w1 * x + b) + t
(e * e * Tensor(0.5)).backward()
answer = float(w1.grad)

# %% check:by-hand
h = 1e-20
z = 0.5 * ((1 + 1j * h) * 5 - 2) - 3.5
assert abs(answer - (z * z / 2).imag / h) < 1e-9, "multiply along the path: (y - t), w2, the ReLU's slope, x"

# %% solution:two-layer-price
forward = {1: 1, 2: 1}  # matrix products of each layer, counted in its own product
backward = {1: 1, 2: 2}  # layer 1: A.T @ G alone, for its input is data
answer = (sum(forward.values()) + sum(backward.values())) / sum(forward.values())

# %% check:two-layer-price
work = 0


def counted(A, B):
    global work
    work += A.shape[0] * A.shape[1] * B.shape[1]
    return A @ B


X, W1, W2 = np.ones((16, 64)), np.ones((64, 64)) / 64, np.ones((64, 64)) / 64
H = counted(X, W1)
y = counted(H, W2)
forward, work = work, 0
G = 2 * y  # dL/dy of L = sum of squares
slopes = [counted(H.T, G), counted(X.T, counted(G, W2.T))]  # dL/dW2, dL/dW1
assert all(slope.shape == (64, 64) for slope in slopes)
assert abs(answer - (forward + work) / forward) < 0.01, "forward 2 products, backward 3: X needs no gradient"

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


# %% exercise:sigmoid
def sigmoid(a):
    """Return 1 / (1 + exp(-a)) as a Tensor that sends its gradient back to a."""
    y = 1 / (1 + np.exp(-a.data))
    return Tensor(y, (a,), (lambda G: G,))


# %% solution:sigmoid
def sigmoid(a):
    """Return 1 / (1 + exp(-a)) as a Tensor that sends its gradient back to a."""
    y = 1 / (1 + np.exp(-a.data))
    return Tensor(y, (a,), (lambda G: G * y * (1 - y),))


# %% check:sigmoid
x = Tensor(np.array([-2.0, 0.0, 0.5, 3.0]))
out = sigmoid(x)
assert isinstance(out, Tensor), "return a Tensor, or nobody can walk back through it"
assert np.allclose(out.data, 1 / (1 + np.exp(-x.data))), "the value itself is 1 / (1 + exp(-a))"
total(out * out).backward()
moved = 1 / (1 + np.exp(-(x.data + 1e-20j)))
truth = (moved * moved).imag / 1e-20
assert np.shape(x.grad) == x.data.shape, "the pull must return one number per entry of a"
assert np.allclose(x.grad, truth), "the slope of the sigmoid is y (1 - y), and the pull multiplies it by G"
