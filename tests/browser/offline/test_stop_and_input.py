"""What the service worker adds for a host that sends no headers: Stop keeps the state, input() is answered."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.offline.host import Host, copy, write
from tests.browser.offline.reader import Reader

MAKE = "import random\nkept = random.random()\nprint('made', kept)"
LOOK = "print('still', kept)"
ENDLESS = {
    "loop": "print('begun')\nwhile True:\n    pass",
    "sleep": "import time\nprint('begun')\ntime.sleep(600)",
}
ASK = "name = input('who? ')\nprint('hello', name)"


@pytest.fixture
def pages(lab: Path, host: Host, tmp_path: Path) -> Path:
    """Serve a copy of the lab, whose cells a test may choose."""
    host.server.site = copy(lab, tmp_path)
    return tmp_path


def come_back(reader: Reader, path: str = "en/lab/") -> None:
    """Come a second time: the first page came before its service worker did."""
    reader.open(path)
    reader.wait_for_worker()
    reader.open(path)


@pytest.mark.parametrize("endless", ENDLESS)
def test_stop_keeps_the_state_where_the_service_worker_isolates_the_page(
    reader: Reader, pages: Path, endless: str
) -> None:
    write(pages, {"make": MAKE, "look": LOOK, "endless": ENDLESS[endless]})
    come_back(reader)
    assert reader.page.evaluate("crossOriginIsolated")
    reader.run("make")
    made = reader.printed("make")
    reader.press("endless")
    expect(reader.output("endless")).to_contain_text("begun")
    reader.press("endless", "stop")
    reader.reached("stopped", "endless")
    reader.run("look")
    if endless == "sleep":  # what does not heed an interrupt is ended all the same, and the state is made anew
        expect(reader.status("look")).to_contain_text("The state was lost")
    else:
        assert reader.printed("look") == made.replace("made", "still")
        assert "lost" not in reader.status("look").inner_text()


def test_a_stop_that_comes_too_late_does_not_end_the_next_run(reader: Reader, pages: Path) -> None:
    write(pages, {"quick": "print('quick')", "next": "for i in range(10**5):\n    pass\nprint('next')"})
    come_back(reader)
    reader.run("quick")
    for _ in range(5):
        reader.page.evaluate("""() => {
          const cell = document.querySelector('[data-cell$="#quick"]')
          const [run, stop] = ["run", "stop"].map((name) => cell.querySelector(`[data-action=${name}]`))
          run.click()
          return new Promise((done) => setTimeout(() => { stop.click(); done() }, 10 * Math.random()))
        }""")
        reader.page.locator('[data-cell$="#quick"]:is([data-state="done"], [data-state="stopped"])').wait_for()
        reader.run("next")


def suspended_by_nothing(site: Path) -> None:
    """Take away what lets Python wait without a service worker, as in browsers that do not have it yet."""
    for worker in site.glob("kamipen/worker-*.js"):
        taken = "delete WebAssembly.Suspending; delete WebAssembly.promising;\n"
        worker.write_text(taken + worker.read_text("utf-8"), "utf-8")


def answer(reader: Reader, text: str) -> None:
    field = reader.output("ask").locator("input")
    field.fill(text)
    field.press("Enter")


def test_input_is_answered_where_python_cannot_be_suspended(reader: Reader, pages: Path) -> None:
    suspended_by_nothing(pages)
    write(pages, {"ask": ASK})
    come_back(reader)
    for name in ("紙", "ペン"):
        reader.press("ask")
        answer(reader, name)
        reader.reached("done", "ask")
        expect(reader.output("ask")).to_contain_text(f"hello {name}")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_where_nothing_can_wait_for_input_the_reader_is_told_what_to_do(
    reader: Reader, pages: Path, guard: Any, language: str
) -> None:
    guard.allow("Failed to load")
    reader.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    suspended_by_nothing(pages)
    write(pages, {"ask": ASK})
    reader.open(f"{language}/lab/")
    reader.run("ask", state="error")
    said = {"ja": "ページを再読み込みして、もう一度実行してください", "en": "reload the page and run again"}
    expect(reader.output("ask")).to_contain_text(said[language])
