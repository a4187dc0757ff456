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
print(f"device: GPU {torch.cuda.get_device_name()}" if gpu else f"device: CPU {cpu_name()}, {threads} threads")
print(f"torch {torch.__version__}, JAX {jax.__version__} on {jax.default_backend()}")
device = torch.device("cuda" if gpu else "cpu")

# %% article
from autodiff_60_lines import X, init, loss, np, y  # engine, rules, complex-step, step-size


# %% same-graph
def torch_loss(params, X, y):
    """Return the article's loss in PyTorch."""
    W1, b1, W2, b2 = params
    error = torch.tanh(X @ W1 + b1) @ W2 + b2 - y  # (n, 1)
    return (error * error).mean()


def jax_loss(params, X, y):
    """Return the article's loss in JAX."""
    W1, b1, W2, b2 = params
    error = jnp.tanh(X @ W1 + b1) @ W2 + b2 - y  # (n, 1)
    return (error * error).mean()


def to_torch(arrays, dtype=torch.float64, grad=False):
    """Return arrays as tensors on the device."""
    return [torch.tensor(A, dtype=dtype, device=device, requires_grad=grad) for A in arrays]


gaps = {"PyTorch": [], "JAX": []}
for seed in range(5):
    params = init(seed)
    loss(params).backward()
    leaves = to_torch([p.data for p in params], grad=True)
    torch_loss(leaves, *to_torch([X, y])).backward()
    slopes_jax = jax.grad(jax_loss)([jnp.asarray(p.data) for p in params], X, y)
    gaps["PyTorch"] += [np.abs(p.grad - q.grad.cpu().numpy()).max() for p, q in zip(params, leaves, strict=True)]
    gaps["JAX"] += [np.abs(p.grad - np.asarray(q)).max() for p, q in zip(params, slopes_jax, strict=True)]
for name, values in gaps.items():
    print(f"largest gap to the sixty lines, 5 seeds: {max(values):.9f}  {name}")
    assert max(values) < 1e-9
