"""Reading without running: no JavaScript, on paper, in a search engine."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.cell.conftest import Lab

CUT = """nodes => nodes
    .filter(node => node.scrollHeight > node.clientHeight + 1 || node.scrollWidth > node.clientWidth + 1)
    .length"""


def test_without_javascript_the_page_is_whole(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("ja/lab/")
    expect(page.locator('[data-cell="lab#total"] code')).to_have_text('print("total", int(y.sum()))')
    expect(page.locator('[data-cell="lab#total"] [data-output]')).to_have_text("total 45\n")
    expect(page.locator('[data-cell="lab#drawing"] svg[role=img]')).to_be_visible()
    for gone in (".kp-controls", ".kp-cell__bar", ".kp-cell__controls", "button", "input"):
        for element in page.locator(gone).all():
            expect(element).not_to_be_visible()
    assert page.locator("[data-state=static]").count() == 8
    context.close()


def test_on_paper_nothing_is_cut_and_nothing_asks_to_be_pressed(cells: Lab) -> None:
    page = cells.page
    cells.write("base", "# " + "long " * 60 + "\nfor i in range(200):\n    print('line', i)\n")
    cells.run("base")
    page.emulate_media(media="print")
    for button in page.locator("button").all():
        expect(button).not_to_be_visible()
    expect(page.locator(".kp-control")).not_to_be_visible()
    for selector in (".kp-cell__code", ".kp-text"):
        cut = page.locator(f'[data-cell="lab#base"] {selector}').evaluate_all(CUT)
        assert cut == 0, selector
    expect(cells.output("base")).to_contain_text("line 199")


def test_search_engines_find_code_output_and_figures(lab: Path, page: Page) -> None:
    html = (lab / "ja" / "lab" / "index.html").read_text("utf-8")
    assert "y [3, 6, 9, 12, 15]" in html
    assert "入力 x" in html
    page.goto("ja/lab/")
    assert "y [3, 6, 9, 12, 15]" in page.inner_text("main")
