"""Where Pyodide's wheels come from: a folder, an address, or a package that redistributes them."""

import os
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import weakref
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

CDN = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"
CONNECT_SECONDS = 5.0


class Unavailable(Exception):  # noqa: N818 (an answer, not an error: the next source is asked)
    """A source does not have a file; the message says why."""


class WheelSource(Protocol):
    """Something that may have a wheel of the wanted name."""

    @property
    def name(self) -> str:
        """What a person calls this source."""
        ...

    def read(self, file_name: str) -> bytes:
        """Return the file's content, or raise Unavailable."""
        ...


class Folder:
    """A folder of wheels."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)

    def read(self, file_name: str) -> bytes:
        """Return the file's content, or raise Unavailable."""
        try:
            return (self.path / file_name).read_bytes()
        except FileNotFoundError:
            raise Unavailable("no such file" if self.path.is_dir() else "no such folder") from None


class Address:
    """A base address of wheels; once it cannot be reached it is not asked again."""

    def __init__(self, base: str) -> None:
        self.name = base.rstrip("/") + "/"
        self._unreachable: str | None = None

    def read(self, file_name: str) -> bytes:
        """Return the file's content, or raise Unavailable."""
        if self._unreachable:
            raise Unavailable(self._unreachable)
        try:
            with urllib.request.urlopen(self.name + file_name, timeout=CONNECT_SECONDS) as response:
                return response.read()
        except urllib.error.HTTPError as refusal:
            refusal.close()
            raise Unavailable(f"answers {refusal.code}") from None
        except OSError as problem:  # no name, no route, no answer in time
            self._unreachable = f"cannot be reached ({getattr(problem, 'reason', problem)})"
            raise Unavailable(self._unreachable) from None


class Redistributor:
    """A package on PyPI that carries Pyodide's wheels in one of its folders; downloaded when first asked."""

    def __init__(self, requirement: str, folder: str) -> None:
        self.name = f"the PyPI package {requirement}"
        self._requirement = requirement
        self._folder = folder
        self._download: str | None = None
        self._failure: str | None = None

    def read(self, file_name: str) -> bytes:
        """Return the file's content, or raise Unavailable."""
        with zipfile.ZipFile(self._wheel()) as wheel:
            try:
                return wheel.read(f"{self._folder}/{file_name}")
            except KeyError:
                raise Unavailable("does not carry it") from None

    def _wheel(self) -> Path:
        if self._failure:
            raise Unavailable(self._failure)
        if self._download is None:
            self._download = tempfile.mkdtemp(prefix="kamipen-")
            weakref.finalize(self, shutil.rmtree, self._download, ignore_errors=True)
            print(f"  downloading {self.name} (about 106 MB, once) …", flush=True)
            # Only its files are wanted: for which Python it was made does not matter.
            options = ["--no-deps", "--only-binary=:all:", "--python-version=3.12", f"--dest={self._download}"]
            command = [sys.executable, "-m", "pip", "download", "--quiet", *options, self._requirement]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            if result.returncode:
                last = (result.stderr.strip() or "pip says nothing").splitlines()[-1]
                self._failure = f"pip cannot download it ({last})"
                raise Unavailable(self._failure)
        return next(Path(self._download).glob("*.whl"))


def sources(version: str) -> Sequence[WheelSource]:
    """Return the sources of the wheels of this Pyodide, in the order in which they are asked."""
    named = os.environ.get("KAMIPEN_WHEELS", "")
    return (
        *([Address(named) if "://" in named else Folder(Path(named))] if named else []),
        Address(CDN.format(version=version)),
        Redistributor("open-webui==0.12.4", "open_webui/frontend/pyodide"),
    )
