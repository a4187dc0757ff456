"""`make check` of recorded states: what takes long, weighs much or ends Python is told with place and remedy."""

import pytest

from kamipen.check import states
from kamipen.project import ROOT

pytestmark = pytest.mark.slow

SCRIPT = """# %% cell
import numpy as np

eta = 0.2
print(eta, np.random.default_rng(int(100 * eta)).random(300))
"""
PAGE = """---
title: Page
---

```cell
script#cell
slider: eta 0.1 0.3 0.1
```
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/script.py").write_text(SCRIPT)
    for language in ("ja", "en"):
        (tmp_path / f"docs/{language}").mkdir(parents=True)
        (tmp_path / f"docs/{language}/page.md").write_text(PAGE)
    return tmp_path


def told(root) -> list[str]:
    return [str(finding).removeprefix(f"{root}/") for finding in states.findings(root, root / "cache")]


def test_the_articles_have_no_finding(monkeypatch):
    monkeypatch.setattr(states, "SECONDS", float("inf"))  # they are this machine's, and `make check` tells them
    assert not states.findings(ROOT)


def test_what_is_too_much_is_told_once_with_its_line(root, monkeypatch):
    assert told(root) == []
    monkeypatch.setattr(states, "SECONDS", 0.0)
    monkeypatch.setattr(states, "KILOBYTES", 1)
    slow, heavy = told(root)
    assert slow.startswith("docs/en/page.md:5: `script#cell` takes 0.")
    assert "s for its 3 states, 0 at most: take coarser steps" in slow
    assert "docs/en/page.md:5: the 3 states of `script#cell` weigh " in heavy


def test_a_state_that_cannot_be_recorded_is_told(root):
    script = root / "snippets/script.py"
    script.write_text(f"{SCRIPT}import os\nif eta > 0.2: os.abort()\n")
    (finding,) = told(root)
    assert finding == "snippets/script.py:2: cell `cell` with eta = 0.3 ends Python by signal 6"
