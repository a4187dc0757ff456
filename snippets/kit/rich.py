"""A value as a page shows it, by whichever of Jupyter's display methods its type has."""

from base64 import b64encode
from collections.abc import Mapping
from html import escape
from typing import Any

METHODS = {
    "image/svg+xml": "_repr_svg_",
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "text/latex": "_repr_latex_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
}
"""The richest first."""

PLAIN = "text/plain"


def shown(value: object) -> dict[str, str]:
    """Return the value's HTML as `html`, else its text as `text`; Markdown and formulas wait in it for the page.

    Methods are looked up on the type, where `class D(dict): __getattr__ = dict.get` has none.
    """
    bundle = _bundle(value)
    for kind, method in METHODS.items():
        data = bundle[kind] if kind in bundle else _call(value, method)
        if data is not None:
            return {"html": _html(kind, data, type(value).__name__)}
    return {"text": str(bundle[PLAIN])} if PLAIN in bundle else {"text": repr(value)}


def _bundle(value: object) -> Mapping[str, Any]:
    data = _call(value, "_repr_mimebundle_", include=None, exclude=None)
    data = data[0] if isinstance(data, tuple) else data
    return data if isinstance(data, Mapping) else {}


def _call(value: object, method: str, **options: Any) -> Any:
    function = getattr(value, method, None) if hasattr(type(value), method) else None  # scikit-learn's is a property
    data = function(**options) if callable(function) else None
    is_pair = isinstance(data, tuple) and len(data) == 2  # with metadata
    return data[0] if is_pair and method != "_repr_mimebundle_" else data


def _html(kind: str, data: Any, name: str) -> str:
    if kind in ("image/png", "image/jpeg"):
        text = data if isinstance(data, str) else b64encode(data).decode()
        return f'<img alt="{escape(name)}" src="data:{kind};base64,{"".join(text.split())}">'
    if kind == "text/markdown":
        return f'<div class="kp-markdown">{escape(str(data), quote=False)}</div>'
    if kind == "text/latex":
        return f'<div class="arithmatex">\\[{escape(_formula(str(data)), quote=False)}\\]</div>'
    return str(data)


def _formula(latex: str) -> str:
    """Return what stands between the marks of a formula."""
    text = latex.strip()
    for left, right in (("$$", "$$"), ("$", "$"), (r"\[", r"\]"), (r"\(", r"\)")):
        if text.startswith(left) and text.endswith(right) and len(text) > len(left + right):
            return text.removeprefix(left).removesuffix(right).strip()
    return text
