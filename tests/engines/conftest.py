"""The built site in Firefox and WebKitGTK; an engine that is not there is skipped with its reason, never passed.

With `KAMIPEN_ENGINES=required`, as on GitHub, it fails."""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from kamipen.browser.other_engines import ENGINES
from kamipen.browser.pages_server import serving
from kamipen.project import ROOT, SITE
from tests.engines.drivers import DRIVERS, Driver


@pytest.fixture(scope="session")
def address() -> Generator[str]:
    """Serve the site that KAMIPEN_SITE names, or site/ brought up to date."""
    named = os.environ.get("KAMIPEN_SITE")
    if not named:
        subprocess.run([sys.executable, "-m", "kamipen", "build"], cwd=ROOT, check=True)
    with serving(Path(named).resolve() if named else SITE) as server:
        yield server.address


@pytest.fixture(scope="session", params=ENGINES, ids=lambda engine: engine.name)
def driver(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Generator[Driver]:
    engine = request.param
    if engine.missing and os.environ.get("KAMIPEN_ENGINES") == "required":
        pytest.fail(engine.missing)
    if engine.missing:
        pytest.skip(engine.missing)
    with DRIVERS[engine.name](engine, tmp_path_factory.mktemp("home")) as driver:
        yield driver
