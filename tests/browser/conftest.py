"""The built site in real Chromium, served as GitHub Pages would, with nothing reaching outside and no silent error.

`page.goto("ja/…")` is relative to the site's root. A test that means to cause an error allows it: `guard.allow("404")`.
"""

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, expect

from kamipen.browser import chromium
from kamipen.browser.pages_server import PagesServer, serving
from kamipen.project import ROOT, SITE

# Folders about what a visit keeps. In the others a service worker would cost a fifth of each test, and answer what a
# test holds back.
KEEPS = ("engine", "offline")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the built site: the one that KAMIPEN_SITE names, else site/, brought up to date once a run."""
    named = os.environ.get("KAMIPEN_SITE")
    if named:
        return Path(named).resolve()
    run = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    with (run / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (run / "site.built").exists():
            result = subprocess.run(
                [sys.executable, "-m", "kamipen", "build"], cwd=ROOT, capture_output=True, text=True, check=False
            )
            assert result.returncode == 0, f"The site does not build:\n{result.stdout}{result.stderr}"
            (run / "site.built").touch()
    return SITE


@pytest.fixture(scope="session")
def server(site: Path) -> Generator[PagesServer]:
    with serving(site) as server:
        yield server


@pytest.fixture(scope="session")
def base_url(server: PagesServer) -> str:
    return server.address


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium shell that `make browser` found; no name but the server's resolves."""
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    return {
        **browser_type_launch_args,
        "executable_path": str(chromium.find_shell() or chromium.ensure()),
        "args": arguments,
    }


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, Any], base_url: str, request: pytest.FixtureRequest
) -> dict[str, Any]:
    """Open the server of the test at hand: kept for the session, the arguments name whichever came first."""
    folder = request.path.relative_to(Path(__file__).parent).parts[0]
    return {**browser_context_args, "base_url": base_url, "service_workers": "allow" if folder in KEEPS else "block"}


class Guard:
    """Collects what must not happen in a page: errors, and requests that leave the origin."""

    def __init__(self, address: str) -> None:
        self._origin = "/".join(address.split("/")[:3]) + "/"
        self._allowed: list[re.Pattern[str]] = []
        self._problems: list[str] = []

    def allow(self, pattern: str) -> None:
        """Let problems pass that this regular expression finds."""
        self._allowed.append(re.compile(pattern))

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)

    def problems(self) -> list[str]:
        """Return what happened and was not allowed."""
        return [text for text in self._problems if not any(pattern.search(text) for pattern in self._allowed)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._problems.append(f"console error: {message.text} ({message.location.get('url', '')})")

    def _error(self, error: WebError) -> None:
        self._problems.append(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self._origin, "data:", "blob:")):
            self._problems.append(f"request to another origin: {request.url}")


@pytest.fixture
def guard(base_url: str) -> Generator[Guard]:
    guard = Guard(base_url)
    yield guard
    problems = guard.problems()
    assert not problems, "\n".join(problems)


@pytest.fixture
def patience() -> int:
    """Return for how many milliseconds a page is waited for."""
    return 30_000


@pytest.fixture(autouse=True)
def expectations(patience: int) -> Generator[None]:
    """Wait as long for what is expected: the setting is the process's, so it is put back."""
    expect.set_options(timeout=patience)
    yield
    expect.set_options(timeout=None)


@pytest.fixture
def context(context: BrowserContext, guard: Guard, patience: int) -> BrowserContext:
    """Watch every page of the context."""
    context.set_default_timeout(patience)
    guard.watch(context)
    return context
