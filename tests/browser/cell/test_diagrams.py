"""Diagrams: legible at each width, in the colours of both schemes, their nodes links."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize("width", [390, 1280])
def test_a_diagram_fits_and_leads(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("ja/diagram/")
    shown = page.locator(".kp-diagram svg:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_accessible_name("入力から損失まで")
    box = shown.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert (box["height"] > box["width"]) == (width == 390)
    fits = """svg => [...svg.querySelectorAll("polygon + text")].map(text => {
        const [inner, outer] = [text, text.previousElementSibling].map(part => part.getBoundingClientRect())
        return [inner.height, inner.left - outer.left, outer.right - inner.right]
    })"""
    labels = shown.evaluate(fits)
    assert len(labels) == 5
    for height, *margins in labels:
        assert height > 12
        assert min(margins) > 3
    shown.get_by_text("損失").click()
    expect(page).to_have_url(re.compile("#cell-folded$"))
    expect(page.locator("#cell-folded")).to_be_in_viewport()
