"""The shape of an article: what each one has, so that a reader knows what to expect.

A draft is told, too, but may lack anything; a page whose front matter says `form: 1` is of an earlier form and exempt.
"""

import re
from collections.abc import Iterator, Sequence

from kamipen.article import outline
from kamipen.article.outline import Block, Prose
from kamipen.article.scripts import Scripts
from kamipen.check import cards, detours, glossed, pictures, refreshers
from kamipen.check.measures import UNITS, amount, said
from kamipen.check.pages import FORM, AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.records import Records

PROSE = {"ja": (2_500, 3_800), "en": (1_200, 1_900)}
"""Language → prose and cards, without exercises, formulas and sources; English takes a word for two characters."""

PAGE = {"ja": 6_500, "en": 3_200}
"""Language → the most of a whole page, exercises included."""

SECTIONS = (2, 3)
EXERCISES = (3, 5)
RULINGS = (1, 3)
BOXES = {
    "set": "what to set (`で、何を設定する？`)",
    "limits": "what it does not show (`この記事で分からないこと`)",
    "next": "what to read next (`次に読む`)",
    "sources": "its sources (`引用元`)",
}
CELL_LINES = 60  # folded ones, too

_SECTION = re.compile(r"^## ")


def find(page: AuthoredPage, scripts: Scripts, records: Records) -> Iterator[SourceError]:
    """Find what an article, a refresher or a detour lacks, or has too much of."""
    if page.form < FORM:
        return
    shown = pictures.Pictures(page, scripts, records)
    if page.is_refresher:
        yield from refreshers.find(page, shown)
    elif page.is_article:
        yield from _length(page)
        yield from cards.find(page)
        yield from pictures.find(page, shown)
        yield from _parts(page)
    elif page.is_detour:
        yield from detours.find(page, shown)
    if page.is_refresher or page.is_article or page.is_detour:
        yield from cards.find_undrawn(page, shown.shows)
        yield from glossed.find(page)


def find_in_scripts(scripts: Scripts) -> Iterator[SourceError]:
    """Find cells too long to be read in one go."""
    for script in scripts.values():
        for cell in script.shown:
            if (length := len(cell.source.splitlines())) > CELL_LINES:
                problem = f"cell `{cell.name}` has {length} lines: {CELL_LINES} at most, make two of it"
                yield SourceError(problem, script.path, cell.line)


def _length(page: AuthoredPage) -> Iterator[SourceError]:
    unit, (fewest, most) = UNITS[page.language], PROSE[page.language]
    count = amount(said(page.nodes, exercises=False), page.language)
    if count < fewest:
        problem = f"has {count:,} {unit} before the exercises: {fewest:,} at least, something is not said yet"
        yield page.problem(problem, 1)
    if count > most:
        problem = f"has {count:,} {unit} without the exercises: {most:,} at most, say less or make two articles"
        yield page.problem(problem, 1)
    whole = amount(said(page.nodes), page.language)
    if whole > PAGE[page.language]:
        problem = f"has {whole:,} {unit}, exercises included: {PAGE[page.language]:,} at most, ask or say less"
        yield page.problem(problem, 1)


def _parts(page: AuthoredPage) -> Iterator[SourceError]:
    exercises = list(outline.blocks(page.nodes, "exercise"))
    yield from _sections(page, exercises)
    yield from _exercises(page, exercises)
    verdicts = list(outline.blocks(page.nodes, "verdict"))
    if not verdicts:
        yield page.problem("rules on nothing: end with a `/// verdict | …`, open if it must be", 1)
    if len(verdicts) > RULINGS[1]:
        problem = f"has {len(verdicts)} rulings: {RULINGS[1]} at most, call the others findings"
        yield page.problem(problem, verdicts[RULINGS[1]].line)
    if not any(outline.blocks(page.nodes, "predict")):
        yield page.problem("lets nobody guess: put a `/// predict | …` before the decisive cell", 1)
    kinds = {block.text("kind") for block in outline.blocks(page.nodes, "box")}
    for kind, meaning in BOXES.items():
        if kind not in kinds:
            yield page.problem(f"does not say {meaning}: add a `/// box | …` with `kind: {kind}`", 1)


def _sections(page: AuthoredPage, exercises: Sequence[Block]) -> Iterator[SourceError]:
    end = exercises[0].line if exercises else None
    prose = [node for node in page.nodes if isinstance(node, Prose)]
    lines = [n for node in prose for n, line in enumerate(node.lines, node.line) if _SECTION.match(line)]
    before = [n for n in lines if n < end][:-1] if end else lines  # the last is the heading of the exercises
    fewest, most = SECTIONS
    if len(before) < fewest:
        problem = f"has {len(before)} sections before the exercises: {fewest} at least, give each thought a heading"
        yield page.problem(problem, 1)
    if len(before) > most:
        problem = f"has {len(before)} sections before the exercises: {most} at most, join or leave out"
        yield page.problem(problem, before[most])


def _exercises(page: AuthoredPage, exercises: Sequence[Block]) -> Iterator[SourceError]:
    kinds = {block.text("kind") for block in exercises}
    fewest, most = EXERCISES
    if len(exercises) < fewest:
        yield page.problem(f"has {len(exercises)} of {fewest} exercises: add a `/// exercise | …`", 1)
    elif len(kinds) < 2:
        problem = f"all exercises are of kind `{kinds.pop()}`: let one be another of number, choice and code"
        yield page.problem(problem, exercises[1].line)
    if len(exercises) > most:
        yield page.problem(f"has {len(exercises)} exercises: {most} at most, keep the best", exercises[most].line)
