"""The HTML of a cell: complete without JavaScript, and the place where the client mounts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from markdown import markdown

from kamipen.article import control_options, figure_words
from kamipen.article.controls import Control, Controls
from kamipen.article.figure_words import Words
from kamipen.article.scripts import Cell, CellReference
from kamipen.errors import SourceError, nearest
from kamipen.markdown import controls as controls_html
from kamipen.markdown.captions import figcaption
from kamipen.markdown.controls import attributes
from kamipen.markdown.highlight import code
from kamipen.recording import rich, terminal
from kamipen.recording.items import Figure, Item, Rich, Text
from kamipen.texts import Texts

OPTIONS = ("title", "alt", "caption", "volatile", *control_options.OPTIONS)

# As in the client's wide-text.ts.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+"
)
_COLUMNS = re.compile(r"\S(?: {2,}|\u3000| ?[|│] ?)\S")
_MARKDOWN = re.compile(r'<div class="kp-markdown">(.*?)</div>', re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """What a page shows of a cell beside its code."""

    items: Iterable[Item]
    packages: Iterable[str]
    controls: Controls = field(default_factory=Controls)
    states: str = ""  # the file that holds the recorded ones
    words: Words = field(default_factory=dict[str, str])  # the page's, for those of its figures
    needs: Iterable[str] = ()  # the cells above that the recorded states depend on


def render(reference: CellReference, cell: Cell, shown: Shown, texts: Texts) -> str:
    """Return the cell with its published output."""
    options = dict(reference.options)
    _refuse_bad_options(options)
    title = options.get("title", "")
    name = title or cell.name
    facts = {
        "class": "kp-cell",
        "id": f"cell-{cell.name}",
        "data-cell": cell.reference,
        "data-state": "static",
        "data-hash": cell.digest,
        "data-packages": " ".join(shown.packages),
    }
    if title:
        facts["data-title"] = title
    if "repeat" in options:
        facts["data-repeat"] = options["repeat"]
    volatile = options.get("volatile") == "true"
    if options.get("volatile", "true") not in ("true", "false"):
        raise SourceError("`volatile` is true or false")
    if volatile:
        facts["data-volatile"] = ""
    if shown.states:
        facts |= {"data-states": shown.states, "data-needs": " ".join(shown.needs)}
    parts = [
        f"<div {attributes(facts)}>",
        f'<p class="kp-cell__title">{escape(title)}</p>' if title else "",
        f'<div class="kp-cell__code">{code(cell.source, texts)}</div>',
        controls_html.render(cell.reference, shown.controls, texts),
        _bar(name, texts),
        f'<p class="kp-cell__volatile">{escape(texts("cell.volatile"))}</p>' if volatile else "",
        '<div class="kp-cell__output" data-output aria-live="polite">',
        *_output(shown, options),
        "</div>",
        *(strip_mark(shown.states, control) for control in shown.controls.controls if control.kind == "play"),
        "</div>",
    ]
    return "\n".join(part for part in parts if part)


def strip_mark(states: str, control: Control) -> str:
    """Return what stands for some frames of an animation until its states are recorded."""
    return f"<!--kp-strip {states} {control.names[0]} {control.labels[0].replace('--', '–')}-->" if states else ""


def controls(texts: Texts, needed: Iterable[str] = (), more: int = 0, words: Words | None = None) -> str:
    """Return the buttons for all cells of a page, behind what the first run fetches beyond the usual: `more` bytes.

    They carry the page's words for those of its figures.
    """
    names, size = escape(", ".join(needed)), f"{more / 1e6:.0f}"
    weight = f'<p class="kp-weight">{texts("controls.weight", names=names, size=size)}</p>' if more else ""
    known = f' data-words="{escape(json.dumps(dict(words), ensure_ascii=False))}"' if words else ""
    return (
        f'{weight}<div class="kp-controls" data-controls{known}>'
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


def _output(shown: Shown, options: Mapping[str, str]) -> Iterator[str]:
    """Yield what a cell put out; the caption stands under its last figure."""
    items = list(shown.items)
    last = max((number for number, item in enumerate(items) if isinstance(item, Figure)), default=-1)
    for number, item in enumerate(items):
        caption = options.get("caption", "") if number == last else ""
        yield _item(item, options.get("alt", ""), caption, shown.words)


def _item(item: Item, alt: str, caption: str, words: Words) -> str:
    match item:
        case Text(stream, text):
            kind = " kp-text--stderr" if stream == "stderr" else ""
            shown = terminal.html(text)
            first = "\n" if shown.startswith("\n") else ""  # HTML drops the newline that a `pre` begins with
            return f'<pre class="kp-text{kind}" tabindex="0">{first}{_aligned(shown, terminal.plain(text))}</pre>'
        case Figure(svg, alt=own):
            label = escape(alt or own)
            drawing = figure_words.translate(svg, words).replace("<svg ", f'<svg aria-label="{label}" ', 1)
            return f'<figure class="kp-figure">{drawing}{figcaption(caption)}</figure>'
        case Rich(html):
            return f'<div class="kp-rich">{_MARKDOWN.sub(_rendered, rich.in_page(html))}</div>'


def _aligned(html: str, text: str) -> str:
    """Mark wide characters of text that stands in columns, where each takes two cells."""
    return _WIDE.sub(r'<span class="kp-wide">\g<0></span>', html) if _COLUMNS.search(text) else html


def _rendered(found: re.Match[str]) -> str:
    """Render a value that is Markdown, as the client does where it is run."""
    return f'<div class="kp-markdown">{markdown(unescape(found[1]), extensions=["tables", "fenced_code"])}</div>'


def _refuse_bad_options(options: Iterable[str]) -> None:
    for option in options:
        if option not in OPTIONS and not option.startswith(control_options.LABEL):
            raise SourceError(f"a cell has no option `{option}`{nearest(option, OPTIONS)}")
