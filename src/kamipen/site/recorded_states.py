"""The recorded states of controls in the site: `site/states/<script>.<cell>.<digest>.json`, once for both languages."""

import json
import re
from functools import cache
from pathlib import Path
from threading import Lock

from kamipen import files
from kamipen.article.scripts import Scripts
from kamipen.article.values import room
from kamipen.project import DOCS, SNIPPETS
from kamipen.recording.states import States, requests_of_pages

FOLDER = "states"

_CELL = re.compile(r'<div class="kp-cell"[^>]* data-cell="([^"]+)"[^>]* data-states="([^"]+)"')
_VALUE = re.compile(
    r'(<span class="kp-value[^>]* data-of="([^"]+)" data-(value|parameter)="([^"]+)" style="min-width:)([\d.]+)(ch")'
)
_one_at_a_time = Lock()


def write(site: Path) -> int:
    """Record what the pages want, and put it into the site; return how many files there are."""
    scripts = Scripts(SNIPPETS)
    states = States(scripts)
    names = states.refresh(requests_of_pages(DOCS, scripts))
    for name in names:
        files.copy(states.path(name), site / FOLDER / name)
    for path in (site / FOLDER).glob("*.json"):
        if path.name not in names:
            path.unlink()
    return len(names)


def provide(site: Path, name: str) -> None:
    """Put one file into the site that a page asks for, recording it if need be; a name of no page does nothing."""
    with _one_at_a_time:
        if (site / FOLDER / name).exists():
            return
        scripts = Scripts(SNIPPETS)
        states = States(scripts)
        script = name.split(".")[0]
        asked = {cell: one for cell, one in requests_of_pages(DOCS, scripts).items() if cell.startswith(f"{script}#")}
        for found in states.refresh(asked):
            files.copy(states.path(found), site / FOLDER / found)


def with_room(html: str, folder: Path) -> str:
    """Give each value in a sentence the room of the longest that its cell's states have, so that nothing moves."""
    if 'class="kp-value' not in html:
        return html
    recorded = {cell: folder / name for cell, name in _CELL.findall(html)}

    def widen(found: re.Match[str]) -> str:
        before, cell, kind, key, width, after = found.groups()
        path = recorded.get(cell)
        widest = _widest(path, kind, key) if path and path.is_file() else 0
        return f"{before}{max(float(width), widest):g}{after}"

    return _VALUE.sub(widen, html)


@cache
def _widest(path: Path, kind: str, key: str) -> float:
    """Return the width of the widest text; the file's name says what is in it."""
    file = json.loads(path.read_text("utf-8"))
    if kind == "parameter":
        texts = [text for one in file["parameters"] if one["name"] == key for text in one["values"]]
    else:
        place = file["values"].index(key) + 1 if key in file["values"] else 0
        texts = [state[place] for state in file["states"].values()] if place else []
    return max((room(text or "") for text in texts), default=0)
