"""Nothing typed into code is lost, however late the editor comes; no key of the theme acts there."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab
from tests.browser.held_requests import hold

KEYS = "nps/f.,"
SCRIPTS = {"editor": "**/kamipen/editor-*.js", "texts": "**/kamipen/en-*.js", "client": "**/kamipen/main.js*"}


def typed(cells: Lab, name: str, text: str) -> None:
    """Type at the beginning of a cell's code."""
    cells.page.keyboard.press("ControlOrMeta+Home")
    cells.page.keyboard.type(text)


def test_what_is_typed_before_the_editor_comes_is_in_it(cells: Lab) -> None:
    let_go = hold(cells.page, SCRIPTS["editor"])
    code = cells.cell("base").locator("pre.highlight").first
    code.click()
    typed(cells, "base", f"# {KEYS} 紙\n")
    assert cells.code("base").startswith(f"# {KEYS} 紙\nimport numpy as np\n")
    expect(cells.cell("base")).to_have_attribute("data-edited", "")
    cells.page.keyboard.type("x = 1")
    let_go()
    expect(cells.cell("base").locator(".cm-content")).to_be_focused()
    cells.page.keyboard.type(" + 2  # ")
    assert cells.code("base").startswith(f"# {KEYS} 紙\nx = 1 + 2  # import numpy as np\n"), "the caret stays, too"
    cells.kept("base", "x = 1 + 2")


def test_a_line_that_a_browser_ends_with_an_element_is_a_line(cells: Lab) -> None:
    """As a browser does that knows no editing of plain text alone."""
    cells.cell("base").locator("pre.highlight").first.evaluate("""pre => {
        pre.querySelector("code").prepend("x = 1", document.createElement("br"))
        pre.dispatchEvent(new InputEvent("input", { bubbles: true }))
    }""")
    expect(cells.cell("base").locator(".cm-content")).to_be_visible()
    assert cells.code("base").startswith("x = 1\nimport numpy as np\n")


def test_a_page_whose_editor_never_comes_can_be_written_in_and_run(cells: Lab, guard: Any) -> None:
    guard.allow("net::ERR_FAILED|dynamically imported")
    cells.page.context.route(SCRIPTS["editor"], lambda route: route.abort())
    cells.cell("base").locator("pre.highlight").first.focus()
    typed(cells, "base", "print('typed')\n")
    expect(cells.status("base")).to_contain_text("The editor could not be loaded")
    cells.page.keyboard.press("Control+Enter")
    cells.state("base", "done")
    expect(cells.output("base")).to_have_text("typed\nsum 15\n")
    cells.page.keyboard.press("Escape")
    expect(cells.cell("base").locator('[data-action="run"]')).to_be_focused()


@pytest.mark.parametrize("by", ["click", "Tab"])
def test_no_key_of_the_theme_acts_while_code_has_the_focus(cells: Lab, by: str) -> None:
    """The theme listens at the window, and asks whether what has the focus can be edited: so does this."""
    let_go = hold(cells.page, SCRIPTS["editor"])
    code = cells.cell("base").locator("pre.highlight").first
    if by == "click":
        code.click()
    else:
        cells.page.locator('[data-controls] [data-action="notebook"]').focus()
        while not code.evaluate("code => code === document.activeElement"):
            cells.page.keyboard.press("Tab")
    assert code.evaluate("code => code.isContentEditable && code === document.activeElement")
    typed(cells, "base", KEYS)
    let_go()
    expect(cells.cell("base").locator(".cm-content")).to_be_focused()
    assert cells.page.evaluate("document.activeElement.isContentEditable")
    assert cells.code("base").startswith(KEYS)


def test_a_word_is_composed_to_its_end_before_the_editor_takes_over(cells: Lab) -> None:
    let_go = hold(cells.page, SCRIPTS["editor"])
    cells.cell("base").locator("pre.highlight").first.click()
    cells.page.keyboard.press("ControlOrMeta+Home")
    cells.page.keyboard.type("# ")
    devtools = cells.page.context.new_cdp_session(cells.page)
    devtools.send("Input.imeSetComposition", {"text": "こうばい", "selectionStart": 4, "selectionEnd": 4})
    with cells.page.expect_request_finished(lambda request: "/editor-" in request.url):
        let_go()
    cells.page.wait_for_timeout(1_000)  # it would be in place
    devtools.send("Input.insertText", {"text": "勾配"})
    expect(cells.cell("base").locator(".cm-content")).to_be_focused()
    assert cells.code("base").startswith("# 勾配import numpy")


@pytest.mark.parametrize("ready", [False, True], ids=["plain", "editor"])
@pytest.mark.parametrize("key", ["Control+Enter", "Shift+Enter", "Meta+Enter"])
def test_enter_that_ends_a_word_runs_nothing(cells: Lab, ready: bool, key: str) -> None:
    if ready:
        cells.enter("base")
    else:
        hold(cells.page, SCRIPTS["editor"])
        cells.cell("base").locator("pre.highlight").first.click()
    devtools = cells.page.context.new_cdp_session(cells.page)
    devtools.send("Input.imeSetComposition", {"text": "こうばい", "selectionStart": 4, "selectionEnd": 4})
    cells.page.keyboard.press(key)
    cells.page.wait_for_timeout(300)
    expect(cells.cell("base")).to_have_attribute("data-state", "idle")


def test_enter_that_ends_a_word_answers_nothing(cells: Lab) -> None:
    cells.write("base", "print('hello', input('who? '))")
    cells.press("base", "run")
    field = cells.output("base").locator("input")
    expect(field).to_be_focused()
    devtools = cells.page.context.new_cdp_session(cells.page)
    devtools.send("Input.imeSetComposition", {"text": "かみ", "selectionStart": 2, "selectionEnd": 2})
    cells.page.keyboard.press("Enter")
    cells.page.wait_for_timeout(300)
    expect(field).to_be_visible()
    devtools.send("Input.insertText", {"text": "紙"})
    field.press("Enter")
    expect(cells.output("base")).to_contain_text("hello 紙")


def test_code_typed_before_the_client_knows_its_language_is_the_readers_edit(cells: Lab) -> None:
    let_go = hold(cells.page, SCRIPTS["texts"])
    cells.page.goto("en/lab/", wait_until="commit")
    code = cells.cell("base").locator("pre[contenteditable]").first
    code.click()
    typed(cells, "base", "# early\n")
    let_go()
    cells.page.evaluate("window.kamipen.ready")
    expect(cells.cell("base")).to_have_attribute("data-edited", "")
    cells.kept("base", "# early")
    cells.press("base", "reset")
    assert cells.code("base").startswith("import numpy as np\n"), "what was published is not what was typed"


def test_what_was_kept_and_what_was_typed_meanwhile_are_both_there_to_choose(cells: Lab) -> None:
    cells.write("base", "kept = 1\n")
    cells.kept("base", "kept = 1")
    let_go = hold(cells.page, SCRIPTS["texts"])
    cells.page.goto("en/lab/?again", wait_until="commit")
    cells.cell("base").locator("pre[contenteditable]").first.click()
    typed(cells, "base", "# typed\n")
    let_go()
    cells.page.evaluate("window.kamipen.ready")
    notice = cells.cell("base").locator(".kp-notice-box")
    expect(notice).to_contain_text("an edit of yours from an earlier visit")
    assert cells.code("base").startswith("# typed\n")
    notice.get_by_role("button", name="Take the earlier edit").click()
    assert cells.code("base").startswith("kept = 1")
    cells.kept("base", "kept = 1")


def test_what_was_typed_before_a_link_opened_comes_back(cells: Lab) -> None:
    cells.write("base", "shared = 1\n")
    cells.page.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve() }")
    cells.press("base", "share")
    cells.page.wait_for_function("() => window.copied")
    link = cells.page.evaluate("window.copied")
    cells.press("base", "reset")
    cells.kept("base", None)
    cells.page.goto("about:blank")
    let_go = hold(cells.page, "**/kamipen/share-*.js")
    cells.page.goto(link, wait_until="commit")
    cells.cell("base").locator("pre[contenteditable]").first.click()
    typed(cells, "base", "# mine\n")
    let_go()
    notice = cells.page.locator("[data-controls] .kp-notice-box")
    expect(notice).to_contain_text("Shared code")
    assert cells.code("base").startswith("shared = 1")
    notice.get_by_role("button", name="Back to the published code").click()
    assert cells.code("base").startswith("# mine\nimport numpy")
