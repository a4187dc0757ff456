"""After one visit a control answers without a network: its states belong to the page."""

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Guard
from tests.browser.offline.host import Host
from tests.browser.offline.reader import Reader


def test_recorded_states_are_there_with_the_network_off(reader: Reader, host: Host, guard: Guard) -> None:
    guard.allow("net::ERR|Failed to")
    reader.open("ja/maths/start-here/")
    reader.wait_for_worker()
    reader.wait_for_kept("/states/start_here.line.", "/kamipen/controls-", "/kamipen/store-")
    host.gone = True
    reader.open("ja/maths/start-here/")
    cell: Locator = reader.cell("line")
    cell.locator(".kp-control input").first.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(cell.locator(".kp-cell__status")).to_contain_text("記録：")
