"""The practice page: next exercise, reviews, placement, map, sets, data; tabs, private windows, keyboard, phone."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from kamipen.article.scripts import read
from kamipen.project import ROOT

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SCHEMA = json.loads((ROOT / "src/client/practice/practice.schema.json").read_text(encoding="utf-8"))
NOON = "2026-11-21T12:00:00"


def open_practice(page: Page, language: str = "ja", query: str = "") -> None:
    page.goto(f"{language}/practice/{query}")
    page.evaluate("window.kamipen.ready")


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-practice="{name}"]')


def shown(page: Page, place: str = "next") -> Locator:
    """The exercise in a place, ready to be answered."""
    found = part(page, place).locator("[data-exercise]")
    expect(found).to_have_attribute("data-hydrated", "")
    return found


def answer(found: Locator, right: bool = True) -> None:
    """Answer a number or a choice; code is passed over for something else first."""
    value = found.get_attribute("data-value") or ""
    if found.get_attribute("data-kind") == "number":
        found.locator("[data-answer]").fill(value if right else "-987654")
    else:
        found.locator(
            f"input[data-answer]{'' if right else ':not'}{f'[value="{value}"]' if right else f'([value="{value}"])'}"
        ).first.check()
    found.locator('[data-action="check"]').click()
    expect(found).to_have_attribute("data-verdict", "right" if right else "wrong")
    expect(found).to_have_attribute("data-kept", re.compile("true|false"))


def not_code(page: Page) -> Locator:
    """The offered exercise, another one while it asks for code."""
    for _ in range(9):
        found = shown(page)
        if found.get_attribute("data-kind") != "code":
            return found
        title = found.get_attribute("data-exercise")
        part(page, "next").locator('[data-action="another"]').click()
        expect(part(page, "next").locator(f'[data-exercise="{title}"]')).to_have_count(0)
    raise AssertionError("nothing but code")


def export(page: Page, folder: Path) -> dict[str, Any]:
    with page.expect_download() as download:
        part(page, "data").locator('[data-action="export"]').click()
    path = folder / "export.json"
    download.value.save_as(path)
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_next_exercise_comes_with_a_reason_and_moves_the_rating(page: Page, language: str) -> None:
    open_practice(page, language)
    found = not_code(page)
    expect(part(page, "next").locator(".kp-practice__reason")).to_contain_text(re.compile(r"70 %|\d+ %"))
    answer(found)
    expect(part(page, "next").locator(".kp-practice__after")).to_contain_text(re.compile(r"1200 ± 250 → 1[23]\d\d ± "))
    expect(part(page, "rating").locator("svg")).to_have_attribute("aria-label", re.compile(r"1[23]\d\d ± "))
    first = found.get_attribute("data-exercise")
    part(page, "next").locator('[data-action="another"]').click()
    expect(part(page, "next").locator(f'[data-exercise="{first}"]')).to_have_count(0)
    assert shown(page).get_attribute("data-exercise") != first


def test_any_exercise_can_be_chosen(page: Page) -> None:
    open_practice(page)
    part(page, "all").locator("summary").click()
    chosen = part(page, "all").locator('[data-action="take"]').last
    chosen.click()
    expect(part(page, "next").locator(".kp-practice__reason")).to_contain_text("自分で選んだ")
    expect(shown(page).locator(".kp-exercise__title")).to_be_focused()


def test_a_miss_leads_to_the_refreshers_of_what_the_exercise_takes(page: Page) -> None:
    open_practice(page, "en")
    part(page, "all").locator("summary").click()
    part(page, "all").get_by_role("button", name="Three scores").click()
    expect(part(page, "next").locator('[data-exercise="three-scores-on-paper"]')).to_have_attribute("data-hydrated", "")
    answer(shown(page), right=False)
    link = part(page, "next").locator(".kp-skills a")
    expect(link).to_have_text("Softmax and cross-entropy")
    expect(link).to_have_attribute("href", re.compile("/en/refreshers/softmax-and-cross-entropy/$"))


def test_a_wrong_answer_is_due_the_next_day_and_comes_first(page: Page) -> None:
    page.clock.install(time=NOON)
    open_practice(page)
    found = not_code(page)
    item = found.get_attribute("data-exercise")
    answer(found, right=False)
    expect(part(page, "due")).to_contain_text("明日")
    page.clock.set_system_time("2026-11-22T13:00:00")
    page.reload()
    page.evaluate("window.kamipen.ready")
    expect(part(page, "due").locator("[data-due]")).to_have_count(1)
    assert shown(page).get_attribute("data-exercise") == item
    expect(part(page, "next").locator(".kp-practice__reason")).to_contain_text("1 日前")


def place(page: Page, right: bool) -> Locator:
    """Go through the placement, giving all answers right or none; return the result."""
    placing = part(page, "placement")
    placing.locator('[data-action="begin"]').click()
    result = placing.locator(".kp-placement__result")
    for number in range(1, 10):
        expect(placing.locator(".kp-practice__reason, .kp-placement__result")).to_contain_text(
            re.compile(rf"(^| ){number} 問目|標準誤差")
        )
        if result.count():
            return result
        found = shown(page, "placement")
        assert found.get_attribute("data-kind") != "code"
        if right:
            answer(found)
            placing.locator('[data-action="next"]').click()
        else:
            placing.locator('[data-action="unknown"]').click()
    raise AssertionError("more than eight")


@pytest.mark.parametrize("right", [True, False])
def test_the_placement_ends_by_eight_with_a_standard_error_and_routes(page: Page, right: bool) -> None:
    open_practice(page)
    result = place(page, right)
    expect(result).to_have_text(re.compile(r"実力の見積もり \d+ ± \d+"))
    rating, error = (int(number) for number in re.findall(r"\d+", result.inner_text())[:2])
    assert (rating > 1300) if right else (rating < 1000)
    assert 80 < error < 230
    expect(part(page, "placement").locator(".kp-routes li").first).to_contain_text("身についています" if right else "%")
    expect(part(page, "rating")).to_contain_text(f"{rating} ± {error}")
    if right:
        expect(page.locator('.kp-roadmap__list [data-mastery="mastered"]').first).to_be_visible()


def test_the_map_and_its_list_say_the_same_and_lead_to_every_article(page: Page) -> None:
    open_practice(page)
    nodes = page.locator(".kp-roadmap svg a")
    assert nodes.count() == page.locator(".kp-roadmap__list").first.locator("a").count() > 5
    for node in nodes.all():
        slug = node.get_attribute("data-article")
        entry = page.locator(f'.kp-roadmap__list [data-article="{slug}"]')
        leads = node.evaluate("a => new URL(a.href.baseVal, location.href).href")
        assert leads == entry.locator("a").evaluate("a => a.href")
        assert page.request.get(leads).ok
        label = node.get_attribute("aria-label") or ""
        assert label.endswith(entry.locator(".kp-roadmap__state").inner_text())
    nodes.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/ja/maths/"))


def test_without_javascript_the_map_is_there(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("en/practice/")
    expect(page.locator(".kp-roadmap svg a").first).to_be_visible()
    expect(part(page, "next")).to_contain_text("needs JavaScript")
    context.close()


def test_what_is_exported_fits_the_schema_and_is_imported_whole(page: Page, tmp_path: Path) -> None:
    open_practice(page)
    answer(not_code(page))
    data = export(page, tmp_path)
    jsonschema.validate(data, SCHEMA)
    assert [entry["type"] for entry in data["entries"]] == ["attempt"]
    published = page.request.get(page.evaluate("new URL('../../practice.schema.json', location.href).href"))
    assert published.json() == SCHEMA

    part(page, "data").locator('[data-action="ask-erase"]').click()
    part(page, "data").locator('[data-action="erase"]').click()
    expect(part(page, "data")).to_contain_text("すべて消しました")
    expect(part(page, "rating")).to_contain_text("まだ答えがありません")
    for expected in ("1 件を加えました（0 件", "0 件を加えました（1 件"):
        part(page, "data").locator('input[type="file"]').set_input_files(tmp_path / "export.json")
        expect(part(page, "data")).to_contain_text(expected)
    expect(part(page, "rating").locator("svg")).to_be_visible()
    again = export(page, tmp_path)
    assert again["entries"] == data["entries"]


def test_erasing_asks_first_and_can_be_left(page: Page) -> None:
    open_practice(page)
    answer(not_code(page))
    data = part(page, "data")
    data.locator('[data-action="ask-erase"]').click()
    expect(data.locator('[data-action="erase"]')).to_be_focused()
    data.locator('[data-action="keep"]').click()
    expect(data.locator('[data-action="ask-erase"]')).to_be_focused()
    expect(part(page, "rating").locator("svg")).to_be_visible()


BAD = {
    "JSON として読めない": "{",
    "練習の記録ではありません": '{"cells": []}',
    "新しい版（2）": '{"format": "kamipen-practice", "version": 2, "entries": []}',
    "entries[1].right が壊れています": json.dumps(
        {
            "format": "kamipen-practice",
            "version": 1,
            "entries": [
                {"type": "guess", "id": "a", "at": 1780000000000, "cell": "x#y", "value": 1},
                {"type": "attempt", "id": "b", "at": 1780000000000, "item": "i", "right": "yes"},
            ],
        }
    ),
}


@pytest.mark.parametrize("why", BAD)
def test_a_bad_file_changes_nothing_and_says_why(page: Page, tmp_path: Path, why: str) -> None:
    open_practice(page)
    answer(not_code(page))
    before = export(page, tmp_path)["entries"]
    data = part(page, "data")
    data.locator('input[type="file"]').set_input_files(
        {"name": "bad.json", "mimeType": "application/json", "buffer": BAD[why].encode()}
    )
    expect(data.locator(".kp-data__say")).to_contain_text(why)
    expect(data.locator(".kp-data__say")).to_contain_text("何も変えていません")
    assert export(page, tmp_path)["entries"] == before


def test_two_tabs_add_to_one_another(context: BrowserContext, tmp_path: Path) -> None:
    one, other = context.new_page(), context.new_page()
    for page in (one, other):
        open_practice(page)
    answer(not_code(one))
    expect(part(other, "rating").locator("svg")).to_be_visible()  # without a reload
    part(other, "next").locator('[data-action="another"]').click()
    answer(not_code(other), right=False)
    expect(part(one, "due").locator("li")).to_have_count(2)
    entries = export(one, tmp_path)["entries"]
    assert sorted(entry["right"] for entry in entries) == [False, True]
    rated = [part(page, "rating").locator("p").first.inner_text() for page in (one, other)]
    assert rated[0] == rated[1]


def test_where_nothing_can_be_kept_it_works_and_says_so(page: Page) -> None:
    page.add_init_script(
        "indexedDB.open = () => { const request = new EventTarget(); "
        "setTimeout(() => request.onerror?.(new Event('error')), 0); "
        "request.error = new Error('refused'); return request }"
    )
    open_practice(page)
    expect(page.locator(".kp-practice__unsaved")).to_contain_text("残せません")
    found = not_code(page)
    answer(found)
    expect(found).to_have_attribute("data-kept", "false")
    expect(part(page, "rating").locator("svg")).to_be_visible()


def test_a_set_shows_its_exercises_and_prints_without_answers(page: Page) -> None:
    open_practice(page)
    part(page, "all").locator("summary").click()
    boxes = part(page, "all").locator('input[type="checkbox"]')
    for number in (2, 0):
        boxes.nth(number).check()
    link = part(page, "all").locator(".kp-set a")
    wanted = [boxes.nth(number).get_attribute("value") for number in (0, 2)]
    expect(link).to_have_attribute("href", re.compile(rf"\?set={wanted[0]},{wanted[1]}$"))
    page.goto(link.get_attribute("href") or "")
    page.evaluate("window.kamipen.ready")
    found = part(page, "set").locator("[data-exercise]")
    expect(found).to_have_count(2)
    assert [one.get_attribute("data-exercise") for one in found.all()] == wanted
    expect(part(page, "next")).to_be_hidden()
    page.emulate_media(media="print")
    expect(found.first).to_be_visible()
    expect(found.first.locator("[data-solution]")).to_be_hidden()
    expect(found.first.locator("[data-hint]").first).to_be_hidden()
    expect(page.locator('[data-action="print"]')).to_be_hidden()


def test_a_set_names_what_is_not_there(page: Page) -> None:
    open_practice(page, query="?set=two-over-lambda,%3Cb%3Enone")
    expect(part(page, "set")).to_contain_text("1 問は、いまのサイトにはありません")
    expect(part(page, "set").locator("[data-exercise]")).to_have_count(1)


def test_code_is_checked_outside_its_article(page: Page) -> None:
    open_practice(page, query="?set=shortcut")
    found = shown(page, "set")
    found.locator("[data-answer] :is(pre, .cm-content)").first.click()
    expect(found.locator(".cm-content")).to_be_focused()
    solution = read(ROOT / "snippets/autodiff_60_lines.py")["solution:shortcut"].source
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(solution)
    found.locator('[data-action="check"]').click()
    expect(found).to_have_attribute("data-verdict", "right", timeout=90_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    open_practice(page, "en")
    answer(not_code(page), right=False)
    part(page, "all").locator("summary").click()
    part(page, "placement").locator('[data-action="begin"]').click()
    shown(page, "placement")
    page.evaluate(AXE)
    found = page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html)]))"
    )
    assert found == []


def test_on_a_phone_nothing_is_wider_than_the_page_and_all_can_be_touched(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport={"width": 390, "height": 800}, has_touch=True)
    page = context.new_page()
    open_practice(page)
    answer(not_code(page))
    part(page, "all").locator("summary").click()
    for target in page.locator(".kp-practice :is(button, label):visible").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44, target.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
