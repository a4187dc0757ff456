"""In an article, among the theme's keys: whatever comes late, what is typed into code stays there, and does no more."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

ARTICLE = "maths/only-matmul/"
KEYS = "nps/f.,"
CODE = "#cell-one-product .kp-cell__code"  # the first whose code is not all folded


@pytest.mark.parametrize("by", ["click", "Tab"])
@pytest.mark.parametrize("late", ["main.js", "ja-", "editor-"])
@pytest.mark.parametrize("kind", [CODE, ".kp-exercise__code"])
def test_keys_typed_into_code_are_text_whatever_comes_late(page: Page, kind: str, late: str, by: str) -> None:
    held: list[Route] = []
    page.route(re.compile(rf"/kamipen/kamipen/{re.escape(late)}"), lambda route: held.append(route))
    page.goto(f"ja/{ARTICLE}", wait_until="commit" if late == "main.js" else "load")
    page.wait_for_function("() => document.querySelector('#__config')")
    page.wait_for_function("() => window.document$ !== undefined")
    code = page.locator(f"{kind} > :is(pre, .kp-editor)").first
    code.scroll_into_view_if_needed()
    if by == "click":
        code.click()
    else:
        code.evaluate("code => code.focus()")
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.type(f"# {KEYS}")
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(ARTICLE))
    assert not page.evaluate("document.getElementById('__search').checked")
    while held:
        held.pop().continue_()
    page.evaluate(
        "window.kamipen?.ready ?? new Promise(done => setTimeout(done, 2000)).then(() => window.kamipen.ready)"
    )
    expect(page.locator(kind).first.locator(".cm-line, pre").first).to_contain_text(f"# {KEYS}")


def test_after_instant_navigation_too(page: Page, guard: Any) -> None:
    held: list[Route] = []
    page.route(re.compile("/kamipen/kamipen/editor-"), lambda route: held.append(route))
    page.goto("ja/maths/start-here/")
    page.evaluate("window.kamipen.ready")
    page.locator(".kp-turn__link--next").click()
    expect(page).to_have_url(re.compile(ARTICLE))
    page.wait_for_function(f"() => document.querySelector('{CODE} pre')?.isContentEditable")
    far = page.locator("[data-exercise]:not([data-hydrated]) .kp-exercise__code > pre")
    assert far.evaluate_all("found => found.length > 0 && found.every(pre => pre.isContentEditable)")
    page.locator(f"{CODE} > pre").click()
    page.keyboard.type(KEYS)
    page.wait_for_timeout(300)
    expect(page).to_have_url(re.compile(ARTICLE))
    expect(page.locator(f"{CODE} > pre")).to_contain_text(KEYS)
