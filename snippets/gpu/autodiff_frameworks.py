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
from autodiff_60_lines import Tensor, X, init, np, plt, tanh, total, y  # engine, rules, complex-step, step-size


# %% same-graph
def network(params, X, tanh):
    """Send rows X through affine layers with tanh in between: one program for all three."""
    layers = list(zip(params[::2], params[1::2], strict=True))
    for W, b in layers[:-1]:
        X = tanh(X @ W + b)
    return X @ layers[-1][0] + layers[-1][1]


def loss_sixty(params, X, y):
    """Return the mean squared error as a Tensor."""
    error = network(params, Tensor(X), tanh) + Tensor(-y)  # (n, 1)
    return total(error * error) * Tensor(np.asarray(1 / len(y), X.dtype))


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
    loss_sixty(mine, X, y).backward()
    loss_torch(leaves, *to_torch([X, y])).backward()
    slopes = jax.grad(loss_jax)([jnp.asarray(A) for A in arrays], X, y)
    return [p.grad for p in mine], [p.grad.cpu().numpy() for p in leaves], [np.asarray(G) for G in slopes]


gaps = {"PyTorch": 0.0, "JAX": 0.0}
for seed in range(5):
    ours, *theirs = gradients([p.data for p in init(seed)], X, y)  # the article's network for XOR
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


def draw(seed, widths, dtype=np.float32):
    """Draw weights and biases."""
    rng = np.random.default_rng(seed)
    shapes = [shape for a, b in pairwise(widths) for shape in ((a, b), (1, b))]
    return [rng.normal(0, 1 / np.sqrt(shape[0] * 4), shape).astype(dtype) for shape in shapes]


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


arrays = draw(0, widths)
print(f"weights and biases: {sum(A.size for A in arrays):,}")

# %% contenders
leaves, jax_arrays = to_torch(arrays, grad=True), [jnp.asarray(A) for A in arrays]
compiled = torch.compile(loss_torch, dynamic=True, backend="aot_eager" if smoke else "inductor")
grad_jax = jax.grad(loss_jax)
grad_jit = jax.jit(grad_jax)


def sixty(X, y):
    """Return the gradients of the sixty lines."""
    mine = [Tensor(A) for A in arrays]
    loss_sixty(mine, X, y).backward()
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
    end = loss_sixty([Tensor(A) for A in arrays], *examples(n))
    return sum(node.data.nbytes for node in end.graph() if node.parents)


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
    """Return the coordinates and their squares, each with mean 0 and spread 1."""
    features = np.hstack([points, points**2])  # (n, 4)
    return (features - features.mean(axis=0)) / features.std(axis=0)


inputs = represent(points)
start = draw(0, [4, 16, 1], float)  # weights of the model, 4 - 16 - 1
eta, rounds = 0.1, 20 if smoke else 200

# %% loop-sixty
params, curve = [Tensor(A) for A in start], []
for _ in range(rounds):
    now = loss_sixty(params, inputs, target)  # representation, model, loss
    for p in params:
        p.grad = 0.0
    now.backward()
    for p in params:
        p.data = p.data - eta * p.grad  # optimiser
    curve.append(float(now.data))

# %% loop-torch
X_t, y_t = to_torch([inputs, target])  # representation
model = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1)).double().to(device)
with torch.no_grad():
    for p, A in zip(model.parameters(), start, strict=True):  # Linear keeps W transposed, and b flat
        p.copy_(torch.tensor(A.T if p.ndim == 2 else A[0]))
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


weights, curve_jax = [jnp.asarray(A) for A in start], []
for _ in range(rounds):
    weights, now = step(weights, inputs, target)  # representation
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
right = (np.sign(np.asarray(network(weights, inputs, jnp.tanh))) == target).mean()
print(f"loss {curve[0]:.3f} -> {curve[-1]:.3f}, {100 * right:.0f} % on the right side of the circle")
print(f"largest gap between the three curves: {gap:.9f}")
assert gap < 1e-9  # same parts, same numbers, same training
