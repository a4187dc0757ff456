"""Where the shipped snapshot does not fit, the reader's own browser makes one: when idle, once, never in the way."""

import gzip
import re
from pathlib import Path

import pytest

from tests.browser.offline.host import Host, copy, files, rebuild, replace
from tests.browser.offline.reader import Reader, watch_workers

MADE = ("/kamipen-own-snapshot/2/numpy.memory",)


def no_fit(site: Path) -> None:
    """Give the shipped snapshot another base, as an engine would that lays memory out otherwise."""
    (memory,) = files(site).glob("snapshot-numpy-*.memory.bin")
    content = gzip.decompress(memory.read_bytes())
    changed = re.sub(rb'"base":-?\d+', lambda found: b'"base":' + b"1".rjust(len(found[0]) - 7), content, count=1)
    replace(memory, gzip.compress(changed, 1))


@pytest.fixture
def misfit(lab: Path, host: Host, tmp_path: Path) -> Path:
    """Serve a site whose snapshot does not fit."""
    host.server.site = copy(lab, tmp_path)
    no_fit(tmp_path)
    return tmp_path


def makers(workers: list[str]) -> int:
    return sum("/maker-" in url for url in workers)


def test_it_is_made_in_idle_time_and_the_next_visit_starts_from_it(reader: Reader, misfit: Path, host: Host) -> None:
    workers = watch_workers(reader.page.context)
    reader.open()
    reader.adds_up()
    reader.wait_for_kept(*MADE)
    assert makers(workers) == 1
    del host.asked[:]
    reader.open()
    reader.page.evaluate(STAGES)
    reader.adds_up()
    assert "Restoring a saved start" in reader.page.evaluate("window.stages")
    assert not [name for name in host.runtime if name.startswith("snapshot-")], "the misfit is not fetched again"
    assert makers(workers) == 1


STAGES = """() => {
  window.stages = []
  const look = () => window.stages.push(document.querySelector(".kp-boot__text")?.textContent)
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
}"""


def test_a_damaged_own_copy_is_dropped_and_made_again(reader: Reader, misfit: Path) -> None:
    reader.open()
    reader.adds_up()
    reader.wait_for_kept(*MADE)
    (name,) = reader.caches("kamipen-snapshot")
    spoil = "([name, url]) => caches.open(name).then((cache) => cache.put(url, new Response('nothing')))"
    reader.page.evaluate(spoil, [name, *MADE])
    reader.open()
    reader.adds_up()
    assert reader.page.evaluate("() => caches.has('NAME')".replace("NAME", name)) is False
    reader.open()
    reader.adds_up()
    reader.wait_for_kept(*MADE)


def test_two_tabs_make_one_snapshot(reader: Reader, misfit: Path) -> None:
    workers = watch_workers(reader.page.context)
    tabs = (reader, Reader(reader.page.context.new_page()))
    for tab in tabs:
        tab.open()
    for tab in tabs:
        tab.press()
    for tab in tabs:
        tab.reached("done")
    reader.wait_for_kept(*MADE)
    assert makers(workers) == 1
    for tab in tabs:
        tab.adds_up()


def test_making_stops_when_the_reader_waits_and_goes_on_afterwards(reader: Reader, misfit: Path) -> None:
    workers = watch_workers(reader.page.context)
    reader.open()
    reader.adds_up()
    while not makers(workers):
        reader.page.wait_for_timeout(50)
    reader.adds_up()
    reader.wait_for_kept(*MADE)
    assert makers(workers) == 2, "the first was ended when the reader ran a cell"


@pytest.mark.parametrize("poor", ["saveData", "deviceMemory", "quota"])
def test_it_is_not_made_where_room_or_line_is_poor(reader: Reader, misfit: Path, host: Host, poor: str) -> None:
    page = reader.page
    workers = watch_workers(page.context)
    page.add_init_script(
        {
            "saveData": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
            "deviceMemory": "Object.defineProperty(navigator, 'deviceMemory', { value: 2 })",
            "quota": "navigator.storage.estimate = async () => ({ quota: 9e8, usage: 0 })",
        }[poor]
    )
    reader.open()
    reader.adds_up()
    page.evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 500)))")
    reader.adds_up()
    assert makers(workers) == 0


def test_a_site_that_ships_none_has_readers_browsers_make_them(
    reader: Reader, lab: Path, host: Host, tmp_path: Path
) -> None:
    host.server.site = copy(lab, tmp_path)
    for path in files(tmp_path).glob("snapshot-*"):
        path.unlink()
    rebuild(tmp_path)
    reader.open()
    reader.adds_up()
    reader.wait_for_kept(*MADE)
