"""What the cells of a page draw: the published figures, and those of their recorded states."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kamipen.article.outline import Fence
from kamipen.article.scripts import Scripts
from kamipen.article.values import wanted
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.items import Figure
from kamipen.recording.records import Records
from kamipen.recording.states import FOLDER, file_name
from kamipen.recording.states.encoding import decode


class Drawn:
    """The figures of a page; `complete` until one is asked for that is not recorded."""

    def __init__(self, page: AuthoredPage, scripts: Scripts, records: Records, folder: Path = FOLDER) -> None:
        """Remember where what was recorded is; `folder` holds the states."""
        self.scripts, self.records, self.folder = scripts, records, folder
        self.complete = True
        try:
            self.wanted = wanted(page.nodes, scripts)
        except SourceError:  # those who look at values tell
            self.wanted, self.complete = {}, False

    def by(self, fence: Fence) -> list[str]:
        """Return the figures of a cell as SVG, the published ones first."""
        try:
            cell = self.scripts.cell(fence.reference)
            outputs = self.records.get(cell.script).outputs[cell.name]
        except SourceError:
            self.complete = False
            return []
        published = [item.svg for item in outputs if isinstance(item, Figure)]
        asked = self.wanted.get(str(fence.reference))
        if not asked:
            return published
        path = self.folder / file_name(self.scripts[cell.script], cell, asked)
        if not path.is_file():
            self.complete = False
            return published
        return [*published, *_recorded(json.loads(path.read_text("utf-8")))]


def _recorded(file: dict[str, Any]) -> Iterator[str]:
    """Yield the figures of recorded states, those of states that put out the same once."""
    outputs = {output: state for state, (output, *_) in file["states"].items()}
    for state in outputs.values():
        items, _ = decode(file, (state,)) or ((), ())
        yield from (item["svg"] for item in items if item["kind"] == "figure")
