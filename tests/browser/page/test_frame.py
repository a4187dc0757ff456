"""The frame of the pages in real Chromium: both languages, search, instant navigation, policy, no script, print."""

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kamipen.site import csp

ARTICLE = "maths/delve-and-bayes/"


def test_door_leads_to_the_readers_language(browser: Browser, base_url: str) -> None:
    for locale, language in (("ja-JP", "ja"), ("en-GB", "en")):
        context = browser.new_context(base_url=base_url, locale=locale)
        page = context.new_page()
        page.goto("./")
        page.wait_for_url(f"**/{language}/")
        context.close()


def test_door_and_lost_page_offer_both_languages_without_script(site: Path) -> None:
    for name in ("index.html", "404.html"):
        links = _Links()
        links.feed((site / name).read_text("utf-8"))
        assert links.languages == {"ja", "en"}, name


@pytest.mark.parametrize(("language", "other"), [("ja", "en"), ("en", "ja")])
def test_language_switch_keeps_the_page(page: Page, language: str, other: str) -> None:
    page.goto(f"{language}/{ARTICLE}")
    page.locator(".kp-language").click()
    page.wait_for_url(f"**/{other}/{ARTICLE}")
    expect(page.locator("html")).to_have_attribute("lang", other)


@pytest.mark.parametrize(("language", "query"), [("ja", "学習率"), ("en", "learning rate")])
def test_search_finds_the_article(page: Page, language: str, query: str) -> None:
    page.goto(f"{language}/")
    field = page.locator(".md-search__input")
    field.fill(query)
    field.press("End")  # Japanese input fires no keyup, which the theme waits for
    found = page.locator('.md-search-result__link[href*="maths/gradient-descent-physics/"]')
    expect(found.first).to_be_attached(timeout=20_000)


def test_navigation_is_instant_also_past_figures(page: Page) -> None:
    page.goto(f"ja/{ARTICLE}")
    page.evaluate("window.stayed = true")
    page.locator(".kp-turn__link--next").click()
    expect(page).not_to_have_url(re.compile(ARTICLE))
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("window.stayed === true"), "the page was loaded anew"


KINDS = {
    "article": f"ja/{ARTICLE}",
    "home": "en/",
    "practice": "ja/practice/",
    "docket": "ja/docket/",
    "list of parts": "en/runtime/",
    "notebook": "en/notebooks/matmul-roofline/",
    "no such page": "no/such/page/",
}
DOOR = "index.html"  # leads on at once where scripts may run


def test_every_page_has_the_policy_first_and_only_scripts_that_it_names(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert {"index.html", "404.html"} <= {page.name for page in pages if page.parent == site}
    for page in pages:
        html = page.read_text("utf-8")
        head = re.search(r'<head\b[^>]*><meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
        assert head, f"{page.relative_to(site)} has no policy, or something before it"
        directives = dict(part.strip().split(" ", 1) for part in head[1].split(";"))
        sources = directives["script-src"].split()
        assert {"'self'", "'wasm-unsafe-eval'"} <= set(sources)
        assert all(re.fullmatch(r"'self'|'wasm-unsafe-eval'|'sha256-[\w+/]+=*'", source) for source in sources), sources
        assert directives["default-src"] == directives["connect-src"] == "'self'"
        assert csp.script_digests(html) <= set(sources), page.relative_to(site)
        assert not re.search(r"<[a-z][^<>]* on[a-z]+=[\"']", html), (
            f"{page.relative_to(site)} has a handler in its markup"
        )


@pytest.mark.parametrize("kind", KINDS)
def test_policy_refuses_an_injected_inline_script(kind: str, page: Page, guard: Any) -> None:
    guard.allow("Content Security Policy")
    guard.allow("404")
    page.goto(KINDS[kind])
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'injected = true' }))")
    assert page.evaluate("window.injected") is None
    page.evaluate("""new Promise(resolve => {
        document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="injected = true">')
        document.body.lastChild.addEventListener("error", resolve)
    })""")
    assert page.evaluate("window.injected") is None


def test_the_door_refuses_what_is_written_into_it(browser: Browser, site: Path, base_url: str) -> None:
    html = (site / DOOR).read_text("utf-8")
    attacked = html.replace("</body>", "<script>document.title = 'injected'</script></body>")
    assert attacked != html
    context = browser.new_context(locale="fr-FR")  # a reader of neither language stays at the door
    page = context.new_page()
    page.route(base_url, lambda route: route.fulfill(body=attacked, content_type="text/html"))
    page.goto(base_url)
    expect(page.locator("nav a")).to_have_count(2)
    assert page.title() != "injected"
    context.close()


def test_the_days_of_an_article_are_the_same_wherever_they_stand(site: Path) -> None:
    for language in ("ja", "en"):
        feed = ET.parse(site / language / "feed.xml")
        sitemap = (site / language / "sitemap.xml").read_text("utf-8")
        for entry in feed.iterfind("{*}entry"):
            address = entry.findtext("{*}id") or ""
            published, updated = (str(entry.findtext(f"{{*}}{name}"))[:10] for name in ("published", "updated"))
            folder = site / address.partition(f"/{language}/")[1].strip("/") / address.partition(f"/{language}/")[2]
            html, twin = ((folder / name).read_text("utf-8") for name in ("index.html", "index.md"))
            facts = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)[0])
            assert (facts["datePublished"], facts["dateModified"]) == (published, updated)
            days = re.findall(r'<time datetime="([\d-]+)">', html)
            assert days == ([published] if published == updated else [published, updated])
            assert f"date: {published}\nupdated: {updated}\n" in twin
            assert f"<loc>{address}</loc><lastmod>{updated}</lastmod>" in sitemap


def test_the_list_of_parts_is_what_is_served(site: Path) -> None:
    (runtime,) = (path.parent for path in site.glob("runtime/*/pyodide-lock.json"))
    served = {path.name: path for path in runtime.iterdir() if not path.name.startswith("snapshot-")}
    del served["pyodide-lock.json"]  # the list itself, for the interpreter
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in served.items()}
    machines = json.loads((site / "runtime/sbom.cdx.json").read_text("utf-8"))["components"]
    assert {part["properties"][0]["value"]: part["hashes"][0]["content"] for part in machines} == digests
    assert all(part["licenses"][0]["license"]["name"] for part in machines)
    for language in ("ja", "en"):
        page = (site / language / "runtime/index.html").read_text("utf-8")
        rows = re.findall(r"<td>([^<]+) \([\d.]+ MB\)</td>\s*<td><code>([0-9a-f]{64})</code></td>", page)
        assert dict(rows) == digests, language


def test_no_page_leaves_a_cookie(page: Page) -> None:
    for path in KINDS.values():
        if path != KINDS["no such page"]:
            page.goto(path)
            assert page.evaluate("document.cookie") == "", path
    page.goto(KINDS["article"])
    page.locator("[data-action=run]").first.click()
    expect(page.locator("[data-cell]").first).to_have_attribute("data-state", "done", timeout=90_000)
    assert page.context.cookies() == []


def test_pages_are_whole_without_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"ja/{ARTICLE}")
    expect(page.locator(".kp-cell pre code").first).to_be_visible()
    expect(page.locator("[data-output]").first).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator("[data-action=run]").first).to_be_hidden()
    context.close()


def test_print_shows_code_output_and_folded_parts_without_the_frame(page: Page) -> None:
    page.goto("ja/gallery/")
    page.emulate_media(media="print")
    for shown in (".kp-cell pre code", "[data-output]", ".kp-verdict", "details .kp-card", "h1"):
        expect(page.locator(shown).first).to_be_visible()
    for hidden in (".md-header", ".md-sidebar", ".kp-footer", "[data-action]", ".kp-forms"):
        expect(page.locator(hidden).first).to_be_hidden()


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.languages: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.languages.add(dict(attrs).get("hreflang") or "")


MOVING = """nodes => nodes.filter(node => {
  const { transitionDuration, animationDuration } = getComputedStyle(node)
  return [transitionDuration, animationDuration].some(list => list.split(",").some(value => parseFloat(value) > 0.01))
}).map(node => node.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("kind", ["article", "home", "practice", "notebook"])
def test_nothing_moves_where_motion_is_unwanted(kind: str, browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, reduced_motion="reduce")
    page = context.new_page()
    page.goto(KINDS[kind])
    page.evaluate("window.kamipen.ready")
    assert page.locator("body, body *").evaluate_all(MOVING) == []
    context.close()


def test_notebook_of_an_article_carries_the_readers_edit(page: Page, tmp_path: Path) -> None:
    page.goto(f"en/{ARTICLE}")
    page.evaluate("window.kamipen.ready")
    page.locator("[data-cell] pre code").first.click()
    editor = page.locator("[data-cell] .cm-content").first
    editor.press("Control+a")
    page.keyboard.insert_text("print('mine')\n")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download notebook").click()
    waiting.value.save_as(tmp_path / "article.ipynb")
    saved = json.loads((tmp_path / "article.ipynb").read_text("utf-8"))
    code = ["".join(cell["source"]) for cell in saved["cells"] if cell["cell_type"] == "code"]
    assert code.count("print('mine')\n") + code.count("print('mine')") == 1
    assert len(code) > 3
