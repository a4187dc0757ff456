"""Files that are written whole or not at all, and taken only if they are what they should be."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from kamipen.errors import display_path


class FileError(Exception):
    """A file cannot be written, or is not the expected one; the message names it and says what to do."""


def digest(content: bytes) -> str:
    """Return the sha256 of the content, in hex."""
    return sha256(content).hexdigest()


def verify(content: bytes, expected: str, what: str, remedy: str) -> None:
    """Refuse content that has another digest than it should have."""
    found = digest(content)
    if found != expected:
        raise FileError(f"{what} is not the expected file: sha256 {found}, expected {expected}. {remedy}")


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with room_for(path, len(content)):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def copy(source: Path, target: Path) -> None:
    """Copy a file, unless the target is equal already."""
    content = source.read_bytes()
    if not (target.exists() and target.stat().st_size == len(content) and target.read_bytes() == content):
        write(target, content)


@contextmanager
def room_for(path: Path, size: int) -> Generator[None]:
    """Turn a full disk into an error that says so."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        wanted = f"{max(size / 1e6, 0.1):.1f} MB"
        raise FileError(f"The disk is full: {display_path(path)} needs {wanted}. Free some and run again") from None
