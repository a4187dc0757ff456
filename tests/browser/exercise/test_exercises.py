"""Exercises and guesses in their article: their kinds, hints, solution, veil; keyboard, phone, no JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from kamipen.article.scripts import read
from kamipen.project import ROOT

ARTICLE = "maths/gradient-descent-physics/"
SCRIPT = read(ROOT / "snippets/gradient_descent_physics.py")
TRY = re.compile("もう|見直し|確かめ|数え直|見積もり|符号|ちょうど|大きすぎ|小さすぎ|近い|逆数|ずれ|外れ")
"""Words by which a feedback says what to try."""


def open_article(page: Page, language: str = "ja", article: str = ARTICLE) -> None:
    page.goto(f"{language}/{article}")
    page.evaluate("window.kamipen.ready")


def exercise(page: Page, kind: str, nth: int = 0) -> Locator:
    """An exercise of a kind, once the client has taken it over."""
    found = page.locator(f'[data-exercise][data-kind="{kind}"]').nth(nth)
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-hydrated", "")
    return found


def answer(found: Locator, text: str) -> Locator:
    found.locator("[data-answer]").fill(text)
    found.locator('[data-action="check"]').click()
    return found.locator("[data-feedback]")


def attempts(page: Page) -> list[dict[str, object]]:
    """What the browser keeps, oldest first."""
    script = """async () => (await indexedDB.databases()).length === 0 ? [] : new Promise((resolve, reject) => {
        const opening = indexedDB.open("kamipen-practice")
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
            const database = opening.result
            const all = database.transaction("log").objectStore("log").getAll()
            all.onsuccess = () => { database.close(); resolve(all.result.sort((a, b) => a.at - b.at)) }
        }
    })"""
    return page.evaluate(script)


def widths(digits: str) -> str:
    return digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789./-"})


def test_a_number_is_read_in_every_form_it_is_written_in(page: Page) -> None:
    open_article(page)
    found = exercise(page, "number", 1)
    value = float(found.get_attribute("data-value") or "")
    forms = [f"{value:g}", widths(f"{value:g}"), f"{value * 10:g}e-1", f"{value * 1000:g}/1000", f" {value:g} "]
    for form in forms:
        expect(answer(found, form)).to_contain_text("正解")
        expect(found).to_have_attribute("data-verdict", "right")


@pytest.mark.parametrize("factor", [-1, 2, 0.5, 100, 1e-3, 1.9, 1.02, 0.7, 1e6])
def test_a_wrong_number_is_told_what_to_try(page: Page, factor: float) -> None:
    open_article(page)
    found = exercise(page, "number", 1)
    value = float(found.get_attribute("data-value") or "")
    found.locator("template[data-value-feedback]").evaluate_all("all => all.forEach((one) => one.remove())")
    said = answer(found, f"{factor * value:.9f}")
    expect(found).to_have_attribute("data-verdict", "wrong")
    expect(said).to_have_text(TRY)


def test_an_author_s_feedback_comes_first(page: Page) -> None:
    open_article(page)
    found = page.locator("[data-exercise]:has(template[data-value-feedback])").first
    found.scroll_into_view_if_needed()
    expect(found).to_have_attribute("data-hydrated", "")
    template = found.locator("template[data-value-feedback]").first
    words = template.evaluate("one => one.content.textContent.trim()")
    expect(answer(found, template.get_attribute("data-value-feedback") or "")).to_contain_text(words[:12])


def test_what_is_no_number_is_not_counted(page: Page) -> None:
    open_article(page)
    found = exercise(page, "number")
    for text in ("", "たぶん", "1/0"):
        answer(found, text)
        expect(found).not_to_have_attribute("data-verdict", "wrong")
    assert attempts(page) == []


def test_hints_open_one_by_one_and_the_solution_after_them(page: Page) -> None:
    open_article(page)
    found = exercise(page, "number")
    hints, solution = found.locator("[data-hint]"), found.locator("[data-solution]")
    assert hints.count() >= 2
    expect(solution).to_be_hidden()
    for number in range(hints.count()):
        expect(hints.nth(number)).to_be_visible()
        if number + 1 < hints.count():
            expect(hints.nth(number + 1)).to_be_hidden()
        expect(solution).to_be_hidden()
        hints.nth(number).locator("summary").click()
    expect(solution).to_be_visible()
    solution.locator("summary").click()
    expect(found).to_have_attribute("data-kept", "true")
    assert [entry["right"] for entry in attempts(page)] == [False]  # read, not answered


def test_the_solution_opens_after_an_attempt(page: Page) -> None:
    open_article(page)
    found = exercise(page, "number")
    expect(found.locator("[data-solution]")).to_be_hidden()
    answer(found, "-123456")
    expect(found.locator("[data-solution]")).to_be_visible()
    expect(found).to_have_attribute("data-kept", "true")
    (entry,) = attempts(page)
    assert (entry["item"], entry["right"], entry["hints"]) == (found.get_attribute("data-exercise"), False, 0)


def test_each_wrong_choice_says_why(page: Page) -> None:
    open_article(page)
    found = exercise(page, "choice")
    radios, check = found.locator("input[data-answer]"), found.locator('[data-action="check"]')
    check.click()
    expect(found.locator("[data-feedback]")).to_contain_text("選んで")
    for number in range(1, radios.count() + 1):
        radios.nth(number - 1).check()
        check.click()
        right = str(number) == found.get_attribute("data-value")
        expect(found).to_have_attribute("data-verdict", "right" if right else "wrong")
        assert len(found.locator("[data-feedback]").inner_text()) > 8


def test_code_is_checked_and_a_failing_check_states_its_law(page: Page) -> None:
    open_article(page)
    found = exercise(page, "code")
    name = found.get_attribute("data-exercise")
    said, check = found.locator("[data-feedback]"), found.locator('[data-action="check"]')
    check.click()
    expect(said).to_contain_text("まだ書きはじめのまま")

    def write(code: str) -> None:
        found.locator("[data-answer] :is(pre, .cm-content)").first.click()
        editor = found.locator(".cm-content")
        expect(editor).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(code)

    write("1 / 0")
    check.click()
    expect(said).to_contain_text("ZeroDivisionError", timeout=60_000)
    expect(said.locator(".kp-hint")).to_have_text("0 で割っています")
    assert attempts(page) == []
    starter = SCRIPT[f"exercise:{name}"].source
    write(f"{starter}\n# the same, still wrong")
    check.click()
    expect(found).to_have_attribute("data-verdict", "wrong", timeout=60_000)
    assert re.search(r"assert .*", SCRIPT[f"check:{name}"].source)
    expect(said.locator(".kp-exercise__law")).not_to_be_empty()
    write(SCRIPT[f"solution:{name}"].source)
    page.keyboard.press("Control+Enter")
    expect(found).to_have_attribute("data-verdict", "right", timeout=60_000)


def test_everything_works_by_keyboard(page: Page) -> None:
    open_article(page)
    found = exercise(page, "number", 1)
    found.locator("[data-answer]").focus()
    page.keyboard.type("-1")
    page.keyboard.press("Enter")
    expect(found).to_have_attribute("data-verdict", "wrong")
    page.keyboard.press("Tab")
    expect(found.locator('[data-action="check"]')).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(found.locator("[data-hint]").first).to_have_attribute("open", "")


@pytest.mark.parametrize(("selector", "button"), [("[data-exercise]", "check"), ("form[data-predict]", "skip")])
def test_a_button_pressed_before_its_code_is_there_is_not_lost(page: Page, selector: str, button: str) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(1_000)
        route.continue_()

    page.route(re.compile(r"/(exercise|predict)[-.\w]*\.js"), late)
    open_article(page)
    root = page.locator(selector).first
    root.evaluate("(root, button) => root.querySelector(`[data-action=${button}]`).click()", button)
    expect(root).not_to_have_attribute("data-hydrated", "", timeout=1)
    said = root.locator("[data-feedback], .kp-predict__result")
    expect(said).not_to_be_empty()


def predict(page: Page, kind: str) -> tuple[Locator, Locator]:
    """A guess of a kind, taken over, and its cell's output."""
    form = page.locator(f'form[data-predict][data-kind="{kind}"]').first
    form.scroll_into_view_if_needed()
    expect(form).to_have_attribute("data-hydrated", "")
    return form, page.locator(f'[data-cell="{form.get_attribute("data-predict")}"] [data-output]')


def test_a_choice_is_guessed_before_the_output_shows_and_is_kept(page: Page) -> None:
    open_article(page)
    form, output = predict(page, "choice")
    expect(output).to_be_hidden()
    form.locator('[data-action="guess"]').click()
    expect(output).to_be_hidden()
    form.locator("input").nth(0).check()
    form.locator('[data-action="guess"]').click()
    expect(output).to_be_visible()
    said = form.locator(".kp-predict__result").inner_text()
    assert "予想" in said
    assert "結果" in said
    page.reload()
    page.evaluate("window.kamipen.ready")
    form, output = predict(page, "choice")
    expect(form.locator(".kp-predict__result")).to_have_text(said)
    expect(output).to_be_visible()


def test_a_number_is_guessed_by_keyboard(page: Page) -> None:
    open_article(page)
    form, output = predict(page, "number")
    form.locator("input").focus()
    page.keyboard.type("１／３")
    page.keyboard.press("Enter")
    expect(form.locator(".kp-predict__result")).to_contain_text("0.3333")
    expect(output).to_be_visible()


def test_what_gives_the_result_away_is_covered_until_the_guess(page: Page) -> None:
    open_article(page)
    form, _ = predict(page, "number")
    cell = page.locator(f'[data-cell="{form.get_attribute("data-predict")}"]')
    below = cell.locator("xpath=following-sibling::*[contains(@class, 'kp-card--test')][1]")
    words = below.locator("p").last
    expect(words).to_be_hidden()
    expect(below).to_have_attribute("data-spoiler", "予想のあとで見えます")
    page.emulate_media(media="print")
    expect(words).to_be_visible()
    page.emulate_media(media="screen")
    form.locator("input").fill("0.2")
    form.locator('[data-action="guess"]').click()
    expect(words).to_be_visible()


def test_the_veil_lifts_for_who_skips(page: Page) -> None:
    open_article(page)
    _, output = predict(page, "choice")
    expect(output).to_be_hidden()
    page.locator('.kp-veil [data-action="skip"]').first.click()
    skipped = page.locator('form[data-state="skipped"]')
    expect(skipped).to_have_count(1)
    assert [entry for entry in attempts(page) if entry["type"] == "guess"] == []


def test_running_the_cell_lifts_the_veil(page: Page) -> None:
    open_article(page)
    form, output = predict(page, "choice")
    expect(output).to_be_hidden()
    page.locator(f'[data-cell="{form.get_attribute("data-predict")}"] [data-action="run"]').click()
    expect(output).to_be_visible()


def test_a_curve_is_drawn_by_pointer(page: Page) -> None:
    open_article(page, article="gallery/")
    form, output = predict(page, "curve")
    form.locator('[data-action="guess"]').click()
    expect(form.locator(".kp-predict__result")).to_contain_text("線を描いて")
    box = form.locator(".kp-curve").bounding_box()
    assert box
    page.mouse.move(box["x"] + 70, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] - 70, steps=8)
    page.mouse.up()
    form.locator('[data-action="guess"]').click()
    expect(form.locator(".kp-predict__result")).to_contain_text("%")
    expect(form.locator(".kp-curve__truth")).to_have_count(1)
    expect(output).to_be_visible()
    (kept,) = attempts(page)
    heights = [y for _, y in kept["value"]]  # type: ignore[union-attr]
    assert heights[0] > heights[-1]


def test_a_curve_is_drawn_by_keyboard(page: Page) -> None:
    open_article(page, article="gallery/")
    form, _ = predict(page, "curve")
    first = form.get_by_role("slider").first
    first.focus()
    before = float(first.get_attribute("aria-valuenow") or "nan")
    page.keyboard.press("PageDown")
    assert float(first.get_attribute("aria-valuenow") or "nan") < before
    page.keyboard.press("ArrowRight")
    expect(form.get_by_role("slider").nth(1)).to_be_focused()
    form.locator('[data-action="guess"]').press("Enter")
    expect(form.locator(".kp-predict__result")).to_contain_text("%")


def test_without_javascript_everything_is_there(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"ja/{ARTICLE}")
    found = page.locator("[data-exercise]").first
    expect(found.locator("[data-solution]")).to_be_visible()
    expect(found.locator("[data-hint]").last).to_be_visible()
    expect(found.locator('[data-action="check"]')).to_be_hidden()
    for output in page.locator("[data-output]").all():
        expect(output).to_be_visible()
    context.close()


def test_print_shows_hints_solutions_and_veiled_output(page: Page) -> None:
    open_article(page)
    exercise(page, "number")
    _, output = predict(page, "choice")
    page.emulate_media(media="print")
    expect(page.locator("[data-solution] > :not(summary)").first).to_be_visible()
    expect(output).to_be_visible()
    expect(page.locator('[data-exercise] [data-action="check"]').first).to_be_hidden()


def test_on_a_phone_nothing_is_wider_than_the_page_and_all_can_be_touched(browser: Browser, base_url: str) -> None:
    context: BrowserContext = browser.new_context(
        base_url=base_url, viewport={"width": 390, "height": 800}, has_touch=True
    )
    page = context.new_page()
    open_article(page, "en")
    for kind in ("number", "choice", "code"):
        found = exercise(page, kind)
        for target in found.locator("button:visible, label:visible, summary:visible").all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= 44, target.inner_text()
    predict(page, "choice")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_little_is_loaded_before_a_reader_comes_near(page: Page) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.set_viewport_size({"width": 1280, "height": 600})
    open_article(page)
    page.wait_for_load_state("networkidle")
    assert not [name for name in fetched if re.match(r"(exercise|answers|store|curve|practice\.|log)-?", name)]
