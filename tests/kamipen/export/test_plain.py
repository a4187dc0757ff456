"""The plain twin runs and says what it prints; the notebook is valid and holds the same cells."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from kamipen.article.articles import read
from kamipen.article.scripts import Scripts
from kamipen.export.plain import CONTINUED, notebook, twin
from kamipen.recording.records import Records

DATA = Path(__file__).parents[2] / "data/article"


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> Records:
    return Records(Scripts(DATA / "snippets"), tmp_path_factory.mktemp("record"))


@pytest.fixture
def article():
    return read(DATA / "docs/ja/maths/sample.md")


def codeblocks(page: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "--codeblocks", "-q", "-p", "no:cacheprovider", page.name]
    return subprocess.run(command, cwd=page.parent, capture_output=True, text=True, check=False)


def test_twin_reads_plainly(article, records):
    text = twin(article, records)
    assert "# 【見本】すべての部品" in text
    assert "**懐疑派** 勘では**なく**？" in text
    assert "**判定｜条件つき** 境目は" in text
    assert "    theta -0.59, limit 0.200" in text
    assert "*図： 段ごとに縮む <振動>*" in text
    assert "[別の記事](../../learning/other/index.md#x)" in text
    assert "///" not in text
    assert "{#" not in text


def test_twin_has_every_cell_in_one_chain(article, records):
    text = twin(article, records)
    assert text.count("```python") == 3
    assert text.count(CONTINUED) == 2


def test_twin_runs(article, records, tmp_path):
    page = tmp_path / "index.md"
    page.write_text(twin(article, records), encoding="utf-8")
    result = codeblocks(page)
    assert result.returncode == 0, result.stdout
    assert "1 passed" in result.stdout


def test_twin_with_another_output_fails(article, records, tmp_path):
    steady = article.text.replace("volatile: true\n", "")
    object.__setattr__(article, "text", steady)
    page = tmp_path / "index.md"
    text = twin(article, records)
    page.write_text(text, encoding="utf-8")
    assert codeblocks(page).returncode == 0
    page.write_text(text.replace("limit 0.200\n", "limit 0.201\n"), encoding="utf-8")
    assert codeblocks(page).returncode == 1


def test_notebook_is_valid_and_holds_the_scripts_cells(article, records):
    made = notebook(article, records)
    nbformat.validate(nbformat.from_dict(made))
    code = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]
    assert code == [cell.source for cell in Scripts(DATA / "snippets")["sample"].shown]
    assert made == notebook(article, records)


def test_notebook_brings_what_it_needs_of_the_kit(article, tmp_path):
    folder = tmp_path / "snippets"
    folder.mkdir()
    source = (DATA / "snippets/sample.py").read_text(encoding="utf-8")
    (folder / "sample.py").write_text(source.replace("import numpy as np", "import kit.draw\nimport numpy as np"))
    made = notebook(article, Records(Scripts(folder), tmp_path / "record"))
    code = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]
    assert 'pathlib.Path("kit").mkdir' in code[0]
    assert code[1].startswith("%%writefile kit/draw.py\n")
