"""Scripts of authors who think in notebooks: what jupytext saves is read, and prose is sent to the page."""

from pathlib import Path
from typing import Any

import jupytext
import pytest

from kamipen.article.scripts import read
from kamipen.errors import SourceError

TOOL: Any = jupytext


def test_a_script_as_jupytext_saves_it_is_read(tmp_path: Path) -> None:
    notebook = TOOL.reads('# %%\n"""Title"""\n\n# %% one\nx = 1\n', "py:percent")
    notebook.metadata |= {
        "jupytext": {"text_representation": {"extension": ".py", "format_name": "percent"}},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
    }
    saved: str = TOOL.writes(notebook, "py:percent")
    assert saved.startswith("# ---\n# jupyter:") and '# %%\n"""Title"""' in saved
    path = tmp_path / "a.py"
    path.write_text(saved, "utf-8")
    script = read(path)
    assert ([cell.name for cell in script.cells], script.title, script["one"].source) == (["one"], "Title", "x = 1")


def test_prose_in_a_script_is_sent_to_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("# %% one\nx = 1\n\n# %% [markdown]\n# Words\n", "utf-8")
    with pytest.raises(SourceError, match=r"a\.py:4: `# %% \[markdown\]` is prose, which belongs in the page"):
        read(path)
