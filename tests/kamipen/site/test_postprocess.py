"""The last hand on a page: Japanese lines, links in figures."""

from kamipen.site import postprocess


def test_japanese_lines_are_joined_but_never_in_code() -> None:
    html = "<p>行の終わり。\n<strong>次</strong>の行\nand Latin</p><pre>行\n行</pre>"
    assert postprocess.join_lines(html) == "<p>行の終わり。<strong>次</strong>の行\nand Latin</p><pre>行\n行</pre>"


def test_links_in_figures_are_left_alone_by_instant_navigation() -> None:
    html = '<a href="x/">x</a><svg><use href="#m"/><a href="y/">y</a></svg>'
    kept = postprocess.keep_links(html)
    assert kept == ('<a href="x/">x</a><svg><use xlink:href="#m"/><a target="_self" xlink:href="y/">y</a></svg>')
    assert postprocess.keep_links(kept) == kept
