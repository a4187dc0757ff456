"""Front matter: what an article names stands, and what is meant alike is spelled alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path

from kamipen.article import outline
from kamipen.article.articles import LEVELS, NEEDED, SLUG, Article, on_the_road, read, split_front_matter
from kamipen.article.plan import planned
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError, nearest

_OPTIONAL = ("tags", "prereq", "skills", "claims", "discussions", "labels", "description", "draft", "form", "detour")
KEYS = (*NEEDED, *_OPTIONAL)
"""What the front matter of an article may say; beside it, what MkDocs and its theme know."""

_NEAR = 0.84


def find(pages: Sequence[AuthoredPage], docs: Path) -> Iterator[SourceError]:
    """Find what no article of this name, level or tag stands behind."""
    articles = [article for page in pages if (article := read(page.path))]
    road = planned(docs / "plan.yml").keys() | {article.slug for article in articles}
    for page in pages:
        yield from _name(page)
        yield from _keys(page)
        yield from _levels(page)
    articles.sort(key=lambda article: article.place)
    for article in on_the_road(articles):
        yield from _prerequisites(article, road, {other.slug: other.place for other in articles})
        yield from _tags(article, [other for other in articles if other.language == article.language])


def _name(page: AuthoredPage) -> Iterator[SourceError]:
    if not SLUG.fullmatch(page.path.stem):
        problem = (
            f"`{page.path.name}` is no address: name it in small letters, digits and hyphens, as in `two-lambda.md`"
        )
        yield page.problem(problem, 1)


def _keys(page: AuthoredPage) -> Iterator[SourceError]:
    matter, _, _ = split_front_matter(page.path.read_text("utf-8"))
    for key in matter.keys() - {*KEYS}:
        if close := get_close_matches(str(key), KEYS, n=1, cutoff=0.75):
            yield page.problem(
                f"unknown `{key}` in the front matter: did you mean `{close[0]}`?", page.line_of(f"{key}")
            )


def _levels(page: AuthoredPage) -> Iterator[SourceError]:
    low, high = LEVELS
    for block in outline.blocks(page.nodes, "exercise"):
        level = block.text("level")
        if not (level.isdecimal() and low <= int(level) <= high):
            yield page.problem(f"`level: {level}` is none: a whole number from {low} to {high}", block.line)


def _prerequisites(
    article: Article, road: Collection[str], before: Mapping[str, tuple[int, int]]
) -> Iterator[SourceError]:
    line = _line_of(article, "prereq:")
    for slug in article.prereq:
        if slug not in road:
            yield SourceError(f"`prereq`: there is no article `{slug}`{nearest(slug, road)}", article.path, line)
        elif slug == article.slug or (slug in before and before[slug] > article.place):
            problem = f"`prereq`: `{slug}` comes later on the road: what is read before must stand before"
            yield SourceError(problem, article.path, line)


def _tags(article: Article, siblings: Sequence[Article]) -> Iterator[SourceError]:
    """Find tags that nearly are others' tags; of two that are as frequent, the later article's."""
    uses = Counter(tag for other in siblings for tag in other.tags)
    first = {tag: other.place for other in reversed(siblings) for tag in other.tags}
    line = _line_of(article, "tags:")
    for tag in article.tags:
        others = [other for other in uses if other != tag]
        for close in get_close_matches(tag, others, n=1, cutoff=_NEAR):
            if uses[tag] < uses[close] or (uses[tag] == uses[close] and first[tag] > first[close]):
                yield SourceError(f"unknown tag `{tag}`: did you mean `{close}`?", article.path, line)


def _line_of(article: Article, start: str) -> int:
    lines = enumerate(article.path.read_text("utf-8").splitlines(), 1)
    return next((number for number, line in lines if line.startswith(start)), 1)
