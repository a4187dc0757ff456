"""The article's sixty lines, PyTorch and JAX on one graph: the same gradients, then what the frameworks add."""

# %% install
import importlib.util
import subprocess
import sys

pins = {"numpy": "2.4.3", "matplotlib": "3.10.8", "torch": "2.13.0", "jax": "0.10.2"}  # used where one is missing
missing = [f"{name}=={version}" for name, version in pins.items() if importlib.util.find_spec(name) is None]
if missing:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing], check=True)

# %% device
import os
import platform
from pathlib import Path

os.environ["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"  # JAX leaves PyTorch its share of the GPU
import jax
import jax.numpy as jnp
import torch

jax.config.update("jax_enable_x64", True)  # 64-bit numbers, as NumPy has
smoke = os.environ.get("SMOKE") == "1"  # small sizes, for tests


def cpu_name():
    """Return the processor's name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


gpu = torch.cuda.is_available()
threads = torch.get_num_threads()
print(
    f"device: GPU {torch.cuda.get_device_name()}"
    if gpu
    else f"device: CPU {cpu_name()}, {threads} thread{'s'[: threads > 1]}"
)
print(f"torch {torch.__version__}, JAX {jax.__version__} on {jax.default_backend()}")
device = torch.device("cuda" if gpu else "cpu")

# %% article
from autodiff_60_lines import Tensor, backward, draw, forward, np, plt  # graph, engine, witness, bill


# %% same-graph
def network(params, X, tanh):
    """Send rows X through layers with tanh in between: one program for all three."""
    for W in params[:-1]:
        X = tanh(X @ W)
    return X @ params[-1]


def loss_sixty(params, X, y):
    """Return the mean squared error as a Tensor."""
    error = network(params, Tensor(X), Tensor.tanh) + Tensor(-y)  # (n, 1)
    return (error * error).total() * Tensor(np.asarray(1 / len(y), X.dtype))


def loss_torch(params, X, y):
    """Return the mean squared error in PyTorch."""
    return ((network(params, X, torch.tanh) - y) ** 2).mean()


def loss_jax(params, X, y):
    """Return the mean squared error in JAX."""
    return ((network(params, X, jnp.tanh) - y) ** 2).mean()


# %% equal
def to_torch(arrays, grad=False):
    """Return arrays as tensors on the device."""
    return [torch.tensor(A, device=device, requires_grad=grad) for A in arrays]


def gradients(arrays, X, y):
    """Return the gradients of the three, as lists of arrays."""
    mine, leaves = [Tensor(A) for A in arrays], to_torch(arrays, grad=True)
    backward(loss_sixty(mine, X, y))
    loss_torch(leaves, *to_torch([X, y])).backward()
    slopes = jax.grad(loss_jax)([jnp.asarray(A) for A in arrays], X, y)
    return [p.grad for p in mine], [p.grad.cpu().numpy() for p in leaves], [np.asarray(G) for G in slopes]


X = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])  # (4, 3), a column of ones for the bias
y = np.array([[0.0], [1], [1], [0]])  # (4, 1), XOR
gaps = {"PyTorch": 0.0, "JAX": 0.0}
for seed in range(5):
    rng = np.random.default_rng(seed)
    ours, *theirs = gradients([rng.normal(size=(3, 8)), rng.normal(size=(8, 1))], X, y)
    for name, slopes in zip(gaps, theirs, strict=True):
        gap = max(np.abs(G - H).max() for G, H in zip(ours, slopes, strict=True))
        gaps[name] = max(gaps[name], gap)
for name, gap in gaps.items():
    print(f"largest gap to the sixty lines, 5 seeds: {gap:.9f}  {name}")
    assert gap < 1e-9  # one rule for each operation, walked back in one order

# %% larger
from itertools import pairwise
from time import perf_counter, process_time

widths = [64, 256, 256, 256, 1]


def weights(seed, widths, dtype=np.float32):
    """Draw the weights of each layer."""
    rng = np.random.default_rng(seed)
    return [rng.normal(0, 1 / np.sqrt(4 * a), (a, b)).astype(dtype) for a, b in pairwise(widths)]


def examples(n, seed=0):
    """Draw n inputs and what the network is to say."""
    X = np.random.default_rng(seed).normal(size=(n, widths[0])).astype(np.float32)
    return X, np.sin(X.sum(axis=1, keepdims=True)).astype(np.float32)


def once(f, now=perf_counter):
    """Return the time of one call, waiting until the GPU is done."""
    start = now()
    jax.block_until_ready(f())
    if gpu:
        torch.cuda.synchronize()
    return now() - start


def seconds(f, budget=0.5):
    """Return the least time of many calls."""
    once(f)  # the first call also sets things up
    now = process_time if threads == 1 and not gpu else perf_counter  # alone: leave out what other programs took
    rounds = max(2, min(200, int(budget / max(once(f), 1e-6))))
    return min(once(f, now) for _ in range(rounds))


arrays = weights(0, widths)
print(f"weights: {sum(A.size for A in arrays):,}")

# %% contenders
leaves, jax_arrays = to_torch(arrays, grad=True), [jnp.asarray(A) for A in arrays]
compiled = torch.compile(loss_torch, dynamic=True, backend="aot_eager" if smoke else "inductor")
grad_jax = jax.grad(loss_jax)
grad_jit = jax.jit(grad_jax)


def sixty(X, y):
    """Return the gradients of the sixty lines."""
    mine = [Tensor(A) for A in arrays]
    backward(loss_sixty(mine, X, y))
    return [p.grad for p in mine]


def prepare(name, n):
    """Return the function that a contender runs on n examples, with the data where it computes."""
    X, y = examples(n)
    X_t, y_t = to_torch([X, y])
    X_j, y_j = jnp.asarray(X), jnp.asarray(y)
    return {
        "sixty lines": lambda: sixty(X, y),
        "PyTorch": lambda: torch.autograd.grad(loss_torch(leaves, X_t, y_t), leaves),
        "torch.compile": lambda: torch.autograd.grad(compiled(leaves, X_t, y_t), leaves),
        "JAX": lambda: grad_jax(jax_arrays, X_j, y_j),
        "jax.jit": lambda: grad_jit(jax_arrays, X_j, y_j),
    }[name]


# %% speed
batches = [4, 32] if smoke else [4, 16, 64, 256, 1024] + [4096, 16384] * gpu
contenders = ["sixty lines", "PyTorch", "torch.compile", "JAX", "jax.jit"]
times = {}
print("first call, then ms per gradient with this many examples")
print(f"{'':14s} {'first':>7s}" + "".join(f"{n:>9,d}" for n in batches))
for name in contenders:
    first = once(prepare(name, batches[0]))
    times[name] = [seconds(prepare(name, n)) for n in batches]
    print(f"{name:14s} {first:5.1f} s" + "".join(f"{1e3 * t:9.2f}" for t in times[name]))

fig, ax = plt.subplots(figsize=(6.4, 3.8))
for name, values in times.items():
    ax.loglog(batches, [1e3 * t for t in values], "o-", label=name, markersize=4)
ax.set_xlabel("examples in the batch")
ax.set_ylabel("ms per gradient")
ax.legend()
plt.show()

ours, torch_slopes, jit_slopes = (prepare(name, 32)() for name in ("sixty lines", "torch.compile", "jax.jit"))
for G, H, J in zip(ours, torch_slopes, jit_slopes, strict=True):
    assert np.allclose(G, H.cpu().numpy(), atol=1e-4) and np.allclose(G, J, atol=1e-4)  # 32-bit numbers

# %% bill-of-the-frameworks
X_b, W_b = draw(4 if smoke else 16, 512, 128)  # the article's network
arrays_b = [M.data for M in W_b]
X_t, W_t = to_torch([X_b])[0], to_torch(arrays_b, grad=True)
X_j, W_j = jnp.asarray(X_b), [jnp.asarray(A) for A in arrays_b]


def deep_torch(W, X):
    """Return the article's loss, the sum of squares behind all layers, in PyTorch."""
    for M in W:
        X = torch.tanh(X @ M)
    return (X**2).sum()


def deep_jax(W, X):
    """Return the article's loss in JAX."""
    for M in W:
        X = jnp.tanh(X @ M)
    return (X**2).sum()


run_jax, grad_deep = jax.jit(deep_jax), jax.jit(jax.grad(deep_jax))


def walk_sixty():
    """Return the loss of the sixty lines, walked back."""
    end = forward(Tensor(X_b), W_b)
    backward((end * end).total())


def run_torch():
    """Return the loss without a record."""
    with torch.no_grad():
        return deep_torch(W_t, X_t)


pairs = {
    "sixty lines": (lambda: forward(X_b, W_b), walk_sixty),
    "PyTorch": (run_torch, lambda: torch.autograd.grad(deep_torch(W_t, X_t), W_t)),
    "jax.jit": (lambda: run_jax(W_j, X_j), lambda: grad_deep(W_j, X_j)),
}
for name, (run, grad) in pairs.items():
    out, back = seconds(run), seconds(grad)
    print(f"{name:12s} forward {1e3 * out:6.2f} ms, with gradients {1e3 * back:6.2f} ms: {back / out:.1f} times")
    assert back > out

# %% per-example
n = 16 if smoke else 128
X_n, y_n = examples(n, seed=1)
X_t, y_t = to_torch([X_n, y_n])
frozen = [A.detach() for A in leaves]


def one_torch(params, x, t):
    """Return the loss of a single example in PyTorch."""
    return loss_torch(params, x[None], t[None])


def one_jax(params, x, t):
    """Return the loss of a single example in JAX."""
    return loss_jax(params, x[None], t[None])


each_torch = torch.func.vmap(torch.func.grad(one_torch), in_dims=(None, 0, 0))
each_jax = jax.jit(jax.vmap(jax.grad(one_jax), in_axes=(None, 0, 0)))
ways = {
    "PyTorch, a loop": lambda: [torch.func.grad(one_torch)(frozen, X_t[i], y_t[i]) for i in range(n)],
    "PyTorch, vmap": lambda: each_torch(frozen, X_t, y_t),
    "JAX, jit(vmap)": lambda: each_jax(jax_arrays, X_n, y_n),
}
for name, f in ways.items():
    print(f"{1e3 * seconds(f):9.2f} ms for {n} gradients  {name}")

G_torch, G_jax = ways["PyTorch, vmap"](), ways["JAX, jit(vmap)"]()  # each of shape (n, *shape of the weights)
norms = torch.sqrt(sum((G**2).flatten(1).sum(1) for G in G_torch)).cpu().numpy()
print(f"norms of the {n} gradients: {norms.min():.2f} to {norms.max():.2f}")
whole = torch.func.grad(loss_torch)(frozen, X_t, y_t)
for G, J, W in zip(G_torch, G_jax, whole, strict=True):
    assert np.allclose(G.cpu().numpy(), J, atol=1e-4)
    assert torch.allclose(G.mean(0), W, atol=1e-4)  # the batch's gradient is the mean of its examples'


# %% memory
def kept_sixty(n):
    """Return the bytes that the graph holds until the walk back."""
    nodes, stack = set(), [loss_sixty([Tensor(A) for A in arrays], *examples(n))]
    while stack:
        nodes.add(node := stack.pop())
        stack.extend(set(node.parents) - nodes)
    return sum(node.data.nbytes for node in nodes if node.parents)


def kept_torch(n):
    """Return the bytes that PyTorch saves for the walk back, weights and inputs left out."""
    X, y = to_torch(examples(n))
    given = {A.untyped_storage().data_ptr() for A in (*leaves, X, y)}
    saved = {}

    def pack(A):
        saved[A.untyped_storage().data_ptr()] = A.untyped_storage().nbytes()
        return A

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda A: A):
        end = loss_torch(leaves, X, y)
    return sum(size for where, size in saved.items() if where not in given and end.requires_grad)


def kept_jax(n):
    """Return the bytes of scratch memory that XLA plans for the compiled gradient."""
    return grad_jit.lower(jax_arrays, *examples(n)).compile().memory_analysis().temp_size_in_bytes


def kept_each(n):
    """Return the bytes of n gradients, one for each example."""
    return n * sum(A.nbytes for A in arrays)


kept = {"sixty lines": kept_sixty, "PyTorch": kept_torch, "jax.jit": kept_jax, "n gradients": kept_each}
steps = [16, 64] if smoke else [16, 64, 256, 1024, 4096]
fig, ax = plt.subplots(figsize=(6.4, 3.8))
print("MB with n examples" + "".join(f"{n:>10,d}" for n in steps))
for name, count in kept.items():
    held = [count(n) for n in steps]
    ax.loglog(steps, [size / 1e6 for size in held], "o-", label=name, markersize=4)
    print(f"{name:18s}" + "".join(f"{size / 1e6:10.2f}" for size in held))
    if name != "jax.jit":  # a compiler may share memory as it likes
        assert abs(held[1] / held[0] * steps[0] / steps[1] - 1) < 0.1  # what is kept grows with the batch
ax.set_xlabel("examples in the batch")
ax.set_ylabel("MB")
ax.legend()
plt.show()

# %% four-parts
rng = np.random.default_rng(0)
points = rng.normal(size=(200, 2))  # what is observed
target = np.where(np.hypot(*points.T) < 1.2, 1.0, -1.0)[:, None]  # (200, 1), inside a circle or out


def represent(points):
    """Return the coordinates and their squares, each with mean 0 and spread 1, and a column of ones."""
    features = np.hstack([points, points**2])  # (n, 4)
    return np.hstack([(features - features.mean(axis=0)) / features.std(axis=0), np.ones((len(points), 1))])


inputs = represent(points)
start = weights(0, [5, 16, 1], float)  # weights of the model, 5 - 16 - 1
eta, rounds = 0.1, 20 if smoke else 200

# %% loop-sixty
params, curve = [Tensor(A) for A in start], []
for _ in range(rounds):
    now = loss_sixty(params, inputs, target)  # representation, model, loss
    for p in params:
        p.grad = 0.0
    backward(now)
    for p in params:
        p.data = p.data - eta * p.grad  # optimiser
    curve.append(float(now.data))

# %% loop-torch
X_t, y_t = to_torch([inputs, target])  # representation
model = torch.nn.Sequential(torch.nn.Linear(5, 16, bias=False), torch.nn.Tanh(), torch.nn.Linear(16, 1, bias=False))
model = model.double().to(device)
with torch.no_grad():
    for p, A in zip(model.parameters(), start, strict=True):  # Linear keeps W transposed
        p.copy_(torch.tensor(A.T))
criterion = torch.nn.MSELoss()  # loss
optimiser = torch.optim.SGD(model.parameters(), lr=eta)
curve_torch = []
for _ in range(rounds):
    now = criterion(model(X_t), y_t)
    optimiser.zero_grad()
    now.backward()
    optimiser.step()
    curve_torch.append(now.item())


# %% loop-jax
@jax.jit
def step(params, X, y):
    """Return the weights after one step, and the loss before it."""
    now, slopes = jax.value_and_grad(loss_jax)(params, X, y)  # model, loss
    return [p - eta * G for p, G in zip(params, slopes, strict=True)], now  # optimiser


params_jax, curve_jax = [jnp.asarray(A) for A in start], []
for _ in range(rounds):
    params_jax, now = step(params_jax, inputs, target)  # representation
    curve_jax.append(float(now))

# %% one-curve
fig, ax = plt.subplots(figsize=(6.4, 3.6))
for values, style, name in ((curve, "-", "sixty lines"), (curve_torch, "--", "PyTorch"), (curve_jax, ":", "JAX")):
    ax.semilogy(values, style, label=name, linewidth=2)
ax.set_xlabel("step")
ax.set_ylabel("loss")
ax.legend()
plt.show()
gap = max(np.abs(np.subtract(curve, other)).max() for other in (curve_torch, curve_jax))
right = (np.sign(np.asarray(network(params_jax, inputs, jnp.tanh))) == target).mean()
print(f"loss {curve[0]:.3f} -> {curve[-1]:.3f}, {100 * right:.0f} % on the right side of the circle")
print(f"largest gap between the three curves: {gap:.9f}")
assert gap < 1e-9  # same parts, same numbers, same training
