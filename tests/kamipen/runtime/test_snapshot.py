"""What runs before a snapshot: no font file may stay open, for a restored Python would read from a stranger's file."""

import subprocess
import sys
from pathlib import Path

import pytest

from kamipen.project import ROOT

DESCRIPTORS = Path("/proc/self/fd")


@pytest.mark.skipif(not DESCRIPTORS.is_dir(), reason="open files are listed in /proc only")
def test_no_font_file_stays_open() -> None:
    """In a process of its own: others have drawn in this one, and keep their fonts."""
    listed = "; print(*(e.readlink() for e in pathlib.Path(sys.argv[2]).iterdir() if e.is_symlink()), sep=chr(10))"
    code = f"import pathlib, runpy, sys; runpy.run_path(sys.argv[1]){listed}"
    script = ROOT / "src/client/worker/python/prepare_matplotlib.py"
    ran = subprocess.run([sys.executable, "-c", code, script, DESCRIPTORS], capture_output=True, text=True, check=True)
    links = ran.stdout.splitlines()
    assert links
    assert not [link for link in links if link.endswith((".ttf", ".afm"))]
