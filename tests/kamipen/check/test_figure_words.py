"""Words of figures that a Japanese page leaves in English are told; numbers, symbols and units are no words."""

from pathlib import Path

import pytest

from kamipen.article.scripts import Scripts
from kamipen.check.drawn import Drawn
from kamipen.check.figure_words import find, needs_translation
from kamipen.check.pages import FORM, AuthoredPage, read_pages
from kamipen.recording.records import Records
from kamipen.recording.states import States, requests_of_pages


@pytest.mark.parametrize(
    "text", ["step", "test accuracy", "error [%]", "ReLU layer", "log10 prior odds", "loss at $n$"]
)
def test_words(text: str) -> None:
    assert needs_translation(text)


@pytest.mark.parametrize(
    "text",
    [
        "0.5",
        "−3",
        "η",
        "t",
        "x & y",
        "p = n",
        "log x",
        "ms",
        "10 kB",
        "歩数 step",
        "f(X + tY)",
        "SVM",
        r"t = $\mathrm{word}$",
    ],
)
def test_no_words(text: str) -> None:
    assert not needs_translation(text)


SCRIPT = """# %% cell
import matplotlib.pyplot as plt

kind = "plain"
plt.plot([0, 1], [0, 1], label=r"gap to $\\frac{1}{n}$" if kind == "root" else kind)
plt.legend()
"""
PAGE = """---
title: Page
form: {form}
labels: {{plain: 素, gone: 無}}
---

```cell
script#cell
choice: kind plain moved root
```
"""


@pytest.fixture
def page(tmp_path: Path) -> AuthoredPage:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/script.py").write_text(SCRIPT)
    (tmp_path / "docs/ja").mkdir(parents=True)
    (tmp_path / "docs/ja/page.md").write_text(PAGE.format(form=FORM))
    (page,) = read_pages(tmp_path / "docs")
    assert isinstance(page, AuthoredPage)
    return page


def told(page: AuthoredPage, folder: Path) -> list[str]:
    scripts = Scripts(folder / "snippets")
    drawn = Drawn(page, scripts, Records(scripts, folder / "record"), folder / "states")
    return [finding.problem for finding in find(page, drawn)]


def test_words_of_all_states_are_told(page: AuthoredPage, tmp_path: Path) -> None:
    assert told(page, tmp_path) == []  # nothing is known yet of the states
    scripts = Scripts(tmp_path / "snippets")
    States(scripts, tmp_path / "states").refresh(requests_of_pages(tmp_path / "docs", scripts), quiet=True)
    moved, root, gone = told(page, tmp_path)
    assert moved == "a figure says `moved`: add `moved: …` to `labels:` in the front matter"
    assert root.startswith(r"a figure says `gap to $\frac{1}{n}$`: write its formula without a bar")
    assert gone.startswith("no figure says `gone`")
