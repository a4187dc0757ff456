"""Values as pages show them: Jupyter's display methods, looked up on the type, the richest first."""

import pytest
from kit.rich import shown


def value(**methods: object) -> object:
    return type("Value", (), {name: lambda self, _out=out, **_: _out for name, out in methods.items()})()


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        ({"_repr_html_": "<b>1</b>", "_repr_png_": b"png"}, "<b>1</b>"),
        ({"_repr_svg_": "<svg/>", "_repr_html_": "<b>1</b>"}, "<svg/>"),
        ({"_repr_html_": None, "_repr_png_": b"png"}, '<img alt="Value" src="data:image/png;base64,cG5n">'),
        ({"_repr_png_": (b"png", {"width": 3})}, '<img alt="Value" src="data:image/png;base64,cG5n">'),
        ({"_repr_jpeg_": "anBl\nZw=="}, '<img alt="Value" src="data:image/jpeg;base64,anBlZw==">'),
        ({"_repr_markdown_": "*a* < b"}, '<div class="kp-markdown">*a* &lt; b</div>'),
        ({"_repr_latex_": "$$x<1$$"}, r'<div class="arithmatex">\[x&lt;1\]</div>'),
        ({"_repr_mimebundle_": {"text/html": "<i>2</i>"}, "_repr_html_": "<b>1</b>"}, "<i>2</i>"),
        ({"_repr_mimebundle_": ({"image/png": "cG5n"}, {})}, '<img alt="Value" src="data:image/png;base64,cG5n">'),
    ],
)
def test_the_richest_is_shown(methods: dict[str, object], expected: str) -> None:
    assert shown(value(**methods)) == {"html": expected}


def test_text_is_what_remains() -> None:
    assert shown([1]) == {"text": "[1]"}
    assert shown(value(_repr_mimebundle_={"text/plain": "plain"})) == {"text": "plain"}
    assert shown(value(_repr_mimebundle_=None, _repr_html_=None))["text"].startswith("<")


def test_methods_are_the_types() -> None:
    class Getting(dict):
        __getattr__ = dict.get

    assert shown(Getting(a=1)) == {"text": "{'a': 1}"}
    assert shown(type(value(_repr_html_="<b>1</b>")))["text"].startswith("<class")
