"""Two widths: the spring's product is 1 whatever the friction, and no wave gets below 1/2."""

import numpy as np
import pytest

from kamipen.article.scripts import read
from kamipen.project import ROOT

SPRING = read(ROOT / "snippets" / "springs_and_waves.py")["spring"].source


@pytest.mark.parametrize("friction", [0.1, 0.3, 0.8, 1.2])
def test_the_spring_s_product_is_one(friction):
    import matplotlib.pyplot as plt

    space: dict = {}
    exec(SPRING.replace("friction = 0.4", f"friction = {friction}"), space)
    plt.close("all")
    assert space["lasts"] * space["width"] == pytest.approx(1, abs=0.06)


@pytest.mark.parametrize("seed", range(20))
def test_no_wave_of_random_parts_gets_below_a_half(names, seed):
    rng, place = np.random.default_rng(seed), names["place"]
    parts = [rng.normal() * np.exp(-(((place - rng.normal()) / rng.uniform(0.5, 3)) ** 2)) for _ in range(4)]
    wave = np.sum(parts, axis=0) * np.exp(1j * rng.normal() * place)
    assert names["spread"](place, wave) * names["spread"](names["pitch"], np.fft.fft(wave)) > 0.5 - 1e-9


@pytest.mark.parametrize("width", [0.5, 1.0, 2.0])
def test_the_bell_alone_reaches_it_and_drift_takes_it_away(names, width):
    product = {
        (shape, drift): names["spread"](names["place"], wave) * names["spread"](names["pitch"], np.fft.fft(wave))
        for shape in ("bell", "roof", "spike", "twin")
        for drift in (0.0, 1.0)
        for wave in [names["drawn"](shape, width, drift)]
    }
    assert product["bell", 0.0] == pytest.approx(0.5, abs=1e-6)
    assert min(value for key, value in product.items() if key != ("bell", 0.0)) > 0.51
