"""What runs before a snapshot: no font file may stay open, for a restored Python would read from a stranger's file."""

import runpy
from pathlib import Path

import pytest

from kamipen.project import ROOT

DESCRIPTORS = Path("/proc/self/fd")


@pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="open files are listed in /proc only")
def test_no_font_file_stays_open() -> None:
    runpy.run_path(str(ROOT / "src/client/worker/python/prepare_matplotlib.py"))
    links = [str(entry.readlink()) for entry in DESCRIPTORS.iterdir() if entry.is_symlink()]
    assert not [link for link in links if link.endswith((".ttf", ".afm"))]
