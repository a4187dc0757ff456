"""Sliders run the cell as fast as it can follow; Repeat runs it over fifteen seeds."""

from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab

DRAG = """async input => {
    const cell = input.closest("[data-cell]")
    const states = window.states = []
    new MutationObserver(changes => states.push(...changes.map(change => change.oldValue)))
        .observe(cell, { attributeFilter: ["data-state"], attributeOldValue: true })
    const start = performance.now()
    for (let step = 0; performance.now() - start < 2000; step++) {
        input.valueAsNumber = 0.01 + 0.01 * (step % 24)
        input.dispatchEvent(new Event("input", { bubbles: true }))
        await new Promise(requestAnimationFrame)
    }
    const seconds = (performance.now() - start) / 1000
    return { seconds, runs: states.splice(0).filter(state => state === "done").length, last: input.valueAsNumber }
}"""
"""Drag a slider for two seconds; how often the cell left its last result for a new run meanwhile."""

RUNS = "states.filter(state => state === 'done').length"


def test_a_slider_is_followed_ten_times_a_second_without_stale_runs(cells: Lab) -> None:
    cells.run("slide")
    slider = cells.cell("slide").locator(".kp-control input")
    results = [slider.evaluate(DRAG)]
    while results[-1]["runs"] < 10 * results[-1]["seconds"] and len(results) < 4:  # the machine has other work, too
        results.append(slider.evaluate(DRAG))
    assert results[-1]["runs"] >= 10 * results[-1]["seconds"], results
    last = results[-1]["last"]
    assert f"eta = {last:.2f}  # learning rate" in cells.code("slide")
    w = 1.0
    for _ in range(20):
        w -= last * 10 * w
    expect(cells.output("slide")).to_have_text(f"w = {w:.4f}\n")


def test_a_slow_cell_is_not_asked_more_often_than_it_can_answer(cells: Lab) -> None:
    cells.write("slide", "import time\n\neta = 0.19\ntime.sleep(0.2)\nprint(eta)\n")
    cells.run("slide")
    result = cells.cell("slide").locator(".kp-control input").evaluate(DRAG)
    expect(cells.output("slide")).to_have_text(f"{result['last']:.2g}\n")
    for _ in range(3):  # whatever stood in a queue would come between these
        cells.run("base")
    assert cells.page.evaluate(RUNS) <= 1, "when the slider rests, nothing is wished for but its last place"


def test_a_slider_by_keyboard_and_the_code_by_hand(cells: Lab) -> None:
    slider = cells.cell("slide").locator(".kp-control input")
    slider.focus()
    cells.page.keyboard.press("ArrowRight")
    expect(cells.cell("slide").locator("code")).to_contain_text("eta = 0.20  # learning rate")
    cells.state("slide", "done")
    expect(cells.output("slide")).to_have_text("w = 1.0000\n")
    expect(cells.cell("slide").locator(".kp-control__value")).to_have_text("0.20")
    cells.page.keyboard.press("ArrowLeft")
    expect(cells.cell("slide")).to_have_attribute("data-match", "same")
    cells.write("slide", "eta = 0.07\nprint(eta)\n")
    expect(slider).to_have_value("0.07")
    cells.write("slide", "print(1)\n")
    expect(slider).to_be_disabled()
    cells.press("slide", "reset")
    expect(slider).to_have_value("0.19")


def test_repeat_collects_fifteen_seeds(cells: Lab) -> None:
    cells.press("seeded", "repeat")
    cells.state("seeded", "done")
    runs = cells.output("seeded").locator(".kp-repeat__runs > [role=listitem]")
    expect(runs).to_have_count(15)
    expect(runs.nth(0)).to_contain_text("seed = 0")
    expect(runs.nth(14)).to_contain_text("seed = 14")
    texts = runs.locator("pre").all_inner_texts()
    assert len(set(texts)) > 10
    means = sorted(float(text.split()[1]) for text in texts)
    spread = cells.output("seeded").locator(".kp-repeat__summary dd")
    expect(spread).to_have_text(f"least {means[0]:.3f} · median {means[7]:.3f} · greatest {means[14]:.3f}")
    assert "seed = 0" in cells.code("seeded")
    assert cells.cell("seeded").get_attribute("data-match") is None
    cells.run("seeded")
    expect(cells.cell("seeded")).to_have_attribute("data-match", "same")
