"""Scripts are split into cells with line numbers; names that are wrong are told with the nearest."""

from pathlib import Path

import pytest

from kamipen.article.imports import kit_files, packages
from kamipen.article.scripts import CellReference, Scripts, read
from kamipen.errors import SourceError, UnknownCell, UnknownScript

SAMPLE = Path(__file__).parents[2] / "data/article/snippets"


def test_cells_have_source_line_and_kind():
    script = read(SAMPLE / "sample.py")
    assert script.title == "A script with a cell of each kind."
    assert [cell.name for cell in script.shown] == ["bowl", "picture", "clock"]
    assert script.exercises == ("limit", "sign", "step")
    lines = script.source.splitlines()
    for cell in script.cells:
        assert "\n".join(lines[cell.line - 1 :]).startswith(cell.source)
        assert cell.source == cell.source.strip("\n")
    assert [cell.name for cell in script.above(script["clock"])] == ["bowl", "picture"]
    assert (script["check:step"].kind, script["check:step"].exercise) == ("check", "step")
    assert len(script["bowl"].digest) == 12


def test_reference_has_options_in_order():
    reference = CellReference.parse("a#b\nslider: x 1 2 1\n\nslider: y 1 2 1\nalt: one: two\n")
    assert str(reference) == "a#b"
    assert reference.options == (("slider", "x 1 2 1"), ("slider", "y 1 2 1"), ("alt", "one: two"))


def test_unknown_names_are_told_with_the_nearest():
    scripts = Scripts(SAMPLE)
    assert "sample" in scripts
    assert "simple" not in scripts
    with pytest.raises(UnknownScript, match="there is no script `simple`: did you mean `sample`"):
        scripts.cell("simple#bowl")
    with pytest.raises(UnknownCell, match="did you mean `picture`"):
        scripts.cell("sample#pictures")
    with pytest.raises(UnknownCell, match="there are: bowl, check:limit"):
        scripts.cell("sample#zzz")


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "one.py"
    path.write_text("# %% a\n1\n")
    scripts = Scripts(tmp_path)
    assert scripts["one"].cells[0].source == "1"
    path.write_text("# %% a\n22\n")
    assert scripts["one"].cells[0].source == "22"


BAD = {
    "x = 1\n": "one.py:1: has no cells",
    "# %% a\nx = (\n": "one.py:2: is no Python",
    "# %% a\n# %% b\n1\n": "one.py:2: cell `a` is empty",
    "# %% a\n1\n# %% a\n2\n": "one.py:3: there are two cells `a`",
    "# %% Two Words\n1\n": "one.py:1: `Two Words` is no cell name",
    "# %%\n1\n": "one.py:1: `` is no cell name",
    '"""Title."""\nimport os\n# %% a\n1\n': "one.py:2: stands above the first cell",
    '# %% a\n1\n"\\s"\n': "one.py:3: is no Python",
}


@pytest.mark.parametrize("source", BAD)
def test_a_script_that_cannot_be_split_is_refused(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "one.py"
    path.write_text(source)
    with pytest.raises(SourceError) as refusal:
        read(path)
    assert str(refusal.value).startswith(BAD[source])


def test_packages_are_those_of_the_lock():
    assert packages(["import math, numpy as np"]) == ("numpy", "kamipen-kit")
    assert packages(["from sklearn.datasets import load_digits"]) == ("scikit-learn", "kamipen-kit")
    assert packages(["import kit.draw"])[-1] == "kamipen-kit"
    with pytest.raises(SourceError, match="imports `torch`, which the browser's runtime lacks"):
        packages(["import math\nimport torch"])


def test_the_kit_is_followed():
    files = {path.name for path in kit_files("from kit import outputs")}
    assert {"draw.py", "outputs.py", "rich.py"} <= files
    assert "tensor.py" not in files
    assert kit_files("import numpy") == ()
