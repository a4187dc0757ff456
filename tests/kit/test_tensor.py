"""The kit's tensor against two witnesses that know no rules of differentiation: differences and complex steps."""

from collections.abc import Callable

import numpy as np
import pytest
from kit import tensor as kit
from kit.tensor import Tensor

Program = Callable[[list[Tensor]], Tensor]


def positive(a: Tensor) -> Tensor:
    return a * a + 0.5


UNARY: dict[str, Callable[[Tensor], Tensor]] = {
    "tanh": kit.tanh,
    "sigmoid": kit.sigmoid,
    "exp": lambda a: kit.exp(kit.tanh(a)),
    "log": lambda a: kit.log(positive(a)),
    "power": lambda a: positive(a) ** -0.5,
    "cube": lambda a: kit.tanh(a) ** 3,
    "relu": kit.relu,
    "negate": lambda a: -a,
    "reverse": lambda a: 1.5 - a,
    "reciprocal": lambda a: 2.0 / positive(a),
    "transpose": lambda a: a.T @ a,
    "softmax": kit.softmax,
    "log_softmax": kit.log_softmax,
    "sum": lambda a: a.sum(axis=0),
    "sum, kept": lambda a: a.sum(axis=-1, keepdims=True) * a,
    "mean": lambda a: a - a.mean(axis=0, keepdims=True),
    "rows, some twice": lambda a: a[np.array([0, 2, 2, 1])],
    "slice": lambda a: a[1:, :2],
    "reshape": lambda a: a.reshape(-1, 1) * np.array([1.0, -2.0]),
    "where": lambda a: kit.where(np.arange(a.data.size).reshape(a.shape) % 2 == 0, a, a * a),
    "array from the left": lambda a: np.full((2, a.shape[0]), 0.3) @ a,
}
BINARY: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / positive(b),
    "matmul": lambda a, b: a @ b,
    "concatenate": lambda a, b: kit.concatenate([a, b], axis=0),
    "same one twice": lambda a, b: a * b + b * b + a,
    "broadcast a row": lambda a, b: a * b[0] + b[:, :1],
}


def random_graph(seed: int, size: int = 12) -> Program:
    """Draw a program of 3 x 3 tensors: each step takes earlier results, and its own may be taken again."""
    rng = np.random.default_rng(seed)
    names = [*UNARY, *BINARY]
    plan = [(names[rng.integers(len(names))], *rng.integers(0, 3 + step, size=2)) for step in range(size)]

    def run(leaves: list[Tensor]) -> Tensor:
        values = list(leaves)
        for name, i, j in plan:
            y = UNARY[name](values[i]) if name in UNARY else BINARY[name](values[i], values[j])
            values.append(kit.tanh(y.sum() * 0.1 + values[i]) if y.shape != (3, 3) else kit.tanh(y))
        return sum((value.sum() for value in values[3:]), Tensor(0.0))

    return run


def draw(seed: int, shapes: tuple[tuple[int, ...], ...] = ((3, 3), (3, 3), (3, 3))) -> list[np.ndarray]:
    rng = np.random.default_rng(1000 + seed)
    return [rng.normal(size=shape) for shape in shapes]


def gradients(program: Program, arrays: list[np.ndarray]) -> list[np.ndarray]:
    leaves = [Tensor(array) for array in arrays]
    program(leaves).backward()
    return [np.broadcast_to(leaf.grad, leaf.shape) for leaf in leaves]


def by_steps(program: Program, arrays: list[np.ndarray], h: complex) -> list[np.ndarray]:
    """Differentiate by central differences, or by a complex step where h is imaginary."""

    def at(which: int, index: tuple[int, ...], step: complex) -> complex:
        moved = [array.astype(complex if isinstance(h, complex) else float) for array in arrays]
        moved[which][index] += step
        return program([Tensor(array) for array in moved]).data

    def slope(which: int, index: tuple[int, ...]) -> float:
        if isinstance(h, complex):
            return at(which, index, h).imag / h.imag
        return (at(which, index, h) - at(which, index, -h)) / (2 * h)

    return [
        np.array([slope(which, index) for index in np.ndindex(array.shape)]).reshape(array.shape)
        for which, array in enumerate(arrays)
    ]


def agree(program: Program, arrays: list[np.ndarray]) -> None:
    found = gradients(program, arrays)
    for witness, tolerance in ((by_steps(program, arrays, 1e-30j), 1e-9), (by_steps(program, arrays, 1e-6), 1e-5)):
        for mine, theirs in zip(found, witness, strict=True):
            np.testing.assert_allclose(mine, theirs, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("seed", range(25))
def test_random_graphs(seed: int) -> None:
    agree(random_graph(seed), draw(seed))


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_each_operation(name: str) -> None:
    def program(leaves: list[Tensor]) -> Tensor:
        y = UNARY[name](leaves[0]) if name in UNARY else BINARY[name](*leaves[:2])
        return (y * y + y).mean()

    agree(program, draw(7))


@pytest.mark.parametrize(("left", "right"), [((4, 2, 3), (4, 3, 5)), ((2, 3), (4, 3, 5)), ((2, 4, 2, 3), (3, 3))])
def test_stacks_of_matrices(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    agree(lambda leaves: kit.tanh(leaves[0] @ leaves[1]).sum(), draw(1, (left, right)))


def test_attention_and_cross_entropy() -> None:
    def program(leaves: list[Tensor]) -> Tensor:
        table, Q, K, V, out = leaves
        H = table[np.array([[0, 1, 1, 4], [2, 2, 3, 0]])]  # (2, 4, 6)
        mask = np.tril(np.ones((4, 4), dtype=bool))
        A = kit.softmax(kit.where(mask, (H @ Q) @ (H @ K).T / np.sqrt(6), Tensor(-1e9)))  # (2, 4, 4)
        return kit.cross_entropy((A @ (H @ V)) @ out, np.array([[1, 1, 4, 0], [2, 3, 0, 1]]))

    agree(program, draw(3, ((5, 6), (6, 6), (6, 6), (6, 6), (6, 5))))


def test_softmax_survives_large_scores() -> None:
    P = kit.softmax(Tensor(np.array([[1000.0, 1001.0, 999.0]]))).data
    assert np.isfinite(P).all()
    np.testing.assert_allclose(P.sum(), 1)


def test_gradients_add_up_until_zeroed() -> None:
    leaf = Tensor(np.array([1.0, -2.0]))
    for times in (1, 2, 3):
        (leaf * leaf).sum().backward()
        np.testing.assert_allclose(leaf.grad, times * 2 * leaf.data)
    kit.zero_grad([leaf])
    (leaf * leaf).sum().backward()
    np.testing.assert_allclose(leaf.grad, 2 * leaf.data)


def test_one_graph_can_be_walked_twice() -> None:
    leaf = Tensor(3.0)
    y = leaf * leaf * leaf
    y.backward()
    y.backward()
    assert leaf.grad == 2 * 27


def test_a_long_chain_needs_no_recursion() -> None:
    leaf = Tensor(1.0)
    y = leaf
    for _ in range(5000):
        y = y + 0.001
    y.backward()
    assert leaf.grad == 1


def test_backward_starts_from_one_number() -> None:
    with pytest.raises(ValueError, match=r"shape \(2,\)"):
        (Tensor(np.ones(2)) * 2.0).backward()
