"""What the tests of articles share on their exercises."""

from collections.abc import Mapping
from typing import Any


def accepts(check: str, names: Mapping[str, Any]) -> bool:
    """Tell whether the code of a check lets an answer with these names pass."""
    try:
        exec(check, dict(names))
    except AssertionError:
        return False
    return True
