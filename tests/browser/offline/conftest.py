"""A host that can fail, and a reader there."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from kamipen.browser.pages_server import PagesServer, serving
from tests.browser.offline.host import Host, copy, rebuild, write
from tests.browser.offline.reader import PATIENCE, Reader


@pytest.fixture(scope="session")
def server(site: Path) -> Generator[PagesServer]:
    """Serve from a server of these tests' own: they take it away from under the page."""
    with serving(site) as server:
        yield server


@pytest.fixture(scope="session")
def base_url(server: PagesServer) -> str:
    return server.address


@pytest.fixture
def patience() -> int:
    """Return for how many milliseconds a page is waited for: the whole site may have to be fetched."""
    return PATIENCE


@pytest.fixture(scope="session")
def the_host(server: PagesServer) -> Host:
    return Host(server)


@pytest.fixture(scope="session")
def lab(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the site with a small page of cells; whoever changes it takes a copy of it."""
    folder = copy(site, tmp_path_factory.mktemp("lab"))
    write(folder)
    rebuild(folder)
    return folder


@pytest.fixture
def host(the_host: Host, lab: Path, guard: object) -> Generator[Host]:
    """Serve the lab, well."""
    the_host.reset()
    the_host.server.site = lab
    yield the_host
    the_host.reset()


@pytest.fixture
def reader(context: BrowserContext, host: Host) -> Reader:
    return Reader(context.new_page())
