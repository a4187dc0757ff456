"""Each kind of control by hand, by keyboard and as a screen reader is told of it."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.cell.controls.conftest import Moves
from tests.browser.cell.test_access import violations


def test_a_slider_says_its_value(moved: Moves) -> None:
    slider = moved.page.get_by_role("slider", name="rate", exact=True).first
    slider.focus()
    moved.page.keyboard.press("ArrowRight")
    expect(moved.output("descent")).to_contain_text("eta 0.16")
    expect(moved.slider("descent", "eta")).to_have_attribute("aria-valuetext", "0.16")
    expect(moved.control("descent", "eta").locator(".kp-control__value")).to_have_text("0.16")


def test_a_choice_and_a_switch(moved: Moves) -> None:
    group = moved.page.get_by_role("radiogroup", name="kernel")
    group.get_by_role("radio", name="rbf").focus()
    moved.page.keyboard.press("ArrowRight")
    expect(moved.output("kernel")).to_have_text("linear centred\n")
    expect(moved.status("kernel")).to_have_text("recorded: kernel linear")
    group.get_by_role("radio", name="poly").check()
    expect(moved.output("kernel")).to_have_text("poly centred\n")
    switch = moved.page.get_by_role("switch", name="centred")
    switch.focus()
    moved.page.keyboard.press("Space")
    expect(moved.output("kernel")).to_have_text("poly as it comes\n")
    expect(moved.status("kernel")).to_have_text("recorded: kernel poly, centred off")
    assert 'kernel = "poly"' in moved.code("kernel")
    assert "centred = False  # or as it comes" in moved.code("kernel")
    assert moved.workers() == 0
    moved.press("kernel", "reset")
    expect(group.get_by_role("radio", name="rbf")).to_be_checked()
    expect(switch).to_be_checked()


def test_an_animation_plays_when_it_is_told_to(moved: Moves) -> None:
    button = moved.control("walk", "step").get_by_role("button", name="Play")
    assert moved.output("walk").inner_text().startswith("step 0")
    began = moved.page.evaluate("performance.now()")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(moved.output("walk")).to_contain_text("step 20")
    assert moved.page.evaluate("performance.now()") - began > 20 * 1000 / 12 - 100, "twelve frames a second at most"
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    moved.page.wait_for_function("() => document.querySelector('[data-control=play] input').valueAsNumber % 20 > 2")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    stands = moved.slider("walk", "step").input_value()
    moved.page.wait_for_timeout(400)
    assert moved.slider("walk", "step").input_value() == stands
    moved.page.keyboard.press("ArrowRight")
    expect(moved.slider("walk", "step")).to_have_value(str(int(stands) + 1))
    assert moved.workers() == 0


def test_an_animation_is_slow_for_calm_eyes(moved: Moves) -> None:
    moved.page.emulate_media(reduced_motion="reduce")
    button = moved.control("walk", "step").get_by_role("button", name="Play")
    button.click()
    expect(moved.output("walk")).to_contain_text("step 1")
    moved.page.wait_for_timeout(500)
    expect(moved.output("walk")).to_contain_text("step 1")
    moved.slider("walk", "step").focus()
    moved.page.keyboard.press("ArrowLeft")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_point_is_dragged_in_the_figure(moved: Moves) -> None:
    moved.slider("point", "a").focus()
    handle = moved.cell("point").locator(".kp-handle")
    handle.scroll_into_view_if_needed()
    place = handle.bounding_box()
    assert place
    assert place["width"] >= 44
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    box = moved.output("point").locator("svg").bounding_box()
    assert box
    width = (
        box["width"] / 288 * float((moved.output("point").locator("svg").get_attribute("data-axes") or "").split()[2])
    )
    moved.page.mouse.move(x, y)
    moved.page.mouse.down()
    moved.page.mouse.move(x + width / 4, y - 20, steps=3)
    moved.page.mouse.move(x + width / 2, y - 20, steps=3)
    moved.page.mouse.up()
    expect(moved.output("point")).to_contain_text("at 3 ")
    after = handle.bounding_box()
    assert after
    assert abs(after["x"] - place["x"] - width / 2) < 2
    assert moved.workers() == 0


def test_a_point_is_moved_by_arrow_keys(moved: Moves) -> None:
    moved.slider("point", "a").focus()
    handle = moved.cell("point").get_by_role("slider", name="a, b")
    handle.focus()
    moved.page.keyboard.press("ArrowRight")
    moved.page.keyboard.press("ArrowUp")
    expect(moved.output("point")).to_contain_text("at 2 1.2")
    expect(handle).to_be_focused()
    expect(handle).to_have_attribute("aria-valuetext", "a 2, b 1.2")
    expect(moved.slider("point", "b")).to_have_value("1.2")


def test_what_is_to_be_guessed_is_not_moved_before(moved: Moves) -> None:
    moved.cell("guess").scroll_into_view_if_needed()
    moved.slider("guess", "guess").hover()
    controls = moved.cell("guess").locator(".kp-cell__controls")
    expect(controls).to_have_attribute("inert", "")
    moved.page.locator("form[data-predict] [data-action=skip]").first.click()
    expect(controls).not_to_have_attribute("inert", "")
    moved.move("guess", "guess", "3")
    expect(moved.output("guess")).to_have_text("square 9\n")


def test_code_without_the_constant_lets_its_control_rest(moved: Moves) -> None:
    moved.write("walk", "print(1)\n")
    expect(moved.slider("walk", "step")).to_be_disabled()
    expect(moved.control("walk", "step").get_by_role("button", name="Play")).to_be_disabled()
    moved.press("walk", "reset")
    expect(moved.slider("walk", "step")).to_be_enabled()


@pytest.mark.parametrize("path", ["en/moves/", "ja/dark/"])
def test_axe_finds_nothing(moved: Moves, path: str) -> None:
    moved.open(path)
    moved.move("descent", "eta", "0.05")
    moved.slider("point", "a").focus()
    moved.control("kernel", "centred").hover()
    moved.cell("point").locator(".kp-handle").wait_for()
    expect(moved.page.locator(".kp-verdict[data-away] button")).to_be_visible()
    assert violations(moved.page) == []


def test_without_javascript_nothing_asks_to_be_moved(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("en/moves/")
    for control in page.locator(".kp-control").all():
        expect(control).not_to_be_visible()
    expect(page.locator('[data-cell="moves#descent"] [data-output]')).to_contain_text("eta 0.15")
    context.close()


def test_frames_of_an_animation_stand_side_by_side_on_paper(moved: Moves) -> None:
    moved.slider("walk", "step").focus()
    moved.move("walk", "step", "0")
    expect(moved.cell("walk").locator("[data-output]")).to_contain_text("step 0")  # its states are there
    moved.page.emulate_media(media="print")
    moved.page.wait_for_function(
        "() => { dispatchEvent(new Event('beforeprint')); return document.querySelector('.kp-strip__frame') }"
    )  # once the states are there
    frames = moved.cell("walk").locator(".kp-strip__frame")
    expect(frames.locator("figcaption")).to_have_text(["step 0", "step 5", "step 10", "step 15", "step 20"])
    expect(frames.last.locator("svg")).to_be_visible()
    expect(frames.last).to_contain_text("step 20")
    moved.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(moved.cell("walk").locator(".kp-strip")).to_have_count(0)
