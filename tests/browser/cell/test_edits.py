"""Edits stay in the browser; when the article changed, the reader chooses."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.cell.conftest import Lab


def test_edits_persist_and_reset_removes_them(cells: Lab) -> None:
    cells.write("scale", "factor = 5\ny = factor * x\nprint('mine')\n")
    cells.kept("scale", "print('mine')")
    cells.open("en/lab/")
    assert cells.code("scale").startswith("factor = 5")
    expect(cells.status("scale")).to_contain_text("edited")
    cells.open("ja/lab/")
    assert cells.code("scale").startswith("factor = 5"), "both languages show the same code"
    cells.press("scale", "reset")
    cells.kept("scale", None)
    cells.open("en/lab/")
    assert cells.code("scale").startswith("factor = 3")


def test_when_the_article_changed_the_reader_chooses(cells: Lab, lab: Path) -> None:
    cells.write("scale", "factor = 5\ny = factor * x\n")
    cells.kept("scale", "factor = 5\ny = factor * x\n")
    page = (lab / "en" / "lab" / "index.html").read_text("utf-8")
    digest = cells.cell("scale").get_attribute("data-hash")
    assert digest
    changed = lab / "en" / "changed"
    changed.mkdir(exist_ok=True)
    page = page.replace(digest, "0123456789ab").replace("what x is", "what all x are")
    (changed / "index.html").write_text(page, "utf-8")

    cells.open("en/changed/")
    assert cells.code("scale").startswith("factor = 3"), "the new one stands until the choice"
    notice = cells.cell("scale").locator(".kp-notice-box")
    notice.get_by_text("Show the difference").click()
    expect(notice.locator("ins")).to_contain_text(["factor = 5"])
    notice.get_by_role("button", name="Keep mine").click()
    assert cells.code("scale").startswith("factor = 5")
    cells.page.wait_for_function("() => localStorage.getItem('kamipen:edit:lab#scale').includes('0123456789ab')")
    cells.open("en/changed/")
    assert cells.code("scale").startswith("factor = 5")
    expect(notice).to_have_count(0)

    cells.open("en/lab/")
    cells.cell("scale").get_by_role("button", name="Take the new one").click()
    cells.kept("scale", None)
    cells.open("en/lab/")
    assert cells.code("scale").startswith("factor = 3")
    expect(notice).to_have_count(0)


def test_a_browser_that_keeps_nothing_is_said_once_and_all_works(cells: Lab) -> None:
    cells.page.add_init_script("""
        window.refused = 0
        Object.defineProperty(window, "localStorage", { get() { refused++; throw new Error("denied") } })
    """)
    cells.open("en/lab/")
    cells.write("base", "print('still runs')\n")
    status = cells.page.locator(".kp-controls__status")
    expect(status).to_contain_text("This browser keeps no edits")
    cells.run("base")
    expect(cells.output("base")).to_have_text("still runs\n")
    refused = cells.page.evaluate("document.querySelector('.kp-controls__status').textContent = ''; window.refused")
    cells.write("base", "print('again')\n")
    cells.page.wait_for_function("before => window.refused > before", arg=refused)
    expect(status).to_have_text("")
