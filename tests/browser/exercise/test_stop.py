"""An exercise whose code does not end can be stopped, in its article and in practice, and answered afterwards."""

import pytest
from playwright.sync_api import Locator, Page, expect

from kamipen.article.scripts import read
from kamipen.project import ROOT
from tests.browser.conftest import Guard

ARTICLE = "maths/gradient-descent-physics/"
SCRIPT = read(ROOT / "snippets/gradient_descent_physics.py")
STOPPED = {"ja": "止めました", "en": "Stopped"}


def write(page: Page, found: Locator, code: str) -> None:
    found.locator("[data-answer] :is(pre, .cm-content)").first.click()
    expect(found.locator(".cm-content")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("place", ["article", "practice"])
def test_an_endless_answer_is_stopped_and_keeps_what_it_printed(page: Page, language: str, place: str) -> None:
    page.goto(f"{language}/{ARTICLE}")
    page.evaluate("window.kamipen.ready")
    found = page.locator('[data-exercise][data-kind="code"]').first
    name = found.get_attribute("data-exercise")
    if place == "practice":
        page.goto(f"{language}/practice/?set={name}")
        found = page.locator(f'[data-exercise="{name}"]')
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-hydrated", "")
    check, stop = (found.locator(f'[data-action="{action}"]') for action in ("check", "stop"))
    expect(stop).to_be_hidden()
    write(page, found, "print('begun')\nprint('half', end='')\nwhile True: pass")
    check.click()
    expect(stop).to_be_in_viewport()
    expect(stop).to_be_focused()
    expect(check).to_be_hidden()
    expect(found.locator(".kp-boot")).to_have_count(0, timeout=60_000)
    page.wait_for_timeout(1_000)  # Python is there, and in the loop
    stop.click()
    expect(found.locator("[data-feedback]")).to_contain_text(STOPPED[language], timeout=2_000)
    expect(found.locator(".kp-exercise__shown")).to_have_text("begun\nhalf")
    expect(stop).to_be_hidden()
    expect(check).to_be_focused()
    write(page, found, SCRIPT[f"solution:{name}"].source)
    page.keyboard.press("Control+Enter")
    expect(found).to_have_attribute("data-verdict", "right", timeout=60_000)


@pytest.mark.parametrize("key", ["Control+Enter", "Shift+Enter"])
def test_an_answer_is_checked_by_key_where_the_editor_never_comes(page: Page, guard: Guard, key: str) -> None:
    guard.allow("net::ERR_FAILED|dynamically imported")
    page.route("**/kamipen/editor-*.js", lambda route: route.abort())
    page.goto(f"en/{ARTICLE}")
    page.evaluate("window.kamipen.ready")
    found = page.locator('[data-exercise][data-kind="code"]').first
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-hydrated", "")
    found.locator("[data-answer] pre").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("(")
    page.keyboard.press(key)
    expect(found.locator("[data-feedback]")).to_contain_text("does not run to its end", timeout=60_000)


def test_enter_that_ends_a_word_checks_nothing(page: Page) -> None:
    page.goto(f"ja/{ARTICLE}")
    page.evaluate("window.kamipen.ready")
    for kind in ("number", "code"):
        found = page.locator(f'[data-exercise][data-kind="{kind}"]').first
        found.scroll_into_view_if_needed()
        expect(found).to_have_attribute("data-hydrated", "")
        if kind == "code":
            write(page, found, "x = 1")
        else:
            found.locator("[data-answer]").focus()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Input.imeSetComposition", {"text": "こたえ", "selectionStart": 3, "selectionEnd": 3})
        for key in ("Enter", "Control+Enter", "Shift+Enter"):
            page.keyboard.press(key)
        page.wait_for_timeout(500)
        expect(found.locator("[data-feedback]")).to_be_empty()
        devtools.send("Input.insertText", {"text": "1"})
