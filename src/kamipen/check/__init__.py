"""`make check`: all about articles that can be said within a minute, each finding with place and remedy."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from kamipen.article import claims
from kamipen.article.articles import discover, of_language
from kamipen.article.claims import Claims
from kamipen.article.scripts import Scripts
from kamipen.check import (
    characters,
    citations,
    figure_sizes,
    figure_words,
    figures,
    front_matter,
    links,
    notation,
    page_values,
    printed,
    proofs,
    rulings,
    shape,
    states,
    terms,
    translations,
)
from kamipen.check.drawn import Drawn
from kamipen.check.pages import AuthoredPage, read_pages
from kamipen.errors import SourceError, display_path, nearest
from kamipen.project import DOCS, LANGUAGES, ROOT, SNIPPETS
from kamipen.recording.records import Records, record_all
from kamipen.site import practice_index

PER_PAGE: Sequence[Callable[[AuthoredPage], Iterator[SourceError]]] = (
    links.find,
    notation.find_in_formulas,
    characters.find,
    terms.find,
    citations.find,
)
"""Checks that need one page and nothing else."""


def main(slug: str = "") -> None:
    """Print all findings, or those of one article, and end with 1 if there are any."""
    start = time.monotonic()
    records = Records(Scripts(SNIPPETS))
    if not slug:
        print("Recording what changed …", end=" ", flush=True)
        with suppress(SourceError):  # two scripts at a time, and shown; what fails here is a finding below
            record_all(records)
            states.record(DOCS)
        print()
    of_states = states.findings(ROOT, slug=slug)  # first: words in figures are looked for in what it records
    found = findings(ROOT, records, slug)
    found += of_states if not found else []  # they need pages that can be built
    for finding in found:
        print(finding)
    for note in draft_notes(ROOT, records, slug):
        print(note)
    pages = [page for page in DOCS.glob("*/**/*.md") if slug in ("", page.stem)]
    count = "1 finding" if len(found) == 1 else f"{len(found) or 'No'} findings"
    print(f"{count} in {len(pages)} pages, {time.monotonic() - start:.0f} s", flush=True)
    if found:
        sys.exit(1)


def findings(root: Path, records: Records, slug: str = "") -> list[SourceError]:
    """Return all findings below `root`, by file and line, or those of one article."""
    docs, scripts = root / "docs", records.scripts
    found = list(unreadable(scripts))
    if found:  # nothing can be compared with what cannot be read
        return _sorted(found, slug)
    pages: list[AuthoredPage] = []
    for page in read_pages(docs):
        (found if isinstance(page, SourceError) else pages).append(page)  # type: ignore[arg-type]
    readable = not found  # pages that cannot be read cannot be compared
    _refuse_unknown(slug, pages, found)
    known = _claims(docs, found)
    chosen = [page for page in pages if slug in ("", page.path.stem)]
    found += _of_each(chosen, scripts, records, known)
    wrong = {Path(finding.path) for finding in found if finding.path}
    for page in chosen:
        for find in PER_PAGE:
            found += find(page)
        found += [*figures.find(page, scripts, records), *printed.find(page, records)]
        drawn = Drawn(page, scripts, records)
        found += [*figure_words.find(page, drawn), *figure_sizes.find(page, drawn)]
        found += shape.find(page, scripts, records) if not page.draft else ()
    if known is not None:
        for page in rulings.statements(known, docs):
            found += [*characters.find(page), *terms.find(page)]
    found += [*notation.find_in_scripts(docs, scripts), *shape.find_in_scripts(scripts), *figures.unlicensed(docs)]
    found += proofs.find(chosen, scripts, records, slug)
    if readable:
        found += _between(pages, docs, scripts, wrong)
    return _sorted(found, slug)


def _of_each(
    pages: Sequence[AuthoredPage], scripts: Scripts, records: Records, known: Claims | None
) -> Iterator[SourceError]:
    """Find what a page gets wrong, whatever its translation says."""
    for page in pages:
        if known is not None:
            yield from rulings.find(page, known)
            yield from page_values.find(page, scripts, records, known)


def _between(pages: Sequence[AuthoredPage], docs: Path, scripts: Scripts, wrong: set[Path]) -> Iterator[SourceError]:
    """Find what does not fit together: articles with their translations, with each other, with the road."""
    try:
        articles = discover(docs)
    except SourceError as problem:  # such as a skill without its refresher
        yield problem
        return
    yield from front_matter.find(pages, docs)
    yield from rulings.gathered(pages, articles)
    yield from translations.findings(docs, scripts, wrong)
    for language in LANGUAGES:
        yield from practice_index.clashes(of_language(articles, language))


def _refuse_unknown(slug: str, pages: Sequence[AuthoredPage], found: Sequence[SourceError]) -> None:
    known = {page.path.stem for page in pages if page.is_article or page.is_refresher or page.is_detour} | {
        Path(finding.path).stem for finding in found if finding.path
    }
    if slug and slug not in known:
        raise SourceError(f"there is no article `{slug}`{nearest(slug, known)}")


def _sorted(found: Sequence[SourceError], slug: str) -> list[SourceError]:
    """Return findings by file and line, each told once: what a script does is seen from both languages."""
    mine = (slug, slug.replace("-", "_"))
    told = {str(finding): finding for finding in found if not slug or Path(finding.path or "").stem in mine}
    return sorted(told.values(), key=lambda finding: (str(finding.path), finding.line or 0, finding.problem))


def draft_notes(root: Path, records: Records, slug: str = "") -> list[str]:
    """Return what drafts still lack in shape, which fails nothing, and how a draft ends."""
    scripts = records.scripts
    notes: list[str] = []
    for page in read_pages(root / "docs"):
        if isinstance(page, AuthoredPage) and page.draft and slug in ("", page.path.stem):
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
