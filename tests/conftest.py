"""What all tests share."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# Figures are drawn without a display, as they are recorded.
os.environ.setdefault("MPLBACKEND", "svg")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try what fails in a real browser once more: a busy machine's timing is not the site's. The summary tells."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in ("browser", "engines"):
            item.add_marker(pytest.mark.flaky(reruns=1))
