"""Formulas: the fonts that a page asks for in time."""

from pathlib import Path

import pytest

from kamipen.site.formulas import preload_fonts, typeset

SHEET = '<link rel="stylesheet" href="../../formulas/formulas.css">'


@pytest.mark.parametrize(
    ("formula", "fonts"),
    [
        ('<span class="mord mathnormal">x</span>', ["Math-Italic"]),
        ('<span class="mord mathnormal mtight">i</span><span class="mrel">=</span>', ["Main-Regular", "Math-Italic"]),
        ('<span class="mord"><span class="mop op-symbol large-op">∑</span></span>', ["Size2-Regular"]),
        ('<span class="sizing reset-size6 size3"><span class="mord mtight">1</span></span>', ["Main-Regular"]),
        ('<span class="delimsizing size3">(</span>', ["Size3-Regular"]),
    ],
)
def test_page_asks_for_its_fonts_before_its_style(formula: str, fonts: list[str]) -> None:
    page = preload_fonts(f'<head>{SHEET}</head><span class="katex">{formula}</span>')
    before = page.split(SHEET)[0]
    assert [link.split(".woff2")[0] for link in before.split("formulas/fonts/KaTeX_")[1:]] == fonts
    assert before.count('rel="preload" as="font" type="font/woff2" crossorigin href="../../') == len(fonts)
    assert preload_fonts(page) == page


def test_page_without_formulas_asks_for_none() -> None:
    page = f'<head>{SHEET}</head><p class="mathnormal">plain</p>'
    assert preload_fonts(page) == page


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        (r'長さは<span class="arithmatex">\(3\)</span>。', True),
        (r'（<span class="arithmatex">\(x^2\)</span>）', True),
        (r'長さ<span class="arithmatex">\(3\)</span>の', False),
        (r'<span class="arithmatex">\(a + b + c + d + e + f + g + h + i + j\)</span>。', False),
    ],
)
def test_mark_stays_with_its_formula(text: str, *, tied: bool) -> None:
    page = Path("page.html")
    html = typeset({page: f"<p>{text}</p>"})[page]
    assert ('<span class="kp-tie">' in html) is tied
    assert html.endswith("</span></p>") is tied


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (r'<span class="arithmatex">\(x^2 &lt; y\)</span>', 'aria-label="x2&lt;y"'),
        (r'<span class="arithmatex">\(x^2\)</span> at most', None),
        (r'<span class="arithmatex">\(x\)</span> or <span class="arithmatex">\(y\)</span>', None),
        (r'at most <span class="arithmatex">\(x^2\)</span>', None),
    ],
)
def test_choice_that_is_a_formula_alone_has_a_name(choice: str, name: str | None) -> None:
    page = Path("page.html")
    other = '<label><input name="n" type="radio" value="2" /> <span>none</span></label>'
    html = typeset({page: f'<label><input name="n" type="radio" value="1" /> <span>{choice}</span></label>{other}'})[
        page
    ]
    assert html.count("aria-label") == (name is not None)
    assert name is None or f'<input {name} name="n"' in html
    assert typeset({page: html})[page] == html, "pages that stand are finished again with those that changed"
