"""Which Chromium tests launch: the shell without a window where there is one."""

import shutil
import stat
from pathlib import Path

import pytest

from kamipen.browser import chromium


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the only folder of programs, on a machine without Playwright's own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KAMIPEN_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "_playwrights", lambda: None)
    return tmp_path


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_shell_is_taken_before_the_whole(programs: Path) -> None:
    program(programs, "chromium")
    shell = program(programs, "chromium-headless-shell")
    assert chromium.find_shell() == shell
    assert chromium.ensure_shell() == shell


def test_the_whole_serves_where_no_shell_can_be_had(programs: Path) -> None:
    whole = program(programs, "chromium")
    assert shutil.which("apt-get") is None
    assert chromium.find_shell() is None
    assert chromium.ensure_shell() == whole


def test_playwrights_shell_stands_beside_its_whole(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, shell = (programs / folder / "chrome-linux" for folder in ("chromium-1", "chromium_headless_shell-1"))
    whole.mkdir(parents=True)
    shell.mkdir(parents=True)
    monkeypatch.setattr(chromium, "_playwrights", lambda: str(program(whole, "chrome")))
    expected = program(shell, "headless_shell")
    assert chromium.find_shell() == expected


def test_a_named_one_is_taken(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(programs, "chromium-headless-shell")
    monkeypatch.setenv("KAMIPEN_CHROMIUM", str(program(programs, "mine")))
    assert chromium.find_shell() == programs / "mine"
