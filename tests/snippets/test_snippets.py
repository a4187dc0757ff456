"""Every script runs natively, in the published order, in time and without a warning; every exercise can be trusted."""

# pyright: basic

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from kamipen.article.regions import regions
from kamipen.article.scripts import Scripts, read
from kamipen.project import ROOT
from kamipen.recording import exercises
from kamipen.recording.exercises import choices_of, problems

SCRIPTS = Scripts(ROOT / "snippets")
CPU_LIMIT = 20  # seconds of one core
WALL_LIMIT = 180  # seconds, on a machine with other things to do
ONE_CORE = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "svg",
    "MPLCONFIGDIR": "/tmp/kamipen-mpl",
}


@pytest.fixture(scope="session")
def choices() -> dict[str, dict[str, int]]:
    return choices_of(ROOT / "docs")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_script_runs_in_order_and_in_time_and_its_exercises_hold(name, choices):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-W", "error", "-m", "kamipen.recording.exercises", f"{ROOT}/snippets/{name}.py"]
    result = subprocess.run(
        [*command, json.dumps(choices.get(name, {}))],
        env=os.environ | ONE_CORE,
        capture_output=True,
        text=True,
        timeout=WALL_LIMIT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.returncode == 0, result.stderr
    found = [line for line in result.stdout.splitlines() if line.startswith((f"{name}#check:", f"{name}#solution:"))]
    assert not found, "\n".join(found)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used < CPU_LIMIT, f"{name} took {used:.1f} s of one core"


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_cells_are_short_enough_to_be_read(name):
    for cell in SCRIPTS[name].shown:
        assert len(cell.source.splitlines()) <= 60, cell.reference


def exercise_script(tmp_path: Path, cells: str) -> Path:
    path = tmp_path / "sample.py"
    path.write_text(f"# %% law\nhalf = 0.5\n\n{cells}\n")
    return path


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            "# %% solution:a\nanswer = half\n# %% check:a\nassert abs(answer - half) < 0.01, 'half'",
            [],
        ),
        (
            "# %% solution:a\nanswer = 1\n# %% check:a\nassert answer == half, 'half'",
            ["sample#check:a refuses the solution: half"],
        ),
        (
            "# %% exercise:a\ndef f(): return half\n# %% solution:a\ndef f(): return half\n# %% check:a\nassert f()",
            ["sample#check:a accepts the starter"],
        ),
        (
            "# %% exercise:a\ndef f(): raise NotImplementedError\n"
            "# %% solution:a\ndef f(): return half\n# %% check:a\nassert f()",
            [],
        ),
        (
            "# %% solution:two\nanswer = 2\n# %% check:two\nassert answer > 1, 'more'",
            ["sample#check:two accepts the wrong answer 3"],
        ),
    ],
)
def test_an_exercise_that_cannot_be_trusted_is_found(tmp_path, cells, expected):
    script = read(exercise_script(tmp_path, cells))
    main = sys.modules["__main__"]
    try:
        assert list(problems(script, {"two": 3})) == expected
    finally:
        sys.modules["__main__"] = main


def test_a_check_that_takes_any_number_is_found(tmp_path):
    script = read(exercise_script(tmp_path, "# %% solution:a\nanswer = 2.0\n# %% check:a\nassert answer > 0"))
    main = sys.modules["__main__"]
    try:
        found = list(problems(script, {}))
    finally:
        sys.modules["__main__"] = main
    assert [problem.rpartition(" ")[2] for problem in found] == ["2.1", "1.9", "4.0"]


def test_a_starter_that_never_ends_is_given_up(tmp_path, monkeypatch):
    cells = "# %% exercise:a\nwhile True:\n    pass\n# %% solution:a\nanswer = 1\n# %% check:a\nassert answer == 1, '1'"
    monkeypatch.setattr(exercises, "CELL_LIMIT", 1)
    main = sys.modules["__main__"]
    try:
        with pytest.raises(exercises.TooSlow, match="sample#exercise:a takes more than 1 s"):
            list(problems(read(exercise_script(tmp_path, cells)), {}))
    finally:
        sys.modules["__main__"] = main


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_fold_has_its_name_in_both_languages(language):
    texts = json.loads((ROOT / "src" / "texts" / f"{language}.json").read_text(encoding="utf-8"))
    for script in SCRIPTS.values():
        for cell in script.cells:
            for region in regions(cell.source):
                assert f"fold.{region.name}" in texts, f"{cell.reference}: `# region {region.name}` has no name"
