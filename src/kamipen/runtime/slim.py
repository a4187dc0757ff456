"""Make Pyodide's archives quicker to import and free of what no article needs: tests, type stubs, sources in C.

NumPy's own libraries also get their floating-point status back (see float_status).

Each archive (a wheel, or the standard library's zip) becomes another of equal meaning, made once and kept in the cache.
Equal archives and an equal recipe make equal bytes.
"""

import re
import shutil
import tempfile
import zipfile
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from kamipen import node
from kamipen.files import room_for
from kamipen.runtime import float_status

COMPILER = Path(__file__).with_name("compile.mjs")
RECIPE = (Path(__file__), Path(float_status.__file__), COMPILER)
SITE_PACKAGES = "/lib/python3.14/site-packages"
STANDARD_LIBRARY = "/lib/python314.zip"
DATE = (2020, 2, 2, 0, 0, 0)

UNWANTED = re.compile(
    r"""
      (^|/)tests?/                                  # tests and their data
    | (^|/)conftest\.py$
    | (^|/)_\w*_?tests?\.cpython-[^/]*\.so$         # extension modules that only tests import
    | (^|/)_test_\w+\.cpython-[^/]*\.so$
    | \.(pyi|pyx|pxd|pxi|tp|c|cc|cpp|h|hpp|a|build)$  # type stubs, and what only a compiler reads
    | (^|/)py\.typed$
    | ^matplotlib/mpl-data/(sample_data|images|fonts/(afm|pdfcorefonts))/  # toolbars, PDF and PostScript
    | ^matplotlib/backends/(web_backend|qt_editor)/
    | ^[^/]+\.data/
    """,
    re.VERBOSE,
)
"""What no article needs in the browser, in all wheels."""


class SlimError(Exception):
    """An archive cannot be slimmed; the message is the compiler's."""


def slim(archives: Iterable[Path], cache: Path, pyodide: Path) -> dict[Path, Path]:
    """Return, for each archive, the slimmed one in `cache`, made if it is not there."""
    slimmed = {archive: _slimmed(archive, cache) for archive in archives}
    if not all(slimmed.values()):  # they import each other: after an interrupted build, too, all are made together
        print(f"  slimming {len(slimmed)} archives (once, about a minute) …", flush=True)
        with room_for(cache, sum(archive.stat().st_size for archive in slimmed)):
            slimmed |= _make(slimmed, cache, pyodide)
    return {archive: path for archive, path in slimmed.items() if path is not None}


def _make(archives: Iterable[Path], cache: Path, pyodide: Path) -> Mapping[Path, Path]:
    """Unpack what is wanted of each archive, compile all of it in one interpreter, and pack it again."""
    with tempfile.TemporaryDirectory(prefix="kamipen-") as temporary:
        folders = {archive: _unpack(archive, Path(temporary)) for archive in archives}
        try:
            node.run(COMPILER, str(pyodide), temporary)
        except node.NodeError as problem:
            raise SlimError(f"Pyodide could not compile the runtime's Python:\n{problem}") from None
        return {archive: _pack(archive, folder, cache) for archive, folder in folders.items()}


def _unpack(archive: Path, temporary: Path) -> Path:
    folder = temporary / archive.name
    with zipfile.ZipFile(archive) as content:
        for name in content.namelist():
            if not UNWANTED.search(name):
                path = Path(content.extract(name, folder))
                if float_status.LIBRARIES.search(name):
                    path.write_bytes(float_status.reporting(name, path.read_bytes()))
    (folder / ".prefix").write_text(SITE_PACKAGES if archive.suffix == ".whl" else STANDARD_LIBRARY)
    return folder


def _pack(archive: Path, folder: Path, cache: Path) -> Path:
    """Pack the folder; a wheel's RECORD is written anew, and its name says what it holds (see `_named`)."""
    (folder / ".prefix").unlink()
    record = next(folder.glob("*.dist-info/RECORD"), None)
    if record is not None:
        record.unlink()
        record.write_text(_record(folder, record))
    place = _cache_folder(archive, cache)
    for old in cache.glob(f"{place.name.rpartition('-')[0]}-*"):
        shutil.rmtree(old)
    place.mkdir(parents=True)
    part = place / "part"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in _files(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            packed.writestr(entry, path.read_bytes(), compresslevel=9)
    return part.replace(place / _named(archive.name, part.read_bytes()))


def _record(folder: Path, record: Path) -> str:
    """Return a wheel's RECORD: name, digest and size of every file."""
    rows = [f"{record.relative_to(folder).as_posix()},,"]
    for path in _files(folder):
        digest = urlsafe_b64encode(sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
        rows.append(f"{path.relative_to(folder).as_posix()},sha256={digest},{path.stat().st_size}")
    return "\n".join(sorted(rows)) + "\n"


def _named(name: str, content: bytes) -> str:
    """Put a digest of the content into a wheel's build tag (it must start with a digit), so that caches may keep it."""
    if not name.endswith(".whl"):
        return name
    distribution, version, *tags = name.split("-")
    return "-".join([distribution, version, f"0{sha256(content).hexdigest()[:8]}", *tags])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _slimmed(archive: Path, cache: Path) -> Path | None:
    return next((path for path in _cache_folder(archive, cache).glob("*") if path.name != "part"), None)


def _cache_folder(archive: Path, cache: Path) -> Path:
    """Return the folder of this archive, slimmed: another for each content and each recipe."""
    recipe = sha256(b"".join(path.read_bytes() for path in (*RECIPE, archive)))
    return cache / f"{archive.name.split('-')[0]}-{recipe.hexdigest()[:16]}"
