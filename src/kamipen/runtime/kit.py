"""Build the kit, which articles import, as a wheel for the browser."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

from kamipen.project import CACHE, SNIPPETS

SOURCE = SNIPPETS
EPOCH = "1580601600"  # February 2020, the date that every file in the wheel bears


class KitError(Exception):
    """The kit does not build; the message is the builder's."""


def wheel(folder: Path = CACHE / "kit") -> Path:
    """Return the kit's wheel in `folder`, built if its content changed; equal content makes equal bytes."""
    version = runpy.run_path(str(SOURCE / "kit" / "_version.py"))["version"]()
    path = folder / f"kamipen_kit-{version}-py3-none-any.whl"
    if not path.exists():
        for old in folder.glob("*.whl"):
            old.unlink(missing_ok=True)
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
        environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
        result = subprocess.run(command, cwd=SOURCE, env=environment, capture_output=True, text=True, check=False)
        if result.returncode:
            raise KitError(f"The kit (snippets/kit) does not build:\n{result.stderr.strip()}")
    return path
