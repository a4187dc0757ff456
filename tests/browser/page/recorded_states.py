"""A sample of a script's recorded states, run live in a page's Python: what was recorded is what it puts out."""

import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from kamipen.article.controls import State
from kamipen.article.imports import packages
from kamipen.article.scripts import Script, Scripts
from kamipen.article.values import Wanted
from kamipen.project import DOCS, SNIPPETS
from kamipen.recording.states import file_name, requests_of_pages
from kamipen.recording.states.encoding import decode
from tests.browser.engine.interpreter import Interpreter

SAMPLE = 4
TOLERANCE = 0.5  # in units of a drawing: as in src/client/cell/compare-drawing.ts

SCRIPTS = Scripts(SNIPPETS)
REQUESTS = requests_of_pages(DOCS, SCRIPTS)
VOLATILE = {
    found[1]
    for path in DOCS.rglob("*.md")
    for found in re.finditer(r"```cell\n(\S+)\n(?:[^`\n]+\n)*volatile: true\n", path.read_text("utf-8"))
}

NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
NAMES = re.compile(r'\s(?:id|data-axes|(?:xlink:)?href)="[^"]*"|url\([^)]*\)')

Drawn = tuple[Script, str, Wanted, State]


def scripts() -> list[str]:
    """Return the scripts that have recorded states to draw from."""
    return [name for name in sorted({reference.split("#")[0] for reference in REQUESTS}) if sample(name)]


def sample(name: str) -> list[Drawn]:
    """Draw states of an article, always the same ones, in the order of its cells."""
    script = SCRIPTS[name]
    every: list[Drawn] = [
        (script, cell.name, asked, state)
        for cell in script.shown
        if cell.reference not in VOLATILE
        for asked in REQUESTS.get(cell.reference, [])[:1]
        for state in asked.controls.states()
    ]
    drawn = random.Random(name).sample(every, min(SAMPLE, len(every)))
    return sorted(drawn, key=every.index)


def recorded(site: Path, drawn: Drawn) -> Sequence[Mapping[str, Any]]:
    script, cell, asked, state = drawn
    file = site / "states" / file_name(script, script[cell], asked)
    found = decode(json.loads(file.read_text("utf-8")), state)
    assert found, f"{cell} {state} is not in {file.name}"
    return found[0]


def merged(result: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what a run put out, text of one stream together, an error last."""
    items: list[dict[str, Any]] = []
    for item in result["items"]:
        if item["kind"] == "text" and items and items[-1].get("stream") == item["stream"]:
            items[-1]["text"] += item["text"]
        else:
            items.append(dict(item))
    return [*items, *([{"kind": "error", **result["error"]}] if result.get("error") else [])]


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Compare to the character, but places in a drawing as near as two machines compute them."""
    if one["kind"] != "figure" or other["kind"] != "figure":
        return one == other
    shapes = [NUMBER.sub("0", NAMES.sub("", item["svg"])) for item in (one, other)]
    places = [[float(number) for number in NUMBER.findall(NAMES.sub("", item["svg"]))] for item in (one, other)]
    return shapes[0] == shapes[1] and all(abs(a - b) <= TOLERANCE for a, b in zip(*places, strict=True))


def equal(ours: Sequence[Mapping[str, Any]], live: Sequence[Mapping[str, Any]]) -> bool:
    return len(ours) == len(live) and all(map(same, ours, live))


def assert_recorded(page: Page, site: Path, name: str) -> None:
    """Run an article's sample in the page's own Python, in a namespace apart, and compare to the character."""
    Interpreter(page, site)
    script, drawn = SCRIPTS[name], sample(name)
    wanted = packages([cell.source for cell in script.shown])

    def run(cell: str, code: str) -> list[dict[str, Any]]:
        request = {"namespace": f"{name} again", "cell": f"{name}#{cell}", "code": code, "packages": wanted}
        return merged(page.evaluate("request => go(request, '')", request))

    last = max(script[cell].line for _, cell, _, _ in drawn)
    for cell in script.shown:
        if cell.line > last:
            break
        for one in drawn:
            if one[1] == cell.name:
                ours, live = recorded(site, one), run(cell.name, one[2].controls.source(cell.source, one[3]))
                assert equal(ours, live), f"{cell.reference} {one[3]}:\n{json.dumps([ours, live])[:4000]}"
                assert not equal(falsified(ours), live), "one other character, and it is seen"
        if cell.line < last:
            run(cell.name, cell.source)


def falsified(items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the items with one character of the first changed, or something more in a drawing."""
    first = dict(items[0]) if items else {"kind": "text", "stream": "stdout", "text": ""}
    body = {"text": "text", "rich": "html", "error": "traceback", "figure": "svg"}[first["kind"]]
    text: str = first[body]
    first[body] = text.replace("</svg>", "<g/></svg>") if body == "svg" else f"{text[:-2]}!{text[-1:]}"
    return [first, *items[1:]]
