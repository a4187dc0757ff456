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
print(
    f"device: GPU {torch.cuda.get_device_name()}"
    if gpu
    else f"device: CPU {cpu_name()}, {threads} thread{'s'[: threads > 1]}"
)
if gpu:
    print(f"host:   CPU {cpu_name()}, {threads} thread{'s'[: threads > 1]}")
print(f"torch {torch.__version__}")

# %% article
from only_matmul import A, X, b, depth, layers, np, plt  # fold

# %% same-on-device
device = torch.device("cuda" if gpu else "cpu")


def stack(X, layers):
    """Send rows X through affine layers, one product each, in torch."""
    there = torch.tensor(X, device=device)  # (n, 2)
    for W, c in layers:
        there = there @ torch.tensor(W, device=device) + torch.tensor(c, device=device)
    return there.cpu().numpy()


gap = np.abs(stack(X, layers[:depth]) - (X @ A + b)).max()
print(f"{depth} layers on this machine, one in the article: largest gap {gap:.9f}")

assert gap < 1e-9  # the same function, on another machine

# %% clock
from time import perf_counter, process_time


def seconds(f, device, budget=0.3):
    """Return the time of one call: the best of short rounds that together last about the budget."""
    alone = device.type == "cpu" and threads == 1  # then leave out the time that other programs had
    now = process_time if alone else perf_counter

    def round_of(calls):
        start = now()
        for _ in range(calls):
            f()
        if device.type == "cuda":
            torch.cuda.synchronize()  # calls only queue up; wait until they are done
        return (now() - start) / calls

    round_of(1)  # the first call also sets things up
    once = max(round_of(1), 1e-7)
    calls = max(1, min(1000, int(budget / 10 / once)))
    return min(round_of(calls) for _ in range(10 if once < budget / 10 else 2))


# %% roof
catalogue = {  # dense products in TFLOP/s with 32 and 16 bits, memory in GB/s: the makers' data sheets
    "Tesla T4": (8.1, 65, 320),
    "NVIDIA L4": (30.3, 121, 300),
    "Tesla V100-SXM2-16GB": (15.7, 125, 900),
    "NVIDIA A100-SXM4-40GB": (19.5, 312, 1555),
    "NVIDIA A100-SXM4-80GB": (19.5, 312, 2039),
    "NVIDIA H100 80GB HBM3": (67, 989, 3350),
    "NVIDIA H200": (67, 989, 4800),
}
devices = [torch.device("cpu")] + [torch.device("cuda")] * gpu
names = {"cpu": "CPU", "cuda": torch.cuda.get_device_name() if gpu else ""}


def bandwidth(device):
    """Return bytes a second while a block too large for any cache is copied."""
    numbers = 2**22 if smoke else 2**28 if device.type == "cuda" else 2**25  # of 4 bytes
    a = torch.ones(numbers, device=device)
    b = torch.empty_like(a)
    return 2 * 4 * numbers / seconds(lambda: b.copy_(a), device)  # each is read and written


memory = {str(device): bandwidth(device) for device in devices}
for device, moved in memory.items():
    sheet = catalogue.get(names[device])
    print(f"{names[device]} moves {moved / 1e9:.1f} GB/s" + (f", data sheet {sheet[2]} GB/s" if sheet else ""))

# %% sizes
sizes = [64, 128, 256] if smoke else [64, 128, 256, 512, 1024, 2048, 4096, 8192]
dtypes = {"cpu": [torch.float32, torch.bfloat16], "cuda": [torch.float32, torch.float16]}
if gpu and torch.cuda.is_bf16_supported(including_emulation=False):
    dtypes["cuda"].append(torch.bfloat16)


def intensity(n, dtype):
    """Return operations per byte if each number of A, B and C = A @ B moves once."""
    return 2 * n**3 / (3 * n**2 * dtype.itemsize)


def rate(n, dtype, device):
    """Return operations a second in the product of two (n, n) matrices."""
    generator = torch.Generator(device).manual_seed(0)
    A, B = (torch.randn(n, n, generator=generator, device=device).to(dtype) for _ in range(2))
    return 2 * n**3 / seconds(lambda: A @ B, device)


measured = {}  # (device, dtype) -> list of (n, operations a second)
for device in map(str, devices):
    for dtype in dtypes[device]:
        points = measured[device, dtype] = []
        for n in sizes:
            points.append((n, rate(n, dtype, torch.device(device))))
            if 2 * (2 * n) ** 3 / points[-1][1] > 2:  # the next one would take over 2 s
                break
peak = {pair: max(r for _, r in points) for pair, points in measured.items()}

# %% table
for (device, dtype), points in measured.items():
    sheet = catalogue.get(names[device])
    top = 1e12 * sheet[dtype.itemsize == 2] if sheet else peak[device, dtype]
    print(f"{names[device]}, {str(dtype).removeprefix('torch.')}")
    print(f"     n  ops/byte   TFLOP/s  of {'data sheet' if sheet else 'best here'}")
    for n, r in points:
        print(f"{n:6,d} {intensity(n, dtype):9.1f} {r / 1e12:9.4f} {100 * r / top:9.0f} %")
    print(f"roof bends at {peak[device, dtype] / memory[device]:.1f} operations per byte\n")

assert all(intensity(2 * n, dtype) == 2 * intensity(n, dtype) for n in sizes)  # twice the size, twice the use

# %% roofline
fig, ax = plt.subplots(figsize=(6.4, 4.2))
x = np.logspace(-1, 4, 200)  # operations per byte
for i, ((device, dtype), points) in enumerate(measured.items()):
    label = f"{names[device]}, {str(dtype).removeprefix('torch.')}"
    ax.loglog(x, np.minimum(peak[device, dtype], memory[device] * x), "--", color=f"C{i}", linewidth=1)
    ax.loglog([intensity(n, dtype) for n, _ in points], [r for _, r in points], "o", color=f"C{i}", label=label)
ax.set_xlabel("operations per byte moved")
ax.set_ylabel("operations per second")
ax.legend()
plt.show()

# %% decode
where = devices[-1]
dtype = max(dtypes[str(where)], key=lambda dtype: peak[str(where), dtype])  # the fastest
d = 512 if smoke else 4096 if gpu else 2048  # width of the model
W = torch.randn(d, 4 * d, generator=torch.Generator(where).manual_seed(1), device=where).to(dtype)

decoding = []  # (tokens at once, operations per byte, seconds)
for batch in (1, 2, 4, 8, 16, 32, 64, 128, 256):
    X = torch.ones(batch, d, dtype=dtype, device=where)
    moved = (W.numel() + X.numel() + batch * 4 * d) * dtype.itemsize  # weights, input, output
    decoding.append((batch, 2 * batch * W.numel() / moved, seconds(lambda X=X: X @ W, where)))

print(f"one layer, {W.numel() / 1e6:.1f} million weights of {dtype.itemsize} bytes")
print("tokens  ops/byte        ms   tokens/s  weights GB/s")
for batch, ops, t in decoding:
    weights = W.numel() * dtype.itemsize / t
    print(f"{batch:6d} {ops:9.1f} {1e3 * t:9.3f} {batch / t:10,.0f} {weights / 1e9:13.1f}")
gain = max(batch / t for batch, _, t in decoding) * decoding[0][2]
bend = peak[str(where), dtype] / memory[str(where)]
print(f"best batch over one at a time: {gain:.1f} times the tokens")
print(f"the roof bends at {bend * dtype.itemsize / 2:.0f} tokens")

assert abs(decoding[0][1] * dtype.itemsize / 2 - 1) < 0.01  # one token: 2 operations per weight
assert gain > 2 or smoke  # the weights are moved once, however many tokens use them

# %% why-bought
weights = 7e9  # of a model
at_once = np.logspace(0, 4, 200)  # tokens
best = max(dtypes["cpu"], key=lambda dtype: peak["cpu", dtype])
machines = {f"CPU here, {threads} thread{'s'[: threads > 1]}": (peak["cpu", best], memory["cpu"], best.itemsize)}
for name in ("Tesla T4", "NVIDIA A100-SXM4-80GB", "NVIDIA H100 80GB HBM3"):
    machines[f"{name}, data sheet"] = (1e12 * catalogue[name][1], 1e9 * catalogue[name][2], 2)


def speed(n, operations, moved, size):
    """Return tokens a second, n at once: bound by moving the weights or by computing with them."""
    return np.minimum(n * moved / (weights * size), operations / (2 * weights))


fig, ax = plt.subplots(figsize=(6.4, 4.2))
first = next(iter(machines.values()))
print("tokens a second with 7 billion weights, at most\n       1 at once 1,024 at once")
for i, (name, machine) in enumerate(machines.items()):
    ax.loglog(at_once, speed(at_once, *machine), color=f"C{i}", label=name)
    print(f"{speed(1, *machine):16,.1f} {speed(1024, *machine):14,.1f}  {name}")
    assert speed(1024, *machine) / speed(1024, *first) >= speed(1, *machine) / speed(1, *first)
ax.set_xlabel("tokens at once")
ax.set_ylabel("tokens per second, at most")
ax.legend()
plt.show()
