"""Recording: what cells put out, in order; the same bytes again; once only; and errors told as Python tells them."""

# pyright: basic

from pathlib import Path

import pytest

from kamipen.article.imports import modules
from kamipen.article.scripts import Scripts
from kamipen.errors import SourceError, UnknownCell
from kamipen.recording import records as recording
from kamipen.recording import run
from kamipen.recording.items import Figure, Rich, Text
from kamipen.recording.records import Records

SAMPLE = """
# %% one
import sys
x = 3
print("a")
print("b")
x + 1

# %% two
import matplotlib.pyplot as plt
class Table:
    def _repr_html_(self):
        return "<b>1</b>"
plt.plot([1, 2]);
Table()

# %% solution:e
x = 5
answer = x / 3

# %% check:e
assert x == 5

# %% solution:f
answer = x
"""


@pytest.fixture
def folder(tmp_path) -> Path:
    return write(tmp_path, SAMPLE)


def write(folder: Path, source: str, name: str = "sample") -> Path:
    (folder / f"{name}.py").write_text(source, encoding="utf-8")
    return folder


def records(folder: Path) -> Records:
    return Records(Scripts(folder), folder / "cache")


def test_outputs_come_in_order_and_values_from_their_namespace(folder):
    found = records(folder).get("sample", {"one": ["x", "[x, 1 / 3]"], "two": ["y"]})
    assert found.outputs["one"] == [Text("stdout", "a\nb\n4\n")]
    assert found.printed["one"] == "a\nb\n"
    rich, figure = found.outputs["two"]
    assert rich == Rich("<b>1</b>")
    assert isinstance(figure, Figure)
    assert found.value("one", "x") == 3
    assert found.value("one", "[x, 1 / 3]") == [3, 0.333333333333]
    assert found.value("solution:e", "answer") == 1.66666666667
    assert found.value("solution:f", "answer") == 3  # each exercise starts from the article's names
    with pytest.raises(SourceError, match=r"`y` cannot be evaluated after cell `sample#two`: NameError"):
        found.value("two", "y")


def test_a_script_is_recorded_once_and_gives_the_same_bytes(folder, monkeypatch):
    records(folder).get("sample", {"one": ["x"]})
    file = folder / "cache/sample.json"
    first = file.read_bytes()
    monkeypatch.setattr(recording, "run", lambda *_: pytest.fail("recorded again"))
    assert records(folder).get("sample", {"one": ["x"]}).value("one", "x") == 3
    monkeypatch.undo()
    file.unlink()
    records(folder).get("sample", {"one": ["x"]})
    assert file.read_bytes() == first


def test_a_change_of_script_or_question_records_again(folder):
    assert records(folder).get("sample").outputs["one"] == [Text("stdout", "a\nb\n4\n")]
    assert records(folder).get("sample", {"one": ["x * 2"]}).value("one", "x * 2") == 6
    write(folder, SAMPLE.replace('"a"', '"c"'))
    assert records(folder).get("sample").outputs["one"] == [Text("stdout", "c\nb\n4\n")]


def test_an_unknown_cell_is_refused(folder):
    with pytest.raises(UnknownCell, match="did you mean `one`"):
        records(folder).get("sample", {"on": ["x"]})


FAILING = {
    "an error": (
        "# %% one\nx = 1\n\n\ndef f():\n    return x / 0\n\n# %% two\nprint(1)\nf()\n",
        ["sample.py:6: cell `two` fails", 'sample.py", line 10, in <module>', "ZeroDivisionError: division by zero"],
    ),
    "an error in an exercise": (
        "# %% one\nx = 1\n# %% solution:e\nanswer = 1\n# %% check:e\n\nassert answer == 2, 'two'\n",
        ["sample.py:7: cell `check:e` fails", "AssertionError: two"],
    ),
    "a warning": (
        "# %% one\nimport numpy as np\nnp.float64(1) / np.float64(0)\n",
        ["sample.py:2: cell `one` writes to stderr", "RuntimeWarning: divide by zero"],
    ),
    "another stream": (
        "# %% one\nimport io, sys\nkept = sys.stdout\n\nsys.stdout = io.StringIO()\n# %% two\nprint(1)\n",
        ["sample.py:5: cell `one` leaves sys.stdout replaced", "contextlib.redirect_stdout"],
    ),
    "no stream": ("# %% one\nimport sys\nsys.stderr = None\n", ["sample.py:3: cell `one` leaves sys.stderr replaced"]),
    "an exit": ("# %% one\nimport os\nos._exit(3)\n", ["sample.py:2: Python died in cell `one`"]),
}


@pytest.mark.parametrize("name", FAILING)
def test_a_failing_script_names_file_line_and_reason(name, tmp_path):
    source, expected = FAILING[name]
    write(tmp_path, source)
    with pytest.raises(SourceError) as failure:
        records(tmp_path).get("sample")
    for part in expected:
        assert part in str(failure.value)
    assert "ipykernel" not in str(failure.value)


def test_a_cell_that_waits_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(run, "CELL_LIMIT", 1)
    write(tmp_path, "# %% one\nx = 1\n\n# %% two\nimport time\n\ntime.sleep(40)\n")
    with pytest.raises(
        SourceError, match=r"sample\.py:5: cell `two` takes more than 1 s: 10 s at most, .*compute less"
    ):
        records(tmp_path).get("sample")


def test_all_failures_are_told_at_once(tmp_path):
    write(tmp_path, "# %% one\n1 / 0\n", "first")
    write(tmp_path, "# %% one\nx\n", "second")
    with pytest.raises(SourceError) as failure:
        records(tmp_path).refresh({})
    assert "first.py:2" in str(failure.value)
    assert "second.py:2" in str(failure.value)


def test_a_record_depends_on_all_that_decides_what_is_recorded(folder, tmp_path):
    room = Path(recording.__file__).parent
    ours = {path for path in room.glob("*.py") if path.name != "__init__.py"}
    recorders = ours - {room / "exercises.py", room / "prose_values.py"}  # which prove and write, and record nothing
    imported = {module for path in recorders for module, _ in modules(path.read_text("utf-8"))}
    imported.discard("kamipen.article.probes")  # what articles ask for: the digest need not know, the record tells
    sources = {room.parents[1] / f"{name.replace('.', '/')}.py" for name in imported if "kamipen.article." in name}
    needed = ours | {path for path in sources if path.is_file()}
    assert {"kernel.py", "run.py", "scripts.py", "imports.py"} <= {path.name for path in needed}

    script = Scripts(folder)["sample"]
    copies = {path: tmp_path / f"{path.parent.name}-{path.name}" for path in recording.RECIPE}
    for path, copy in copies.items():
        copy.write_bytes(path.read_bytes())
    before = recording.digest(script, recipe=tuple(copies.values()))
    for path in needed:
        copies[path].write_bytes(path.read_bytes() + b"\n# changed")
        after = recording.digest(script, recipe=tuple(copies.values()))
        assert after != before, path
        before = after


def test_a_record_of_another_processor_is_another(folder):
    script = Scripts(folder)["sample"]
    assert recording.digest(script) != recording.digest(script, {"OPENBLAS_CORETYPE": "Haswell"})
