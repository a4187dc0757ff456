"""The published result beside the reader's: the same, different, or not to be judged."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab


def test_the_same_is_marked_quietly(cells: Lab) -> None:
    cells.run("drawing")
    for name in ("base", "drawing"):
        expect(cells.cell(name)).to_have_attribute("data-match", "same")
        expect(cells.status(name)).to_contain_text("same as published")
    assert not cells.page.locator(".kp-beside").count()


def test_edited_code_is_not_judged_nor_what_depends_on_it(cells: Lab) -> None:
    cells.write("base", "import numpy as np\n\nx = np.arange(3)\n")
    cells.run("total")
    for name in ("base", "scale", "total"):
        assert cells.cell(name).get_attribute("data-match") is None
    expect(cells.output("total")).to_have_text("total 9\n")
    cells.press("base", "reset")
    cells.run("total")
    expect(cells.cell("total")).to_have_attribute("data-match", "same")


def test_a_difference_shows_both_and_the_lines(cells: Lab, lab: Path) -> None:
    page = (lab / "en" / "lab" / "index.html").read_text("utf-8")
    other = lab / "en" / "other"
    other.mkdir(exist_ok=True)
    (other / "index.html").write_text(page.replace("y [3, 6, 9, 12, 15]", "y [3, 6, 9, 12, 99]"), "utf-8")
    cells.open("en/other/")
    cells.run("scale")
    expect(cells.cell("scale")).to_have_attribute("data-match", "different")
    expect(cells.status("scale")).to_contain_text("differs from what is published")
    diff = cells.output("scale").locator(".kp-diff")
    expect(diff.locator("del")).to_contain_text("y [3, 6, 9, 12, 99]")
    expect(diff.locator("ins")).to_contain_text("y [3, 6, 9, 12, 15]")
    published = cells.output("scale").locator("details")
    published.locator("summary").click()
    expect(published.locator(".kp-text")).to_have_text("y [3, 6, 9, 12, 99]\n")


def test_what_measures_the_readers_machine_is_never_judged(cells: Lab) -> None:
    cells.run("clock")
    assert cells.cell("clock").get_attribute("data-match") is None
    expect(cells.cell("clock")).to_contain_text("as seen on one machine")


def test_undoing_while_the_edited_code_runs_makes_no_false_difference(cells: Lab) -> None:
    cells.run("base")
    code = cells.code("scale")
    cells.write("scale", f"import time\ntime.sleep(2)\nprint('edited')\n{code}\n")
    cells.press("scale", "run")
    cells.state("scale", "running")
    cells.write("scale", code)
    cells.state("scale", "done")
    expect(cells.output("scale")).to_contain_text("edited")
    assert cells.cell("scale").get_attribute("data-match") is None
    assert not cells.page.locator(".kp-beside").count()
    cells.run("scale")
    expect(cells.cell("scale")).to_have_attribute("data-match", "same")


def test_a_figure_that_draws_something_else_differs(cells: Lab, lab: Path) -> None:
    page = (lab / "en" / "lab" / "index.html").read_text("utf-8")
    assert page.count(">入力 x<") == 1
    other = lab / "en" / "figure"
    other.mkdir(exist_ok=True)
    (other / "index.html").write_text(page.replace(">入力 x<", ">入力 z<"), "utf-8")
    cells.open("en/figure/")
    cells.run("drawing")
    expect(cells.cell("drawing")).to_have_attribute("data-match", "different")
    expect(cells.output("drawing").locator(".kp-beside")).to_contain_text("The figures differ")
