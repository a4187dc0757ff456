"""Recorded states of pages that no other test runs whole: those of articles are compared where they have run."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.page.recorded_states import assert_recorded, scripts
from tests.browser.page.test_published import SCRIPTS


@pytest.mark.parametrize("name", [name for name in scripts() if name not in SCRIPTS.values()])
def test_recorded_states_are_what_the_page_computes(page: Page, site: Path, name: str) -> None:
    page.goto("en/about/")
    assert_recorded(page, site, name)
