"""What a terminal and a value's own HTML look like: the same published and live, whatever they hold."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab

LIVE_BAR = """
import time
for done in range(101):
    print(f"\\r{done:3} % {'█' * (done // 10)}", end="")
    time.sleep(0.005)
print()
"""
TWO_BARS = """
import time
print("a 0\\nb 0")
for n in range(1, 30):
    print(f"\\x1b[2A\\ra {n}\\n\\rb {2 * n}")
    time.sleep(0.01)
"""
PIPELINE = """
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
make_pipeline(StandardScaler(), LogisticRegression())
"""
COLOUR = "(node) => getComputedStyle(node).color"


def test_returns_and_colours_are_shown_alike_published_and_live(cells: Lab) -> None:
    cells.open("en/shown/")
    output = cells.output("progress").locator("pre")
    published = output.inner_html().strip()
    expect(output).to_have_text("100 % done, bold\n")
    assert output.locator("span", has_text="done").evaluate(COLOUR) != output.evaluate(COLOUR)
    cells.run("progress")
    expect(cells.cell("progress")).to_have_attribute("data-match", "same")
    assert output.inner_html().strip() == published


def test_a_line_that_returns_is_one_line_all_the_while(cells: Lab) -> None:
    cells.write("base", LIVE_BAR)
    cells.output("base").evaluate("""output => {
        window.states = new Set()
        const watch = new MutationObserver(() => states.add(output.textContent))
        watch.observe(output, { childList: true, subtree: true, characterData: true })
    }""")
    cells.run("base")
    expect(cells.output("base")).to_have_text("100 % ██████████\n")
    states = [state for state in cells.page.evaluate("[...states]") if state and "sum" not in state]
    assert len(states) > 5, "it moves while it runs"
    assert all(len(state.splitlines()) == 1 for state in states), states


def test_lines_above_can_be_written_again(cells: Lab) -> None:
    cells.write("base", TWO_BARS)
    cells.run("base")
    expect(cells.output("base")).to_have_text("a 29\nb 58\n")


def test_long_output_in_colour_can_be_written_again_far_above(cells: Lab) -> None:
    code = "for n in range(1_000):\n    print(f'\\x1b[3{n % 8}m{n}\\x1b[0m')\nprint('\\x1b[500A\\rhere')\n"
    cells.write("base", code)
    cells.run("base")
    expected = [str(n) if n != 500 else "here" for n in range(1_000)]
    assert (cells.output("base").text_content() or "").splitlines() == expected


def test_a_values_own_styles_stay_its_own(cells: Lab) -> None:
    cells.open("en/shown/")
    before = cells.page.locator("h1").evaluate(COLOUR)
    for _ in ("published", "live"):
        rich = cells.output("widget").locator(".kp-rich")
        expect(rich.locator("#box")).to_have_css("color", "rgb(1, 2, 3)")
        expect(rich.locator(".told")).to_be_hidden()
        rich.locator("label").click()
        expect(rich.locator("input")).to_be_checked()
        assert rich.locator("script, [onclick]").count() == 0
        cells.run("widget")
    expect(cells.cell("widget")).to_have_attribute("data-match", "same")
    assert cells.page.locator("h1").evaluate(COLOUR) == before
    assert cells.page.evaluate("window.harmed") is None


def test_a_published_tree_is_attached_where_the_parser_leaves_it(cells: Lab, lab: Path) -> None:
    """Instant navigation parses a page without attaching the trees in it."""
    page = (lab / "en/shown/index.html").read_text("utf-8")
    assert 'shadowrootmode="open"' in page
    (lab / "en/parsed").mkdir(exist_ok=True)
    (lab / "en/parsed/index.html").write_text(page.replace("shadowrootmode", "data-tree"), "utf-8")
    cells.page.add_init_script("""new MutationObserver(() => {
        for (const tree of document.querySelectorAll("[data-tree]"))
            tree.setAttribute("shadowrootmode", tree.dataset.tree)
    }).observe(document, { childList: true, subtree: true })""")
    cells.open("en/parsed/")
    expect(cells.output("widget").locator("#box")).to_have_css("color", "rgb(1, 2, 3)")
    cells.run("widget")
    expect(cells.cell("widget")).to_have_attribute("data-match", "same")


STYLED = """
class Styled:
    def _repr_html_(self):
        return '''<style>
            @import url("https://example.com/a.css");
            @font-face { font-family: x; src: url(https://example.com/f.woff2) }
            p { background: url("https://example.com/p.png") } :host { position: fixed !important; inset: 0 }
            i { color: rgb(7, 8, 9) } .fixed { position: fixed; inset: 0; z-index: 99 }
        </style><p id="top">p</p><i>i</i><div class="fixed"></div><input type="text"><form><input name="q"></form>'''
Styled()
"""


def test_a_style_sheet_cannot_load_or_cover_the_page(cells: Lab) -> None:
    cells.write("table", STYLED)
    cells.run("table")
    rich = cells.output("table").locator(".kp-rich")
    expect(rich.locator("i")).to_have_css("color", "rgb(7, 8, 9)")
    assert rich.locator("input, form").count() == 0
    box = rich.bounding_box()
    fixed = rich.locator(".fixed").bounding_box()
    assert box
    assert fixed
    assert fixed["height"] <= box["height"] + 1
    expect(rich).not_to_have_css("position", "fixed")
    assert cells.page.evaluate("document.getElementById('top')") is None


@pytest.mark.parametrize("path", ["en/lab/", "ja/dark/"])
def test_scikit_learns_diagram_is_shown(cells: Lab, path: str) -> None:
    cells.open(path)
    cells.write("table", PIPELINE)
    cells.press("table", "run")
    cells.state("table", "done", timeout=180_000)
    rich = cells.output("table").locator(".kp-rich")
    expect(rich.get_by_text("please rerun this cell")).to_be_hidden()
    expect(rich.get_by_text("StandardScaler", exact=True).first).to_be_visible()
    details = rich.get_by_text("Parameters", exact=True).nth(1)
    expect(details).to_be_hidden()
    rich.get_by_text("StandardScaler", exact=True).first.click()
    expect(details).to_be_visible()
