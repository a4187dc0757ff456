"""`make new FROM=notebook.ipynb`: script and pages hold what the notebook holds; what is none is refused."""

from pathlib import Path
from typing import Any

import nbformat
import pytest

from kamipen.article.scripts import Scripts
from kamipen.check.translations import findings
from kamipen.scaffold import scaffold
from kamipen.scaffold.request import Refused, Request
from tests.kamipen.scaffold.conftest import take_default

FORMAT: Any = nbformat
REQUEST = Request("two-words-more", "maths", "題", "Title", [], [], [])


def notebook(path: Path, *cells: tuple[str, str]) -> Path:
    kinds = {"code": FORMAT.v4.new_code_cell, "markdown": FORMAT.v4.new_markdown_cell}
    FORMAT.write(FORMAT.v4.new_notebook(cells=[kinds[kind](text) for kind, text in cells]), path)
    return path


def test_a_notebook_becomes_a_script_and_pages(root: Path) -> None:
    source = notebook(
        root / "mine.ipynb",
        ("markdown", "# The spread of a mean\n\nIt falls."),
        ("code", "%matplotlib inline\nimport numpy as np\nn = 100"),
        ("code", "print(n)"),
        ("markdown", "平均は縮む。"),
        ("code", "!pip install x"),
    )
    scaffold(REQUEST, root, take_default, source)
    scripts = Scripts(root / "snippets")
    script = scripts["two_words_more"]
    assert [cell.name for cell in script.cells] == ["the-spread-of-a-mean", "the-spread-of-a-mean-2"]
    assert script.cells[0].source == "import numpy as np\nn = 100" and script.title == "Title"
    assert [str(finding) for finding in findings(root / "docs", scripts)] == []
    ja, en = ((root / f"docs/{language}/maths/two-words-more.md").read_text("utf-8") for language in ("ja", "en"))
    assert "## The spread of a mean {#the-spread-of-a-mean}\n\nIt falls." in en and "平均は縮む" not in en
    assert "平均は縮む。" in ja and "{#the-spread-of-a-mean}" in ja and "It falls" not in ja
    assert "draft: true" in en
    assert "labels:" not in ja, "the words of the example's figure"


def test_what_is_no_notebook_is_refused(root: Path) -> None:
    (root / "text.ipynb").write_text("no JSON", "utf-8")
    with pytest.raises(Refused, match="is no notebook"):
        scaffold(REQUEST, root, take_default, root / "text.ipynb")
    with pytest.raises(Refused, match="there is no file"):
        scaffold(REQUEST, root, take_default, root / "none.ipynb")
    with pytest.raises(Refused, match="has no code"):
        scaffold(REQUEST, root, take_default, notebook(root / "a.ipynb", ("markdown", "words")))
