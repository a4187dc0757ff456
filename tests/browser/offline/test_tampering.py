"""Whatever was put into the caches, the service worker serves scripts and pages only as the release lists them."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.offline.host import Host
from tests.browser.offline.reader import Reader

TAMPER = """async (parts) => {
  const done = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      if (!parts.some((part) => new URL(request.url).pathname.endsWith(part))) continue
      const type = request.url.includes("js") ? "text/javascript" : "text/html"
      const script = "globalThis.attacked = 1"
      const body = type === "text/html" ? `<p>forged</p><script>${script}</${"script"}>` : script
      await cache.put(request, new Response(body, { headers: { "Content-Type": type, Refresh: "0;url=/" } }))
      done.push(request.url)
    }
  }
  return done.length
}"""
RELABEL = """async (part) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      if (!request.url.endsWith(part)) continue
      const body = await (await cache.match(request)).arrayBuffer()
      const headers = { "Content-Type": "text/html", Refresh: "0;url=../../ja/" }
      await cache.put(request, new Response(body, { headers }))
    }
  }
}"""
REFUSED = {"en": "No connection, so this page cannot be shown", "ja": "通信がないので、このページは開けません"}


@pytest.fixture
def kept(reader: Reader, host: Host) -> Reader:
    """Return a reader whose browser has kept a page and what it needs, in no other place than the caches."""
    host.server.headers = {"Cache-Control": "no-store"}
    reader.open()
    reader.adds_up()
    reader.wait_for_worker()
    reader.wait_for_kept("en/lab/", "/kamipen/store-", "/kamipen/main.js", "pyodide.mjs", "kamipen_kit-")
    return reader


def attacked(reader: Reader) -> Any:
    return reader.page.evaluate("globalThis.attacked ?? null")


def test_with_a_network_what_was_tampered_with_comes_anew(kept: Reader) -> None:
    assert kept.page.evaluate(TAMPER, ["en/lab/", ".js", ".mjs"]) > 10
    kept.open()
    kept.adds_up()
    assert attacked(kept) is None


@pytest.mark.parametrize("language", REFUSED)
def test_without_one_a_page_that_was_tampered_with_is_refused(
    kept: Reader, host: Host, guard: Any, language: str
) -> None:
    guard.allow("net::ERR|503")
    kept.open(f"{language}/lab/")
    kept.wait_for_kept(f"{language}/lab/")
    kept.page.evaluate(TAMPER, [f"{language}/lab/"])
    host.gone = True
    kept.page.goto(f"{language}/lab/")
    expect(kept.page.locator("body")).to_contain_text(REFUSED[language])
    expect(kept.page.locator("body")).not_to_contain_text("forged")
    assert attacked(kept) is None


def test_without_one_a_script_that_was_tampered_with_does_not_run(kept: Reader, host: Host, guard: Any) -> None:
    guard.allow("net::ERR|Failed to")
    kept.page.evaluate(TAMPER, ["main.js"])
    host.gone = True
    kept.page.goto("en/lab/")
    expect(kept.cell()).to_have_attribute("data-state", "static")
    assert attacked(kept) is None


def test_of_a_kept_copy_only_its_content_is_served(kept: Reader, host: Host) -> None:
    kept.page.evaluate(RELABEL, "en/lab/")
    host.gone = True
    kept.open()
    kept.adds_up()
    assert kept.page.url.endswith("en/lab/")
