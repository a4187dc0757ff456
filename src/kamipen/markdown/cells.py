"""The HTML of a cell: complete without JavaScript, and the place where the client mounts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape, unescape
from math import isfinite

from markdown import markdown

from kamipen.article.scripts import Cell, CellReference
from kamipen.errors import SourceError, nearest
from kamipen.markdown.highlight import code
from kamipen.recording import rich, terminal
from kamipen.recording.items import Figure, Item, Rich, Text
from kamipen.texts import Texts

OPTIONS = ("slider", "title", "alt", "repeat", "volatile")

# As in the client's wide-text.ts.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+"
)
_COLUMNS = re.compile(r"\S(?: {2,}|\u3000| ?[|│] ?)\S")
_MARKDOWN = re.compile(r'<div class="kp-markdown">(.*?)</div>', re.DOTALL)
_NUMBER = r"[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?"


def render(reference: CellReference, cell: Cell, items: Iterable[Item], packages: Iterable[str], texts: Texts) -> str:
    """Return the cell with its published output."""
    options = dict(reference.options)
    _refuse_bad_options(reference, options, cell)
    title = options.get("title", "")
    name = title or cell.name
    attributes = {
        "class": "kp-cell",
        "id": f"cell-{cell.name}",
        "data-cell": cell.reference,
        "data-state": "static",
        "data-hash": cell.digest,
        "data-packages": " ".join(packages),
    }
    if title:
        attributes["data-title"] = title
    if "repeat" in options:
        attributes["data-repeat"] = options["repeat"]
    volatile = options.get("volatile") == "true"
    if volatile:
        attributes["data-volatile"] = ""
    sliders = [_slider(value, cell) for option, value in reference.options if option == "slider"]
    parts = [
        f"<div {_attributes(attributes)}>",
        f'<p class="kp-cell__title">{escape(title)}</p>' if title else "",
        f'<div class="kp-cell__code">{code(cell.source)}</div>',
        f'<div class="kp-cell__sliders">{"".join(sliders)}</div>' if sliders else "",
        _bar(name, texts),
        f'<p class="kp-cell__volatile">{escape(texts("cell.volatile"))}</p>' if volatile else "",
        '<div class="kp-cell__output" data-output aria-live="polite">',
        *(_item(item, options.get("alt", "")) for item in items),
        "</div></div>",
    ]
    return "\n".join(part for part in parts if part)


def controls(texts: Texts, needed: Iterable[str] = (), more: int = 0) -> str:
    """Return the buttons for all cells of a page, behind what the first run fetches beyond the usual: `more` bytes."""
    names, size = escape(", ".join(needed)), f"{more / 1e6:.0f}"
    weight = f'<p class="kp-weight">{texts("controls.weight", names=names, size=size)}</p>' if more else ""
    return (
        f'{weight}<div class="kp-controls" data-controls>'
        f"{_button('run-all', texts('controls.run-all'))} {_button('reset-all', texts('controls.reset-all'))} "
        '<span class="kp-controls__status" role="status"></span></div>'
    )


def _bar(name: str, texts: Texts) -> str:
    buttons = [
        _button("run", texts("cell.run")),
        _button("stop", texts("cell.stop"), hidden=True),
        _button("copy", texts("cell.copy")),
        _button("share", texts("cell.share")),
        _button("reset", texts("cell.reset"), hidden=True),
    ]
    label = escape(texts("cell.bar", name=name))
    return (
        f'<div class="kp-cell__bar" role="group" aria-label="{label}">{" ".join(buttons)} '
        '<span class="kp-cell__status" role="status"></span></div>'
    )


def _button(action: str, label: str, *, hidden: bool = False) -> str:
    return f'<button type="button" data-action="{action}"{" hidden" if hidden else ""}>{escape(label)}</button>'


def _slider(option: str, cell: Cell) -> str:
    """Return the slider of a constant, standing where the published code sets it."""
    name, *numbers = option.split()
    try:
        low, high, step = (float(number) for number in numbers)
    except ValueError:
        raise SourceError(f"`slider: {option}`: write `slider: name from to step`") from None
    if not (isfinite(low + high + step) and low < high and 0 < step <= high - low):
        raise SourceError(f"`slider: {option}`: from must be below to, and step fit between them")
    value = constants(cell.source).get(name)
    if value is None:
        known = nearest(name, constants(cell.source))
        raise SourceError(f"`slider: {option}`: cell `{cell.name}` has no line `{name} = number`{known}")
    if not low <= float(value) <= high:
        raise SourceError(f"`slider: {option}`: the cell's own {name} = {value} lies outside")
    attributes = {"type": "range", "data-slider": name, "min": numbers[0], "max": numbers[1], "step": numbers[2]}
    plain = value.replace("_", "")
    control = f"<input {_attributes(attributes | {'value': plain})}>"
    return f'<div class="kp-slider"><label>{escape(name)} {control}</label> <output>{plain}</output></div>'


def constants(source: str) -> dict[str, str]:
    """Return the names that a cell sets to a number at the margin, as in `eta = 0.19  # learning rate`."""
    line = re.compile(rf"^(\w+)[ \t]*(?::[^=\n]+)?=[ \t]*({_NUMBER})(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
    found: dict[str, str] = {}
    for match in line.finditer(source):
        found.setdefault(match[1], match[2])
    return found


def _item(item: Item, alt: str) -> str:
    match item:
        case Text(stream, text):
            kind = " kp-text--stderr" if stream == "stderr" else ""
            shown = terminal.html(text)
            first = "\n" if shown.startswith("\n") else ""  # HTML drops the newline that a `pre` begins with
            return f'<pre class="kp-text{kind}" tabindex="0">{first}{_aligned(shown, terminal.plain(text))}</pre>'
        case Figure(svg, alt=own):
            label = escape(alt or own)
            return f'<figure class="kp-figure">{svg.replace("<svg ", f'<svg aria-label="{label}" ', 1)}</figure>'
        case Rich(html):
            return f'<div class="kp-rich">{_MARKDOWN.sub(_rendered, rich.in_page(html))}</div>'


def _aligned(html: str, text: str) -> str:
    """Mark wide characters of text that stands in columns, where each takes two cells."""
    return _WIDE.sub(r'<span class="kp-wide">\g<0></span>', html) if _COLUMNS.search(text) else html


def _rendered(found: re.Match[str]) -> str:
    """Render a value that is Markdown, as the client does where it is run."""
    return f'<div class="kp-markdown">{markdown(unescape(found[1]), extensions=["tables", "fenced_code"])}</div>'


def _refuse_bad_options(reference: CellReference, options: dict[str, str], cell: Cell) -> None:
    for option in options:
        if option not in OPTIONS:
            raise SourceError(f"a cell has no option `{option}`{nearest(option, OPTIONS)}")
    repeat = options.get("repeat")
    if repeat is not None and repeat not in constants(cell.source):
        known = nearest(repeat, constants(cell.source))
        raise SourceError(f"`repeat: {repeat}`: cell `{reference.cell}` has no line `{repeat} = number`{known}")
    if options.get("volatile", "true") not in ("true", "false"):
        raise SourceError("`volatile` is true or false")


def _attributes(attributes: dict[str, str]) -> str:
    return " ".join(f'{name}="{escape(value)}"' if value else name for name, value in attributes.items())
