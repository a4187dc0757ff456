"""What must hold between pages: translations agree, and nothing is left that no page shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import cast

from kamipen.article import outline
from kamipen.article.articles import Article, discover, split_front_matter, untranslated
from kamipen.article.control_options import LABEL
from kamipen.article.numbers import bold_numbers
from kamipen.article.outline import Block, Node, Prose
from kamipen.article.scripts import Scripts
from kamipen.article.values import values
from kamipen.errors import SourceError
from kamipen.project import LANGUAGES

_HEADING = re.compile(r"^(#{2,6}) +(.*?)(?: *\{ *#([\w-]+) *\})? *$")
_DISPLAY = re.compile(r" {0,3}\$\$")


def findings(docs: Path, scripts: Scripts, wrong: Collection[Path] = ()) -> list[SourceError]:
    """Return everything that is wrong between the pages, in no more than one go.

    A page that is `wrong` in itself is not compared: what the two say alike could be its slip.
    """
    return [*check_orphans(docs, scripts), *untranslated(docs), *check_translations(docs, wrong)]


def check_orphans(docs: Path, scripts: Scripts) -> Iterator[SourceError]:
    """Find cells and exercises that no page of some language shows."""
    lacking = _lacking(docs)
    for language in LANGUAGES:
        shown: set[str] = set()
        for path in sorted((docs / language).rglob("*.md")):
            _, text, line = split_front_matter(path.read_text(encoding="utf-8"))
            shown |= set(_shown(outline.parse(text, line)))
        for script in (script for script in scripts.values() if script.name not in lacking[language]):
            for cell in script.shown:
                if cell.reference not in shown:
                    yield SourceError(f"no page in docs/{language} shows cell `{cell.name}`", script.path, cell.line)
            for exercise in script.exercises:
                if f"{script.name}#{exercise}" not in shown:
                    line = script[f"solution:{exercise}"].line
                    yield SourceError(f"no page in docs/{language} asks exercise `{exercise}`", script.path, line)


def _lacking(docs: Path) -> dict[str, set[str]]:
    """Return language → scripts of drafts that stand in the other language alone."""
    found = {language: {article.slug: article for article in discover(docs, language)} for language in LANGUAGES}
    return {
        language: {
            article.script for slug, article in found[other].items() if slug not in found[language] and article.draft
        }
        for language, other in (LANGUAGES, LANGUAGES[::-1])
    }


def check_translations(docs: Path, wrong: Collection[Path] = ()) -> Iterator[SourceError]:
    """Find what one language has and the other has not."""
    pairs = {article.key: article for article in discover(docs, "en")}
    for ja in discover(docs, "ja"):
        en = pairs.get(ja.key)
        if en is None:
            continue
        for article in (ja, en):
            yield from _check_headings(article, article.nodes)
        if ja.path in wrong or en.path in wrong:
            continue
        for name in ("order", "level", "audience", "prereq", "skills", "claims", "discussions", "date", "draft"):
            if (theirs := getattr(ja, name)) != getattr(en, name):
                line = _line_of(en.path, f"{name}:")
                yield SourceError(f"`{name}` is {_plain(theirs)} in docs/ja: write the same here", en.path, line)
        nodes = (ja.nodes, en.nodes)
        for what, facts in _FACTS.items():
            mine, theirs = (facts(part) for part in nodes)
            if [fact for fact, _ in mine] != [fact for fact, _ in theirs]:
                difference, line = _difference(mine, theirs)
                yield SourceError(f"{what}: {difference}; write the same in both", en.path, line)


Fact = tuple[str, int]  # with its line


def _cells(nodes: Sequence[Node]) -> list[Fact]:
    """Cells with those options that are the same in every language."""
    facts: list[Fact] = []
    for fence in outline.cells(nodes):
        shared = [f"{name} {value}" for name, value in fence.reference.options if _is_shared(name)]
        facts.append((" ".join([str(fence.reference), *shared]), fence.line))
    return facts


def _is_shared(option: str) -> bool:
    return option not in ("title", "alt", "caption") and not option.startswith(LABEL)


def _values(nodes: Sequence[Node]) -> list[Fact]:
    """Values in sentences, sorted: languages put them in different places."""
    return sorted((f"{{{{{value.reference}: {value.key}}}}}", line) for value, line in values(nodes))


def _blocks(nodes: Sequence[Node]) -> list[Fact]:
    """Guesses, exercises and rulings, with what they are measured against."""
    return [(fact, block.line) for block in outline.blocks(nodes) if (fact := _measured(block))]


def _measured(block: Block) -> str:
    match block.name:
        case "predict":
            return f"predict {block.text('cell')} {block.text('kind')} {block.text('value')}"
        case "exercise":
            inner = " ".join(node.name for node in block.body if isinstance(node, Block))
            skills = " ".join(block.strings("skills"))
            return f"exercise {block.text('id')} {block.text('kind')} {block.text('level')} {skills} {inner}"
        case "feedback":
            return f"feedback {block.text('when')}"
        case "verdict":
            numbers = " ".join(sorted(bold_numbers(block)))
            return f"verdict {block.text('claim')} {block.strings('evidence')} {numbers}"
        case _:
            return ""


def _headings(nodes: Sequence[Node]) -> list[Fact]:
    return [(f"{marks} {name}", line) for line, marks, _, name in _all_headings(nodes)]


def _formulas(nodes: Sequence[Node]) -> list[Fact]:
    """Display formulas, counted; their text may be in words."""
    prose = [node for node in outline.walk(nodes) if isinstance(node, Prose)]
    lines = [number for node in prose for number, line in enumerate(node.lines, node.line) if _DISPLAY.match(line)]
    return [("formula", line) for line in lines]


_FACTS: dict[str, Callable[[Sequence[Node]], list[Fact]]] = {
    "cells differ from the Japanese page": _cells,
    "guesses, exercises or rulings differ from the Japanese page": _blocks,
    "heading ids differ from the Japanese page": _headings,
    "values in sentences differ from the Japanese page": _values,
    "the number of display formulas differs from the Japanese page": _formulas,
}


def _check_headings(article: Article, nodes: Sequence[Node]) -> Iterator[SourceError]:
    seen: set[str] = set()
    for line, _, title, name in _all_headings(nodes):
        if not name:
            yield SourceError(
                f"the heading `{title}` needs an id in ASCII, as in `{{#two-lambda}}`", article.path, line
            )
        elif name in seen:
            yield SourceError(f"two headings have the id `{name}`", article.path, line)
        seen.add(name)


def _all_headings(nodes: Sequence[Node]) -> Iterator[tuple[int, str, str, str]]:
    for node in outline.walk(nodes):
        if isinstance(node, Prose):
            for number, line in enumerate(node.lines, node.line):
                if match := _HEADING.match(line):
                    yield number, match[1], match[2], match[3] or ""


def _shown(nodes: Sequence[Node]) -> Iterator[str]:
    yield from (str(fence.reference) for fence in outline.cells(nodes))
    yield from (f"{outline.script_of(nodes)}#{block.text('id')}" for block in outline.blocks(nodes, "exercise"))


def _difference(mine: list[Fact], theirs: list[Fact]) -> tuple[str, int]:
    """Say where the two part, with the line in `theirs`; where they are of unequal length, the last they share."""
    for number, ((one, _), (other, line)) in enumerate(zip(mine, theirs, strict=False), 1):
        if one != other:
            return f"number {number} is `{one}` there and `{other}` here", line
    last = theirs[min(len(mine), len(theirs) - 1)][1] if theirs else 1
    return f"{len(mine)} there and {len(theirs)} here", last


def _line_of(path: Path, start: str) -> int:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return next((number for number, line in lines if line.startswith(start)), 1)


def _plain(value: object) -> str:
    return f"[{', '.join(map(str, cast(tuple[object, ...], value)))}]" if isinstance(value, tuple) else str(value)
