"""The editor: there when code is first touched, without a jump; keys that help and never hold."""

from playwright.sync_api import Locator, expect

from tests.browser.cell.conftest import Lab

GEOMETRY = """cell => {
    const code = cell.querySelector(".kp-cell__code")
    const range = document.createRange()
    const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT)
    const boxes = {}
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const word of ["import", "print", "eta"]) {
            const at = node.nodeValue.indexOf(word)
            if (at < 0 || word in boxes) continue
            range.setStart(node, at)
            range.setEnd(node, at + word.length)
            const { left, top, width, height } = range.getBoundingClientRect()
            boxes[word] = [left, top, width, height]
        }
    const { top, height } = cell.getBoundingClientRect()
    return { ...boxes, cell: [top, height] }
}"""


def test_the_editor_comes_on_touch_and_nothing_jumps(cells: Lab) -> None:
    requests: list[str] = []
    cells.page.on("request", lambda request: requests.append(request.url))
    assert not cells.page.locator(".cm-editor").count()
    scripts = cells.page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not any("/editor" in name for name in scripts)
    cell = cells.cell("slide")
    cell.scroll_into_view_if_needed()
    before = cell.evaluate(GEOMETRY)
    cells.enter("slide")
    assert any("/editor" in url for url in requests)
    after = cell.evaluate(GEOMETRY)
    for part, box in before.items():
        assert [round(a - b) for a, b in zip(after[part], box, strict=True)] == [0] * len(box), (part, box, after[part])


def test_python_has_the_colours_of_the_page(cells: Lab) -> None:
    for name in ("base", "drawing", "slide", "seeded", "table"):
        published = classes(cells.cell(name).locator("code"))
        cells.enter(name)
        edited = classes(cells.cell(name).locator(".cm-content"))
        assert edited == published, name


def classes(code: Locator) -> list[tuple[str, str]]:
    """Return each visible character with the kind of its token; kinds that look alike count as one."""
    tokens = code.evaluate("""code => {
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT)
        const kind = node => node.closest("span[class]:not(.cm-matchingBracket)")?.className ?? ""
        const tokens = []
        for (let node = walker.nextNode(); node; node = walker.nextNode())
            tokens.push([node.nodeValue, kind(node.parentElement)])
        return tokens
    }""")
    alike = {"s1": "s2", "si": "s2", "mf": "mi", "ow": "o"}
    return [(letter, alike.get(kind, kind)) for text, kind in tokens for letter in text if letter.strip()]


def test_indentation_brackets_and_leaving(cells: Lab) -> None:
    keyboard = cells.page.keyboard
    cells.write("base", "")
    keyboard.type("for i in range(3):")
    keyboard.press("Enter")
    keyboard.type("print((i")
    assert cells.code("base") == "for i in range(3):\n    print((i))", "indented after the colon, brackets closed"
    expect(cells.cell("base").locator(".cm-matchingBracket").first).to_be_attached()
    keyboard.press("Home")
    keyboard.press("Tab")
    assert cells.code("base").endswith("        print((i))")
    keyboard.press("Shift+Tab")
    keyboard.press("Escape")
    expect(cells.cell("base").locator('[data-action="run"]')).to_be_focused()
    keyboard.press("Tab")
    assert cells.page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_walking_through_the_page_by_tab_is_not_held(cells: Lab) -> None:
    cells.cell("base").locator('[data-action="share"]').focus()
    seen: list[str] = []
    for _ in range(40):
        cells.page.keyboard.press("Tab")
        cells.page.wait_for_function("() => !document.activeElement.matches('pre.highlight')")  # the editor has come
        seen.append(cells.page.evaluate("document.activeElement.closest('[data-cell]')?.dataset.cell ?? ''"))
        if seen[-1] == "lab#total":
            break
    assert "lab#scale" in seen
    assert seen[-1] == "lab#total", seen
    assert cells.code("scale").startswith("factor = 3"), "Tab indented nothing on the way"


def test_names_of_the_running_namespace_are_offered(cells: Lab) -> None:
    cells.run("base")
    cells.write("base", "np.linsp")
    cells.page.keyboard.type("a")
    expect(cells.page.locator(".cm-tooltip-autocomplete")).to_contain_text("linspace")
    cells.page.keyboard.press("Escape")
    expect(cells.page.locator(".cm-tooltip-autocomplete")).to_have_count(0)
    expect(cells.cell("base").locator(".cm-content")).to_be_focused()
