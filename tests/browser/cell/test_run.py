"""Running cells in the page."""

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Lab


def test_a_cell_runs_those_above_it_first(cells: "Lab") -> None:
    cells.run("total")
    expect(cells.output("total")).to_have_text("total 45\n")
    expect(cells.status("total")).to_contain_text("2 cells above ran first")
    assert cells.cell("total").get_attribute("data-match") == "same"
    cells.run("total")
    expect(cells.status("total")).not_to_contain_text("above ran first")
