"""The kit's version: a number for people, and a digest of the kit's content for caches."""

from hashlib import sha256
from pathlib import Path

RELEASE = "0.1.0"


def version() -> str:
    """Return the release with eight hex digits of the content of every file of the kit."""
    kit = Path(__file__).parent
    content = sha256((kit.parent / "pyproject.toml").read_bytes())
    for path in sorted(kit.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            content.update(f"{path.relative_to(kit).as_posix()}\0{path.stat().st_size}\0".encode())
            content.update(path.read_bytes())
    return f"{RELEASE}+{content.hexdigest()[:8]}"
