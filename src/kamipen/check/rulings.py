"""Rulings: each names a claim of docs/claims.yml, is short, says what would flip it, and names only tests that exist.

A part's page of rulings, `docs/<language>/<part>/rulings.md`, brings in all of its articles'.

A page whose front matter says `form: 1` is of the articles' first form: its rulings may be long.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from kamipen.article import outline
from kamipen.article.articles import Article
from kamipen.article.claims import Claims
from kamipen.article.outline import Block, Prose
from kamipen.article.rulings import flip, flip_label, ruling
from kamipen.check.measures import length
from kamipen.check.pages import FORMULA, AuthoredPage
from kamipen.errors import SourceError, nearest
from kamipen.project import LANGUAGES

LENGTH = {"ja": 80, "en": 200}
"""Language → the most characters of a ruling; English takes some two and a half for one of Japanese."""
NUMBERS = 2
"""The most measured numbers of a ruling: those in bold, and values in braces."""

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def find(page: AuthoredPage, claims: Claims) -> Iterator[SourceError]:
    """Find what is wrong with the rulings of a page."""
    yield from _front_matter(page, claims)
    first: dict[str, int] = {}
    for verdict in outline.blocks(page.nodes, "verdict"):
        for claim in verdict.strings("claim"):
            yield from _claim(page, verdict, claim, claims)
            if claim in first:
                problem = (
                    f"claim `{claim}` has a ruling in line {first[claim]} already: rule once, or call it a finding"
                )
                yield page.problem(problem, verdict.line)
            first.setdefault(claim, verdict.line)
        for test in verdict.strings("tried"):
            yield from _tried(page, verdict, test)
        if page.is_article and not page.draft and page.form > 1:
            yield from _shape(page, verdict)


def gathered(pages: Iterable[AuthoredPage], articles: Iterable[Article]) -> Iterator[SourceError]:
    """Find claims that a part's articles rule on, and that its page of rulings leaves out or names twice."""
    ruled = [(article, claim) for article in articles if not article.draft for claim in _ruled_on(article)]
    for page in pages:
        if page.path.stem != "rulings":
            continue
        told = Counter(claim for block in outline.blocks(page.nodes, "rulings") for claim in block.argument.split())
        mine = {claim: a.slug for a, claim in ruled if (a.language, a.part) == (page.language, page.path.parent.name)}
        for claim in mine.keys() - told.keys():
            yield page.problem(f"leaves out claim `{claim}`, on which {mine[claim]} rules", 1)
        for claim in told.keys() - mine.keys():
            yield page.problem(f"no article of the part rules on claim `{claim}`{nearest(claim, mine)}", 1)
        for claim in (claim for claim, times in told.items() if times > 1):
            yield page.problem(f"names claim `{claim}` twice", 1)


def _ruled_on(article: Article) -> Iterator[str]:
    for verdict in outline.blocks(article.nodes, "verdict"):
        yield from verdict.strings("claim")


def statements(claims: Claims, docs: Path) -> Iterator[AuthoredPage]:
    """Yield the claims' statements as a page of each language, for the checks of characters and terms."""
    for language in LANGUAGES:
        nodes = [Prose([claim.statement[language]], claim.line) for claim in claims.values()]
        yield AuthoredPage(claims.path, docs, language, "", draft=False, text="", nodes=nodes)


def _front_matter(page: AuthoredPage, claims: Claims) -> Iterator[SourceError]:
    for claim in page.claims:
        if problem := _unknown(claim, claims):
            yield page.problem(f"`claims`: {problem}", page.line_of("claims:"))


def _claim(page: AuthoredPage, verdict: Block, claim: str, claims: Claims) -> Iterator[SourceError]:
    if problem := _unknown(claim, claims):
        yield page.problem(problem, verdict.line)
        return
    if not page.is_article:
        return
    if claim not in page.claims:
        yield page.problem(f"rules on claim `{claim}`: name it in `claims` of the front matter, too", verdict.line)
    if page.path.stem not in claims[claim].articles:
        problem = (
            f"docs/claims.yml sends claim `{claim}` to {', '.join(claims[claim].articles)}: add this article there"
        )
        yield page.problem(problem, verdict.line)


def _unknown(claim: str, claims: Claims) -> str:
    try:
        _ = claims[claim]
    except SourceError as error:
        return error.problem
    return ""


def _shape(page: AuthoredPage, verdict: Block) -> Iterator[SourceError]:
    label = flip_label(page.language)
    if not verdict.strings("claim"):
        yield page.problem("rules on no claim: name one with `claim:`, or say it in a card as a finding", verdict.line)
    said = ruling(verdict, label)
    most = LENGTH[page.language]
    if (count := length(said)) > most:
        yield page.problem(f"the ruling has {count} characters: {most} at most, leave the rest to cards", verdict.line)
    if (count := _measured(said)) > NUMBERS:
        yield page.problem(f"the ruling has {count} numbers: {NUMBERS} at most, choose those that decide", verdict.line)
    if not flip(verdict, label):
        yield page.problem(f"does not say what would flip it: end with a paragraph `{label} …`", verdict.line)


def _measured(text: str) -> int:
    """Count the numbers that a ruling rests on."""
    text = FORMULA.sub(" ", _LINK.sub(r"\1", text))
    bold = [words for words in _BOLD.findall(text) if re.search(r"\d|\{\{", words)]
    return len(bold) + _BOLD.sub(" ", text).count("{{")


def _tried(page: AuthoredPage, verdict: Block, test: str) -> Iterator[SourceError]:
    name, separator, function = test.partition("::")
    path = page.docs.parent / name
    if not separator:
        yield page.problem(f"`tried: {test}` names no test: write `tests/snippets/test_….py::test_…`", verdict.line)
    elif not path.is_file():
        others = [str(other.relative_to(page.docs.parent)) for other in path.parent.glob("test_*.py")]
        yield page.problem(f"`tried`: there is no file `{name}`{nearest(name, others)}", verdict.line)
    elif function not in (known := _tests(path, path.stat().st_mtime_ns)):
        yield page.problem(f"`tried`: {name} has no test `{function}`{nearest(function, known)}", verdict.line)


@lru_cache
def _tests(path: Path, _changed: int) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
