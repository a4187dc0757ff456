"""An animation without JavaScript: some of its frames side by side, from the recorded states.

Where scripts run, a `noscript` is not even parsed; on paper the client shows its own (src/client/cell/controls).
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path
from typing import Any

from kamipen.article.controls import State
from kamipen.article.figure_words import Words, translate
from kamipen.article.parameters import plain
from kamipen.recording import terminal
from kamipen.recording.states.encoding import decode

FRAMES = 4

_MARK = re.compile(r"<!--kp-strip (\S+) (\S+) (.*?)-->\n?")
_WORDS = re.compile(r' data-words="([^"]*)"')
_STYLE = "display:grid;grid-template-columns:repeat(auto-fit,minmax(13em,1fr));gap:.6em;padding:.7rem"


def with_strips(html: str, folder: Path) -> str:
    """Put frames where an animation stands whose states are recorded in the folder."""
    if "<!--kp-strip " not in html:
        return html
    found = _WORDS.search(html)
    words: Words = json.loads(unescape(found[1])) if found else {}
    return _MARK.sub(lambda mark: _strip(folder / mark[1], mark[2], mark[3], words), html)


def _strip(path: Path, name: str, label: str, words: Words) -> str:
    if not path.is_file():
        return ""
    file = json.loads(path.read_text("utf-8"))
    frames = "".join(_frame(file, state, f"{label} {plain(literal)}", words) for literal, state in _chosen(file, name))
    return f'<noscript><div class="kp-strip" style="{_STYLE}">{frames}</div></noscript>\n'


def _chosen(file: Mapping[str, Any], name: str) -> Iterator[tuple[str, State]]:
    """Yield some values of the parameter from the first to the last, with the states that differ in nothing else."""
    (moved,) = (one for one in file["parameters"] if one["name"] == name)
    count = min(FRAMES, len(moved["values"]))
    places = [round(number * (len(moved["values"]) - 1) / (count - 1)) for number in range(count)]
    for place in dict.fromkeys(places):
        yield (
            moved["values"][place],
            tuple(one["values"][place if one is moved else one["published"]] for one in file["parameters"]),
        )


def _frame(file: Mapping[str, Any], state: State, caption: str, words: Words) -> str:
    items, _ = decode(file, state) or ([], [])
    shown = "".join(_item(item, caption, words) for item in items)
    return f'<figure style="margin:0"><figcaption>{escape(caption)}</figcaption>{shown}</figure>'


def _item(item: Mapping[str, Any], caption: str, words: Words) -> str:
    if item["kind"] == "figure":
        drawing = translate(item["svg"], words)
        return drawing.replace("<svg ", f'<svg style="width:100%;height:auto" aria-label="{escape(caption)}" ', 1)
    text = item["text"] if item["kind"] == "text" else item.get("traceback", "")
    return f'<pre class="kp-text">{terminal.html(text)}</pre>' if text else ""
