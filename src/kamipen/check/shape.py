"""The shape of an article: what each one has, so that a reader knows what to expect. A draft may lack anything."""

import re
from collections.abc import Iterator, Sequence

from kamipen.article import outline
from kamipen.article.outline import Block, Fence, Prose
from kamipen.article.scripts import Scripts
from kamipen.check.figures import draws
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.records import Records

CELLS = (3, 5)
LENGTH = (3_000, 4_500)  # characters of Japanese
BOXES = {
    "set": "what to set (`で、何を設定する？`)",
    "limits": "what it does not show (`この記事で分からないこと`)",
    "next": "what to read next (`次に読む`)",
    "sources": "its sources (`引用元`)",
}
CELL_LINES = 40

_FENCE = re.compile(r"```.*?```", re.DOTALL)
_SOURCES = re.compile(r"^/{3,} box \|[^\n]*\n +kind: sources.*?^/{3,}$", re.DOTALL | re.MULTILINE)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]*\$", re.DOTALL)
_JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff01-\uff9f]")
_PICTURE = re.compile(r"!\[|<svg\b|<img\b")


def find(page: AuthoredPage, scripts: Scripts, records: Records) -> Iterator[SourceError]:
    """Find what an article lacks, or has too much of."""
    if not page.is_article or page.draft:
        return
    blocks = list(outline.blocks(page.nodes))
    cells = list(outline.cells(page.nodes))
    yield from _cells(page, cells)
    if not (any(draws(cell, scripts, records, otherwise=True) for cell in cells) or _shows_picture(page)):
        yield page.problem("has no figure: let a cell draw one", 1)
    if not any(block.name == "predict" for block in blocks):
        yield page.problem("lets nobody guess: put a `/// predict | …` before the decisive cell", 1)
    yield from _exercises(page, [block for block in blocks if block.name == "exercise"])
    kinds = {block.text("kind") for block in blocks if block.name == "box"}
    for kind, meaning in BOXES.items():
        if kind not in kinds:
            yield page.problem(f"does not say {meaning}: add a `/// box | …` with `kind: {kind}`", 1)
    if page.language == "ja":
        yield from _length(page)


def find_in_scripts(scripts: Scripts) -> Iterator[SourceError]:
    """Find cells too long to be read in one go."""
    for script in scripts.values():
        for cell in script.shown:
            if (length := len(cell.source.splitlines())) > CELL_LINES:
                problem = f"cell `{cell.name}` has {length} lines: {CELL_LINES} at most, make two of it"
                yield SourceError(problem, script.path, cell.line)


def japanese(text: str) -> int:
    """Count the characters of Japanese in a page, outside code, formulas and sources."""
    for pattern in (_FENCE, _SOURCES, _FORMULA):
        text = pattern.sub("", text)
    return len(_JAPANESE.findall(text))


def _cells(page: AuthoredPage, cells: Sequence[Fence]) -> Iterator[SourceError]:
    fewest, most = CELLS
    if len(cells) < fewest:
        yield page.problem(f"has {len(cells)} of {fewest} to {most} cells: let the reader run more", 1)
    if len(cells) > most:
        yield page.problem(f"has {len(cells)} cells: {most} at most, join some or leave some out", cells[most].line)


def _shows_picture(page: AuthoredPage) -> bool:
    return any(isinstance(node, Prose) and _PICTURE.search(node.text) for node in outline.walk(page.nodes))


def _exercises(page: AuthoredPage, exercises: Sequence[Block]) -> Iterator[SourceError]:
    kinds = {block.text("kind") for block in exercises}
    if len(exercises) < 2:
        yield page.problem(f"has {len(exercises)} of two exercises: add a `/// exercise | …`", 1)
    elif len(kinds) < 2:
        problem = f"all exercises are of kind `{kinds.pop()}`: let one be another of number, choice and code"
        yield page.problem(problem, exercises[1].line)


def _length(page: AuthoredPage) -> Iterator[SourceError]:
    fewest, most = LENGTH
    count = japanese(page.text)
    if count < fewest:
        yield page.problem(f"has {count:,} characters of Japanese: {fewest:,} at least, something is not said yet", 1)
    if count > most:
        yield page.problem(f"has {count:,} characters of Japanese: {most:,} at most, say less or make two articles", 1)
