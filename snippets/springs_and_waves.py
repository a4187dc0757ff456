"""Short sounds have no pitch: a spring with friction, and the least product of two widths."""

# %% spring
# region set-up
import matplotlib.pyplot as plt
import numpy as np

t = np.arange(0, 200, 0.05)  # [s]
w = 2 * np.pi * np.fft.rfftfreq(2**17, 0.05)  # pitches [rad/s]
# endregion
friction = 0.4  # c of x'' + c x' + 25 x = 0, struck at t = 0

x = np.exp(-friction / 2 * t) * np.cos(np.sqrt(25 - friction**2 / 4) * t)
lasts = 1 / friction  # [s] until 1/e of the energy is left
power = np.abs(np.fft.rfft(x, 2**17)) ** 2  # how much of each pitch
loud = w[power > power.max() / 2]  # at least half as strong as the strongest
width = loud[-1] - loud[0]
print(f"lasts {lasts:.2f} s, pitch {width:.2f} rad/s wide")
print(f"product {lasts * width:.2f}")
assert abs(lasts * width - 1) < 0.06
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2), layout="constrained")
left.plot(t, x, "C0", linewidth=1)
right.plot(w, power / power.max(), "C1")
left.set(xlabel="seconds", xlim=(0, 20), ylim=(-1.1, 1.1), yticks=[])
right.set(xlabel="pitch [rad/s]", xlim=(3, 7), ylim=(0, 1.1), yticks=[])
# endregion

# %% product
shape = "bell"  # bell, roof, spike or twin
width = 1.0  # how wide the wave is drawn
drift = 0.0  # of the pitch along the wave
# region model
import matplotlib.pyplot as plt
import numpy as np

place = np.linspace(-60, 60, 2**14, endpoint=False)
pitch = 2 * np.pi * np.fft.fftfreq(len(place), place[1] - place[0])


def spread(axis: np.ndarray, wave: np.ndarray) -> float:
    """Return the standard deviation on an axis, weighted by |wave|²."""
    share = np.abs(wave) ** 2 / np.sum(np.abs(wave) ** 2)
    return float(np.sqrt(share @ axis**2 - (share @ axis) ** 2))


def drawn(shape: str, width: float, drift: float) -> np.ndarray:
    """Return a wave at each place."""
    u = place / width
    heights = {
        "bell": np.exp(-(u**2) / 4),
        "roof": np.maximum(1 - np.abs(u) / 2, 0),
        "spike": np.exp(-np.abs(u)),
        "twin": np.exp(-((u - 3) ** 2) / 4) + np.exp(-((u + 3) ** 2) / 4),
    }
    return heights[shape] * np.exp(1j * drift * place**2 / 4)


wave = drawn(shape, width, drift)
sound = np.fft.fft(wave)
where, tones = spread(place, wave), spread(pitch, sound)
# endregion
print(f"{shape}: {where:.3f} · {tones:.3f} = {where * tones:.3f}")
for name in ("bell", "roof", "spike", "twin"):
    one = drawn(name, 1.0, 0.0)
    print(f"{name:6} {spread(place, one) * spread(pitch, np.fft.fft(one)):.3f}")
assert where * tones > 0.5 - 1e-9
# region plot
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.2), layout="constrained")
near, low = np.flatnonzero(np.abs(place) < 8)[::16], np.argsort(pitch)
low = low[np.abs(pitch[low]) < 4]
for ax, axis, values, color in ((left, place[near], wave[near], "C0"), (right, pitch[low], sound[low], "C1")):
    ax.fill_between(axis, np.abs(values) ** 2 / np.max(np.abs(values) ** 2), color=color, alpha=0.5)
left.set(xlabel="place", xlim=(-8, 8), ylim=(0, 1.1), yticks=[])
right.set(xlabel="pitch", xlim=(-4, 4), ylim=(0, 1.1), yticks=[])
# endregion

# %% solution:twice-as-long
answer = 0.5 / 3.0

# %% check:twice-as-long
import numpy as np

place = np.linspace(-200, 200, 2**14, endpoint=False)
pitch = 2 * np.pi * np.fft.fftfreq(len(place), place[1] - place[0])
share = np.abs(np.fft.fft(np.exp(-(place**2) / 36))) ** 2
least = np.sqrt(share @ pitch**2 / share.sum())
assert abs(answer - least) < 0.005, f"the bell is the best there is: σk = 1 / (2 σx), and it has {least:.3f}"
