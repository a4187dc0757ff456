"""The docket: all claims without JavaScript; a filter that counts, can be linked, and leaves no claim out of reach."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kamipen.article import claims, rulings
from kamipen.article.articles import discover
from kamipen.project import DOCS, ROOT

AXE = (ROOT / "src/client/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
READY = "() => window.kamipen?.ready.then(() => true)"
WIDTHS = (390, 1280)
REST = 800  # ms, until the theme has noted where the reader is
ENTRIES = rulings.docket(discover(DOCS, "en"), claims.load())
COUNTS = rulings.count(ENTRIES)
TOTAL = len(claims.load())


def open_docket(page: Page, query: str = "", language: str = "ja") -> None:
    page.goto(f"{language}/docket/{query}")
    page.wait_for_function(READY)


def shown(page: Page) -> Locator:
    return page.locator("li.kp-claim:visible")


def choose(page: Page, ruling: str) -> None:
    page.locator(f'[name="ruling"][value="{ruling}"]').check(force=True)


@pytest.fixture(params=WIDTHS)
def wide(request: pytest.FixtureRequest, page: Page) -> Generator[Page]:
    """A page of either width."""
    page.set_viewport_size({"width": request.param, "height": 844})
    yield page


def test_every_claim_is_listed_and_counted(wide: Page) -> None:
    open_docket(wide)
    expect(shown(wide)).to_have_count(TOTAL)
    told = {str(label.get_attribute("data-ruling")): label.locator("b").inner_text() for label in labels(wide)}
    assert told == {"all": str(TOTAL)} | {state: str(number) for state, number in COUNTS.items()}


def labels(page: Page) -> list[Locator]:
    return page.locator(".kp-docket fieldset label").all()


def test_a_ruling_is_chosen_and_stays_in_the_address(wide: Page) -> None:
    open_docket(wide)
    choose(wide, "refuted")
    expect(shown(wide)).to_have_count(COUNTS["refuted"])
    expect(wide).to_have_url(re.compile(r"/ja/docket/\?ruling=refuted$"))
    expect(wide.get_by_role("status")).to_have_text(f"{TOTAL} 件のうち {COUNTS['refuted']} 件")
    wide.reload()
    wide.wait_for_function(READY)
    expect(shown(wide)).to_have_count(COUNTS["refuted"])
    expect(wide.locator('[value="refuted"]')).to_be_checked()
    wide.get_by_role("button", name="絞り込みを解く").click()
    expect(shown(wide)).to_have_count(TOTAL)
    expect(wide).to_have_url(re.compile(r"/ja/docket/$"))
    expect(wide.get_by_role("button", name="絞り込みを解く")).to_be_hidden()


def test_part_and_source_narrow_what_a_ruling_counts(page: Page) -> None:
    open_docket(page, "?part=language-models&source=3", "en")
    known = [entry for entry in ENTRIES if entry.part == "language-models" and entry.claim.source.id == "3"]
    expect(shown(page)).to_have_count(len(known))
    expect(page.get_by_role("status")).to_have_text(f"{len(known)} of {TOTAL}")
    expect(page.locator('label[data-ruling="awaiting"] b')).to_have_text(str(rulings.count(known)["awaiting"]))
    expect(page.locator(".kp-docket section:visible h2")).to_have_text(
        [re.compile("Language models"), re.compile("Where the claims")]
    )
    page.get_by_role("combobox", name="Part").select_option("")
    expect(page).to_have_url(re.compile(r"\?source=3$"))


def test_no_claim_is_said_so(page: Page) -> None:
    open_docket(page, "?ruling=refuted&part=structure")
    expect(page.get_by_role("status")).to_have_text("当てはまる主張はありません")


def test_what_cannot_be_chosen_is_left_alone(page: Page) -> None:
    open_docket(page, "?ruling=guilty&part=%3Cb%3E")
    expect(shown(page)).to_have_count(TOTAL)


def test_the_keyboard_chooses(page: Page) -> None:
    open_docket(page)
    page.locator('[name="ruling"][value=""]').focus()
    page.keyboard.press("ArrowRight")
    expect(shown(page)).to_have_count(COUNTS["confirmed"])
    page.keyboard.press("Tab")
    expect(page.locator("select[name=part]")).to_be_focused()


def test_a_link_to_a_hidden_claim_lifts_the_filter(page: Page) -> None:
    open_docket(page, "?ruling=refuted")
    page.evaluate("location.hash = '#claim-0-38'")
    expect(page.locator("#claim-0-38")).to_be_in_viewport()
    page.evaluate("location.hash = '#claim-3-31'")
    expect(page.locator("#claim-3-31")).to_be_in_viewport()
    expect(shown(page)).to_have_count(TOTAL)


def test_numbers_on_the_home_page_lead_to_their_claims(page: Page) -> None:
    page.goto("ja/")
    page.wait_for_function(READY)
    page.locator('.kp-tally [data-ruling="confirmed"]').click()
    expect(page).to_have_url(re.compile(r"/ja/docket/\?ruling=confirmed$"))
    expect(shown(page)).to_have_count(COUNTS["confirmed"])


def test_a_link_leads_to_the_top_of_its_page_and_back_to_its_own_place(page: Page) -> None:
    """The theme notes where the reader is 100 ms late: pressed right after scrolling, on the page that follows."""
    page.goto("ja/")
    page.wait_for_function(READY)
    page.evaluate("scrollTo(0, document.querySelector('.kp-tally').offsetTop)")
    page.wait_for_timeout(REST)
    place = page.evaluate("scrollY")
    page.evaluate(
        """() => new Promise((ended) => {
            scrollBy(0, 10)
            setTimeout(() => { document.querySelector('.kp-tally [data-ruling="confirmed"]').click(); ended() }, 40)
        })"""
    )
    expect(shown(page)).to_have_count(COUNTS["confirmed"])
    page.wait_for_timeout(REST)
    assert page.evaluate("scrollY") == 0
    assert page.url.endswith("/ja/docket/?ruling=confirmed")
    page.go_back()
    expect(page.locator(".kp-tally")).to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - place) < 20


def test_a_ruling_leads_to_its_verdict_and_back(wide: Page) -> None:
    open_docket(wide)
    ruling = wide.locator("#claim-0-28 .kp-claim__ruling a")
    ruling.scroll_into_view_if_needed()
    ruling.click()
    expect(wide).to_have_url(re.compile(r"/ja/practicalities/trees-or-nets/#verdict-0-28$"))
    verdict = wide.locator("#verdict-0-28")
    expect(verdict).to_be_in_viewport()
    expect(verdict.locator(".kp-verdict__claim span")).to_have_text(claims.load()["0.28"].statement["ja"])
    verdict.locator(".kp-verdict__claim a").click()
    expect(wide.locator("#claim-0-28")).to_be_in_viewport()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_without_javascript_the_list_is_complete(browser: Browser, base_url: str, language: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{language}/docket/?ruling=refuted")
    expect(shown(page)).to_have_count(TOTAL)
    expect(page.locator(".kp-docket select").first).to_be_hidden()
    expect(page.locator('label[data-ruling="refuted"] b')).to_have_text(str(COUNTS["refuted"]))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_and_fits(browser: Browser, base_url: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    open_docket(page, "?part=maths", "en")
    page.evaluate(AXE)
    found = page.evaluate("axe.run('.kp-docket').then(({ violations }) => violations.map(({ id }) => id))")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for target in [*labels(page), *page.locator(".kp-docket select").all()]:
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44
    context.close()
