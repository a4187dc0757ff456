"""What the practice page offers: every exercise and article of a language, in `site/<language>/practice/items.json`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kamipen.article import outline
from kamipen.article.articles import Article, of_language
from kamipen.errors import SourceError
from kamipen.project import CLIENT, LANGUAGES

VERSION = 1
SCHEMA = CLIENT / "practice/practice.schema.json"

ROUTES: dict[str, tuple[str, ...]] = {
    "learner": ("maths", "learning"),
    "sceptic": ("generalisation",),
    "llm": ("maths", "language-models"),
    "practitioner": ("holdout-and-shift", "tuning-without-oracle", "trees-or-nets", "frameworks-compared"),
}
"""Routes through the road map: parts, or single articles."""


def write(site: Path, articles: Sequence[Article]) -> None:
    """Write the index of each language, and the schema of what readers export, into the built site."""
    for language in LANGUAGES:
        folder = site / language / "practice"
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(catalogue(of_language(articles, language)), ensure_ascii=False, separators=(",", ":"))
        (folder / "items.json").write_text(text + "\n", encoding="utf-8")
    shutil.copyfile(SCHEMA, site / SCHEMA.name)


def catalogue(articles: Sequence[Article]) -> dict[str, Any]:
    """Return all that one language has to practise."""
    return {
        "version": VERSION,
        "articles": [_entry(article) for article in articles],
        "items": [item for items in exercises(articles).values() for item in items],
        "routes": {name: _route(steps, articles) for name, steps in ROUTES.items()},
    }


def exercises(articles: Sequence[Article]) -> dict[str, list[dict[str, Any]]]:
    """Return each article's exercises in reading order; an id that two of them share is an error."""
    for clash in clashes(articles):
        raise clash
    return {
        article.slug: [_item(block, article) for block in outline.blocks(article.nodes, "exercise")]
        for article in articles
    }


def clashes(articles: Sequence[Article]) -> Iterator[SourceError]:
    """Yield an error for each exercise whose id another one has."""
    owners: dict[str, Article] = {}
    for article in articles:
        for block in outline.blocks(article.nodes, "exercise"):
            name = block.text("id")
            owner = owners.setdefault(name, article)
            if owner is not article or block.line != next(_lines(article, name)):
                remedy = f"call it `{article.slug}-{name}`, in the script, too"
                problem = (
                    f"the exercise `{name}` is also in {owner.path.name}: every id stands for one exercise; {remedy}"
                )
                yield SourceError(problem, article.path, block.line)


def _lines(article: Article, name: str) -> Iterator[int]:
    return (block.line for block in outline.blocks(article.nodes, "exercise") if block.text("id") == name)


def _item(block: outline.Block, article: Article) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": block.text("id"),
        "title": block.argument.replace("$", ""),
        "kind": block.text("kind"),
        "level": int(block.text("level")),
        "article": article.slug,
    }
    if skills := article.skills_of(block):
        item["skills"] = list(skills)
    if item["kind"] == "choice":
        item["choices"] = len(block.blocks("choice"))
    return item


def _entry(article: Article) -> dict[str, Any]:
    return {
        "slug": article.slug,
        "title": article.title,
        "url": f"{article.part}/{article.slug}/",
        "level": article.level,
        "prereq": list(article.prereq),
    }


def _route(steps: tuple[str, ...], articles: Sequence[Article]) -> list[str]:
    return [article.slug for step in steps for article in articles if step in (article.part, article.slug)]
