"""Small fully connected nets of one shape, trained side by side: one for each seed, all in the same arrays.

    nets = Nets([2, 16, 16, 1], seeds=range(5))
    adam = Adam(nets.theta, rate=0.01)
    for _ in range(200):
        loss, slope = logistic_loss(nets(X), y)
        adam.step(nets.gradients(slope))

Gradients by the chain rule, from the last layer to the first: Goodfellow, Bengio, Courville, *Deep Learning*, 2016,
algorithms 6.3 and 6.4.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

type Function = Callable[[np.ndarray], np.ndarray]

ACTIVATIONS: dict[str, tuple[Function, Function]] = {
    "relu": (lambda z: np.maximum(z, 0), lambda a: a > 0),
    "tanh": (np.tanh, lambda a: 1 - a**2),
    "sigmoid": (lambda z: 0.5 + 0.5 * np.tanh(z / 2), lambda a: a * (1 - a)),
}
"""Name → the activation, and its derivative as a function of its value."""


class Nets:
    """Nets of one shape, the last layer linear; `theta` holds W (nets, in, out) and b (nets, 1, out) of each layer."""

    def __init__(
        self, sizes: Sequence[int], seeds: Sequence[int], activation: str = "relu", gain: float = 2.0, skip: float = 0.0
    ) -> None:
        """Draw weights of mean 0 and variance gain / in, a generator for each seed; biases begin at 0.

        A gain of 2 is the start of He and others, 2015, eq. 10, for ReLU; 1 is that of Glorot and Bengio, 2010, eq. 12,
        where layers are equally wide. With `skip`, a hidden layer that is as wide as the one before gives
        h + skip * activation(h W + b) in place of its activation.
        """
        self.activation, self.slope = ACTIVATIONS[activation]
        self.skip = skip
        generators = [np.random.default_rng(seed) for seed in seeds]
        self.theta: list[np.ndarray] = []
        for before, after in pairwise(sizes):
            W = np.stack([rng.normal(size=(before, after)) for rng in generators]) * np.sqrt(gain / before)
            self.theta += [W, np.zeros((len(generators), 1, after))]

    def __call__(self, X: np.ndarray) -> np.ndarray:
        """Return the outputs (nets, n, out) for inputs (n, in), or (nets, n, in) where each net has its own."""
        self.values = [np.broadcast_to(X, (len(self.theta[0]), *X.shape[-2:]))]
        """What goes into each layer, (nets, n, in)."""
        self.activations: list[np.ndarray] = []
        *hidden, last = zip(self.theta[::2], self.theta[1::2], strict=True)
        for W, b in hidden:
            before = self.values[-1]
            a = self.activation(before @ W + b)
            self.activations.append(a)
            self.values.append(before + self.skip * a if self._skips(W) else a)
        return self.values[-1] @ last[0] + last[1]

    def gradients(self, slope: np.ndarray) -> list[np.ndarray]:
        """Return the gradient of each array of `theta`, from that of the loss in the outputs (nets, n, out)."""
        values = self.values[::-1]
        found = [slope.sum(axis=1, keepdims=True), values[0].swapaxes(1, 2) @ slope]
        back = slope @ self.theta[-2].swapaxes(1, 2)
        for W, a, before in zip(self.theta[-4::-2], self.activations[::-1], values[1:], strict=True):
            here = back * self.slope(a) * (self.skip if self._skips(W) else 1)
            found += [here.sum(axis=1, keepdims=True), before.swapaxes(1, 2) @ here]
            back = here @ W.swapaxes(1, 2) + (back if self._skips(W) else 0)
        return found[::-1]

    def _skips(self, W: np.ndarray) -> bool:
        return self.skip != 0 and W.shape[1] == W.shape[2]


class Momentum:
    """Gradient descent with momentum: Polyak, 1964, as Sutskever and others, 2013, eqs. 1 and 2, write it."""

    def __init__(self, theta: list[np.ndarray], rate: float, keep: float = 0.9) -> None:
        """Take the arrays that `step` changes in place; `keep` is the share of the velocity that stays, 0 for none."""
        self.theta, self.rate, self.keep = theta, rate, keep
        self.velocity = [np.zeros_like(array) for array in theta]

    def step(self, gradients: Sequence[np.ndarray], scale: float = 1.0) -> None:
        """Move along these gradients, at `scale` times the rate."""
        for array, v, gradient in zip(self.theta, self.velocity, gradients, strict=True):
            v *= self.keep
            v -= scale * self.rate * gradient
            array += v


class Adam:
    """Adam: Kingma and Ba, 2015, algorithm 1."""

    def __init__(self, theta: list[np.ndarray], rate: float, keep: tuple[float, float] = (0.9, 0.999)) -> None:
        """Take the arrays that `step` changes in place, and the shares of mean and square that stay."""
        self.theta, self.rate, self.keep, self.t = theta, rate, keep, 0
        self.mean, self.square = ([np.zeros_like(array) for array in theta] for _ in range(2))

    def step(self, gradients: Sequence[np.ndarray], scale: float = 1.0) -> None:
        """Move along these gradients, at `scale` times the rate."""
        self.t += 1
        first, second = self.keep
        for array, m, s, gradient in zip(self.theta, self.mean, self.square, gradients, strict=True):
            m += (1 - first) * (gradient - m)
            s += (1 - second) * (gradient**2 - s)
            spread = np.sqrt(s / (1 - second**self.t)) + 1e-8
            array -= scale * self.rate * (m / (1 - first**self.t)) / spread


def squared_loss(outputs: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each net's mean of (output - y)², (nets,), and its gradient in the outputs, for y of (n, out)."""
    apart = outputs - y
    return np.mean(apart**2, axis=(1, 2)), 2 * apart / apart[0].size


def logistic_loss(outputs: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each net's cross-entropy (nets,), in nats, and its gradient in the outputs, for y of 0 and 1, (n, out)."""
    losses = np.logaddexp(0, outputs) - y * outputs
    return np.mean(losses, axis=(1, 2)), (0.5 + 0.5 * np.tanh(outputs / 2) - y) / losses[0].size


def softmax_loss(outputs: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each net's cross-entropy (nets,), in nats, and its gradient in the outputs, for shares y, (n, classes)."""
    shifted = outputs - outputs.max(axis=2, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    return -np.mean(np.sum(y * logs, axis=2), axis=1), (np.exp(logs) - y) / outputs.shape[1]
