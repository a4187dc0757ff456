"""What all tests share."""

import os
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# Figures are drawn without a display, as they are recorded.
os.environ.setdefault("MPLBACKEND", "svg")
# One thread a process, as all is recorded: beside a worker on each core, threads mostly wait for each other.
for _library in ("OMP", "OPENBLAS"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try what fails in a real browser once more: a busy machine's timing is not the site's. The summary tells."""
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in ("browser", "engines"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Refuse cases that come from a set: each process has its own order, and pytest-xdist then runs nothing."""
    for mark in metafunc.definition.iter_markers("parametrize"):
        if isinstance(mark.args[1], set | frozenset):
            raise pytest.UsageError(f"{metafunc.definition.nodeid}: sort the cases of `{mark.args[0]}`")
