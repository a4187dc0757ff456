"""Output: errors that help, figures that fit the page, rich results that cannot harm, limits, questions."""

from playwright.sync_api import expect

from tests.browser.cell.conftest import HOSTILE, Lab

FRAMES = """cell => {
    window.pieces = []
    new MutationObserver(changes => {
        const added = changes.flatMap(change => [...change.addedNodes])
        pieces.push(added.reduce((sum, node) => sum + node.textContent.length, 0))
    }).observe(cell.querySelector("[data-output]"), { childList: true, subtree: true })
}"""


def test_an_error_shows_the_readers_frames_the_line_and_a_hint(cells: Lab) -> None:
    cells.write("base", "def f(v):\n    return v + missing\n\n\nf(1)\n")
    cells.run("base", "error")
    error = cells.output("base").locator(".kp-error")
    expect(error).to_contain_text("NameError: name 'missing' is not defined")
    expect(error).to_contain_text("line 2")
    expect(error).to_contain_text("line 5")
    assert "pyodide" not in error.inner_text().lower()
    expect(cells.output("base").locator(".kp-hint")).to_contain_text("“missing” does not exist yet")
    code = cells.cell("base").locator(".kp-cell__code")
    marked = code.get_attribute("data-error-line")
    assert marked in ("2", "5")
    mark = "getComputedStyle(document.querySelector('.kp-cell__code'), '::after')"
    line = cells.cell("base").locator(".cm-line").nth(int(marked) - 1).bounding_box()
    frame = code.bounding_box()
    assert line
    assert frame
    assert abs(float(cells.page.evaluate(f"parseFloat({mark}.top)")) + frame["y"] - line["y"]) < 2
    cells.enter("base")
    cells.page.keyboard.type("#")
    expect(code).not_to_have_attribute("data-error-line", marked)


def test_hints_speak_the_pages_language(cells: Lab) -> None:
    cells.open("ja/lab/")
    for code, hint in (
        ("if True:\nprint(1)\n", "空白 4 つ"),
        ("import numpy as np\nnp.ones(3) + np.ones(4)\n", "形が合いません：(3,) と (4,)"),
        ("print（1）\n", "全角文字「（」"),
    ):
        cells.write("base", code)
        cells.run("base", "error")
        expect(cells.output("base").locator(".kp-hint")).to_contain_text(hint)
    cells.page.locator('[data-controls] [data-action="reset-all"]').click()
    cells.write("base", "print(y)\n")
    cells.run("base", "error")
    expect(cells.output("base").locator(".kp-hint")).to_contain_text("下のセル「scale」")


def test_a_figure_fits_the_page_in_both_schemes(cells: Lab) -> None:
    cells.run("drawing")
    drawing = cells.output("drawing").locator(".kp-figure > svg")
    expect(drawing).to_have_attribute("role", "img")
    expect(drawing).to_have_attribute("aria-label", "右上がりの線")
    assert "入力 x" in drawing.locator("text").all_inner_texts() or "入力 x" in (drawing.text_content() or "")
    colour = "svg => getComputedStyle(svg.querySelector('path[style*=kp-c0]')).stroke"
    light = drawing.evaluate(colour)
    cells.page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    assert drawing.evaluate(colour) != light


def test_rich_results_are_shown_and_cannot_harm(cells: Lab) -> None:
    cells.run("table")
    expect(cells.output("table").locator(".kp-rich table")).to_contain_text("n")
    cells.write("table", HOSTILE)
    cells.run("table")
    cells.unharmed("table")


def test_a_figures_markup_cannot_harm_either(cells: Lab) -> None:
    code = (
        'class Drawing:\n    def _repr_svg_(self):\n        return \'<svg xmlns="http://www.w3.org/2000/svg" '
        'viewBox="0 0 9 9" onload="window.harmed = 1"><script>window.harmed = 2</script>'
        '<image href="https://example.com/x.png"/><rect width="9" height="9"/></svg>\'\nDrawing()\n'
    )
    cells.write("table", code)
    cells.run("table")
    expect(cells.output("table").locator("svg rect")).to_be_attached()
    assert cells.output("table").locator("script, [onload], [href^=http]").count() == 0
    assert cells.page.evaluate("window.harmed") is None


def test_long_output_is_cut_and_comes_in_pieces_that_hold_nothing_up(cells: Lab) -> None:
    cells.write("base", "for i in range(20_000):\n    print('line', i, '.' * 150)\n")
    cells.cell("base").evaluate(FRAMES)
    cells.run("base")
    expect(cells.output("base").locator(".kp-notice")).to_contain_text("Output cut here")
    text = cells.output("base").locator(".kp-text").text_content() or ""
    assert text.count("\n") == 5_000
    assert max(cells.page.evaluate("window.pieces")) < len(text) / 5  # a busy page sees a few frames' pieces at once


def test_input_asks_in_the_output(cells: Lab) -> None:
    cells.write("base", "name = input('name? ')\nprint('hello', name)\n")
    cells.press("base", "run")
    field = cells.output("base").locator("input")
    field.wait_for(timeout=60_000)
    expect(field).to_be_focused()
    field.fill("紙とペン")
    field.press("Enter")
    cells.state("base", "done")
    expect(cells.output("base")).to_contain_text("name? 紙とペン\nhello 紙とペン")
