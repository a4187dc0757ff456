"""Recording of states: as the page's worker runs them, each from the names that the cells above left."""

import json

import pytest

from kamipen.article import outline
from kamipen.article.scripts import Scripts
from kamipen.article.values import wanted
from kamipen.errors import SourceError
from kamipen.recording.states import States
from kamipen.recording.states.encoding import decode

pytestmark = pytest.mark.slow

SCRIPT = """
# %% above
counts = [1]

# %% cell
import matplotlib.pyplot as plt
eta = 0.2
mode = "line"
counts.append(eta)
total = sum(counts)
print("counts", counts)
assert eta < 0.3, "too large"
if mode == "line":
    plt.plot([0, eta])
total
"""
PAGE = "Total {{cell: total .2f}}.\n\n```cell\nscript#cell\nslider: eta 0.1 0.3 0.1\nchoice: mode line none\n```\n"


@pytest.fixture
def scripts(tmp_path) -> Scripts:
    (tmp_path / "script.py").write_text(SCRIPT, encoding="utf-8")
    return Scripts(tmp_path)


def record(scripts: Scripts, page: str = PAGE) -> dict:
    states = States(scripts, scripts.folder / "cache")
    asked = {name: [one] for name, one in wanted(outline.parse(page), scripts).items()}
    (name,) = states.refresh(asked, quiet=True)
    return json.loads(states.path(name).read_text("utf-8"))


def test_each_state_starts_from_what_the_cells_above_left(scripts):
    file = record(scripts)
    items, values = decode(file, ("0.1", '"line"'))
    assert items[0] == {"kind": "text", "stream": "stdout", "text": "counts [1, 0.1]\n1.1\n"}
    assert items[1]["kind"] == "figure"
    assert values == ["1.10"]
    items, _ = decode(file, ("0.2", '"none"'))
    assert [item["kind"] for item in items] == ["text"]


def test_an_error_is_an_output_as_the_page_shows_it(scripts):
    items, values = decode(record(scripts), ("0.3", '"line"'))
    error = items[-1]
    assert (error["kind"], error["type"], error["message"], error["line"]) == (
        "error",
        "AssertionError",
        "too large",
        7,
    )
    assert 'File "script#cell", line 7' in error["traceback"]
    assert values == ["1.30"]


def test_what_did_not_change_is_not_recorded_again(scripts, monkeypatch):
    first = record(scripts)
    monkeypatch.setattr("kamipen.recording.states._run", None)
    assert record(scripts) == first


def test_states_of_one_script_run_two_at_a_time(scripts):
    waits = """
eta = 0.2
import pathlib, time
met = pathlib.Path({folder!r})
met.mkdir(exist_ok=True)
(met / str(eta)).touch()
until = time.monotonic() + 5
while len(list(met.iterdir())) < 2 and time.monotonic() < until:
    time.sleep(0.01)
print(len(list(met.iterdir())) > 1)
"""
    cell = waits.format(folder=str(scripts.folder / "met"))
    (scripts.folder / "script.py").write_text(f"\n# %% cell{cell}")
    file = record(scripts, "```cell\nscript#cell\nslider: eta 0.1 0.2 0.1\n```\n")
    for eta in ("0.1", "0.2"):
        items, _ = decode(file, (eta,))
        assert items[0]["text"] == "True\n", "the first waited for the second"


def test_a_state_that_ends_python_is_told_with_its_values(scripts):
    (scripts.folder / "script.py").write_text(SCRIPT.replace("assert", "import os\neta < 0.3 or os.abort()\nassert"))
    with pytest.raises(SourceError, match=r'script.py:6: cell `cell` with eta = 0.3, mode = "line" ends Python'):
        record(scripts)
