"""The lock that is served: what the browser may load, with the digest of each file and of the file it was made from."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kamipen.files import digest, write
from kamipen.runtime.served import RuntimeStageError, closure

Lock = dict[str, Any]

UNUSED = {"matplotlib": {"fonttools", "pytz"}}
"""What the lock has a package depend on, though it is only for PDF and PostScript, or for nothing at all."""


def needed(lock: Lock, packages: Sequence[str]) -> Lock:
    """Return the lock with no packages but these and all that they depend on."""
    entries: dict[str, Any] = {
        name: {**entry, "depends": [other for other in entry["depends"] if other not in UNUSED.get(name, ())]}
        for name, entry in lock["packages"].items()
    }
    wanted = closure(packages, entries)
    for name in wanted - entries.keys():
        raise RuntimeStageError(f"Pyodide's lock has no package {name}: leave it out of stage.PACKAGES")
    return {**lock, "packages": {name: entry for name, entry in entries.items() if name in wanted}}


def served(lock: Lock, made: Mapping[str, Path], library: Mapping[str, Any], kit: Path, cache: Path) -> Path:
    """Return the lock to serve, in `cache`.

    `made` holds the file that stands for each file of the lock, `library` is the entry of the
    standard library, with its origin.
    """
    origins = {
        name: {"file_name": entry["file_name"], "sha256": entry["sha256"]} for name, entry in lock["packages"].items()
    }
    packages = {name: entry | _entry(made[entry["file_name"]]) for name, entry in lock["packages"].items()}
    base = json.dumps({**lock, "packages": packages}).encode()
    key = digest(b"".join((base, json.dumps([origins, library]).encode(), kit.read_bytes())))[:16]
    path = cache / f"lock-{key}.json"
    if not path.exists():
        complete = _with_wheel(base, kit, cache / f"lock-{key}.part")
        complete["info"]["standard_library"] = dict(library)
        for name, origin in origins.items():
            complete["packages"][name]["origin"] = origin
        for old in cache.glob("lock-*.json"):
            old.unlink(missing_ok=True)
        write(path, json.dumps(complete).encode())
    return path


def _entry(path: Path) -> dict[str, str]:
    return {"file_name": path.name, "sha256": digest(path.read_bytes())}


def _with_wheel(lock: bytes, wheel: Path, scratch: Path) -> Lock:
    """Return the lock with a wheel added by pyodide-lock's own command."""
    before, after = scratch.with_suffix(".before"), scratch.with_suffix(".after")
    write(before, lock)
    options = ["--input", str(before), "--output", str(after), "--base-path", str(wheel.parent)]
    command = [str(Path(sys.executable).with_name("pyodide")), "lockfile", "add-wheels", *options, str(wheel)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeStageError(f"{wheel.name} could not be added to the lock:\n{result.stderr.strip()}")
    complete = json.loads(after.read_bytes())
    before.unlink()
    after.unlink()
    return complete
