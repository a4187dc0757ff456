"""The tensor of later articles: the autodiff of `autodiff-60-lines`, grown by the operations a language model needs.

A `Tensor` remembers what it was made from and, for each of these, a *pull*: the function that turns dL/dself into
dL/dparent. `backward` walks from a scalar to the leaves, newest first, and adds what arrives there to their `grad`.
Forward passes also accept complex arrays, so that a complex step can check every rule.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import count

import numpy as np

Pull = Callable[[np.ndarray], np.ndarray]
_clock = count()


class Tensor:
    """An array of numbers and, if it was computed from other tensors, the way back to them."""

    __array_ufunc__ = None  # array @ tensor must reach __rmatmul__ below

    def __init__(self, data, parents: Sequence["Tensor"] = (), pulls: Sequence[Pull] = ()) -> None:
        self.data = np.asarray(data)
        self.parents, self.pulls = tuple(parents), tuple(pulls)
        self.grad: np.ndarray | float = 0.0  # dL/dself, kept by leaves only
        self.born = next(_clock)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the array."""
        return self.data.shape

    def __repr__(self) -> str:
        return f"Tensor({self.data!r})"

    def graph(self) -> list["Tensor"]:
        """Return self and all it was made from, newest first."""
        nodes, stack = {self}, [self]
        while stack:
            new = set(stack.pop().parents) - nodes
            nodes |= new
            stack.extend(new)
        return sorted(nodes, key=lambda node: -node.born)

    def backward(self) -> None:
        """Add the derivative of self, a scalar, to the `grad` of every leaf it was made from."""
        if self.data.size != 1:
            raise ValueError(
                f"backward starts from one number, not from shape {self.shape}: take sum() or mean() first"
            )
        flow = {self: np.ones_like(self.data)}
        for node in self.graph():
            G = flow.pop(node)
            for parent, pull in zip(node.parents, node.pulls, strict=True):
                G_parent = fit(pull(G), parent.shape)
                flow[parent] = flow[parent] + G_parent if parent in flow else G_parent
            if not node.parents:
                node.grad = node.grad + G

    def __add__(self, other) -> "Tensor":
        other = tensor(other)
        return Tensor(self.data + other.data, (self, other), (lambda G: G, lambda G: G))

    def __mul__(self, other) -> "Tensor":
        other = tensor(other)
        pulls = (lambda G: G * other.data, lambda G: G * self.data)
        return Tensor(self.data * other.data, (self, other), pulls)

    def __matmul__(self, other) -> "Tensor":
        """Multiply matrices, or stacks of matrices: both of two or more axes."""
        other = tensor(other)
        pulls = (lambda G: G @ other.data.swapaxes(-1, -2), lambda G: self.data.swapaxes(-1, -2) @ G)
        return Tensor(self.data @ other.data, (self, other), pulls)

    def __rmatmul__(self, other) -> "Tensor":
        return tensor(other) @ self

    def __pow__(self, power: float) -> "Tensor":
        return Tensor(self.data**power, (self,), (lambda G: G * power * self.data ** (power - 1),))

    def __neg__(self) -> "Tensor":
        return self * -1.0

    def __sub__(self, other) -> "Tensor":
        return self + -tensor(other)

    def __rsub__(self, other) -> "Tensor":
        return tensor(other) + -self

    def __truediv__(self, other) -> "Tensor":
        return self * tensor(other) ** -1.0

    def __rtruediv__(self, other) -> "Tensor":
        return tensor(other) * self**-1.0

    __radd__, __rmul__ = __add__, __mul__

    def __getitem__(self, index) -> "Tensor":
        """Pick entries; an index that occurs twice (an embedding's row) collects both gradients."""

        def pull(G: np.ndarray) -> np.ndarray:
            whole = np.zeros(self.shape, dtype=G.dtype)
            np.add.at(whole, index, G)
            return whole

        return Tensor(self.data[index], (self,), (pull,))

    def reshape(self, *shape: int) -> "Tensor":
        """Give the same numbers another shape."""
        return Tensor(self.data.reshape(*shape), (self,), (lambda G: G.reshape(self.shape),))

    def swapaxes(self, first: int, second: int) -> "Tensor":
        """Exchange two axes."""
        return Tensor(self.data.swapaxes(first, second), (self,), (lambda G: G.swapaxes(first, second),))

    @property
    def T(self) -> "Tensor":  # noqa: N802, as in NumPy
        """The matrix (or each matrix of a stack) transposed."""
        return self.swapaxes(-1, -2)

    def sum(self, axis: int | None = None, keepdims: bool = False) -> "Tensor":
        """Sum all entries, or those along an axis."""

        def pull(G: np.ndarray) -> np.ndarray:
            wide = G if keepdims or axis is None else np.expand_dims(G, axis)
            return np.broadcast_to(wide, self.shape)

        return Tensor(self.data.sum(axis=axis, keepdims=keepdims), (self,), (pull,))

    def mean(self, axis: int | None = None, keepdims: bool = False) -> "Tensor":
        """Average all entries, or those along an axis."""
        n = self.data.size if axis is None else self.shape[axis]
        return self.sum(axis, keepdims) * (1 / n)


def tensor(value) -> Tensor:
    """Return value as a Tensor; a Tensor stays itself."""
    return value if isinstance(value, Tensor) else Tensor(value)


def fit(G: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Sum a gradient over the axes along which an array of that shape was broadcast."""
    if G.shape == shape:
        return G
    G = G.sum(axis=tuple(range(G.ndim - len(shape))))
    return G.sum(axis=tuple(i for i, n in enumerate(shape) if n == 1), keepdims=True)


def elementwise(f: Callable, slope: Callable) -> Callable[[Tensor], Tensor]:
    """Make an operation from y = f(x) and its slope(x, y)."""

    def apply(a) -> Tensor:
        a = tensor(a)
        y = f(a.data)
        return Tensor(y, (a,), (lambda G: G * slope(a.data, y),))

    return apply


exp = elementwise(np.exp, lambda x, y: y)
log = elementwise(np.log, lambda x, y: 1 / x)
tanh = elementwise(np.tanh, lambda x, y: 1 - y * y)
sigmoid = elementwise(lambda x: 0.5 + 0.5 * np.tanh(0.5 * x), lambda x, y: y * (1 - y))  # never overflows
relu = elementwise(lambda x: x * (x.real > 0), lambda x, y: x.real > 0)


def log_softmax(Z) -> Tensor:
    """Return the logarithms of softmax over the last axis, without overflow."""
    Z = tensor(Z)
    shifted = Z - Z.data.real.max(axis=-1, keepdims=True)  # a constant: softmax(z + c) = softmax(z)
    return shifted - log(exp(shifted).sum(axis=-1, keepdims=True))


def softmax(Z) -> Tensor:
    """Turn scores into probabilities over the last axis."""
    return exp(log_softmax(Z))


def cross_entropy(logits: Tensor, targets: np.ndarray) -> Tensor:
    """Average -log p of the target classes; logits (..., n), targets (...) whole numbers."""
    flat = logits.reshape(-1, logits.shape[-1])
    targets = np.asarray(targets).reshape(-1)
    return -log_softmax(flat)[np.arange(len(targets)), targets].mean()


def where(mask: np.ndarray, a, b) -> Tensor:
    """Take a where mask is true and b elsewhere; mask is a constant."""
    a, b = tensor(a), tensor(b)
    return Tensor(np.where(mask, a.data, b.data), (a, b), (lambda G: G * mask, lambda G: G * ~mask))


def concatenate(parts: Sequence[Tensor], axis: int = -1) -> Tensor:
    """Join tensors along an axis."""
    ends = np.cumsum([0, *(part.shape[axis] for part in parts)])
    pulls = [lambda G, i=i: G.take(np.arange(ends[i], ends[i + 1]), axis) for i in range(len(parts))]
    return Tensor(np.concatenate([part.data for part in parts], axis), parts, pulls)


def zero_grad(params: Iterable[Tensor]) -> None:
    """Forget the gradients of the last step."""
    for p in params:
        p.grad = 0.0
