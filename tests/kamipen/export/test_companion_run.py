"""Every companion runs, small, in the Python that has the frameworks."""

import os
from pathlib import Path

import pytest

from kamipen.export.companion import Companion, companions
from kamipen.export.companion_run import PYTHON, run

NAMED = os.environ.get("KAMIPEN_GPU_PYTHON") or str(PYTHON)


@pytest.mark.smoke
@pytest.mark.parametrize("companion", companions(), ids=lambda companion: companion.slug)
def test_notebook_runs_small(companion: Companion) -> None:
    if not Path(NAMED).exists():
        pytest.skip("NOT RUN: no Python with PyTorch; `make companions` says why")
    recording = run(companion, smoke=True)
    assert recording.device and len(recording.outputs) == len(companion.code)
