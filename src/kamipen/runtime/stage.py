"""Stage the runtime under `site/runtime/<version>/`: Pyodide's core, the wheels that articles import, and the kit.

The core files come from the npm package `pyodide`, the wheels by name and digest from the lock in that package. A file
whose digest is not the expected one is refused, whatever its source, before anything is staged. Then the wheels and the
standard library are slimmed (see `slim.py`); the lock that is served names what each was made from.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kamipen.errors import display_path
from kamipen.files import copy, digest, verify, write
from kamipen.project import CACHE, CLIENT, SITE
from kamipen.runtime import kit, lock
from kamipen.runtime.served import LOCK, VERSION, RuntimeStageError
from kamipen.runtime.slim import slim
from kamipen.runtime.sources import Unavailable, WheelSource, sources

PACKAGES = ("numpy", "matplotlib", "scikit-learn")
"""What articles and the kit import; the lock names what these need."""

NPM = CLIENT / "node_modules/pyodide"
STANDARD_LIBRARY = "python_stdlib.zip"
CORE = {
    "pyodide.mjs": "c75dd73bb0c70674135f9f4ab746c9b5316e9fe027cafacb2be445e658f04c92",
    "pyodide.asm.mjs": "fd7a3cefa122ff6463dcf2997961eb341250e4cc4ed60281448390f0a767cca2",
    "pyodide.asm.wasm": "6c8986a8ee583401069aa403e76ee79d4633a1478ab11cea76030bc299aded9f",
    STANDARD_LIBRARY: "b5ca2308e9fa72eda319889a1ddf086389e9f1234ced279cc71267fe9ba56e54",
    LOCK: "c963d22858f6bcb8f41586a2142f03905ab370c88ea22a86a2736e95fac2a8f3",
}
"""The digests of the core files: of this version, from whatever registry."""

REPLACED = ("*.whl", "python_stdlib*.zip")
"""Files whose name changes with their content."""


@dataclass(frozen=True)
class Supply:
    """Where the parts come from: replaced by tests."""

    npm: Path = NPM
    core: Mapping[str, str] = field(default_factory=lambda: CORE)
    cache: Path = CACHE / "runtime"
    sources: Sequence[WheelSource] | None = None
    packages: Sequence[str] = PACKAGES
    slimmed: bool = True


def stage(site: Path = SITE, supply: Supply | None = None) -> Path:
    """Put the runtime in `site/runtime/<version>/` and return that folder; what is there already stays."""
    supply = supply or Supply()
    core = {name: _core_file(supply.npm / name, expected) for name, expected in supply.core.items()}
    needed = lock.needed(json.loads(core[LOCK].read_bytes()), supply.packages)
    wheels = _wheels(needed, supply)
    library = core.pop(STANDARD_LIBRARY)
    made = _slimmed([*wheels, library], supply)
    kit_wheel = kit.wheel()
    standard = {"file_name": _named(made[library]), "sha256": digest(made[library].read_bytes())}
    core[standard["file_name"]] = made[library]
    standard_library = {**standard, "origin": {"file_name": library.name, "sha256": supply.core[STANDARD_LIBRARY]}}
    core[LOCK] = lock.served(
        needed, {wheel.name: made[wheel] for wheel in wheels}, standard_library, kit_wheel, supply.cache
    )

    files = core | {path.name: path for path in (*(made[wheel] for wheel in wheels), kit_wheel)}
    target = site / "runtime" / VERSION
    for name, path in files.items():
        copy(path, target / name)
    for stale in {path.name for pattern in REPLACED for path in target.glob(pattern)} - files.keys():
        (target / stale).unlink()
    return target


def _named(library: Path) -> str:
    """Put a digest into the standard library's name: a cache that keeps it never takes one release's for another's."""
    return f"{library.stem}-{digest(library.read_bytes())[:8]}{library.suffix}"


def _core_file(path: Path, expected: str) -> Path:
    remedy = f"remove {display_path(path.parents[1])} and run make again"
    if not path.exists():
        raise RuntimeStageError(f"{display_path(path)} is missing: {remedy}")
    verify(path.read_bytes(), expected, display_path(path), f"The file of Pyodide {VERSION} was changed: {remedy}")
    return path


def _wheels(needed: lock.Lock, supply: Supply) -> list[Path]:
    ordered = sources(VERSION) if supply.sources is None else supply.sources
    entries = needed["packages"].values()
    return [_wheel(entry["file_name"], entry["sha256"], supply.cache, ordered) for entry in entries]


def _wheel(name: str, expected: str, cache: Path, ordered: Sequence[WheelSource]) -> Path:
    """Return the wheel in the cache, fetched from the first source that has it, and verified."""
    path = cache / name
    if path.exists():
        verify(path.read_bytes(), expected, display_path(path), "Delete this file and run again")
        return path
    reasons: list[str] = [f"{display_path(cache)}: not there yet"]
    for source in ordered:
        try:
            content = source.read(name)
        except Unavailable as reason:
            reasons.append(f"{source.name}: {reason}")
            continue
        remedy = "Nothing was staged; find out why that source has another file, or name a good one with KAMIPEN_WHEELS"
        verify(content, expected, f"{name} from {source.name}", remedy)
        write(path, content)
        print(f"  {name} ({len(content) / 1e6:.1f} MB) from {source.name}", flush=True)
        return path
    tried = "".join(f"\n  {reason}" for reason in reasons)
    raise RuntimeStageError(
        f"{name} could not be had:{tried}\n"
        "Go online, or put it into a folder and name that folder (or an address) with KAMIPEN_WHEELS"
    )


def _slimmed(archives: Sequence[Path], supply: Supply) -> dict[Path, Path]:
    if not supply.slimmed:
        return {archive: archive for archive in archives}
    return slim(archives, supply.cache / "slim", supply.npm)
