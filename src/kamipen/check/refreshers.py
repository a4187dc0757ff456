"""The shape of a refresher: three minutes, one picture that moves, one cell, one drill with feedback."""

from collections.abc import Iterator, Sequence

from kamipen.article import outline
from kamipen.article.articles import read
from kamipen.article.outline import Block
from kamipen.check.measures import UNITS, amount, said
from kamipen.check.pages import AuthoredPage
from kamipen.check.pictures import Pictures
from kamipen.errors import SourceError

LENGTH = {"ja": 1_200, "en": 600}
LEVELS = (400, 1_100)


def find(page: AuthoredPage, pictures: Pictures) -> Iterator[SourceError]:
    """Find what a refresher lacks, or has too much of."""
    count, most = amount(said(page.nodes), page.language), LENGTH[page.language]
    if count > most:
        problem = f"has {count:,} {UNITS[page.language]}: {most:,} at most, it should take three minutes"
        yield page.problem(problem, 1)
    cells = list(outline.cells(page.nodes))
    if len(cells) != 1:
        yield page.problem(f"has {len(cells)} cells: a refresher has one", cells[1].line if cells else 1)
    yield from pictures.find_in_cells()
    if not any(map(pictures.moves, pictures.shown())):
        yield page.problem("has no picture that moves: give its cell a figure and a slider", 1)
    yield from _drill(page, list(outline.blocks(page.nodes, "exercise")))
    for verdict in outline.blocks(page.nodes, "verdict"):
        yield page.problem("a refresher rules on nothing: leave that to an article", verdict.line)
    article = read(page.path)
    low, high = LEVELS
    if article and not low <= article.level <= high:
        problem = f"is of level {article.level}: {low} to {high:,}, what is harder makes an article"
        yield page.problem(problem, page.line_of("level:"))


def _drill(page: AuthoredPage, exercises: Sequence[Block]) -> Iterator[SourceError]:
    if len(exercises) != 1:
        problem = f"has {len(exercises)} exercises: a refresher has one drill"
        yield page.problem(problem, exercises[1].line if exercises else 1)
    for exercise in exercises:
        if not exercise.blocks("feedback") and exercise.text("kind") == "number":
            yield page.problem("the drill says nothing to a wrong answer: add a `feedback` block", exercise.line)
