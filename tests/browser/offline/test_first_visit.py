"""A first visit: nothing of Python before the reader means it; then all at once, with stages and bytes."""

import re
from pathlib import Path

import pytest

from tests.browser.offline.host import SUM, Host, copy, write
from tests.browser.offline.reader import Reader

PYTHON = re.compile(r"/runtime/|/kamipen/(worker|engine|maker)-")
TEXTS = """() => {
  window.texts = []
  const look = () => {
    const bar = document.querySelector("[role=progressbar].kp-boot")
    const value = bar?.getAttribute("aria-valuenow")
    const text = bar?.getAttribute("aria-valuetext") ?? bar?.textContent
    if (bar) window.texts.push([text, value === null ? -1 : Number(value)])
  }
  const all = { subtree: true, childList: true, attributes: true, characterData: true }
  new MutationObserver(look).observe(document.body, all)
}"""


@pytest.fixture
def below(lab: Path, host: Host, tmp_path: Path) -> Path:
    """Serve a page whose cell is below the fold."""
    host.server.site = copy(lab, tmp_path)
    write(tmp_path, {"sum": SUM}, above=3000)
    return tmp_path


def python(host: Host) -> list[str]:
    return [path for path in host.asked if PYTHON.search(path)]


def test_nothing_of_python_is_fetched_before_a_cell_is_neared(reader: Reader, below: Path, host: Host) -> None:
    # The client's own chunks may be kept for offline use by then: a service worker is not let in here.
    reader.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    reader.open()
    reader.page.evaluate("() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 1500)))")
    assert python(host) == []
    with reader.page.expect_worker():
        reader.cell().locator('[data-action="run"]').first.hover()
    assert host.runtime or reader.page.wait_for_timeout(2000) or host.runtime


def test_the_service_worker_fetches_nothing_of_the_runtime_by_itself(reader: Reader, below: Path, host: Host) -> None:
    reader.open()
    reader.wait_for_worker()
    reader.wait_for_kept("/en/lab/", "/kamipen/store-")
    assert host.runtime == []


def test_on_a_line_that_asks_to_save_data_a_cell_in_sight_is_no_intent(reader: Reader, host: Host) -> None:
    reader.page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    reader.open()
    reader.wait_for_worker()
    reader.wait_for_kept("/en/lab/")
    reader.page.evaluate("() => new Promise((done) => requestIdleCallback(() => done(true)))")
    assert python(host) == []


def test_all_parts_are_asked_for_while_the_module_is_on_its_way(reader: Reader, below: Path, host: Host) -> None:
    host.hold = r"\.wasm$"  # does not arrive until the others were asked for
    reader.open()
    reader.cell().locator('[data-action="run"]').first.hover()
    wanted = (r"pyodide\.mjs", r"pyodide\.asm\.mjs", r"\.wasm", r"\.libraries\.bin", r"\.memory\.bin")
    for _ in range(200):
        if all(any(re.search(part, name) for name in host.runtime) for part in wanted):
            break
        reader.page.wait_for_timeout(50)
    else:
        raise AssertionError(host.runtime)
    host.go_on.set()
    reader.adds_up()


def test_the_bar_tells_stages_and_bytes(reader: Reader, below: Path, host: Host) -> None:
    host.hold = r"\.(wasm|memory\.bin)$"
    reader.open()
    reader.page.evaluate(TEXTS)
    reader.press()
    reader.page.wait_for_function("() => window.texts.some(([text]) => / MB$/.test(text))")
    host.go_on.set()
    reader.reached("done")
    texts = reader.page.evaluate("window.texts")
    assert any(re.fullmatch(r"Downloading Python \d+\.\d / \d+\.\d MB", text) for text, _ in texts)
    stages = list(dict.fromkeys(re.sub(r" [\d./ ]+MB", "", text) for text, _ in texts))
    assert stages[0] == "Getting Python ready"
    assert {"Downloading Python", "Restoring a saved start"} <= set(stages)
    assert max(value for _, value in texts) == 100
