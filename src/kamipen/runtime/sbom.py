"""The parts list of the runtime, from the files that are served, and as CycloneDX for machines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

from kamipen.errors import SourceError
from kamipen.files import digest
from kamipen.project import SITE


@dataclass(frozen=True)
class Part:
    """One served file, and what is in it."""

    name: str
    version: str
    licence: str
    file: str
    size: int
    sha256: str


def parts(site: Path = SITE) -> tuple[Part, ...]:
    """All files of the staged runtime: the core first, then the wheels by name."""
    folders = sorted((site / "runtime").glob("*/pyodide-lock.json"))
    if not folders:
        raise SourceError("the runtime is not staged, so its parts cannot be listed: run `kamipen runtime` first")
    folder = folders[-1].parent
    core = (_core_part(path, folder.name) for path in sorted(folder.iterdir()) if path.name in _core_files(folder))
    return (*core, *sorted(_wheels(folder), key=lambda part: part.name))


def cyclonedx(site: Path = SITE) -> str:
    """The same list as a CycloneDX document."""
    components = [
        {
            "type": "library",
            "name": part.name,
            "version": part.version,
            "licenses": [{"license": {"name": part.licence}}],
            "hashes": [{"alg": "SHA-256", "content": part.sha256}],
            "properties": [{"name": "kamipen:file", "value": part.file}],
        }
        for part in parts(site)
    ]
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _core_files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.name.startswith(("pyodide.", "python_stdlib"))}


def _core_part(path: Path, version: str) -> Part:
    licence = "PSF-2.0" if path.name.startswith("python_stdlib") else "MPL-2.0"  # the others are Pyodide's own
    return Part("pyodide", version, licence, path.name, path.stat().st_size, digest(path.read_bytes()))


def _wheels(folder: Path) -> Iterator[Part]:
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    for package in lock["packages"].values():
        path = folder / package["file_name"]
        licence = _licence(_metadata(path))
        yield Part(package["name"], package["version"], licence, path.name, path.stat().st_size, package["sha256"])


def _metadata(wheel: Path) -> Message:
    with ZipFile(wheel) as files:
        name = next(name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
        return message_from_bytes(files.read(name))


def _licence(metadata: Message) -> str:
    """The licence as the wheel states it: its expression, else its classifiers, else a short free text."""
    if expression := metadata["License-Expression"]:
        return str(expression)
    stated = (str(entry) for entry in metadata.get_all("Classifier", []))
    classifiers = [entry.rsplit("::", 1)[-1].strip() for entry in stated if entry.startswith("License")]
    free = str(metadata["License"] or "").strip()
    return " / ".join(classifiers) or (free if len(free) < 40 else "see the wheel's METADATA")
