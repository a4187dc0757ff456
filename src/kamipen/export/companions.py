"""All GPU companions: written where their sources changed, recorded when asked for, and tried by the tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kamipen.errors import SourceError, nearest
from kamipen.export import ipynb
from kamipen.export.companion import Companion, companions
from kamipen.export.companion_run import run
from kamipen.export.companion_writer import notebook
from kamipen.project import DOCS, LANGUAGES, ROOT


def update(names: Sequence[str] = (), *, record: bool = False) -> list[Path]:
    """Write the notebooks whose sources changed, recorded anew if asked for; return what was written."""
    written: list[Path] = []
    for companion in _chosen(names):
        recording = run(companion) if record else companion.recording()
        for language in LANGUAGES:
            path, text = companion.path(language), ipynb.text(notebook(companion, language, recording))
            if not path.exists() or path.read_text("utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
                written.append(path)
    return written


def drift() -> list[Path]:
    """Return the notebooks that are not what their sources say, and those without a source."""
    wanted = {
        companion.path(language): ipynb.text(notebook(companion, language, companion.recording()))
        for companion in companions()
        for language in LANGUAGES
    }
    there = set(DOCS.glob("*/notebooks/*.ipynb"))
    stale = {path for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text}
    return sorted(stale | there - wanted.keys())


def main(names: Sequence[str], *, record: bool, smoke: bool) -> None:
    """Generate, record or try the notebooks, and say what was done."""
    if smoke:
        for companion in _chosen(names):
            run(companion, smoke=True)
        return
    for path in update(names, record=record):
        print(f"{path.relative_to(ROOT)} written")
    for companion in _chosen(names):
        if not companion.recording().code:
            print(f"{companion.slug}: no outputs; record them with `make notebooks`")


def _chosen(names: Sequence[str]) -> list[Companion]:
    known = {companion.slug: companion for companion in companions()}
    for name in names:
        if name not in known:
            raise SourceError(f"there is no notebook `{name}`{nearest(name, known)}")
    return [known[name] for name in names or known]
