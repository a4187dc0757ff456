"""Whatever fails, the reader can run code, or is told in one sentence what to do."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from kamipen.browser import chromium
from tests.browser.offline.host import SUM, Host, copy, files, replace, write
from tests.browser.offline.reader import Reader

CONNECTION = {
    "ja": "Python を読み込めませんでした。通信を確かめて、もう一度実行してください",
    "en": "Python could not be loaded: check the connection and run again",
}


@pytest.fixture
def site_copy(lab: Path, host: Host, tmp_path: Path) -> Path:
    """Serve a copy of the lab, whose files a test may damage."""
    host.server.site = copy(lab, tmp_path)
    return tmp_path


def damage(path: Path) -> None:
    """Turn over some bits in the middle of a file."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 64] = bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
    replace(path, bytes(content))


def cut(path: Path) -> bytes:
    """Cut a file in half; return what it was."""
    content = path.read_bytes()
    replace(path, content[: len(content) // 2])
    return content


@pytest.mark.parametrize("spoil", [damage, cut])
def test_a_corrupt_snapshot_is_passed_over_without_a_word(
    reader: Reader, site_copy: Path, host: Host, spoil: Any
) -> None:
    (memory,) = files(site_copy).glob("snapshot-numpy-*.memory.bin")
    spoil(memory)
    reader.open()
    reader.adds_up()
    assert memory.name in host.runtime
    assert "crash" not in (reader.status().inner_text())
    assert reader.page.evaluate("localStorage.getItem('kamipen:snapshot')") is None, "the next visit tries it again"


def test_a_kept_snapshot_that_was_damaged_is_replaced(reader: Reader, host: Host) -> None:
    reader.open()
    reader.adds_up()
    reader.wait_for_worker()
    reader.wait_for_kept(".memory.bin", "kamipen_kit-")
    size = """async () => {
      const kept = await (await caches.open(NAME)).keys()
      const { url } = kept.find(({ url }) => url.endsWith("memory.bin"))
      return [url, (await (await caches.match(url)).arrayBuffer()).byteLength]
    }""".replace("NAME", repr(reader.caches("kamipen-runtime")[0]))
    url, before = reader.page.evaluate(size)
    spoil = "([name, url]) => caches.open(name).then((cache) => cache.put(url, new Response('not a snapshot')))"
    reader.page.evaluate(spoil, [reader.caches("kamipen-runtime")[0], url])
    reader.open()
    reader.adds_up()
    assert reader.page.evaluate(size) == [url, before]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_truncated_wheel_is_named_as_a_matter_of_the_connection_and_the_next_run_asks_again(
    reader: Reader, site_copy: Path, guard: Any, language: str
) -> None:
    (wheel,) = files(site_copy).glob("joblib-*.whl")
    whole = cut(wheel)
    page = site_copy / language / "lab" / "index.html"
    page.write_text(page.read_text("utf-8").replace("import numpy as np", "import numpy as np, joblib"), "utf-8")
    reader.open(f"{language}/lab/")
    reader.run(state="error")
    expect(reader.status()).to_have_text(CONNECTION[language])
    replace(wheel, whole)
    reader.adds_up()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_network_that_is_lost_while_python_starts_costs_one_more_press(
    reader: Reader, host: Host, guard: Any, language: str
) -> None:
    guard.allow("net::ERR|Failed to")
    reader.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    host.last = r"\.wasm$"
    reader.open(f"{language}/lab/")
    reader.run(state="error")
    expect(reader.status()).to_have_text(CONNECTION[language])
    host.last, host.gone = "", False
    reader.adds_up()


@pytest.mark.parametrize("lost", ["/kamipen/engine-", "/kamipen/worker-", r"pyodide\.mjs", r"snapshot-"])
def test_whichever_part_is_lost_the_next_press_goes_on(reader: Reader, host: Host, guard: Any, lost: str) -> None:
    guard.allow("net::ERR|Failed to")
    reader.page.add_init_script(
        """
      Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
      Object.defineProperty(navigator, 'serviceWorker', { value: undefined })
    """
        if "snapshot" not in lost
        else "Object.defineProperty(navigator, 'serviceWorker', { value: undefined })"
    )
    reader.open()
    host.last = lost
    reader.run(state="error")
    expect(reader.status()).to_have_text(CONNECTION["en"])
    host.last, host.gone = "", False
    reader.adds_up()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_network_that_is_lost_when_python_wants_a_file_costs_one_more_press(
    reader: Reader, site_copy: Path, host: Host, guard: Any, language: str
) -> None:
    guard.allow("net::ERR|Failed to")
    write(site_copy, {"sum": SUM, "late": "from numpy.polynomial import Polynomial\nprint(Polynomial([1, 2])(3))"})
    reader.page.add_init_script("Object.defineProperty(navigator, 'serviceWorker', { value: undefined })")
    reader.open(f"{language}/lab/")
    reader.adds_up()
    host.gone = True
    reader.run("late", state="error")
    expect(reader.status("late")).to_have_text(CONNECTION[language])
    host.gone = False
    reader.run("late")
    assert reader.printed("late") == "7.0\n"
    assert any(name.startswith("numpy-") for name in host.runtime), "the snapshot did not have it"


def test_without_cache_storage_python_runs(browser: Browser, host: Host, guard: Any) -> None:
    """Over plain HTTP from another machine a browser has no caches, no service worker, no digests."""
    options = ["--no-sandbox", "--host-resolver-rules=MAP paper.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    launched = browser.browser_type.launch(executable_path=str(chromium.ensure()), args=options)
    try:
        page = launched.new_page(base_url=host.address.replace("127.0.0.1", "paper.test"))
        reader = Reader(page)
        reader.open()
        assert not page.evaluate("isSecureContext || 'caches' in window")
        reader.adds_up()
        page.goto("en/how-it-works/#offline")
        expect(page.locator("[data-offline]")).to_have_text("This browser cannot save the site")
    finally:
        launched.close()


def test_where_cache_storage_refuses_python_runs(reader: Reader, site_copy: Path) -> None:
    refuse = (
        "Object.defineProperty(globalThis, 'caches', { get() { throw new DOMException('no', 'SecurityError') } });\n"
    )
    for script in (*site_copy.glob("kamipen/worker-*.js"), *site_copy.glob("kamipen/main.js")):
        script.write_text(refuse + script.read_text("utf-8"), "utf-8")
    reader.open()
    reader.adds_up()


@pytest.fixture
def little(context: BrowserContext, reader: Reader, host: Host) -> Generator[Any]:
    """Give the site a quota of so many bytes, once it is open."""
    session = context.new_cdp_session(reader.page)

    def limit(size: int) -> None:
        origin = "/".join(host.address.split("/")[:3])
        session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})

    yield limit
    session.detach()


def test_where_the_quota_is_exceeded_python_runs_and_saving_says_so(reader: Reader, little: Any, guard: Any) -> None:
    guard.allow("Quota")
    reader.open("ja/how-it-works/")
    little(3_000_000)
    button = reader.page.locator('[data-action="offline"]')
    button.click()
    expect(reader.page.locator(".kp-offline__status")).to_contain_text("通信と空き容量を確かめて")
    expect(button).to_have_text("サイト全体をオフライン用に保存")
    assert not reader.caches("kamipen-site"), "nothing is left of it"
    reader.open()
    reader.adds_up()


def test_on_a_device_with_little_room_nothing_of_python_is_kept(reader: Reader) -> None:
    reader.page.add_init_script("navigator.storage.estimate = async () => ({ quota: 9e8, usage: 0 })")
    reader.open()
    reader.adds_up()
    reader.wait_for_worker()
    reader.wait_for_kept("/en/lab/", "/kamipen/store-")
    reader.page.evaluate("() => new Promise((done) => requestIdleCallback(() => done(true)))")
    assert not reader.caches("kamipen-runtime")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_memory_a_run_ends_with_a_message_and_the_page_goes_on(
    reader: Reader, site_copy: Path, language: str
) -> None:
    greedy = "import numpy as np\nkept = []\nwhile True:\n    kept.append(np.ones(30_000_000))\n"
    page = site_copy / language / "lab" / "index.html"
    html = page.read_text("utf-8")
    extra = re.sub(r"#sum", "#greedy", re.search(r'<div class="kp-cell" .*</div></div>', html, re.DOTALL)[0])
    extra = re.sub(r"<code>.*</code>", lambda _: f"<code>{greedy}</code>", extra, flags=re.DOTALL)
    page.write_text(html.replace("\n</div></body>", f"{extra}\n</div></body>"), "utf-8")
    reader.open(f"{language}/lab/")
    reader.page.evaluate("window.stays = true")
    reader.adds_up()
    reader.run("greedy", state="error")
    said = {"ja": "メモリが足りず、Python が止まりました", "en": "Python ran out of memory: use smaller data"}
    expect(reader.status("greedy")).to_contain_text(said[language])
    reader.adds_up()
    assert reader.page.evaluate("window.stays") is True
