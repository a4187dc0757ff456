"""Numbers in sentences follow the controls and the code; a ruling steps back while its numbers are elsewhere."""

from playwright.sync_api import Locator, expect

from tests.browser.cell.controls.conftest import Moves

SHIFTS = """() => { window.shifts = []
    new PerformanceObserver(list => shifts.push(...list.getEntries().map(({ value }) => value)))
        .observe({ type: "layout-shift" }) }"""

BROKEN = """(width) => {
    const paragraph = document.querySelector("article p:has(.kp-value)")
    paragraph.style.width = `${width}px`
    return [...paragraph.querySelectorAll(".kp-value")].filter((value) => {
        const text = value.nextSibling
        if (!/^[.,]/.test(text?.data ?? "")) return false
        const range = document.createRange()
        range.setStart(text, 0)
        range.setEnd(text, 1)
        return range.getBoundingClientRect().top > value.getBoundingClientRect().bottom - 4
    }).length
}"""
"""How many values of a paragraph of this width have lost their punctuation to the next line."""


def value(moved: Moves, key: str) -> Locator:
    return moved.page.locator(f'.kp-value[data-value="{key}"]')


def scrub(moved: Moves) -> Locator:
    return moved.page.locator(".kp-scrub")


def test_values_follow_a_recorded_state(moved: Moves) -> None:
    last = value(moved, "abs(w[-1]) .4f")
    expect(last).to_have_text("0.0078")
    moved.move("descent", "eta", "0.25")
    expect(moved.output("descent")).to_contain_text("eta 0.25, last 17.0859")
    expect(last).to_have_text("17.0859")
    expect(last).to_have_attribute("data-away", "")
    expect(value(moved, "limit .3f")).to_have_text("0.200")
    moved.press("descent", "reset")
    expect(last).to_have_text("0.0078")
    expect(last).not_to_have_attribute("data-away", "")
    assert moved.workers() == 0


def test_values_follow_a_live_run(moved: Moves) -> None:
    code = moved.code("descent").replace("limit = 2 / 10", "limit = 2 / 7").replace("w[-1]):.4f}", "w[-1]):.4f} live")
    moved.write("descent", code)
    expect(value(moved, "limit .3f")).to_have_text("0.200")
    moved.run("descent")
    expect(value(moved, "limit .3f")).to_have_text("0.286")
    moved.write("descent", "w = 'none'\n")
    moved.run("descent")
    expect(value(moved, "abs(w[-1]) .4f")).to_have_text("–")
    moved.press("descent", "reset")
    expect(value(moved, "limit .3f")).to_have_text("0.200")
    expect(value(moved, "abs(w[-1]) .4f")).to_have_text("0.0078")


def test_a_number_in_a_sentence_is_a_slider(moved: Moves) -> None:
    number = scrub(moved)
    number.focus()
    expect(number).to_have_role("slider")
    expect(number).to_have_accessible_name("rate")
    for key, literal in (
        ("ArrowRight", "0.16"),
        ("ArrowDown", "0.15"),
        ("PageUp", "0.17"),
        ("PageDown", "0.15"),
        ("End", "0.25"),
        ("Home", "0.05"),
    ):
        moved.page.keyboard.press(key)
        expect(number).to_have_text(literal)
        expect(moved.output("descent")).to_contain_text(f"eta {literal}")
        expect(moved.slider("descent", "eta")).to_have_value(literal)
        expect(number).to_have_attribute("aria-valuetext", literal)
    moved.move("descent", "eta", "0.20")
    expect(number).to_have_text("0.20")
    assert moved.workers() == 0


def test_a_number_in_a_sentence_is_dragged(moved: Moves) -> None:
    number = scrub(moved)
    number.hover()
    moved.page.wait_for_function("() => document.querySelector('.kp-scrub').role === 'slider'")
    box = number.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    moved.page.mouse.move(x, y)
    moved.page.mouse.down()
    moved.page.mouse.move(x + 24, y, steps=4)
    expect(number).to_have_text("0.18")
    moved.page.mouse.move(x - 8, y, steps=4)
    moved.page.mouse.up()
    expect(number).to_have_text("0.14")
    moved.page.mouse.move(x + 80, y)
    expect(number).to_have_text("0.14")
    assert moved.page.evaluate("getSelection().toString()") == ""


def test_a_ruling_steps_back_and_offers_the_way_back(moved: Moves) -> None:
    ruling = moved.page.locator(".kp-verdict")
    moved.move("descent", "eta", "0.05")
    expect(ruling).to_have_attribute("data-away", "")
    ruling.get_by_role("button", name="Back to them").click()
    expect(ruling).not_to_have_attribute("data-away", "")
    expect(moved.output("descent")).to_contain_text("eta 0.15")
    expect(scrub(moved)).to_have_text("0.15")
    expect(ruling.get_by_role("button")).to_have_count(0)


def test_nothing_shifts_when_digits_change(moved: Moves) -> None:
    moved.slider("descent", "eta").focus()
    expect(scrub(moved)).to_have_role("slider")
    moved.page.evaluate(SHIFTS)
    before = moved.page.locator("article p").first.bounding_box()
    for literal in ("0.05", "0.25", "0.10", "0.15"):
        moved.move("descent", "eta", literal)
        expect(scrub(moved)).to_have_text(literal)
    moved.page.wait_for_timeout(300)
    assert moved.page.evaluate("shifts") == []
    assert moved.page.locator("article p").first.bounding_box() == before


def test_no_line_begins_with_the_punctuation_after_a_number(moved: Moves) -> None:
    assert sum(moved.page.evaluate(BROKEN, width) for width in range(90, 400, 2)) == 0
