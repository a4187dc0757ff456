"""Output: errors that help, figures that fit the page, rich results that cannot harm, limits, questions."""

import pytest
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
        ("print（1）\n", "全角文字「（」がコードに混ざっています。半角の ( に"),
        ("print(1)\u200b\n", "目に見えない文字（U+200B）"),
        ("%matplotlib inline\n", "%matplotlib は要りません"),
        ("import threading\nthreading.Thread(target=print).start()\n", "スレッドが一つしか"),
        ("変数 = 3\nprint(変すう)\n", "「変すう」はまだ作られていません"),
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
    expect(cells.output("base")).to_have_text("name? 紙とペン\nhello 紙とペン\n")


def test_a_question_leaves_the_focus_to_who_types_elsewhere(cells: Lab) -> None:
    cells.run("scale")
    cells.write("base", "import time\ntime.sleep(1)\nname = input('name? ')\nprint('hello', name)\n")
    cells.press("base", "run")
    cells.state("base", "running")
    cells.enter("total")
    cells.page.keyboard.press("ControlOrMeta+End")
    cells.page.keyboard.type("# a")
    field = cells.output("base").locator("input")
    field.wait_for()
    cells.page.keyboard.type("bc")
    assert cells.code("total").endswith("# abc")
    field.fill("x")
    field.press("Enter")
    cells.state("base", "done")


def test_after_too_many_lines_the_figure_and_the_last_value_still_come(cells: Lab) -> None:
    code = "import matplotlib.pyplot as plt\nfor n in range(6_000):\n    print(n)\nplt.plot([1, 2])\n6 * 7\n"
    cells.write("base", code)
    cells.run("base")
    output = cells.output("base")
    expect(output.locator(".kp-notice")).to_have_count(1)
    expect(output.locator(".kp-text")).to_have_count(2)
    expect(output.locator(".kp-text").last).to_have_text("42\n")
    expect(output.locator(".kp-figure > svg")).to_be_visible()


ENDS = {
    "exit()": "",
    "quit()": "",
    "print(1)\nexit()\nprint(2)": "1\n",
    "import sys\ndef f():\n    sys.exit()\nf()": "",
    "import asyncio\nawait asyncio.sleep(0)\nexit()": "",
}


def test_exit_ends_the_cell_and_help_still_works(cells: Lab) -> None:
    for code, text in ENDS.items():
        cells.write("base", code)
        cells.run("base")
        expect(cells.output("base")).to_have_text(text)
    cells.write("base", "help(len)\n")
    cells.run("base")
    expect(cells.output("base")).to_contain_text("Help on built-in function len")
    cells.write("base", "exit('no data')\n")
    cells.run("base", "error")
    expect(cells.output("base").locator(".kp-error")).to_contain_text("SystemExit: no data")


def test_a_debugger_is_answered_by_a_sentence(cells: Lab) -> None:
    for code in ("x = 1\nbreakpoint()\n", "x = 1\nimport pdb; pdb.set_trace()\n", "import pdb\npdb.run('x = 1')\n"):
        cells.write("base", code)
        cells.run("base", "error")
        expect(cells.output("base").locator(".kp-hint")).to_contain_text("no debugger")
        expect(cells.output("base").locator("input")).to_have_count(0)
    cells.write("base", "print(input('still? '))\n")
    cells.press("base", "run")
    field = cells.output("base").locator("input")
    field.fill("yes")
    field.press("Enter")
    cells.state("base", "done")
    expect(cells.output("base")).to_have_text("still? yes\nyes\n")


def test_a_label_that_is_no_formula_is_told_with_its_line_and_the_figure_kept(cells: Lab) -> None:
    cells.open("ja/lab/")
    code = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title(r'$\\frac{1$')\nplt.xlabel('$x$')\n"
    cells.write("base", code)
    cells.run("base", "error")
    output = cells.output("base")
    expect(output.locator(".kp-figure > svg")).to_contain_text(r"$\frac{1$")
    expect(output.locator(".kp-hint__line")).to_have_text("3 行目")
    expect(output.locator(".kp-hint")).to_contain_text(
        r"ラベル $\frac{1$ を数式として読めません（Expected \frac{num}{den}"
    )


VALUES = {
    "class D(dict):\n    __getattr__ = dict.get\nD(a=1)": "{'a': 1}\n",
    "import matplotlib.pyplot as plt\nplt.gca().set(xlabel='x', xlim=(0, 1), yticks=[])": "",
    "import matplotlib.pyplot as plt\nplt.hist([1, 2])": "",
}


def test_values_are_shown_as_they_are_meant(cells: Lab) -> None:
    for code, text in VALUES.items():
        cells.write("base", code)
        cells.run("base")
        assert "".join(cells.output("base").locator("pre").all_text_contents()) == text


@pytest.mark.parametrize("moment", ["while it runs", "between two runs"])
def test_a_worker_that_is_gone_is_noticed(cells: Lab, moment: str) -> None:
    cells.page.add_init_script("""window.workers = []
        window.Worker = class extends Worker {
            constructor(...how) { super(...how); workers.push([this, how[1]?.name]) }
        }
        window.kill = () => workers.findLast(([, name]) => name === "kamipen")[0].terminate()""")
    cells.open()
    cells.run("base")
    if moment == "while it runs":
        cells.write("scale", "print('begun')\nwhile True:\n    pass\n")
        cells.press("scale", "run")
        expect(cells.output("scale")).to_contain_text("begun")
        cells.page.evaluate("kill()")
        cells.state("scale", "error", timeout=5_000)
        expect(cells.status("scale")).to_contain_text("Python was closed")
        cells.press("scale", "reset")
    else:
        cells.page.evaluate("kill()")
    cells.run("scale")
    expect(cells.status("scale")).to_contain_text("The state was lost")
    expect(cells.cell("scale")).to_have_attribute("data-match", "same")


def test_markdown_and_formulas_are_set(cells: Lab) -> None:
    code = "class A:\n    def _repr_{}_(self):\n        return {!r}\nA()\n"
    cells.write("table", code.format("markdown", "**bold** and `code`\n\n- one\n- two"))
    cells.run("table")
    rich = cells.output("table").locator(".kp-rich")
    expect(rich.locator("strong")).to_have_text("bold")
    expect(rich.locator("li")).to_have_count(2)
    cells.write("table", code.format("latex", r"$\frac{1}{2}$"))
    cells.run("table")
    expect(rich.locator(".katex .mfrac").first).to_be_attached()


def test_an_integer_that_wraps_around_is_explained(cells: Lab) -> None:
    cells.write("base", "import numpy as np\nprint(np.arange(100_000).sum())\n")
    cells.run("base")
    notice = cells.output("base").locator(".kp-notice")
    expect(notice).to_contain_text("int64")
    assert (notice.locator("a").get_attribute("href") or "").endswith("/en/how-it-works/#numbers")
