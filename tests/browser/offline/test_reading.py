"""After one visit a reader needs no network: the article, its Python and the search are there."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.offline.host import Host
from tests.browser.offline.reader import Reader

ARTICLE = "ja/maths/shannon-entropy/"


def test_a_visited_article_can_be_read_run_and_searched_with_the_network_off(
    reader: Reader, host: Host, guard: Any
) -> None:
    guard.allow("net::ERR|Failed to")
    reader.open(ARTICLE)
    page = reader.page
    onward = page.locator(".kp-turn__link--next")
    onward.scroll_into_view_if_needed()
    page.wait_for_timeout(1_000)  # the theme notes the place a moment after a scroll: nobody clicks sooner
    onward.click()  # a second article, by instant navigation
    expect(page).to_have_url(f"{host.address}ja/maths/autodiff-60-lines/")
    page.go_back()
    page.evaluate("window.kamipen.ready")
    reader.run("two-texts")
    reader.wait_for_worker()
    reader.wait_for_kept(
        "kamipen_kit-",
        ".asm.wasm",
        "/kamipen/store-",
        "/kamipen/editor-",
        "lunr.ja",
        "autodiff-60",
        "/states/shannon_entropy.coin.",  # of the page that came before its service worker
        "/states/autodiff_60_lines.engine.",
    )

    host.gone = True
    reader.open(ARTICLE)
    expect(page.locator("h1")).to_be_visible()
    reader.run("two-texts")
    expect(reader.cell("two-texts")).to_have_attribute("data-match", "same")
    field = page.locator(".md-search__input")
    field.fill("エントロピー")
    field.press("End")  # Japanese input fires no keyup, which the theme waits for
    expect(page.locator('.md-search-result__link[href*="shannon-entropy"]').first).to_be_attached()
    reader.open("ja/maths/autodiff-60-lines/")
    expect(page.locator("h1")).to_be_visible()


def test_a_page_that_was_only_read_keeps_the_python_that_came_meanwhile(reader: Reader, host: Host, guard: Any) -> None:
    guard.allow("net::ERR|Failed to")
    reader.open()  # the cell is in sight, so Python comes while the reader reads
    reader.wait_for_worker()
    reader.wait_for_kept("kamipen_kit-", "/kamipen/store-")
    host.gone = True
    reader.open()
    reader.adds_up()


def test_on_a_line_that_asks_to_save_data_only_the_page_is_kept(reader: Reader, host: Host) -> None:
    reader.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    reader.open()
    reader.adds_up()
    reader.wait_for_worker()
    reader.wait_for_kept("/en/lab/")
    reader.page.evaluate("() => new Promise((done) => requestIdleCallback(() => done(true)))")
    assert not reader.caches("kamipen-runtime")
