"""Japanese in aligned tables: a wide character takes two cells, in what a run prints and in what was published."""

from tests.browser.cell.conftest import Lab

TABLE = 'print("名前  値  |")\nprint("abcd  ef  |")\nprint("ーＡ  \u3042  |")\n'

ENDS = """output => {
  const walker = document.createTreeWalker(output, NodeFilter.SHOW_TEXT)
  const ends = []
  while (walker.nextNode()) {
    for (const { index } of walker.currentNode.data.matchAll(/\\|/g)) {
      const range = document.createRange()
      range.setStart(walker.currentNode, index)
      range.setEnd(walker.currentNode, index + 1)
      ends.push(range.getBoundingClientRect().left)
    }
  }
  return ends
}"""


def test_columns_stand_under_one_another(cells: Lab) -> None:
    cells.write("base", TABLE)
    cells.run("base")
    ends = cells.output("base").evaluate(ENDS)
    assert len(ends) == 3
    assert max(ends) - min(ends) < 1
    assert cells.output("base").locator(".kp-text").text_content() == "名前  値  |\nabcd  ef  |\nーＡ  \u3042  |\n"


def test_prose_is_set_as_prose(cells: Lab) -> None:
    cells.write("base", "print('これは文です。')")
    cells.run("base")
    assert not cells.output("base").locator(".kp-wide").count()
