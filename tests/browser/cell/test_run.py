"""Running: by button and key, the cells above first, all at once; output as it comes."""

from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab

SLOW = """import time
for i in range(5):
    print("step", i)
    time.sleep(0.3)
"""


def test_a_cell_runs_those_above_it_first(cells: Lab) -> None:
    cells.run("total")
    expect(cells.output("total")).to_have_text("total 45\n")
    expect(cells.status("total")).to_contain_text("2 cells above ran first")
    expect(cells.status("total")).to_contain_text(" s")  # the elapsed time
    expect(cells.cell("base")).to_have_attribute("data-state", "done")
    cells.run("total")
    expect(cells.status("total")).not_to_contain_text("above ran first")


def test_keys_run_and_move_on(cells: Lab) -> None:
    cells.enter("base")
    cells.page.keyboard.press("Control+Enter")
    cells.state("base", "done")
    cells.enter("base")
    cells.page.keyboard.press("Shift+Enter")
    expect(cells.cell("scale").locator(".cm-content")).to_be_focused()
    cells.page.keyboard.press("Control+Enter")
    cells.state("scale", "done")
    assert "factor = 3" in cells.code("scale"), "the keys that run write nothing"


def test_run_all_and_reset_all(cells: Lab) -> None:
    controls = cells.page.locator("[data-controls]")
    controls.locator('[data-action="run-all"]').click()
    expect(controls.get_by_role("status")).to_have_text("all 8 cells ran", timeout=120_000)
    for name in ("base", "scale", "total", "drawing", "slide", "seeded", "table"):
        expect(cells.cell(name)).to_have_attribute("data-match", "same")
    expect(cells.cell("clock")).not_to_have_attribute("data-match", "same")
    cells.write("base", "x = 0\n")
    controls.locator('[data-action="reset-all"]').click()
    assert "np.arange" in cells.code("base")
    for name in ("base", "clock"):
        expect(cells.cell(name)).to_have_attribute("data-state", "idle")
    expect(cells.output("base")).to_have_text("sum 15\n")
    cells.run("scale")
    expect(cells.status("scale")).to_contain_text("1 cell above ran first")


def test_output_comes_while_the_cell_runs(cells: Lab) -> None:
    cells.write("base", SLOW)
    cells.cell("base").evaluate("""cell => {
        const output = cell.querySelector("[data-output]")
        window.seen = []
        new MutationObserver(() => seen.push([cell.dataset.state, output.textContent]))
            .observe(output, { childList: true, characterData: true, subtree: true })
    }""")
    cells.run("base")
    seen = cells.page.evaluate("window.seen")
    assert any(state == "running" and "step 1" in text and "step 4" not in text for state, text in seen), seen
    expect(cells.output("base")).to_contain_text("step 4")


def test_the_start_shows_its_progress(cells: Lab) -> None:
    cells.page.evaluate("""() => {
        window.seen = []
        new MutationObserver(() => {
            const bar = document.querySelector("[role=progressbar]")
            if (bar) seen.push(bar.getAttribute("aria-valuetext") ?? "")
        }).observe(document.body, { subtree: true, childList: true, attributes: true })
    }""")
    cells.run("base")
    seen = cells.page.evaluate("window.seen")
    assert any(" MB" in text for text in seen), seen
    expect(cells.page.locator("[role=progressbar]")).to_have_count(0)
