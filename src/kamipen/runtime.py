"""Stage the runtime under `site/runtime/<version>/`: Pyodide's core, the wheels that articles import, and the kit.

The core files come from the npm package `pyodide`, the wheels by name and digest from the lock in that package. A file
whose digest is not the expected one is refused, whatever its source, before anything is staged.
"""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kamipen import CACHE, ROOT, SITE, kit
from kamipen.sources import Source, Unavailable, sources

VERSION = "314.0.4"
PACKAGES = ("numpy", "matplotlib", "scikit-learn")
"""What articles and the kit import; the lock names what these need."""

NPM = ROOT / "src" / "client" / "node_modules" / "pyodide"
LOCK = "pyodide-lock.json"
CORE = {
    "pyodide.mjs": "c75dd73bb0c70674135f9f4ab746c9b5316e9fe027cafacb2be445e658f04c92",
    "pyodide.asm.mjs": "fd7a3cefa122ff6463dcf2997961eb341250e4cc4ed60281448390f0a767cca2",
    "pyodide.asm.wasm": "6c8986a8ee583401069aa403e76ee79d4633a1478ab11cea76030bc299aded9f",
    "python_stdlib.zip": "b5ca2308e9fa72eda319889a1ddf086389e9f1234ced279cc71267fe9ba56e54",
    LOCK: "c963d22858f6bcb8f41586a2142f03905ab370c88ea22a86a2736e95fac2a8f3",
}
"""The digests of the core files: of this version, from whatever registry."""


class RuntimeStageError(Exception):
    """The runtime cannot be staged; the message names the file and says what to do."""


@dataclass(frozen=True)
class Wheel:
    """A wheel as the lock names it."""

    file_name: str
    sha256: str


@dataclass(frozen=True)
class Supply:
    """Where the parts come from: replaced by tests."""

    npm: Path = NPM
    core: Mapping[str, str] | None = None
    cache: Path = CACHE / "runtime"
    sources: Sequence[Source] | None = None
    packages: Sequence[str] = PACKAGES

    def digests(self) -> Mapping[str, str]:
        """Return the expected digests of the core files."""
        return CORE if self.core is None else self.core


def stage(site: Path = SITE, supply: Supply | None = None) -> Path:
    """Put the runtime in `site/runtime/<version>/` and return that folder; what is there already stays."""
    supply = supply or Supply()
    core = {name: _core_file(supply.npm / name, digest) for name, digest in supply.digests().items()}
    lock: dict[str, Any] = json.loads(core[LOCK].read_bytes())
    ordered = sources(VERSION) if supply.sources is None else supply.sources
    wheels = [_wheel(wheel, supply.cache, ordered) for wheel in closure(lock, supply.packages)]
    kit_wheel = kit.wheel()
    core[LOCK] = _served_lock(lock, supply, kit_wheel)

    target = site / "runtime" / VERSION
    files = [*core.values(), *wheels, kit_wheel]
    for path in files:
        name = LOCK if path == core[LOCK] else path.name
        _copy(path, target / name)
    for stale in {path.name for path in target.glob("*.whl")} - {path.name for path in files}:
        (target / stale).unlink()
    return target


def identity(site: Path = SITE) -> dict[str, Any]:
    """Return what the client is built for: Pyodide's version, the lock, the start of its digest, the files' sizes."""
    folder = site / "runtime" / VERSION
    if not (folder / LOCK).exists():
        raise RuntimeStageError(f"{folder / LOCK} is missing: run `python -m kamipen runtime` first")
    content = (folder / LOCK).read_bytes()
    files = {path.name: path.stat().st_size for path in sorted(folder.iterdir()) if path.is_file()}
    return {"version": VERSION, "lock": _digest(content)[:8], "lockfile": json.loads(content), "files": files}


def closure(lock: Mapping[str, Any], packages: Sequence[str]) -> list[Wheel]:
    """Return the wheels of the packages and of all that they depend on, in the lock's order."""
    wanted, left = set[str](), list(packages)
    while left:
        name = left.pop()
        if name not in lock["packages"]:
            raise RuntimeStageError(f"Pyodide's lock has no package {name}: leave it out of PACKAGES in {__file__}")
        if name not in wanted:
            wanted.add(name)
            left += lock["packages"][name]["depends"]
    entries = [entry for name, entry in lock["packages"].items() if name in wanted]
    return [Wheel(entry["file_name"], entry["sha256"]) for entry in entries]


def _core_file(path: Path, digest: str) -> Path:
    remedy = f"remove {_shown(path.parents[1])} and run make again"
    if not path.exists():
        raise RuntimeStageError(f"{_shown(path)} is missing: {remedy}")
    _verify(path.read_bytes(), digest, _shown(path), f"The file of Pyodide {VERSION} was changed: {remedy}")
    return path


def _wheel(wheel: Wheel, cache: Path, ordered: Sequence[Source]) -> Path:
    """Return the wheel in the cache, fetched from the first source that has it, and verified."""
    path = cache / wheel.file_name
    if path.exists():
        _verify(path.read_bytes(), wheel.sha256, _shown(path), "Delete this file and run again")
        return path
    reasons: list[str] = [f"{_shown(cache)}: not there yet"]
    for source in ordered:
        try:
            content = source.read(wheel.file_name)
        except Unavailable as reason:
            reasons.append(f"{source.name}: {reason}")
            continue
        remedy = "Nothing was staged; find out why that source has another file, or name a good one with KAMIPEN_WHEELS"
        _verify(content, wheel.sha256, f"{wheel.file_name} from {source.name}", remedy)
        _write(path, content)
        print(f"  {wheel.file_name} ({len(content) / 1e6:.1f} MB) from {source.name}", flush=True)
        return path
    tried = "".join(f"\n  {reason}" for reason in reasons)
    raise RuntimeStageError(
        f"{wheel.file_name} could not be had:{tried}\n"
        "Go online, or put it into a folder and name that folder (or an address) with KAMIPEN_WHEELS"
    )


def _served_lock(lock: dict[str, Any], supply: Supply, kit_wheel: Path) -> Path:
    """Return the lock that is served: the staged wheels and the kit's, nothing else."""
    names = {wheel.file_name for wheel in closure(lock, supply.packages)}
    packages = {name: entry for name, entry in lock["packages"].items() if entry["file_name"] in names}
    content = json.dumps(lock | {"packages": packages}).encode()
    key = _digest(content + _digest(kit_wheel.read_bytes()).encode())[:16]
    served = supply.cache / f"lock-{key}.json"
    if not served.exists():
        base = supply.cache / f"lock-{key}.base.json"
        _write(base, content)
        _add_wheel(kit_wheel, base, served)
        base.unlink()
    return served


def _add_wheel(wheel: Path, base: Path, served: Path) -> None:
    """Add a wheel to a lock with pyodide-lock's own command."""
    options = ["--input", str(base), "--output", f"{served}.part", "--base-path", str(wheel.parent)]
    command = [str(Path(sys.executable).with_name("pyodide")), "lockfile", "add-wheels", *options, str(wheel)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeStageError(f"{wheel.name} could not be added to the lock:\n{result.stderr.strip()}")
    Path(f"{served}.part").replace(served)


def _copy(source: Path, target: Path) -> None:
    content = source.read_bytes()
    if not (target.exists() and target.stat().st_size == len(content) and target.read_bytes() == content):
        _write(target, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with _room_for(path, len(content)):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _room_for(path: Path, size: int) -> Generator[None]:
    try:
        yield
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        wanted = f"{max(size / 1e6, 0.1):.1f} MB"
        raise RuntimeStageError(f"The disk is full: {_shown(path)} needs {wanted}. Free some and run again") from None


def _verify(content: bytes, expected: str, what: str, remedy: str) -> None:
    found = _digest(content)
    if found != expected:
        raise RuntimeStageError(f"{what} is not the expected file: sha256 {found}, expected {expected}. {remedy}")


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
