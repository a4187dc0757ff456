"""The file of a cell's recorded states: what differs from the published output.

`src/client/cell/recorded-states.ts` reads it.

    {"format": 1,
     "parameters": [{"name": "eta", "values": ["0.05", "0.06"], "published": 1}],  literals, as they stand in the code
     "pieces": ["…", …],              every distinct piece of text
     "published": [[rest, [piece, …]], …],   the published output, item by item
     "outputs": [[[rest, edits], …], …],     every distinct output, item by item, as edits of the published one
     "values": ["limit .3f", …],      the page's values, as they are asked for
     "states": {"0.05": [output, "0.200", …], …}}   literals joined by "|" → number of the output, then the values

An item is a text with a *rest* beside it: `text` for kind text, `svg` for figures, `html` for rich values, `traceback`
for errors. The text is a list of pieces; together, in order, they are the text. Where the rest has `own`, each NUL in
the pieces stands for that: what makes the ids of a figure unlike those of others would make every line differ.

In an output, an item whose rest names a `kind` stands by itself: its edits are those of an empty text. Any other
differs from the published item in the same place: its rest holds the fields that differ. Edits are
`[start, deleted, piece, …]`, in order, `start` counted in the published pieces. A value that cannot be had is null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from kamipen.article.controls import Controls, State

FORMAT = 1
BODY = {"text": "text", "figure": "svg", "rich": "html", "error": "traceback"}
OWN = "\0"

_PIECE = re.compile(r"[^<\n]*\n|<[^<]*|[^<\n]+")
_ID = re.compile(r'\bid="[a-z]+[0-9]*?([0-9a-f]{6})"')

Item = Mapping[str, Any]
Rest = dict[str, Any]
Split = tuple[Rest, list[int]]


Recorded = Mapping[State, tuple[Sequence[Item], Sequence[Any]]]


def encode(
    controls: Controls, values: Sequence[str], recorded: Mapping[State, tuple[Sequence[Item], Sequence[Any]]]
) -> dict[str, Any]:
    """Return what the file holds; `recorded` has the items and the values of each state."""
    pieces = _Pieces()
    published = [pieces.item(item) for item in recorded[controls.published][0]]
    outputs: dict[str, tuple[int, Any]] = {}
    states: dict[str, list[Any]] = {}
    for state, (items, texts) in recorded.items():
        output = [_difference(pieces.item(item), published, place) for place, item in enumerate(items)]
        number, _ = outputs.setdefault(repr(output), (len(outputs), output))
        states["|".join(state)] = [number, *texts]
    return {
        "format": FORMAT,
        "parameters": [{"name": p.name, "values": [*p.values], "published": p.published} for p in controls.parameters],
        "pieces": pieces.texts,
        "published": published,
        "outputs": [output for _, output in outputs.values()],
        "values": [*values],
        "states": states,
    }


def decode(file: Mapping[str, Any], state: State) -> tuple[list[Item], list[Any]] | None:
    """Return the items and values of a state, None if it is not recorded: what the page does, to test against."""
    found = file["states"].get("|".join(state))
    if found is None:
        return None
    number, *values = found
    items = [_decoded(file, rest, edits, place) for place, (rest, edits) in enumerate(file["outputs"][number])]
    return items, values


class _Pieces:
    """The pieces of all texts, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def texts(self) -> list[str]:
        return [*self._numbers]

    def item(self, item: Item) -> Split:
        """Return what an item has beside its text, and the text as pieces."""
        body = BODY[item["kind"]]
        rest, text = {name: value for name, value in item.items() if name != body}, item[body]
        own = _ID.search(text) if body == "svg" else None
        if own and OWN not in text:
            rest["own"], text = own[1], text.replace(own[1], OWN)
        return rest, [self._numbers.setdefault(piece, len(self._numbers)) for piece in _PIECE.findall(text)]


def _difference(
    item: tuple[Rest, list[int]], published: Sequence[tuple[Rest, list[int]]], place: int
) -> tuple[Rest, list[list[int]]]:
    rest, numbers = item
    base, before = published[place] if place < len(published) else ({}, [])
    if base.get("kind") != rest["kind"] or base.keys() != rest.keys():
        return rest, [[0, 0, *numbers]]
    changed = {name: value for name, value in rest.items() if base[name] != value}
    return changed, _edits(before, numbers)


def _edits(before: Sequence[int], after: Sequence[int]) -> list[list[int]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        [start, end - start, *after[first:last]]
        for kind, start, end, first, last in matcher.get_opcodes()
        if kind != "equal"
    ]


def _decoded(file: Mapping[str, Any], rest: Rest, edits: Iterable[Sequence[int]], place: int) -> Item:
    base: Rest = {}
    numbers: list[int] = []
    if "kind" not in rest:
        base, numbers = file["published"][place]
    whole, left = {**base, **rest}, [*numbers]
    for start, deleted, *inserted in reversed([*edits]):
        left[start : start + deleted] = inserted
    text = "".join(file["pieces"][number] for number in left)
    own = whole.pop("own", None)
    return {**whole, BODY[whole["kind"]]: text if own is None else text.replace(OWN, own)}
