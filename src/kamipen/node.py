"""The programs that the requirements bring along."""

import sys
from pathlib import Path


def node() -> str:
    """Return the Node that the requirements installed beside this Python."""
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else "node"
