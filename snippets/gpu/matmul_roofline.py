"""How fast is a matrix product here? Measure the roof of the reader's machine, then put a language model under it."""

# %% install
import importlib.util
import subprocess
import sys

pins = {"numpy": "2.4.3", "matplotlib": "3.10.8", "torch": "2.13.0"}  # used where the package is missing
missing = [f"{name}=={version}" for name, version in pins.items() if importlib.util.find_spec(name) is None]
if missing:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", *missing], check=True)

# %% device
import os
import platform
from pathlib import Path

import torch

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
if gpu:
    print(f"host:   CPU {cpu_name()}, {threads} threads")
print(f"torch {torch.__version__}")

# %% article
from only_matmul import d_k, make_maps, np, plt, seeds, tokens  # fold, maps, what-breaks

# %% same-on-device
device = torch.device("cuda" if gpu else "cpu")


def attention(X, Q, K, V):
    """Return the article's attention, softmax and all, in torch."""
    scores = (X @ Q) @ (X @ K).T / d_k**0.5  # (tokens, tokens)
    return torch.softmax(scores, dim=-1) @ (X @ V)


gaps = []
for s in seeds:
    rng = np.random.default_rng(s)
    _, Q, K, V, _ = (rng.normal(0, 1 / np.sqrt(d_k), (n, d_k)) for n in (d_k, d_k, d_k, d_k, tokens))
    X = np.random.default_rng(100 + s).normal(size=(tokens, d_k))
    there = attention(*(torch.tensor(A, device=device) for A in (X, Q, K, V)))
    gaps.append(np.abs(there.cpu().numpy() - make_maps(s)["attention, softmax"](X)).max())
print(f"largest gap to the article over {len(seeds)} seeds: {max(gaps):.9f}")

assert max(gaps) < 1e-9  # the same function, on another machine

# %% clock
from time import perf_counter


def seconds(f, device, budget=0.2):
    """Return the time of one call: the best of five rounds that together last about the budget."""

    def round_of(calls):
        start = perf_counter()
        for _ in range(calls):
            f()
        if device.type == "cuda":
            torch.cuda.synchronize()  # calls only queue up; wait until they are done
        return (perf_counter() - start) / calls

    round_of(1)  # the first call also sets things up
    once = round_of(1)
    calls = max(1, min(1000, int(budget / 5 / once)))
    return min(round_of(calls) for _ in range(5 if once < budget else 1))


# %% roof
devices = [torch.device("cpu")] + [torch.device("cuda")] * gpu
names = {"cpu": "CPU", "cuda": torch.cuda.get_device_name() if gpu else ""}


def bandwidth(device):
    """Return bytes a second while a block too large for any cache is copied."""
    a = torch.ones(2**22 if smoke else 2**28 if device.type == "cuda" else 2**25, device=device)  # 4 bytes each
    b = torch.empty_like(a)
    return 2 * 4 * a.numel() / seconds(lambda: b.copy_(a), device)  # read and written


def product(n, dtype, device):
    """Return operations a second in the product of two (n, n) matrices."""
    generator = torch.Generator(device).manual_seed(0)
    A, B = (torch.randn(n, n, generator=generator, device=device).to(dtype) for _ in range(2))
    return 2 * n**3 / seconds(lambda: A @ B, device)


roof = {str(device): bandwidth(device) for device in devices}
for name, rate in roof.items():
    print(f"{names[name]:20s} copies {rate / 1e9:8.1f} GB/s")

# %% sizes
sizes = {"cpu": [64, 128, 256, 512, 1024, 2048], "cuda": [64, 128, 256, 512, 1024, 2048, 4096, 8192]}
dtypes = {"cpu": [torch.float32, torch.bfloat16], "cuda": [torch.float32, torch.float16]}
if gpu and torch.cuda.is_bf16_supported(including_emulation=False):
    dtypes["cuda"].append(torch.bfloat16)


def intensity(n, dtype):
    """Return operations per byte if each number of A, B and C = A @ B moves once."""
    return 2 * n**3 / (3 * n**2 * dtype.itemsize)


measured = {}  # (device, dtype) -> list of (n, operations a second)
for device in map(str, devices):
    for dtype in dtypes[device]:
        points = measured[device, dtype] = []
        for n in sizes[device][:3] if smoke else sizes[device]:
            points.append((n, product(n, dtype, torch.device(device))))
            if 2 * (2 * n) ** 3 / points[-1][1] > 4:  # the next one would take over 4 s
                break
        print(f"{names[device]}, {str(dtype).removeprefix('torch.')}\n     n  ops/byte   TFLOP/s  of best")
        best = max(rate for _, rate in points)
        for n, rate in points:
            print(f"{n:6,d} {intensity(n, dtype):9.1f} {rate / 1e12:9.3f} {100 * rate / best:6.0f} %")

# %% roofline
fig, ax = plt.subplots(figsize=(6.4, 4))
x = np.logspace(-1, 4, 200)
for i, ((device, dtype), points) in enumerate(measured.items()):
    best = max(rate for _, rate in points)
    ax.loglog(x, np.minimum(best, roof[device] * x), "--", color=f"C{i}", linewidth=1)
    label = f"{names[device]}, {str(dtype).removeprefix('torch.')}"
    ax.loglog([intensity(n, dtype) for n, _ in points], [r for _, r in points], "o", color=f"C{i}", label=label)
ax.set_xlabel("operations per byte moved")
ax.set_ylabel("operations per second")
ax.legend()
plt.show()
for (device, dtype), points in measured.items():
    ridge = max(rate for _, rate in points) / roof[device]
    print(f"{names[device]}, {str(dtype).removeprefix('torch.')}: bends at {ridge:.0f} operations per byte")

# %% decode
d = 512 if smoke else 4096 if gpu else 2048  # width of the model; one layer holds (d, 4d) weights
batches = [1, 4, 16, 64] if smoke else [1, 2, 4, 8, 16, 32, 64, 128, 256]
here = devices[-1]
dtype = torch.float16 if gpu else torch.float32
W = torch.randn(d, 4 * d, generator=torch.Generator(here).manual_seed(1), device=here).to(dtype)

decoding = []  # (batch, operations per byte, seconds)
for batch in batches:
    X = torch.ones(batch, d, dtype=dtype, device=here)
    moved = (W.numel() + X.numel() + batch * 4 * d) * dtype.itemsize
    decoding.append((batch, 2 * batch * W.numel() / moved, seconds(lambda X=X: X @ W, here)))

print("tokens  ops/byte        ms   tokens/s  weights GB/s")
for batch, ops, t in decoding:
    weights = W.numel() * dtype.itemsize / t
    print(f"{batch:6d} {ops:9.1f} {1e3 * t:9.3f} {batch / t:10,.0f} {weights / 1e9:13.1f}")
gain = max(batch / t for batch, _, t in decoding) * decoding[0][2]
print(f"tokens per second, best batch over one at a time: {gain:.0f}x")

assert abs(decoding[0][1] * dtype.itemsize / 2 - 1) < 0.01  # one token: 2 operations per weight read
assert gain > 2 or smoke  # the weights are read once, however many tokens use them

# %% why-bought
catalogue = {  # dense 16-bit matrix products in TFLOP/s, memory in GB/s: NVIDIA's data sheets
    "Tesla T4": (65, 320),
    "A100 80 GB": (312, 2039),
    "H100": (989, 3350),
}
fig, ax = plt.subplots(figsize=(6.4, 4))
for i, (name, (peak, memory)) in enumerate(catalogue.items()):
    ax.loglog(x, np.minimum(peak * 1e12, memory * 1e9 * x), color=f"C{i + 1}", label=f"{name} (data sheet)")
device, dtype = next(reversed(measured))
best = max(rate for _, rate in measured[device, dtype])
here_roof = np.minimum(
    max(r for (where, _), points in measured.items() if where == device for _, r in points), roof[device] * x
)
ax.loglog(x, here_roof, color="C0", label=f"{names[device]} here, measured")
for ops, label in ((1, "1 token"), (256, "256 tokens")):
    ax.axvline(ops, color="0.5", linewidth=1, linestyle=":")
    ax.text(ops * 1.1, 2e9, label, fontsize=9)
ax.set_xlabel("operations per byte moved")
ax.set_ylabel("operations per second")
ax.legend(fontsize=9)
plt.show()
