"""The shape of a detour: a short page beside the road that rules on nothing and leads back."""

from collections.abc import Iterator

from kamipen.article import outline
from kamipen.article.articles import split_front_matter
from kamipen.check.measures import UNITS, amount, said
from kamipen.check.pages import AuthoredPage
from kamipen.check.pictures import Pictures
from kamipen.errors import SourceError

LENGTH = {"ja": 2_000, "en": 1_000}
CELLS = (1, 3)
_OF_ARTICLES = ("order", "claims", "audience", "skills", "prereq")


def find(page: AuthoredPage, pictures: Pictures) -> Iterator[SourceError]:
    """Find what a detour lacks, or has too much of."""
    count, most = amount(said(page.nodes), page.language), LENGTH[page.language]
    if count > most:
        yield page.problem(f"has {count:,} {UNITS[page.language]}: {most:,} at most, what is longer is an article", 1)
    matter, _, _ = split_front_matter(page.path.read_text("utf-8"))
    for name in _OF_ARTICLES:
        if name in matter:
            yield page.problem(f"a detour has no `{name}`: it stands beside the road", page.line_of(f"{name}:"))
    cells = list(outline.cells(page.nodes))
    fewest, most = CELLS
    if not fewest <= len(cells) <= most:
        yield page.problem(f"has {len(cells)} cells: a detour has {fewest} to {most}", 1)
    yield from pictures.find_in_cells()
    if not any(map(pictures.moves, pictures.shown())):
        yield page.problem("has no picture that moves: give a cell a figure and a slider", 1)
    for verdict in outline.blocks(page.nodes, "verdict"):
        yield page.problem("a detour rules on nothing: leave that to an article", verdict.line)
    kinds = {block.text("kind") for block in outline.blocks(page.nodes, "box")}
    for kind, meaning in (("next", "lead back to an article"), ("sources", "name its sources")):
        if kind not in kinds:
            yield page.problem(f"does not {meaning}: add a `/// box | …` with `kind: {kind}`", 1)
