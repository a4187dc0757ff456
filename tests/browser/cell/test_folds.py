"""Folded code, captions and words of figures: in the page, in the editor, in a run, on paper, without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

SOURCE = (Path(__file__).parent / "lab.py").read_text("utf-8").split("# %% folded\n")[1].split("\n# %%")[0].rstrip()


@pytest.fixture(params=[390, 1280])
def cell(request: pytest.FixtureRequest, page: Page) -> Locator:
    page.set_viewport_size({"width": request.param, "height": 844})
    page.goto("ja/folded/")
    page.wait_for_function("() => window.kamipen?.ready.then(() => true)")
    return page.locator("[data-cell]")


def lines(cell: Locator) -> Locator:
    return cell.locator("span.nn", has_text="numpy")


def test_a_press_opens_and_a_press_folds(cell: Locator) -> None:
    fold = cell.locator("summary").first
    expect(fold).to_have_accessible_name("準備（3 行）")
    expect(lines(cell)).to_be_hidden()
    fold.click()
    expect(lines(cell)).to_be_visible()
    editor = cell.locator(".cm-editor")
    expect(editor).to_be_visible()
    expect(lines(cell)).to_be_visible()
    other = editor.get_by_role("button", name="描画（7 行）")
    expect(other).to_have_attribute("aria-expanded", "false")
    editor.get_by_role("button", name="「準備」をたたむ").click()
    expect(lines(cell)).to_be_hidden()
    expect(editor.get_by_role("button", name="準備（3 行）")).to_be_focused()
    cell.page.keyboard.press("Enter")
    expect(lines(cell)).to_be_visible()
    expect(cell).not_to_have_attribute("data-edited", "")


def test_nothing_jumps_when_the_editor_comes(cell: Locator) -> None:
    before = cell.bounding_box()
    row = cell.locator("summary").nth(1).bounding_box()
    cell.locator(".kp-cell__code .s2").first.click()
    expect(cell.locator(".cm-editor")).to_be_visible()
    after = cell.bounding_box()
    same = cell.locator("button.kp-fold").nth(1).bounding_box()
    assert before and after and row and same
    assert round(before["height"] - after["height"]) == 0
    assert round(row["y"] - same["y"]) == 0
    assert round(row["height"] - same["height"]) == 0


def test_a_slider_changes_code_around_folds(cell: Locator) -> None:
    cell.locator("input[type=range]").fill("7")
    expect(cell.locator(".kp-cell__code")).to_contain_text("weight = 7")
    cell.locator("summary").first.click()
    expect(cell.locator(".cm-editor")).to_be_visible()
    cell.locator("input[type=range]").fill("5")
    expect(cell.locator(".cm-content")).to_contain_text("weight = 5")
    expect(cell.get_by_role("button", name="描画（7 行）")).to_be_visible()


def test_copy_takes_all(cell: Locator) -> None:
    cell.page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }")
    cell.locator("[data-action=copy]").click()
    expect(cell.locator(".kp-cell__status")).to_contain_text("コピー")
    assert cell.page.evaluate("window.copied") == SOURCE


def test_an_error_in_a_fold_is_shown(cell: Locator) -> None:
    cell.locator("summary").first.click()
    expect(cell.locator(".cm-editor")).to_be_visible()
    cell.locator(".cm-line", has_text="primes").click()
    cell.page.keyboard.press("End")
    cell.page.keyboard.type("\n1 / 0")
    cell.get_by_role("button", name="「準備」をたたむ").click()
    cell.locator("[data-action=run]").click()
    expect(cell.locator(".kp-error")).to_contain_text("ZeroDivisionError")
    expect(cell.locator(".kp-cell__code")).to_have_attribute("data-error-line", "5")
    expect(lines(cell)).to_be_visible()
    mark = cell.locator(".kp-cell__code").evaluate("code => parseFloat(getComputedStyle(code, '::after').top)")
    line = cell.locator(".cm-line", has_text="1 / 0").evaluate(
        "line => line.getBoundingClientRect().top - line.closest('.kp-cell__code').getBoundingClientRect().top"
    )
    assert abs(mark - line) < 2


def test_a_run_has_the_pages_words_and_caption(cell: Locator) -> None:
    figure = cell.locator(".kp-figure")
    words = ["素数", "重みつき", "t=0 で測った wxi2"]
    assert [word for word in words if word in figure.inner_text()] == words
    expect(figure.locator("figcaption")).to_have_text("素数に重みを掛ける")
    published = figure.inner_html()
    cell.locator("[data-action=run]").click()
    expect(cell).to_have_attribute("data-match", "same")
    assert [word for word in words if word in figure.inner_text()] == words
    assert figure.inner_html() != published or "data-word" in published
    expect(figure.locator("figcaption")).to_have_text("素数に重みを掛ける")
    expect(figure.locator("svg")).to_have_attribute("aria-label", "a line")


def test_open_on_paper_and_without_javascript(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("ja/folded/")
    expect(page.locator("span.nn", has_text="numpy")).to_be_visible()
    expect(page.get_by_text("# region set-up")).to_be_visible()
    context.close()
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.goto("ja/folded/")
    page.emulate_media(media="print")
    expect(page.locator("span.nn", has_text="numpy")).to_be_visible()
    assert page.locator(".kp-cell__code pre").evaluate("code => code.textContent") == SOURCE
    context.close()
