"""Files of the runtime: written whole or not at all, and only if they are what they should be."""

import errno
import os
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from kamipen.project import ROOT


class RuntimeStageError(Exception):
    """The runtime cannot be staged; the message names the file and says what to do."""


def digest(content: bytes) -> str:
    """Return the sha256 of the content, in hex."""
    return sha256(content).hexdigest()


def verify(content: bytes, expected: str, what: str, remedy: str) -> None:
    """Refuse content that has another digest than it should have."""
    found = digest(content)
    if found != expected:
        raise RuntimeStageError(f"{what} is not the expected file: sha256 {found}, expected {expected}. {remedy}")


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


def shown(path: Path) -> str:
    """Return the path as a person would name it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@contextmanager
def room_for(path: Path, size: int) -> Generator[None]:
    """Turn a full disk into an error that says so."""
    try:
        yield
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        wanted = f"{max(size / 1e6, 0.1):.1f} MB"
        raise RuntimeStageError(f"The disk is full: {shown(path)} needs {wanted}. Free some and run again") from None
