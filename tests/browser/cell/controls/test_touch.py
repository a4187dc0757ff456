"""Controls under a finger: large enough, moved by a swipe along them, and no obstacle to one that turns the page."""

from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Route, ViewportSize, expect

from tests.browser.cell.controls.conftest import SPARING, Moves
from tests.browser.conftest import Guard

PHONE: ViewportSize = {"width": 390, "height": 844}
REACH = 20.5  # CSS pixels from a control's middle: 44 in all, less its edge
TARGETS = ".kp-control input, .kp-control button, .kp-handle, .kp-scrub"
HIT = """(control, reach) => {
    const place = control.type === "radio" ? control.closest("label") : control
    place.scrollIntoView({ block: "center" })
    const { left, top, width, height } = place.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    return [[-reach, 0], [reach, 0], [0, -reach], [0, reach]].filter(([across, down]) =>
        !place.contains(document.elementFromPoint(x + across, y + down)))
}"""
"""In which directions a finger that much beside a control's middle misses it."""

WATCH = """() => {
    window.changes = []
    for (const output of document.querySelectorAll("[data-output]"))
        new MutationObserver(() => changes.push(output.textContent)).observe(output, { childList: true })
}"""


class Phone(Moves):
    """The page on a phone, and a finger."""

    def touch(self, kind: str, x: float = 0, y: float = 0) -> None:
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        event = {"type": kind, "touchPoints": points}
        self._finger.send("Input.dispatchTouchEvent", event)  # pyright: ignore[reportUnknownMemberType]

    def swipe(self, start: tuple[float, float], across: float = 0, down: float = 0, steps: int = 12) -> None:
        """Put a finger down, move it, lift it."""
        x, y = start
        self.touch("touchStart", x, y)
        for step in range(1, steps + 1):
            self.touch("touchMove", x + across * step / steps, y + down * step / steps)
            self.page.wait_for_timeout(16)
        self.touch("touchEnd")
        self.page.wait_for_timeout(300)

    def middle(self, place: Locator) -> tuple[float, float]:
        """Return the middle of something, in the middle of the window."""
        place.evaluate("place => place.scrollIntoView({ block: 'center' })")
        box = place.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    @property
    def scrolled(self) -> float:
        return self.page.evaluate("scrollY")

    @property
    def _finger(self) -> CDPSession:
        if not hasattr(self, "_session"):
            self._session = self.page.context.new_cdp_session(self.page)
        return self._session


@pytest.fixture
def fresh(browser: Browser, base_url: str, guard: Guard) -> Generator[Phone]:
    """A page that nobody has touched yet."""
    context = browser.new_context(
        base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True, service_workers="block"
    )
    guard.watch(context)
    context.add_init_script(SPARING)
    yield Phone(context.new_page())
    context.close()


@pytest.fixture
def phone(fresh: Phone) -> Phone:
    """A page whose controls have all come."""
    fresh.open("en/moves/")
    for name in ("descent", "below", "kernel", "walk", "point"):
        fresh.cell(name).locator(".kp-control input").first.focus()
    expect(fresh.page.locator("[aria-valuetext]")).to_have_count(7)
    fresh.page.wait_for_load_state("networkidle")
    return fresh


def test_a_thumb_hits_every_control(phone: Phone) -> None:
    targets = phone.page.locator(TARGETS).filter(visible=True)
    assert targets.count() > 15
    missed = {target.evaluate("one => one.outerHTML"): target.evaluate(HIT, REACH) for target in targets.all()}
    assert {name: where for name, where in missed.items() if where} == {}


def test_a_swipe_along_a_slider_moves_it_and_not_the_page(phone: Phone) -> None:
    slider = phone.slider("descent", "eta")
    start = phone.middle(slider)
    before = phone.scrolled
    phone.swipe(start, across=100)
    value = float(slider.input_value())
    assert value > 0.15
    expect(phone.output("descent")).to_contain_text(f"eta {value}, ")
    assert phone.scrolled == before
    assert phone.workers() == 0


@pytest.mark.parametrize("across", [0, 30])
@pytest.mark.parametrize("part", ["slider", "play", "choice", "figure", "scrub"])
def test_a_swipe_across_a_control_scrolls_the_page_and_moves_nothing(phone: Phone, part: str, across: int) -> None:
    places = {
        "slider": phone.slider("below", "k"),
        "play": phone.slider("walk", "step"),
        "choice": phone.cell("kernel").locator(".kp-control__choices label").nth(1),
        "figure": phone.output("point").locator("svg"),
        "scrub": phone.page.locator(".kp-scrub"),
    }
    x, y = phone.middle(places[part])
    phone.page.evaluate(WATCH)
    before = phone.scrolled
    phone.swipe((x - 40 if part == "slider" else x, y), across=across, down=-200, steps=4 if across else 12)
    assert abs(phone.scrolled - before) > 50, "the page scrolls"
    assert phone.page.evaluate("changes") == [], "and no output is another, not even for a moment"
    expect(phone.slider("walk", "step")).to_have_value("0")
    expect(phone.slider("below", "k")).to_have_value("1")


def test_a_point_follows_a_finger_over_its_grid_and_the_page_stays(phone: Phone) -> None:
    start = phone.middle(phone.cell("point").locator(".kp-handle"))
    before = phone.scrolled
    svg = phone.output("point").locator("svg")
    box = svg.bounding_box()
    assert box
    axes = (svg.get_attribute("data-axes") or "").split()
    scale = box["width"] / float((svg.get_attribute("viewBox") or "").split()[2])
    wide, tall = float(axes[2]) * scale, float(axes[3]) * scale
    phone.swipe(start, across=wide / 2, down=-tall / 2)
    expect(phone.output("point")).to_contain_text("at 3 1.2")
    assert phone.scrolled == before
    assert phone.workers() == 0


def test_a_number_in_a_sentence_follows_a_finger(phone: Phone) -> None:
    number = phone.page.locator(".kp-scrub")
    start = phone.middle(number)
    before = phone.scrolled
    phone.swipe(start, across=40)
    assert float(number.inner_text()) > 0.15
    expect(phone.output("descent")).to_contain_text(f"eta {float(number.inner_text())}, ")
    assert phone.scrolled == before


def test_a_tap_on_a_slider_moves_it_there(phone: Phone) -> None:
    x, y = phone.middle(phone.slider("walk", "step"))
    phone.swipe((x, y), steps=0)
    expect(phone.output("walk")).to_contain_text("step 10")
    phone.slider("walk", "step").focus()
    phone.page.keyboard.press("ArrowRight")
    expect(phone.output("walk")).to_contain_text("step 11")


def test_a_first_swipe_before_the_controls_have_come_moves_nothing(fresh: Phone) -> None:
    """The slider itself moves to where the finger comes down, and back when its code is there."""
    held: list[Route] = []
    fresh.page.route("**/kamipen/controls-*.js", lambda route: held.append(route))
    fresh.open("en/moves/")
    start = fresh.middle(fresh.slider("walk", "step"))
    fresh.page.evaluate(WATCH)
    fresh.swipe(start, down=-200)
    expect(fresh.slider("walk", "step")).to_have_value("10")
    for route in held:
        route.continue_()
    expect(fresh.slider("walk", "step")).to_have_value("0")
    assert fresh.page.evaluate("changes") == []
