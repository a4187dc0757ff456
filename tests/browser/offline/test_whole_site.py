"""The whole site for offline use: its size beforehand, progress, cancelling, undoing, and bringing it up to date."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.offline.host import Host, copy, rebuild
from tests.browser.offline.reader import Reader

SIZE = {"ja": r"この端末に約 (\d+) MB を保存します", "en": r"Keeps about (\d+) MB on this device"}
SAVED = re.compile("Saved: every article can be read and run without a network")
PROGRESS = """() => {
  window.seen = []
  const [bar, status] = ["bar", "status"].map((name) => document.querySelector(`.kp-offline__${name}`))
  const look = () => window.seen.push([bar.hidden, bar.value, status.textContent])
  new MutationObserver(look).observe(status, { childList: true })
}"""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_is_offered_with_its_size_where_readers_look(reader: Reader, host: Host, lab: Path, language: str) -> None:
    listing = (lab / "offline.json").read_text("utf-8")
    size = sum(map(int, re.findall(r"\[(\d+),", listing))) / 1e6
    for path in ("", "how-it-works/"):
        reader.open(f"{language}/{path}")
        status = reader.page.locator("[data-offline] .kp-offline__status")
        expect(status).to_have_text(re.compile(SIZE[language]))
        found = re.search(SIZE[language], status.inner_text())
        assert found and abs(int(found[1]) - size) < 1
        assert reader.page.locator("[data-offline] button").bounding_box()["height"] >= 44


def test_saved_whole_it_serves_what_was_never_visited_and_can_be_removed(
    reader: Reader, host: Host, guard: Any
) -> None:
    guard.allow("net::ERR|Failed to")
    page = reader.page
    reader.open("en/how-it-works/")
    reader.wait_for_worker()
    page.evaluate(PROGRESS)
    button = page.locator("[data-offline] button")
    button.click()
    expect(page.locator("[data-offline]")).to_contain_text(SAVED)
    seen = page.evaluate("window.seen")
    assert any(
        not hidden and 0 < value < 1 and re.fullmatch(r"Saving \d+ / \d+ MB", text) for hidden, value, text in seen
    )

    host.gone = True
    reader.open("ja/maths/shannon-entropy/")
    reader.run("two-texts")
    expect(reader.cell("two-texts")).to_have_attribute("data-match", "same")
    reader.open("en/how-it-works/")
    expect(page.locator("[data-offline]")).to_contain_text(SAVED)
    button.click()
    expect(button).to_be_disabled()  # to save it again, the network is needed
    assert not reader.caches("kamipen-site")
    page.goto("en/maths/only-matmul/")
    expect(page.locator("h1")).to_have_text("No connection, so this page cannot be shown")


def test_saving_can_be_cancelled_and_leaves_nothing(reader: Reader, host: Host) -> None:
    reader.open("en/how-it-works/")
    button = reader.page.locator("[data-offline] button")
    host.hold = r"scipy"
    button.click()
    expect(button).to_have_text("Cancel")
    button.click()
    expect(button).to_have_text("Save the whole site for offline use")
    host.go_on.set()
    assert not reader.caches("kamipen-site")
    expect(reader.page.locator(".kp-offline__status")).to_have_text(re.compile(SIZE["en"]))


def test_what_changed_since_is_fetched_at_the_next_visit_and_nothing_else(
    reader: Reader, host: Host, lab: Path, tmp_path: Path, guard: Any
) -> None:
    guard.allow("net::ERR|Failed to")
    host.server.headers = {"Cache-Control": "max-age=0"}
    reader.open("en/how-it-works/")
    reader.wait_for_worker()
    reader.page.locator("[data-offline] button").click()
    expect(reader.page.locator("[data-offline]")).to_contain_text(SAVED)

    changed = copy(lab, tmp_path) / "en" / "maths" / "only-matmul" / "index.html"
    changed.write_text(changed.read_text("utf-8").replace("<title>", "<title>Mended: "), "utf-8")
    rebuild(tmp_path)
    host.server.site = tmp_path
    del host.asked[:]
    reader.open("en/about/")
    reader.wait(
        "async () => (await (await caches.match('URL')).text()).includes('Mended')".replace(
            "URL", f"{host.address}en/maths/only-matmul/"
        )
    )
    assert not host.runtime
    host.gone = True
    reader.open("en/maths/only-matmul/")
    expect(reader.page).to_have_title(re.compile("^Mended"))
