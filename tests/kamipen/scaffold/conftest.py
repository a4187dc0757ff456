"""A copy of what a scaffold is written into, and an author who takes what is offered."""

import shutil
from pathlib import Path

import pytest

from kamipen.project import ROOT


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "snippets", tmp_path / "snippets", ignore=shutil.ignore_patterns("__pycache__"))
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, tmp_path)
    return tmp_path


def take_default(_: str, default: str) -> str:
    return default
