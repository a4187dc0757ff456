"""`make upstream`: is there a newer Pyodide, and can its NumPy be had natively, so that both can move together?"""

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from kamipen.project import CLIENT, ROOT

PARITY = ("numpy", "matplotlib", "scikit-learn")


class UpstreamUnknown(Exception):  # noqa: N818 (an answer)
    """Nothing could be asked; the message says why."""


class UpstreamReady(Exception):  # noqa: N818
    """A newer Pyodide can be taken; the message says which versions belong together."""


def main() -> None:
    """Say whether a newer Pyodide can be taken; one that can ends with an error, so that somebody sees it."""
    package = json.loads((CLIENT / "package.json").read_text("utf-8"))
    ours: str = package["dependencies"]["pyodide"]
    newest = _run("npm", "view", "pyodide", "version")
    if newest == ours:
        print(f"Pyodide {ours} is the newest.")
        return
    with tempfile.TemporaryDirectory() as folder:
        lock = _lock(newest, Path(folder))
        wanted = {name: str(lock["packages"][name]["version"]) for name in PARITY}
        missing = [f"{name} {version}" for name, version in wanted.items() if not _exists(name, version, folder)]
    if missing:
        print(f"Pyodide {newest} wants {', '.join(missing)}, which cannot be had natively: stay on {ours}.")
        return
    versions = ", ".join(f"{name}=={version}" for name, version in wanted.items())
    raise UpstreamReady(f"Pyodide {newest} can be taken ({ours} now): pin it, and {versions} in pyproject.toml.")


def _lock(version: str, folder: Path) -> dict[str, Any]:
    """Return the lock in Pyodide's package."""
    _run("npm", "pack", "--silent", "--pack-destination", str(folder), f"pyodide@{version}")
    with tarfile.open(next(folder.glob("pyodide-*.tgz"))) as archive:
        file = archive.extractfile("package/pyodide-lock.json")
        if file is None:
            raise UpstreamUnknown(f"Pyodide {version} has no lock in its package")
        return json.loads(file.read())


def _exists(name: str, version: str, folder: str) -> bool:
    options = ["--quiet", "--no-deps", "--only-binary=:all:", f"--dest={folder}"]
    command = [sys.executable, "-m", "pip", "download", *options, f"{name}=={version}"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _run(*command: str) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    except FileNotFoundError as problem:
        raise UpstreamUnknown(f"{command[0]} is not installed: run `make setup`") from problem
    if result.returncode:
        last = (result.stderr.strip() or "it says nothing").splitlines()[-1]
        raise UpstreamUnknown(f"Not known: `{' '.join(command)}` failed ({last})")
    return result.stdout.strip()
