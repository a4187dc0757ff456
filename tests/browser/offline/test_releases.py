"""A new release takes an old one's place: pages of both work, and no page ever gets parts of the other."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.host import Host, copy, files, next_runtime, rebuild
from tests.browser.offline.reader import PATIENCE, Reader

AGED = {"Cache-Control": "max-age=0"}  # as when the ten minutes are over for which a host's answers hold
BARE = """
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
  Object.defineProperty(navigator, 'serviceWorker', { value: undefined })
"""
"""Nothing is fetched ahead, and nothing kept."""
UPDATED = {
    "ja": "サイトが更新されました。ページを再読み込みして",
    "en": "The site was updated while this page was open: reload",
}
MIXED = """() => performance.getEntriesByType("resource").map(({ name }) => name)
  .filter((name) => /kamipen\\/(main|style|engine|worker)/.test(name))"""


@pytest.fixture(scope="module")
def newer(lab: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a later release: another client, another runtime, other pages."""
    folder = copy(lab, tmp_path_factory.mktemp("newer"))
    next_runtime(folder)
    rebuild(folder, mark="newer")
    return folder


def release(page: Page) -> str:
    return page.locator("[data-release]").get_attribute("data-release") or ""


def parts(page: Page) -> set[str]:
    """Return the releases that a page's own files are of; those with a hash in their name are of one each."""
    return {name.partition("?")[2] for name in page.evaluate(MIXED) if "?" in name}


def test_an_open_page_of_the_old_release_and_a_page_of_the_new_one_both_work(
    reader: Reader, host: Host, newer: Path, guard: Any
) -> None:
    guard.allow("404")
    host.server.headers = AGED
    reader.open()
    old = release(reader.page)
    reader.adds_up()
    reader.wait_for_worker()
    reader.wait_for_kept("kamipen_kit-", "/kamipen/store-")

    host.server.site = newer
    other = Reader(reader.page.context.new_page())
    other.open("ja/lab/")
    other.adds_up()
    new = release(other.page)
    assert (new != old, parts(other.page), other.page.title()) == (True, {new}, "newer Lab")
    other.wait_for_kept("python_stdlib-00000000.zip")  # a restored snapshot can do without for a while
    assert "python_stdlib-00000000.zip" in host.runtime, "the new page has its own release's library"

    reader.page.evaluate("import('../../kamipen/bootbar-missing.js').catch(() => {})")
    reader.cell().locator("pre.highlight").click()  # the editor, of the old release, was not loaded yet
    expect(reader.cell().locator(".cm-content")).to_be_visible()
    reader.adds_up()
    assert parts(reader.page) == {old}


def test_the_old_releases_caches_go_with_its_last_page_and_what_was_kept_is_kept_of_the_new(
    reader: Reader, host: Host, newer: Path, guard: Any
) -> None:
    guard.allow("net::ERR|Failed to|404")
    host.server.headers = AGED
    reader.open("ja/maths/shannon-entropy/")
    reader.run("two-texts")
    reader.wait_for_worker()
    reader.wait_for_kept("kamipen_kit-", "/kamipen/store-", "lunr.ja")
    before = set(reader.caches())

    host.server.site = newer
    reader.page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
    waits = "() => navigator.serviceWorker.getRegistration().then(({ waiting }) => waiting !== null)"
    reader.wait(waits)
    assert before < set(reader.caches()), "the open page keeps what it has"
    context = reader.page.context
    outside = Reader(context.new_page())  # not in the service worker's care: it sees the new one take over
    outside.page.goto("/")
    reader.page.close()
    outside.wait("() => navigator.serviceWorker.getRegistrations().then((all) => all.every(({ waiting }) => !waiting))")
    host.gone = True

    reader = Reader(context.new_page())
    reader.open("ja/maths/shannon-entropy/")
    reader.wait(
        "async (old) => (await caches.keys()).every((name) => !old.includes(name))",
        [name for name in before if "pages" in name or "runtime" in name],
    )
    expect(reader.page).to_have_title(re.compile("^newer"))
    assert parts(reader.page) == {release(reader.page)}
    reader.run("two-texts")
    expect(reader.cell("two-texts")).to_have_attribute("data-match", "same")


def test_instant_navigation_to_a_page_of_the_new_release_brings_its_client(
    reader: Reader, host: Host, newer: Path, guard: Any
) -> None:
    guard.allow("404")
    host.server.headers = AGED
    reader.open("ja/maths/shannon-entropy/")
    old = release(reader.page)
    host.server.site = newer
    reader.page.locator(".kp-turn__link--next").click()
    other = "(old) => ![undefined, old].includes(document.querySelector('[data-release]')?.dataset.release)"
    reader.page.wait_for_function(other, arg=old)
    reader.page.wait_for_function("() => performance.getEntriesByType('navigation')[0].type === 'reload'")
    assert parts(reader.page) == {release(reader.page)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_page_whose_release_is_gone_before_it_fetched_python_says_to_reload(
    reader: Reader, host: Host, newer: Path, guard: Any, language: str
) -> None:
    guard.allow("404|Failed to load")
    reader.page.add_init_script(BARE)
    reader.open(f"{language}/lab/")
    host.server.site = newer
    reader.run(state="error")
    expect(reader.status()).to_contain_text(UPDATED[language])
    reader.page.reload(timeout=PATIENCE)
    reader.page.evaluate("window.kamipen.ready")
    reader.adds_up()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_control_whose_release_is_gone_says_to_reload(
    reader: Reader, host: Host, newer: Path, guard: Any, language: str
) -> None:
    guard.allow("404|Failed to load")
    reader.page.add_init_script(BARE)
    reader.open(f"{language}/maths/start-here/")
    host.server.site = newer
    reader.cell("line").locator(".kp-control input").first.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(reader.status("line")).to_contain_text(UPDATED[language])
    reader.page.reload(timeout=PATIENCE)
    reader.page.evaluate("window.kamipen.ready")
    reader.cell("line").locator(".kp-control input").first.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(reader.status("line")).to_contain_text({"ja": "記録：", "en": "recorded: "}[language])


def test_the_library_of_another_release_has_another_name(lab: Path, newer: Path) -> None:
    names = [{path.name for path in files(site).glob("python_stdlib*")} for site in (lab, newer)]
    assert not names[0] & names[1]
