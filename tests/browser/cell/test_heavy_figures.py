"""Figures of many shapes or bytes: putting them up holds up the screen no longer than anything else."""

import pytest
from playwright.sync_api import Browser

from kamipen.bench.cost import WATCH
from tests.browser.cell.conftest import Lab
from tests.browser.long_tasks import ATTEMPTS, long_now

START = """import matplotlib.pyplot as plt
import numpy as np
from matplotlib.collections import LineCollection

rng = np.random.default_rng(0)
"""
FIGURES = {
    "20,000 segments": "plt.gca().add_collection(LineCollection(rng.random((20_000, 2, 2))))",
    "5,000 bars": "plt.hist(rng.normal(size=100_000), bins=5000)",
    "an uneven mesh": "edges = np.cumsum(rng.random(301))\nplt.pcolormesh(edges, edges, rng.random((300, 300)))",
    "more than 8 MB": "_, axes = plt.subplots(4, 4, figsize=(40, 40))\n"
    "for one in axes.flat:\n    one.imshow(rng.random((600, 600, 3)))",
    "just too few for a picture": "plt.scatter(*rng.random((2, 1_900)), s=60 * rng.random(1_900), c=rng.random(1_900))",
    "1,500 words": "for n in range(1_500):\n    plt.text(*rng.random(2), f'word {n}')",
}


@pytest.mark.parametrize("figure", FIGURES)
def test_no_task_of_ours_is_long(browser: Browser, base_url: str, figure: str) -> None:
    context = browser.new_context(base_url=base_url)
    context.set_default_timeout(120_000)
    cells = Lab(context.new_page())
    cells.page.add_init_script(WATCH)
    cells.open()
    cells.run("base")
    attempts: list[object] = []
    for attempt in range(ATTEMPTS):
        cells.write("drawing", f"{START}{FIGURES[figure]}\nprint('attempt', {attempt})")
        cells.page.wait_for_timeout(500)
        cells.page.evaluate("blocked.length = 0")
        long = long_now()
        cells.run("drawing")
        cells.output("drawing").get_by_text(f"attempt {attempt}").wait_for()
        cells.output("drawing").locator(".kp-figure > svg").wait_for()
        cells.page.wait_for_timeout(500)
        attempts.append([task for task in cells.page.evaluate("blocked") if task[0] > long])
        if not attempts[-1]:
            break
    context.close()
    assert not attempts[-1], attempts
