"""Find a Chromium for tests, benchmarks and snapshots, or install one."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
REMEDY = "Install Chromium or Chrome, or name its executable with KAMIPEN_CHROMIUM"


class BrowserError(Exception):
    """There is no Chromium and none can be installed; the message says what to do."""


def find() -> Path | None:
    """Return a Chromium's executable: the one that KAMIPEN_CHROMIUM names, Playwright's own, or the system's."""
    named = os.environ.get("KAMIPEN_CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None:
            raise BrowserError(f"KAMIPEN_CHROMIUM names {named}, which cannot be executed. {REMEDY}")
        return Path(path)
    candidates = [_playwrights(), *map(shutil.which, NAMES)]
    return next((Path(path) for path in candidates if path and Path(path).exists()), None)


def ensure() -> Path:
    """Return a Chromium's executable, installed if there was none."""
    for install in (_nothing, _from_playwright, _from_debian):
        install()
        path = find()
        if path is not None:
            return path
    raise BrowserError(f"There is no Chromium, and neither Playwright nor apt-get could install one. {REMEDY}")


def ensure_shell() -> Path:
    """Return a shell's executable, installed if there was none; where none can be had, the whole Chromium's."""
    if find_shell() is None:
        _install(SHELL)
    return find_shell() or ensure()


def find_shell() -> Path | None:
    """Return the same engine without a window, as Playwright launches it: a page costs a test half."""
    if os.environ.get("KAMIPEN_CHROMIUM"):
        return find()
    whole = _playwrights()
    beside = Path(whole).parents[2].glob("chromium_headless_shell-*/*/*headless*shell") if whole else ()
    system = shutil.which(SHELL)
    return next(iter(sorted(beside)), Path(system) if system else None)


def _nothing() -> None:
    """Install nothing: one may be there."""


def _from_playwright() -> None:
    print("Installing Chromium with Playwright …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        print("  its download cannot be reached", flush=True)


def _from_debian() -> None:
    _install("chromium", "fonts-noto-cjk")  # the fonts let a screenshot show Japanese


def _install(*packages: str) -> None:
    """Install packages of Debian, where that is what the machine has and we may."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print(f"Installing Debian's {packages[0]} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], env=environment, check=False
    )


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # only what tests need brings it
        return None

    def path() -> str:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    with ThreadPoolExecutor(1) as thread:  # Playwright refuses to start beside one that runs in this thread
        return thread.submit(path).result()
