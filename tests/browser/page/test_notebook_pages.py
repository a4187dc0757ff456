"""The notebook pages: like the rest of the site, light, accessible, complete, and found by search."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kamipen.export.companion import companions
from kamipen.project import LANGUAGES, ROOT

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text("utf-8")
LIMIT = 300_000  # bytes of HTML without figures

each = pytest.mark.parametrize("slug", [companion.slug for companion in companions()])
both = pytest.mark.parametrize("language", LANGUAGES)


@each
@both
def test_page_is_light_and_complete(site: Path, language: str, slug: str) -> None:
    folder = site / language / "notebooks" / slug
    html = (folder / "index.html").read_text("utf-8")
    assert len(re.sub(r"<svg\b.*?</svg>", "", html, flags=re.DOTALL).encode()) < LIMIT
    assert not re.search(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"?https?://(?!kamipen\.github\.io)", html)
    assert "&lt;style&gt;" not in html
    sources = html[html.index('id="sources"') :]
    assert sources.count('<a href="https://') >= 2 and "<https:" not in sources
    notebook = json.loads((folder / f"{slug}.ipynb").read_text("utf-8"))  # what Download gives
    assert html.count("kp-cell--recorded") == sum(cell["cell_type"] == "code" for cell in notebook["cells"])
    found = json.loads((site / language / "search/search_index.json").read_text("utf-8"))["docs"]
    assert any(entry["location"] == f"notebooks/{slug}/" and entry["text"] for entry in found)


@each
@pytest.mark.parametrize(("language", "width", "scheme"), [("ja", 1280, "light"), ("en", 390, "dark")])
def test_page_reads_in_both_schemes(new_context, slug: str, language: str, width: int, scheme: str) -> None:  # type: ignore[no-untyped-def]
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page: Page = context.new_page()
    page.goto(f"{language}/notebooks/{slug}/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate(AXE)
    violations = page.evaluate("axe.run().then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))")
    assert violations == []
    page.locator(".kp-facts dd a").first.click()
    page.locator(f".kp-box--gpu a[href$='notebooks/{slug}/']").wait_for()
