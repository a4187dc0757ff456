"""The sixty lines: that they are sixty, that every rule agrees with an outsider, and that the bill holds elsewhere."""

import tracemalloc
from pathlib import Path
from time import process_time

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import tensor as kit

from kamipen.article.scripts import read

SCRIPT = read(Path(__file__).parents[2] / "snippets" / "autodiff_60_lines.py")


def exercise(name, **changed):
    """Return the names of a solution, some of them changed, once its check has passed."""
    space = {}
    for cell in SCRIPT.shown:
        exec(cell.source, space)
    exec(SCRIPT[f"solution:{name}"].source, space)
    space |= changed
    exec(SCRIPT[f"check:{name}"].source, space)
    return space


def test_the_autodiff_has_at_most_sixty_lines():
    assert len(SCRIPT["engine"].source.splitlines()) <= 60


# The graph of the first picture


@pytest.mark.parametrize("weight", [-1.0, -0.25, 0.0, 0.5, 1.0])
def test_the_picture_shows_what_the_sixty_lines_compute(names, weight):
    x, w, b, t = (names["Tensor"](value) for value in (2.0, weight, -0.4, -0.2))
    e = (w * x + b).tanh() + t
    names["backward"](e * e)
    space = {}
    exec(SCRIPT["graph"].source.replace("weight = 0.5", f"weight = {weight}"), space)
    plt.close("all")
    assert [space["gradient"][name] for name in "xwbt"] == pytest.approx(
        [leaf.grad for leaf in (x, w, b, t)], abs=1e-15
    )


# Every rule, against those who know none


@pytest.fixture(scope="module")
def xor(names):
    """Data, and a network 2 - 8 - 1 with its loss; a column of ones for the biases of its first layer."""
    X = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3)
    y = np.array([[0.0], [1], [1], [0]])  # (4, 1)

    def init(seed):
        rng = np.random.default_rng(seed)
        return [names["Tensor"](rng.normal(size=shape) / np.sqrt(shape[0])) for shape in ((3, 8), (8, 1))]

    def loss(W1, W2):
        error = (names["Tensor"](X) @ W1).tanh() @ W2 + names["Tensor"](-y)
        return (error * error).total() * names["Tensor"](1 / 4)

    return X, y, init, loss


@pytest.mark.parametrize("seed", range(20))
def test_gradients_agree_with_the_formulas_worked_out_by_hand(names, xor, seed):
    X, y, init, loss = xor
    W1, W2 = init(seed)
    names["backward"](loss(W1, W2))
    H = np.tanh(X @ W1.data)
    error = 2 / len(y) * (H @ W2.data - y)
    np.testing.assert_allclose(W1.grad, X.T @ (error @ W2.data.T * (1 - H**2)), atol=1e-12)
    np.testing.assert_allclose(W2.grad, H.T @ error, atol=1e-12)


def program(names, seed):
    """Return leaves, and a function of them that draws its operations: sums, products, matrices, short cuts."""
    rng = np.random.default_rng(seed)
    leaves, steps = rng.normal(size=(3, 4, 4)), rng.integers([4, 99, 99], size=(12, 3))

    def run(tensors):
        made = list(tensors)
        for kind, i, j in steps:
            a, b = made[i % len(made)], made[j % len(made)]
            made.append([a.__add__, a.__mul__, a.__matmul__, lambda b: b.tanh()][kind](b).tanh())
        return (made[-1] * made[-1]).total()

    return leaves, run


@pytest.mark.parametrize("seed", range(30))
def test_every_rule_agrees_with_the_witness_in_random_programs(names, seed):
    leaves, run = program(names, seed)
    tensors = [names["Tensor"](leaf) for leaf in leaves]
    names["backward"](run(tensors))
    for k, leaf in enumerate(leaves):
        for index in np.ndindex(leaf.shape):
            moved = [names["Tensor"](other.astype(complex)) for other in leaves]
            moved[k].data[index] += 1e-20j
            slope = run(moved).data.imag / 1e-20
            found = np.broadcast_to(tensors[k].grad, leaf.shape)[index]  # 0.0 where nothing was made from the leaf
            assert found == pytest.approx(slope, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("rule", ["__mul__", "__matmul__", "__add__", "tanh", "total"])
def test_the_witness_notices_a_broken_rule(rule):
    space = {}
    exec(SCRIPT["engine"].source, space)
    whole = getattr(space["Tensor"], rule)

    def broken(*tensors):
        out = whole(*tensors)
        out.pulls = (lambda G, pull=out.pulls[0]: 1.001 * pull(G), *out.pulls[1:])
        return out

    setattr(space["Tensor"], rule, broken)
    with pytest.raises(AssertionError):
        exec(SCRIPT["witness"].source, space)
    assert max(space["gaps"]) > 1e-6


@pytest.mark.parametrize("width", [2, 3, 8])
def test_the_witness_agrees_whatever_the_width(names, width):
    space = dict(names)
    exec(SCRIPT["witness"].source.replace("width = 5", f"width = {width}"), space)
    assert len(space["gaps"]) == 5 * 3 * width**2


def test_at_a_corner_one_of_two_slopes_is_returned_in_silence():
    corner = kit.Tensor(np.array(0.0))
    kit.relu(corner).backward()
    relu = lambda x: max(x, 0.0)  # noqa: E731
    left, right = ((relu(h) - relu(0.0)) / h for h in (-1e-9, 1e-9))
    assert (left, right) == (0, 1)
    assert corner.grad == left


def test_a_graph_that_was_walked_cannot_be_walked_again(names):
    a = names["Tensor"](2.0)
    end = a * a
    names["backward"](end)
    with pytest.raises(TypeError):
        names["backward"](end)


# Forgetting to zero


def train(names, xor, seed, eta, zero, steps=200):
    """Return the loss before each step of descent on XOR."""
    _, _, init, loss = xor
    params, losses = init(seed), []
    for _ in range(steps):
        for p in params:
            p.grad = 0.0 if zero else p.grad
        now = loss(*params)
        losses.append(float(now.data))
        names["backward"](now)
        for p in params:
            p.data = p.data - eta * p.grad
    return np.array(losses)


@pytest.mark.parametrize("eta", [0.05, 0.1, 0.15])
def test_forgetting_to_zero_never_settles(names, xor, eta):
    for seed in range(10):
        rises = [(np.diff(train(names, xor, seed, eta, zero))[-100:] > 0).mean() for zero in (True, False)]
        assert rises[0] < 0.1
        assert 0.4 < rises[1] < 0.6


@pytest.mark.parametrize("product", [0.001, 0.01, 0.1, 0.5, 1.0, 2.0, 3.0])
def test_no_smaller_rate_brings_a_forgetful_run_to_rest(product):
    """On a bowl, w'' = -ηλ w: the swing stays, and its period is 2π / arccos(1 - ηλ/2)."""
    w, G, path = 1.0, 0.0, []
    for _ in range(2000):
        path.append(w)
        G = G + w
        w = w - product * G
    turn, t = np.arccos(1 - product / 2), np.arange(2000)
    waves = np.column_stack([np.cos(turn * t), np.sin(turn * t)])
    fitted = np.linalg.lstsq(waves, np.array(path), rcond=None)[0]
    np.testing.assert_allclose(waves @ fitted, path, atol=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_weight_decay_brings_a_forgetful_run_to_rest(names, xor, seed):
    """The cheapest friction: each step shrinks the weights a little, and what has piled up finds the bottom."""
    _, _, init, loss = xor
    params, losses = init(seed), []
    for _ in range(400):
        now = loss(*params)
        losses.append(float(now.data))
        names["backward"](now)
        for p in params:
            p.data = p.data - 0.05 * (p.grad + p.data)  # grad is never set to zero
    assert losses[-1] < 1e-6 < 0.1 < losses[0]


def test_gradients_returned_as_values_need_no_reset(names):
    """The other way to hand them over: what a walk returns is its own, and no walk adds to it."""
    space = dict(names)
    exec(SCRIPT["solution:shortcut"].source, space)
    a, slopes = names["Tensor"](2.0), []
    for _ in range(2):
        slopes.append(space["gradients"](a * a + a)[a])
    assert slopes == [5, 5]
    assert a.grad == 0


def test_pieces_of_a_batch_add_up_to_the_batch(names):
    X, W = names["draw"](3, 64, 16)
    names["checkpointed"](X, W, 3)
    whole = [M.grad for M in W]
    for M in W:
        M.grad = 0.0
    for piece in (X[:32], X[32:]):
        names["checkpointed"](piece, W, 3)
    for M, G in zip(W, whole, strict=True):
        np.testing.assert_allclose(M.grad, G, atol=1e-12)


# The bill


class Counting(np.ndarray):
    """An array whose matrix products are counted."""

    products = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        Counting.products += ufunc is np.matmul
        plain = [one.view(np.ndarray) if isinstance(one, Counting) else one for one in inputs]
        out = getattr(ufunc, method)(*plain, **kwargs)
        return out.view(Counting) if isinstance(out, np.ndarray) else out


def products(names, monkeypatch, size, job, *args):
    """Return the matrix products of a job, in those of its forward run."""
    monkeypatch.setattr(np, "asarray", np.asanyarray)  # keep what counts
    X, W = names["draw"](*size)
    for M in W:
        M.data = M.data.view(Counting)
    Counting.products = 0
    job(X.view(Counting), W, *args)
    return Counting.products / len(W)


@pytest.mark.parametrize("size", [(2, 8, 4), (6, 32, 8), (16, 8, 64), (33, 5, 3)])
def test_a_gradient_takes_three_products_a_layer_whatever_the_size(names, monkeypatch, size):
    assert products(names, monkeypatch, size, names["forward"]) == 1
    assert products(names, monkeypatch, size, names["checkpointed"], size[0]) == 3


@pytest.mark.parametrize("every", [1, 2, 4, 8, 16])
def test_checkpoints_take_one_forward_run_more_save_for_the_last_block(names, monkeypatch, every):
    assert products(names, monkeypatch, (16, 8, 8), names["checkpointed"], every) == 4 - every / 16


def test_the_clock_of_the_figure_counts_the_products(names, monkeypatch):
    for job, args in ((names["forward"], ()), (names["checkpointed"], (16,)), (names["checkpointed"], (3,))):
        _, path = names["cost"](job, *names["draw"](16, 8, 8), *args)
        assert path[-1, 0] / 16 == products(names, monkeypatch, (16, 8, 8), job, *args)


def least(f, *args):
    times = []
    for _ in range(5):
        began = process_time()
        f(*args)
        times.append(process_time() - began)
    return min(times)


@pytest.mark.parametrize("size", [(6, 256, 256), (12, 256, 256), (3, 512, 512), (16, 512, 128), (32, 256, 128)])
def test_time_is_a_few_forward_runs_whatever_the_size(names, size):
    """Three in matrix products; the rest is work on single numbers and on fresh memory. Another program may disturb."""
    X, W = names["draw"](*size)
    ratios = [least(names["checkpointed"], X, W, len(W)) / least(names["forward"], X, W) for _ in range(3)]
    assert 1.5 < np.median(ratios) < 15


def arrays(names, f, layers, *args, rows=512, width=32):
    """Return the most memory that a job takes, in outputs of a layer."""
    X, W = names["draw"](layers, rows, width)
    tick, names["tick"] = names["tick"], lambda products: None  # it would set the peak back
    tracemalloc.start()
    f(X, W, *args)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    names["tick"] = tick
    return most / X.nbytes


def gradients(names, layers, **size):
    """Return the most memory of a walk over all layers at once."""
    return arrays(names, names["checkpointed"], layers, layers, **size)


def test_the_figure_shows_the_same_peak(names):
    _, path = names["cost"](names["checkpointed"], *names["draw"](16, 512, 32), 16)
    assert path[:, 1].max() == pytest.approx(gradients(names, 16) * 512 * 32 * 8 / 2**20, rel=0.02)


@pytest.mark.parametrize(("rows", "width"), [(512, 128), (1024, 16), (128, 128)])
def test_memory_grows_with_the_depth_only_with_gradients(names, rows, width):
    forward = [arrays(names, names["forward"], n, rows=rows, width=width) for n in (8, 32)]
    walked = [gradients(names, n, rows=rows, width=width) for n in (8, 32)]
    assert forward[1] - forward[0] < 0.5
    assert 1.9 < (walked[1] - walked[0]) / 24 < 2.6


def test_memory_grows_with_the_depth_in_a_lean_engine_too(names, monkeypatch):
    """What no rule asks for, the values before tanh, is let go: half of the slope stays."""
    full = [gradients(names, n) for n in (8, 32)]
    monkeypatch.setitem(names, "lean", True)
    thrifty = [gradients(names, n) for n in (8, 32)]
    assert (thrifty[1] - thrifty[0]) / (full[1] - full[0]) == pytest.approx(0.5, abs=0.05)
    assert (thrifty[1] - thrifty[0]) / 24 >= 1


def test_the_lean_engine_computes_the_same_gradients(names, monkeypatch):
    slopes = []
    for lean in (False, True):
        monkeypatch.setitem(names, "lean", lean)
        X, W = names["draw"](5, 16, 8)
        names["checkpointed"](X, W, 5)
        slopes.append([M.grad for M in W])
    for G, H in zip(*slopes, strict=True):
        np.testing.assert_array_equal(G, H)


@pytest.mark.parametrize("every", [1, 2, 3, 5, 7, 16, 40])
@pytest.mark.parametrize("layers", [1, 7, 16])
def test_checkpoints_leave_the_same_gradients(names, layers, every):
    slopes = []
    for k in (layers, every):
        X, W = names["draw"](layers, 16, 8)
        names["checkpointed"](X, W, k)
        slopes.append([M.grad for M in W])
    for G, H in zip(*slopes, strict=True):
        np.testing.assert_allclose(G, H, atol=1e-12)


def reversible(names, X, W):
    """Walk back through pairs of layers that keep nothing: what went in is worked out from what came out."""
    Tensor, half = names["Tensor"], X.shape[1] // 2
    a, b = X[:, :half], X[:, half:]
    F = [Tensor(M.data[:half, :half]) for M in W]
    G = [Tensor(M.data[half:, half:]) for M in W]
    for f, g in zip(F, G, strict=True):
        a = a + np.tanh(b @ f.data)
        b = b + np.tanh(a @ g.data)
    into_a, into_b = np.ones_like(a), np.ones_like(b)  # of the sum of all that comes out
    for f, g in zip(reversed(F), reversed(G), strict=True):
        b = b - np.tanh(a @ g.data)
        a = a - np.tanh(b @ f.data)
        start, beside = Tensor(a), Tensor(b)
        end = start + (beside @ f).tanh()
        other = beside + (end @ g).tanh()
        names["backward"]((end * Tensor(into_a) + other * Tensor(into_b)).total())
        into_a, into_b = start.grad, beside.grad
    return F, G, into_a


def recorded(names, X, W):
    """Walk back through the same layers, all of them recorded."""
    Tensor, half = names["Tensor"], X.shape[1] // 2
    a, b = start, _ = Tensor(X[:, :half]), Tensor(X[:, half:])
    F = [Tensor(M.data[:half, :half]) for M in W]
    G = [Tensor(M.data[half:, half:]) for M in W]
    for f, g in zip(F, G, strict=True):
        a = a + (b @ f).tanh()
        b = b + (a @ g).tanh()
    names["backward"]((a + b).total())
    return F, G, start.grad


def test_layers_that_run_backwards_need_no_memory_for_depth(names):
    """The strongest opponent of a bill in memory: the same gradients, and four times the layers for nothing more."""
    X, W = names["draw"](12, 16, 8)
    (F, G, start), (f, g, entrance) = (walk(names, X, W) for walk in (recorded, reversible))
    for one, other in zip([*F, *G], [*f, *g], strict=True):
        np.testing.assert_allclose(one.grad, other.grad, atol=1e-9)
    np.testing.assert_allclose(start, entrance, atol=1e-9)
    kept, worked_out = (
        [arrays(names, lambda X, W, walk=walk: walk(names, X, W), n, rows=2048, width=16) for n in (8, 32)]
        for walk in (recorded, reversible)
    )
    assert (kept[1] - kept[0]) / 24 > 2
    assert worked_out[1] - worked_out[0] < 1


def test_memory_of_checkpoints_follows_the_count_on_paper(names):
    for layers in (8, 32, 128):
        counted = {k: layers / k + 2 * k for k in (1, 2, 4, 8, 16) if k <= layers}
        found = {k: arrays(names, names["checkpointed"], layers, k, rows=1024, width=8) for k in counted}
        assert min(found, key=found.get) == min(counted, key=counted.get) == round(np.sqrt(layers / 2))
        for k, count in counted.items():
            assert found[k] == pytest.approx(count, abs=5)


def test_with_more_outputs_than_weights_walking_back_is_the_dear_way(names):
    """One weight, 160 outputs: the witness, who goes forwards, needs one run and backward needs 160 walks."""
    Tensor = names["Tensor"]
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1, 160))
    runs = walks = 0

    def outputs(w):
        return (w @ Tensor(X)).tanh()  # (1, 160)

    moved = outputs(Tensor(np.array([[0.7 + 1e-20j]])))
    runs += 1
    forwards = moved.data.imag / 1e-20
    backwards = []
    for i in range(160):
        w = Tensor(np.array([[0.7]]))
        names["backward"]((outputs(w) * Tensor(np.eye(1, 160, i))).total())
        walks += 1
        backwards.append(w.grad.item())
    np.testing.assert_allclose(forwards[0], backwards, atol=1e-15)
    assert (runs, walks) == (1, 160)
