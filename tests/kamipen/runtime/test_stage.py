"""Staging the runtime: what is served is what the lock names, and every refusal says what to do."""

import errno
import json
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kamipen import files
from kamipen.browser.pages_server import serving
from kamipen.files import FileError
from kamipen.project import ROOT
from kamipen.runtime import kit, served
from kamipen.runtime.served import LOCK, RuntimeStageError
from kamipen.runtime.sources import Address, Folder, Redistributor, Unavailable, sources
from kamipen.runtime.stage import NPM, STANDARD_LIBRARY, Supply, stage

WHEELS = {"numpy": [], "matplotlib": ["numpy"], "unrelated": []}


def file_name(package: str) -> str:
    return f"{package}-1.0-py3-none-any.whl"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of small wheels."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    for package in WHEELS:
        with zipfile.ZipFile(folder / file_name(package), "w") as wheel:
            wheel.writestr(zipfile.ZipInfo(f"{package}/__init__.py"), f"name = {package!r}\n")
    return folder


@pytest.fixture
def supply(tmp_path: Path, shelf: Path) -> Supply:
    """A small Pyodide: core files, a lock, and the shelf as the only source."""
    npm = tmp_path / "node_modules" / "pyodide"
    npm.mkdir(parents=True)
    lock: dict[str, Any] = json.loads((NPM / LOCK).read_bytes())
    template = lock["packages"]["six"]
    lock["packages"] = {
        package: template
        | {
            "name": package,
            "version": "1.0",
            "file_name": file_name(package),
            "imports": [package],
            "depends": depends,
            "sha256": digest(shelf / file_name(package)),
        }
        for package, depends in WHEELS.items()
    }
    (npm / LOCK).write_text(json.dumps(lock))
    (npm / "pyodide.mjs").write_text("export const loadPyodide = 0\n")
    (npm / STANDARD_LIBRARY).write_bytes(b"a library")
    core = {path.name: digest(path) for path in npm.iterdir()}
    return Supply(npm, core, tmp_path / "cache", (Folder(shelf),), ("matplotlib",), slimmed=False)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def staged(site: Path) -> set[str]:
    return {path.name for path in site.rglob("*") if path.is_file()}


def test_stages_core_wheels_and_kit_and_the_lock_that_names_them(tmp_path: Path, supply: Supply) -> None:
    target = stage(tmp_path / "site", supply)
    kit_wheel = kit.wheel()
    wanted = {file_name("numpy"), file_name("matplotlib"), kit_wheel.name}
    library = f"python_stdlib-{sha256(b'a library').hexdigest()[:8]}.zip"
    assert staged(tmp_path / "site") == wanted | {"pyodide.mjs", library, LOCK}
    lock = json.loads((target / LOCK).read_bytes())
    assert {entry["file_name"]: entry["sha256"] for entry in lock["packages"].values()} == {
        name: digest(target / name) for name in wanted
    }
    assert set(lock["packages"]["kamipen-kit"]["depends"]) == {"numpy", "matplotlib"}
    assert "kit" in lock["packages"]["kamipen-kit"]["imports"]
    served = lock["info"]["standard_library"]
    assert (served["file_name"], served["sha256"]) == (library, digest(target / library))
    assert served["origin"] == {"file_name": STANDARD_LIBRARY, "sha256": supply.core[STANDARD_LIBRARY]}


def test_the_second_time_nothing_is_written(tmp_path: Path, supply: Supply, monkeypatch: pytest.MonkeyPatch) -> None:
    target = stage(tmp_path / "site", supply)
    before = {path: path.stat().st_mtime_ns for path in target.iterdir()}
    monkeypatch.setattr(files, "write", None)
    stage(tmp_path / "site", supply)
    assert {path: path.stat().st_mtime_ns for path in target.iterdir()} == before


def test_a_changed_staged_file_is_put_right_and_a_stale_wheel_removed(tmp_path: Path, supply: Supply) -> None:
    target = stage(tmp_path / "site", supply)
    (target / file_name("numpy")).write_bytes(b"other")
    (target / "old-0.1-py3-none-any.whl").write_bytes(b"old")
    (target / "python_stdlib-0ld0ld0l.zip").write_bytes(b"old")
    (target / "numpy.snapshot.gz").write_bytes(b"not ours")
    stage(tmp_path / "site", supply)
    assert digest(target / file_name("numpy")) == digest(supply.cache / file_name("numpy"))
    assert not {"old-0.1-py3-none-any.whl", "python_stdlib-0ld0ld0l.zip"} & staged(target)
    assert "numpy.snapshot.gz" in staged(target)


def refusal(tmp_path: Path, supply: Supply) -> str:
    """Return the message of the refusal, after seeing that nothing was staged."""
    with pytest.raises((RuntimeStageError, FileError)) as caught:
        stage(tmp_path / "site", supply)
    assert not staged(tmp_path / "site")
    return str(caught.value)


def test_refuses_a_wheel_with_another_digest(tmp_path: Path, supply: Supply, shelf: Path) -> None:
    (shelf / file_name("numpy")).write_bytes(b"tampered")
    message = refusal(tmp_path, supply)
    assert file_name("numpy") in message
    assert str(shelf) in message
    assert sha256(b"tampered").hexdigest() in message
    assert "KAMIPEN_WHEELS" in message
    assert not (supply.cache / file_name("numpy")).exists()


def test_refuses_a_changed_file_in_the_cache(tmp_path: Path, supply: Supply) -> None:
    supply.cache.mkdir()
    (supply.cache / file_name("numpy")).write_bytes(b"cut short")
    message = refusal(tmp_path, supply)
    assert str(supply.cache / file_name("numpy")) in message
    assert "Delete this file" in message


def test_refuses_a_lock_with_one_changed_digest(tmp_path: Path, supply: Supply) -> None:
    lock = supply.npm / LOCK
    lock.write_text(lock.read_text().replace(lock.read_text()[-100:-99], "0", 1) + " ")
    message = refusal(tmp_path, supply)
    assert str(lock) in message
    assert "run make again" in message


def test_refuses_a_missing_core_file(tmp_path: Path, supply: Supply) -> None:
    (supply.npm / "pyodide.mjs").unlink()
    message = refusal(tmp_path, supply)
    assert str(supply.npm / "pyodide.mjs") in message
    assert "is missing" in message
    assert "run make again" in message


def test_refuses_when_no_source_has_the_file(tmp_path: Path, supply: Supply, shelf: Path) -> None:
    (shelf / file_name("matplotlib")).unlink()
    message = refusal(tmp_path, supply)
    assert file_name("matplotlib") in message
    assert f"{shelf}: no such file" in message
    assert "KAMIPEN_WHEELS" in message


def test_refuses_without_a_network(tmp_path: Path, supply: Supply) -> None:
    cdn = Address("http://127.0.0.1:9/full")  # the discard port: nobody answers
    message = refusal(tmp_path, replace(supply, sources=(cdn,)))
    assert "http://127.0.0.1:9/full/: cannot be reached" in message
    assert "Go online" in message


def test_refuses_when_the_disk_is_full(tmp_path: Path, supply: Supply, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", full)
    message = refusal(tmp_path, supply)
    assert "The disk is full" in message
    assert file_name("numpy") in message
    assert "Free some and run again" in message


def test_refuses_a_package_that_the_lock_does_not_have(tmp_path: Path, supply: Supply) -> None:
    message = refusal(tmp_path, replace(supply, packages=("torch",)))
    assert "torch" in message


def test_asks_the_sources_in_order_and_goes_on_past_those_that_lack_the_file(
    tmp_path: Path, supply: Supply, shelf: Path
) -> None:
    with serving(shelf, prefix="/full/") as server:
        empty = Folder(tmp_path / "nowhere")
        asked = (empty, Address(server.address), Refusing())
        stage(tmp_path / "site", replace(supply, sources=asked))


def test_the_cache_is_asked_first(tmp_path: Path, supply: Supply) -> None:
    stage(tmp_path / "one", supply)
    stage(tmp_path / "two", replace(supply, sources=(Refusing(),)))


class Refusing:
    name = "a source that must not be asked"

    def read(self, file_name: str) -> bytes:
        raise AssertionError(file_name)


def test_an_address_without_the_file_is_asked_for_the_next_one(shelf: Path) -> None:
    with serving(shelf, prefix="/full/") as server:
        address = Address(server.address)
        with pytest.raises(Unavailable, match="answers 404"):
            address.read("missing.whl")
        assert address.read(file_name("numpy")) == (shelf / file_name("numpy")).read_bytes()


def test_an_address_that_cannot_be_reached_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def unreachable(url: str, timeout: float) -> None:
        tried.append(url)
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib.request.urlopen", unreachable)
    address = Address("https://cdn.invalid/")
    for _ in range(3):
        with pytest.raises(Unavailable, match="cannot be reached"):
            address.read("numpy.whl")
    assert len(tried) == 1


def redistributing(monkeypatch: pytest.MonkeyPatch, pip: Callable[[Path], int]) -> Redistributor:
    """Return a redistributor whose `pip download` is replaced."""

    def run(command: list[str], **_: object) -> Any:
        folder = Path(next(part for part in command if part.startswith("--dest=")).removeprefix("--dest="))
        code = pip(folder)
        return type("Result", (), {"returncode": code, "stderr": "noise\nERROR: No matching distribution"})

    monkeypatch.setattr("subprocess.run", run)
    return Redistributor("some-package==1.0", "some/pyodide")


def test_a_redistributor_gives_only_the_files_that_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    downloads: list[Path] = []

    def pip(folder: Path) -> int:
        downloads.append(folder)
        with zipfile.ZipFile(folder / "some_package-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("some/pyodide/numpy.whl", b"numpy")
        return 0

    source = redistributing(monkeypatch, pip)
    assert source.read("numpy.whl") == b"numpy"
    with pytest.raises(Unavailable, match="does not carry it"):
        source.read("torch.whl")
    assert len(downloads) == 1


def test_a_redistributor_that_cannot_be_downloaded_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    source = redistributing(monkeypatch, lambda _: 1)
    for _ in range(2):
        with pytest.raises(Unavailable, match="No matching distribution"):
            source.read("numpy.whl")


def test_the_named_folder_or_address_comes_before_the_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KAMIPEN_WHEELS", str(tmp_path))
    assert [type(source) for source in sources("314.0.4")] == [Folder, Address, Redistributor]
    monkeypatch.setenv("KAMIPEN_WHEELS", "https://mirror.invalid/pyodide")
    assert next(source.name for source in sources("314.0.4")) == "https://mirror.invalid/pyodide/"
    monkeypatch.delenv("KAMIPEN_WHEELS")
    assert [type(source) for source in sources("314.0.4")] == [Address, Redistributor]


def test_native_versions_are_those_of_the_lock() -> None:
    """Three witnesses can agree only if CPython runs the library that the browser runs."""
    lock = json.loads((NPM / LOCK).read_bytes())["packages"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pins = dict(pin.split("==") for pin in project["dependencies"] if "==" in pin)
    shared = {name: version for name, version in pins.items() if name in lock and name != "pygments"}
    assert {"numpy", "matplotlib", "scikit-learn", "scipy"} <= shared.keys()
    assert shared == {name: lock[name]["version"] for name in shared}


def test_the_client_is_built_against_the_staged_version() -> None:
    package = json.loads((ROOT / "src/client/package.json").read_text())
    assert package["dependencies"]["pyodide"] == served.VERSION


def test_the_kit_is_built_alike_every_time_and_named_after_its_content(tmp_path: Path) -> None:
    one, two = kit.wheel(tmp_path / "one"), kit.wheel(tmp_path / "two")
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as wheel:
        assert "kit/__init__.py" in wheel.namelist()
        assert "kit/_version.py" not in wheel.namelist()
