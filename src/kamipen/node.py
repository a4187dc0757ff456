"""Node, and the scripts of ours that run in it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from kamipen.project import CLIENT


class NodeError(Exception):
    """A script ended with an error; the message is what it wrote to stderr."""


def node() -> str:
    """Return the Node that the requirements installed beside this Python."""
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else "node"


def run(script: str | Path, *arguments: str, given: str = "", environment: Mapping[str, str] | None = None) -> str:
    """Run a script of the client's folder, or of a whole path, with `given` as its input; return what it prints."""
    result = subprocess.run(
        [node(), str(script), *arguments],
        cwd=CLIENT,
        env=os.environ | (environment or {}),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise NodeError(result.stderr.strip())
    return result.stdout.strip()
