"""The articles: what stands in `docs/<language>/<part>/<slug>.md`, with its front matter checked.

Every page that has an `order` in its front matter is an article; other pages are left alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from kamipen.article import outline
from kamipen.article.outline import Node
from kamipen.errors import SourceError, nearest
from kamipen.project import LANGUAGES

PARTS = ("maths", "learning", "generalisation", "networks", "structure", "language-models", "practicalities")
AUDIENCES = ("api-user", "practitioner", "implementer", "theorist")

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)


@dataclass(frozen=True)
class Article:
    """One article in one language."""

    path: Path
    language: str
    part: str
    slug: str
    title: str
    date: datetime.date
    order: int
    level: int  # Elo-like difficulty of the whole
    audience: str
    tags: tuple[str, ...] = ()
    prereq: tuple[str, ...] = ()  # slugs
    claims: tuple[str, ...] = ()  # items of the editorial inventory
    discussions: tuple[str, ...] = ()  # full URLs
    description: str = ""
    draft: bool = False  # still being written: shown, but announced nowhere
    text: str = field(default="", repr=False)  # the Markdown below the front matter
    text_line: int = 1  # the line of the file on which `text` begins

    @cached_property
    def script(self) -> str:
        """Name of the script in `snippets/` that holds the article's code."""
        return self.slug.replace("-", "_")

    @cached_property
    def nodes(self) -> Sequence[Node]:
        """The outline of the text; what cannot be read is a SourceError with file and line."""
        try:
            return outline.parse(self.text, self.text_line)
        except SourceError as error:
            raise error.at(self.path, error.line) from None

    @property
    def key(self) -> str:
        """Name that both translations share: `part/slug`."""
        return f"{self.part}/{self.slug}"

    @property
    def summary(self) -> str:
        """The article in one sentence, without markup: its description, or the first line of its text."""
        first = next((line for line in self.text.splitlines() if line.strip()), "")
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)| ?\[\d+\]|[*`$\\]", r"\1", first).strip()
        return self.description or ("" if plain.startswith(("/", "#", "|", "<", "!")) else plain)

    @property
    def url(self) -> str:
        """Address below the site's root, with a slash at the end."""
        return f"{self.language}/{self.part}/{self.slug}/"

    def line_of(self, needle: str) -> int | None:
        """Return the first line of the file that holds this text."""
        position = self.text.find(needle)
        return None if position < 0 else self.text_line + self.text.count("\n", 0, position)


def split_front_matter(source: str) -> tuple[dict[str, Any], str, int]:
    """Return a page's front matter, the text below it, and the line on which the text begins."""
    match = _FRONT_MATTER.match(source)
    if match is None:
        return {}, source, 1
    matter: object = yaml.safe_load(match[1])
    if not isinstance(matter, dict):
        raise SourceError("the front matter is not a list of `name: value` lines", line=1)
    return cast(dict[str, Any], matter), source[match.end() :], source.count("\n", 0, match.end()) + 1


def read(path: Path) -> Article | None:
    """Return the article in this file, or None if the page is no article (its front matter has no `order`).

    A file is read and outlined once for all that ask, and again when it has changed.
    """
    stat = path.stat()
    return _read(path, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=512)
def _read(path: Path, _version: tuple[int, int]) -> Article | None:
    try:
        matter, text, line = split_front_matter(path.read_text(encoding="utf-8"))
        return _article(path, matter, text, line) if "order" in matter else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        hint = "; put each address in quotes" if "http" in str(error) else ""
        raise SourceError(f"the front matter is not YAML: {error.problem}{hint}", path, line) from error
    except SourceError as problem:
        raise problem.at(path, 1) from None


def discover(docs: Path, language: str | None = None) -> tuple[Article, ...]:
    """Return all articles below `docs/`, in the order of the road map, Japanese before English."""
    wanted = LANGUAGES if language is None else (language,)
    found = (read(path) for name in wanted for path in sorted((docs / name).glob("*/*.md")))
    return tuple(sorted((a for a in found if a is not None), key=lambda a: (wanted.index(a.language), a.order, a.slug)))


def of_language(articles: Iterable[Article], language: str) -> tuple[Article, ...]:
    """Return the articles of one language, in the order in which they came."""
    return tuple(article for article in articles if article.language == language)


def translations(docs: Path) -> tuple[tuple[Article, Article], ...]:
    """Return every article with its translation, as (Japanese, English), in order; one without is an error."""
    ja, en = ({article.key: article for article in discover(docs, language)} for language in LANGUAGES)
    for mine, others, missing in ((ja, en, "en"), (en, ja, "ja")):
        for key, article in mine.items():
            if key not in others:
                remedy = f"write docs/{missing}/{key}.md{nearest(key, others)}"
                raise SourceError(f"has no translation: {remedy}", article.path)
    return tuple((article, en[key]) for key, article in ja.items())


def _article(path: Path, matter: Mapping[str, Any], text: str, line: int) -> Article:
    for name in ("title", "date", "order", "level", "audience"):
        if name not in matter:
            raise SourceError(f"the front matter lacks `{name}`")
    part = path.parent.name
    if part not in PARTS:
        raise SourceError(f"`{part}` is no part of the road map{nearest(part, PARTS)}")
    if matter["audience"] not in AUDIENCES:
        raise SourceError(f"unknown audience `{matter['audience']}`{nearest(str(matter['audience']), AUDIENCES)}")
    if not isinstance(matter["date"], datetime.date):
        raise SourceError("`date` must be written as 2026-11-20")
    for name in ("order", "level"):
        if not isinstance(matter[name], int):
            raise SourceError(f"`{name}` must be a whole number")
    return Article(
        path=path,
        language=path.parent.parent.name,
        part=part,
        slug=path.stem,
        title=str(matter["title"]),
        date=matter["date"],
        order=matter["order"],
        level=matter["level"],
        audience=matter["audience"],
        tags=_strings(matter, "tags"),
        prereq=_strings(matter, "prereq"),
        claims=_strings(matter, "claims"),
        discussions=_strings(matter, "discussions"),
        description=str(matter.get("description", "")),
        draft=matter.get("draft") is True,
        text=text,
        text_line=line,
    )


def _strings(matter: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value: object = matter.get(name) or []
    if not isinstance(value, list):
        raise SourceError(f"`{name}` must be a list, as in `{name}: [one, two]`")
    return tuple(str(item) for item in cast(list[object], value))
