"""Every page that is built, narrow and wide, light and dark: axe finds nothing, and a thumb hits what it aims at."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from kamipen.project import LANGUAGES, ROOT

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text("utf-8")
RUN = """runOnly => axe
    .run({ exclude: [".katex-html > *"] }, { resultTypes: ["violations"], ...runOnly })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`)))"""
# Most nodes are strokes of figures, which axe need not see, and words of code, of which one of a kind is enough.
THIN = """() => {
    for (const node of document.querySelectorAll(".kp-figure > svg > *")) node.remove()
    const seen = new Set()
    const words = [...document.querySelectorAll("pre code span:not(summary *)")].filter(word => !word.children.length)
    const again = words.filter(word => {
        const kind = `${word.closest("[class*=highlight], .kp-cell")?.className}/${word.className}`
        return seen.has(kind) || !word.checkVisibility() || !seen.add(kind)
    })
    for (const word of again) word.replaceWith(word.textContent)
}"""
NARROW: ViewportSize = {"width": 390, "height": 844}
WIDE: ViewportSize = {"width": 1280, "height": 844}
SCRIPT = re.compile("<script.*?</script>", re.DOTALL)
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SMALL = """() => [...document.querySelectorAll("button, summary, select, input, textarea, .kp-button")]
    .filter(node => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".md-search, .md-sidebar"))
    .map(node => [node, (node.closest("label") ?? node).getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 1 && (width < 43.5 || height < 43.5))
    .map(([node, { width, height }]) => `${node.outerHTML.slice(0, 120)}: ${width} x ${height}`)"""
SIDEWAYS = """() => [document.documentElement.scrollWidth]
    .filter(width => width > innerWidth).map(width => `${width} px wide`)"""


def pages(site: Path, part: str) -> list[str]:
    """Return the addresses of a language's pages, or of those that belong to none."""
    found = sorted((site / part).rglob("*.html")) if part else sorted(site.glob("*.html"))
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in found]


def violations(page: Page) -> list[str]:
    """Return what axe finds in both schemes: everything in the first, and what colours decide in the second."""
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE)
    found = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    return found + page.evaluate(RUN, COLOURS)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("part", [*LANGUAGES, ""])
def test_axe_finds_nothing_all_can_be_touched_and_nothing_scrolls_sideways(
    browser: Browser, base_url: str, guard: Any, site: Path, part: str, half: int
) -> None:
    """Axe sees a page narrow in one language and wide in the other: one visit serves all that is asked of it."""
    context = browser.new_context(base_url=base_url, reduced_motion="reduce", locale="ja", service_workers="block")
    guard.watch(context)
    page = context.new_page()
    if not part:  # the door, held open
        door = SCRIPT.sub("", (site / "index.html").read_text("utf-8"))
        page.route(base_url, lambda route: route.fulfill(body=door, content_type="text/html"))
    problems: list[str] = []
    for number, path in list(enumerate(pages(site, part)))[half::2]:
        page.set_viewport_size(NARROW)
        page.goto(path)
        page.evaluate("window.kamipen?.ready")
        found = page.evaluate(SMALL) + page.evaluate(SIDEWAYS)
        if (number // 2 + (part == "en")) % 2:
            page.set_viewport_size(WIDE)
        page.evaluate(THIN)
        problems += [f"{path}: {problem}" for problem in found + violations(page)]
    context.close()
    assert not problems, "\n".join(problems)
