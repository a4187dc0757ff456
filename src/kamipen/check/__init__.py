"""`make check`: all about articles that can be said within a minute, each finding with place and remedy."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kamipen.article import claims
from kamipen.article.claims import Claims
from kamipen.article.scripts import Scripts
from kamipen.check import (
    characters,
    citations,
    figure_words,
    figures,
    links,
    notation,
    page_values,
    rulings,
    shape,
    states,
    terms,
    translations,
)
from kamipen.check.pages import AuthoredPage, read_pages
from kamipen.errors import SourceError, display_path
from kamipen.project import CACHE, DOCS, ROOT
from kamipen.recording.records import Records, record_all

PER_PAGE: Sequence[Callable[[AuthoredPage], Iterator[SourceError]]] = (
    links.find,
    notation.find_in_formulas,
    characters.find,
    terms.find,
    citations.find,
)
"""Checks that need one page and nothing else."""


def main() -> None:
    """Print all findings, and end with 1 if there are any."""
    start = time.monotonic()
    print("Recording what changed …", end=" ", flush=True)
    with suppress(SourceError):  # two scripts at a time, and shown; what fails here is a finding below
        record_all()
        states.record(DOCS)
    print()
    found = findings(ROOT)
    found += states.findings(ROOT) if not found else []  # they need pages that can be built
    for finding in found:
        print(finding)
    for note in draft_notes(ROOT):
        print(note)
    pages = sum(1 for _ in DOCS.glob("*/**/*.md"))
    count = "1 finding" if len(found) == 1 else f"{len(found) or 'No'} findings"
    print(f"{count} in {pages} pages, {time.monotonic() - start:.0f} s", flush=True)
    if found:
        sys.exit(1)


def findings(root: Path, cache: Path = CACHE / "record") -> list[SourceError]:
    """Return all findings below `root`, by file and line; `cache` holds the recorded output."""
    docs, scripts = root / "docs", Scripts(root / "snippets")
    found = list(unreadable(scripts))
    if found:  # nothing can be compared with what cannot be read
        return found
    pages: list[AuthoredPage] = []
    for page in read_pages(docs):
        if isinstance(page, SourceError):
            found.append(page)
        else:
            pages.append(page)
    if not found:  # pages that cannot be read cannot be compared
        found += _caught(lambda: translations.findings(docs, scripts))
    known = _claims(docs, found)
    for page in pages:
        for find in PER_PAGE:
            found += find(page)
        found += rulings.find(page, known) if known is not None else ()
    for page in rulings.statements(known, docs) if known is not None else ():
        found += [*characters.find(page), *terms.find(page)]
    found += notation.find_in_scripts(docs, scripts)
    found += shape.find_in_scripts(scripts)
    found += figures.unlicensed(docs)
    records = Records(scripts, cache)
    for page in pages:
        found += page_values.find(page, scripts, records)
        found += figures.find(page, scripts, records)
        found += figure_words.find(page, scripts, records)
        found += shape.find(page, scripts, records) if not page.draft else ()
    told = {str(finding): finding for finding in found}  # what a script does is seen from both languages
    return sorted(told.values(), key=lambda finding: (str(finding.path), finding.line or 0, finding.problem))


def draft_notes(root: Path, cache: Path = CACHE / "record") -> list[str]:
    """Return what drafts still lack in shape, which fails nothing, and how a draft ends."""
    scripts = Scripts(root / "snippets")
    records = Records(scripts, cache)
    notes: list[str] = []
    for page in read_pages(root / "docs"):
        if isinstance(page, AuthoredPage) and page.draft:
            with suppress(SourceError):  # what cannot be read is a finding
                notes += [f"{finding} (draft)" for finding in shape.find(page, scripts, records)]
            advice = "delete `draft: true` when it is finished, and what its shape lacks fails the check"
            notes.append(f"{display_path(page.path)}: a draft; {advice}")
    return notes


def _claims(docs: Path, found: list[SourceError]) -> Claims | None:
    """Return the claims, or None where the list cannot be used, which is a finding."""
    try:
        return claims.load(docs / claims.CLAIMS.name)
    except SourceError as problem:
        found.append(problem)
        return None


def unreadable(scripts: Scripts) -> Iterator[SourceError]:
    """Find scripts that cannot be split into cells."""
    for name in scripts:
        try:
            _ = scripts[name]
        except SourceError as problem:
            yield problem


def _caught(find: Callable[[], list[SourceError]]) -> list[SourceError]:
    try:
        return find()
    except SourceError as problem:  # such as an article without a translation
        return [problem]
