"""Printed lines: as short as a phone shows them, or the number that the prose speaks of runs off its screen."""

import unicodedata
from collections.abc import Iterator

from kamipen.article import outline
from kamipen.check.pages import FORM, AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.items import Text
from kamipen.recording.records import Records

COLUMNS = 46
"""Characters in a line of output on a phone 390 wide: 358 pixels, 7.7 each; Japanese takes two places."""


def find(page: AuthoredPage, records: Records) -> Iterator[SourceError]:
    """Find cells that print, as published, a line that is too long."""
    if page.language != "ja" or page.form < FORM:
        return
    for fence in outline.cells(page.nodes):
        try:
            outputs = records.get(fence.reference.script).outputs[fence.reference.cell]
        except (SourceError, KeyError):  # those who look at values tell
            continue
        lines = [line for item in outputs if isinstance(item, Text) for line in item.text.splitlines()]
        longest = max(lines, key=columns, default="")
        if columns(longest) > COLUMNS:
            problem = f"`{fence.reference}` prints a line of {columns(longest)} characters, {COLUMNS} fit a phone"
            yield page.problem(f"{problem}: break `{longest.strip()[:30]}…` in two", fence.line)


def columns(line: str) -> int:
    """Return how many places a line takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
