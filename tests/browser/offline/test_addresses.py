"""Without a network a kept page opens under each of its addresses; for any other, a page of ours says what is kept."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.offline.host import Host
from tests.browser.offline.reader import Reader

ARTICLE = "ja/maths/shannon-entropy/"


def gone(reader: Reader, host: Host, guard: Any, *visited: str) -> None:
    """Visit pages, and lose the network."""
    guard.allow("net::ERR|Failed to")
    for path in visited:
        reader.open(path)
        reader.wait_for_worker()
        reader.wait_for_kept(f"/kamipen/{path}", "away.html", "/kamipen/style.css")
    host.gone = True


@pytest.mark.parametrize("address", [ARTICLE.rstrip("/"), f"{ARTICLE}index.html", f"{ARTICLE}?from=mail"])
def test_a_visited_page_opens_under_each_of_its_addresses(reader: Reader, host: Host, guard: Any, address: str) -> None:
    gone(reader, host, guard, ARTICLE)
    reader.page.goto(f"{address}#exercises")
    expect(reader.page.locator("h1")).to_contain_text("エントロピー")
    assert reader.page.url.startswith(f"{host.address}{ARTICLE}")
    assert reader.page.url.endswith("#exercises")
    reader.page.evaluate("window.kamipen.ready")  # with its scripts, whose addresses are relative


def test_a_page_visited_by_its_file_opens_by_its_folder(reader: Reader, host: Host, guard: Any) -> None:
    gone(reader, host, guard, f"{ARTICLE}index.html")
    reader.page.goto(ARTICLE)
    expect(reader.page.locator("h1")).to_contain_text("エントロピー")


@pytest.mark.parametrize(
    "address", ["", "ja/", "ja", "ja/maths/only-matmul/", "ja/maths/only-matmul", "ja/no-such/page.html"]
)
def test_for_any_other_page_ours_lists_what_is_kept(reader: Reader, host: Host, guard: Any, address: str) -> None:
    gone(reader, host, guard, ARTICLE)
    page = reader.page
    page.goto(f"{host.address}{address}")
    if address:  # the door asks the browser, which speaks English here
        expect(page.locator("html")).to_have_attribute("lang", "ja")
        expect(page.locator("h1")).to_have_text("通信がないので、このページは開けません")
    links = page.locator("li a")
    expect(links).to_have_count(1)
    expect(links).to_contain_text("エントロピー")
    links.click()
    expect(page).to_have_url(f"{host.address}{ARTICLE}")
    expect(page.locator("h1")).to_contain_text("エントロピー")


def test_it_speaks_the_language_of_the_address(reader: Reader, host: Host, guard: Any) -> None:
    gone(reader, host, guard, ARTICLE, "en/maths/only-matmul/")
    page = reader.page
    page.goto(f"{host.address}en/glossary/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("No connection, so this page cannot be shown")
    assert page.locator("ul").first.locator("a").all_inner_texts() == [page.locator("li a").first.inner_text()]
    expect(page.locator('ul[lang="ja"] a')).to_have_count(1)
    host.gone = False
    page.locator("nav a").click()
    expect(page.locator("h1")).to_contain_text("Glossary")
