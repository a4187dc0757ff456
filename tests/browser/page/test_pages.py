"""Every page that is built, narrow and wide, light and dark: axe finds nothing, and a thumb hits what it aims at.

A page is narrow in one language and wide in the other: what stands in both is made by the same templates.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kamipen.project import LANGUAGES, ROOT

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text("utf-8")
RUN = """runOnly => axe
    .run({ exclude: [".kp-figure > svg > *", ".katex-html > *"] }, { resultTypes: ["violations"], ...runOnly })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`)))"""
WIDTHS = (390, 1280)
SCRIPT = re.compile("<script.*?</script>", re.DOTALL)
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
SMALL = """() => [...document.querySelectorAll("button, summary, select, input, textarea, .kp-button")]
    .filter(node => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".md-search, .md-sidebar"))
    .map(node => [node, (node.closest("label") ?? node).getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 1 && (width < 43.5 || height < 43.5))
    .map(([node, { width, height }]) => `${node.outerHTML.slice(0, 120)}: ${width} x ${height}`)"""


def pages(site: Path, part: str) -> list[str]:
    """Return the addresses of a language's pages, or of those that belong to none."""
    found = sorted((site / part).rglob("*.html")) if part else sorted(site.glob("*.html"))
    return [path.relative_to(site).as_posix().removesuffix("index.html") for path in found]


def in_turn(paths: list[str], part: str, width: int) -> list[str]:
    """Return half of a language's pages, the other half of the other's: each page is seen in both widths."""
    if part not in LANGUAGES:
        return paths
    odd = (LANGUAGES.index(part) + WIDTHS.index(width)) % 2
    return paths[odd::2]


def violations(page: Page) -> list[str]:
    """Return what axe finds in both schemes: everything in the first, and what colours decide in the second."""
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE)
    found = page.evaluate(RUN, {})
    page.emulate_media(color_scheme="dark")
    return found + page.evaluate(RUN, COLOURS)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("part", [*LANGUAGES, ""])
def test_axe_finds_nothing_and_all_can_be_touched(
    browser: Browser, base_url: str, guard: Any, site: Path, part: str, width: int
) -> None:
    context = browser.new_context(
        base_url=base_url, viewport={"width": width, "height": 844}, reduced_motion="reduce", locale="ja"
    )
    guard.watch(context)
    page = context.new_page()
    if not part:  # the door, held open
        door = SCRIPT.sub("", (site / "index.html").read_text("utf-8"))
        page.route(base_url, lambda route: route.fulfill(body=door, content_type="text/html"))
    problems: list[str] = []
    for path in in_turn(pages(site, part), part, width):
        page.goto(path)
        page.evaluate("window.kamipen?.ready")
        found = violations(page) + (page.evaluate(SMALL) if width == 390 else [])
        problems += [f"{path}: {problem}" for problem in found]
    context.close()
    assert not problems, "\n".join(problems)
