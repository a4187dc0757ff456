"""Slimming: what goes, what stays, and that a browser's cache can tell one content from another."""

import csv
import json
import subprocess
import zipfile
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from kamipen import node
from kamipen.runtime import served, stage
from kamipen.runtime.slim import UNWANTED, SlimError, slim

WHEEL = "thing-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
CONTENT = {
    "thing/__init__.py": "answer = 42\n",
    "thing/__init__.pyi": "answer: int\n",
    "thing/data.csv": "1,2\n",
    "thing/tests/test_thing.py": "assert True\n",
    "thing-1.0.dist-info/METADATA": "Name: thing\n",
    "thing-1.0.dist-info/RECORD": "stale\n",
}


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / WHEEL
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in CONTENT.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return path


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Replace the compiler: it notes its folder and turns every .py into a .pyc."""
    folders: list[Path] = []

    def run(_script: Path, _pyodide: str, folder: str) -> str:
        folders.append(Path(folder))
        for source in folders[-1].rglob("*.py"):
            source.rename(source.with_suffix(".pyc"))
        return ""

    monkeypatch.setattr(node, "run", run)
    return folders


def test_drops_what_no_article_needs_and_keeps_the_rest(wheel: Path, tmp_path: Path, compiled: list[Path]) -> None:
    slimmed = slim([wheel], tmp_path / "cache", tmp_path)[wheel]
    with zipfile.ZipFile(slimmed) as archive:
        assert set(archive.namelist()) == {
            "thing/__init__.pyc",
            "thing/data.csv",
            "thing-1.0.dist-info/METADATA",
            "thing-1.0.dist-info/RECORD",
        }


def test_writes_the_record_anew(wheel: Path, tmp_path: Path, compiled: list[Path]) -> None:
    slimmed = slim([wheel], tmp_path / "cache", tmp_path)[wheel]
    with zipfile.ZipFile(slimmed) as archive:
        rows = list(csv.reader(archive.read("thing-1.0.dist-info/RECORD").decode().splitlines()))
        assert sorted(row[0] for row in rows) == sorted(archive.namelist())
        for name, digest, size in rows:
            if digest:
                content = archive.read(name)
                encoded = urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()
                assert (digest, size) == (f"sha256={encoded}", str(len(content)))


def test_names_a_wheel_after_its_content_and_makes_it_once(wheel: Path, tmp_path: Path, compiled: list[Path]) -> None:
    one = slim([wheel], tmp_path / "one", tmp_path)[wheel]
    two = slim([wheel], tmp_path / "two", tmp_path)[wheel]
    again = slim([wheel], tmp_path / "two", tmp_path)[wheel]
    digest = sha256(one.read_bytes()).hexdigest()[:8]
    assert one.name == f"thing-1.0-0{digest}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
    assert one.read_bytes() == two.read_bytes()
    assert again == two
    assert len(compiled) == 2


def test_another_content_replaces_the_old_one(wheel: Path, tmp_path: Path, compiled: list[Path]) -> None:
    old = slim([wheel], tmp_path / "cache", tmp_path)[wheel]
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("thing/more.py", "more = 1\n")
    new = slim([wheel], tmp_path / "cache", tmp_path)[wheel]
    assert new.name != old.name
    assert not old.exists()


def test_after_an_interruption_all_are_made_together(wheel: Path, tmp_path: Path, compiled: list[Path]) -> None:
    other = wheel.with_name(WHEEL.replace("thing", "other"))
    other.write_bytes(wheel.read_bytes())
    slim([wheel], tmp_path / "cache", tmp_path)
    names: list[set[str]] = []

    def unpacked(_script: Path, _pyodide: str, folder: str) -> str:
        names.append({path.name for path in Path(folder).iterdir()})
        return ""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(node, "run", unpacked)
        slim([wheel, other], tmp_path / "cache", tmp_path)
    assert names == [{wheel.name, other.name}]


def test_says_so_when_the_compiler_fails(wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = type("Result", (), {"returncode": 1, "stderr": "SyntaxError: no"})
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: result)
    with pytest.raises(SlimError, match="SyntaxError: no"):
        slim([wheel], tmp_path / "cache", tmp_path)


@pytest.mark.parametrize(
    "name",
    [
        "scipy/stats/_bws_test.py",
        "scipy/special/_testutils.py",
        "numpy/testing/__init__.py",
        "sklearn/utils/_testing.py",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "sklearn/datasets/data/iris.csv",
        "numpy-2.4.3.dist-info/METADATA",
    ],
)
def test_keeps(name: str) -> None:
    assert not UNWANTED.search(name)


@pytest.mark.parametrize(
    "name",
    [
        "scipy/stats/tests/test_qmc.py",
        "numpy/conftest.py",
        "scipy/_lib/_test_ccallback.cpython-314-wasm32-emscripten.so",
        "numpy/_core/_umath_tests.cpython-314-wasm32-emscripten.so",
        "numpy/__init__.pyi",
        "numpy/_core/include/numpy/arrayobject.h",
        "matplotlib/mpl-data/fonts/afm/phvr8a.afm",
    ],
)
def test_drops(name: str) -> None:
    assert UNWANTED.search(name)


def test_what_is_served_names_its_origins_and_holds_bytecode_for_a_first_run(tmp_path: Path) -> None:
    target = stage.stage(tmp_path)
    npm = json.loads((stage.NPM / served.LOCK).read_bytes())["packages"]
    lock = json.loads((target / served.LOCK).read_bytes())
    for name, entry in lock["packages"].items():
        assert entry["sha256"] == sha256((target / entry["file_name"]).read_bytes()).hexdigest()
        if name != "kamipen-kit":
            assert entry["origin"] == {key: npm[name][key] for key in ("file_name", "sha256")}
    library = lock["info"]["standard_library"]
    assert library["origin"]["sha256"] == stage.CORE[stage.STANDARD_LIBRARY]
    with zipfile.ZipFile(target / lock["packages"]["numpy"]["file_name"]) as numpy:
        assert "numpy/__init__.pyc" in numpy.namelist()
        assert "numpy/_configtool.py" in numpy.namelist()  # nobody's first run
        assert numpy.read("numpy/__init__.pyc")[:4] == b"\x2b\x0e\r\n"  # Python 3.14
