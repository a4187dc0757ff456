"""The articles: what stands in `docs/<language>/<part>/<slug>.md`, with its front matter checked.

Every page that has an `order` in its front matter is an article. Every page in `docs/<language>/refreshers/`
except the index is a refresher: a small article on one skill, off the road, which articles name in `skills`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from kamipen.article import authored_yaml, figure_words, outline
from kamipen.article.figure_words import Words
from kamipen.article.outline import Node
from kamipen.errors import SourceError, nearest
from kamipen.project import LANGUAGES

PARTS = ("maths", "learning", "generalisation", "networks", "structure", "language-models", "practicalities")
REFRESHERS = "refreshers"
"""The folder of the refreshers, beside those of the parts."""

AUDIENCES = ("api-user", "practitioner", "implementer", "theorist")

LEVELS = (400, 1600)
"""The easiest and the hardest, of articles and exercises."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What a page may be called: its address, which people share."""

NEEDED = ("title", "date", "order", "level", "audience")
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
    skills: tuple[str, ...] = ()  # slugs of refreshers
    claims: tuple[str, ...] = ()  # items of the editorial inventory
    discussions: tuple[str, ...] = ()  # full URLs
    labels: Words = field(default_factory=dict[str, str], compare=False)  # the page's words for those of its figures
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

    def skills_of(self, exercise: outline.Block) -> tuple[str, ...]:
        """Return the skills that an exercise takes: those it names, else the article's; a refresher's is its own."""
        own = (self.slug,) if self.is_refresher else self.skills
        return tuple(exercise.strings("skills")) or own

    @property
    def is_refresher(self) -> bool:
        """Tell a refresher from an article of the road."""
        return self.part == REFRESHERS

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands on the road: its part, then its order there; refreshers stand behind."""
        return (PARTS.index(self.part) if self.part in PARTS else len(PARTS), self.order)

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
    matter: object = authored_yaml.load(match[1], "the front matter is not YAML", first=2)
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
        if path.parent.name == REFRESHERS:
            return _refresher(path, matter, text, line) if path.stem != "index" else None
        return _article(path, matter, text, line) if "order" in matter else None
    except SourceError as problem:
        raise problem.at(path, problem.line or 1) from None


def discover(docs: Path, language: str | None = None) -> tuple[Article, ...]:
    """Return all articles below `docs/`, in the order of the road map, then the refreshers; Japanese before English."""
    wanted = LANGUAGES if language is None else (language,)
    read_all = [read(path) for name in wanted for path in sorted((docs / name).glob("*/*.md"))]
    found = [article for article in read_all if article is not None]
    _refuse_unknown_skills(found)
    return tuple(sorted(found, key=lambda a: (wanted.index(a.language), a.is_refresher, a.place, a.slug)))


def on_the_road(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles without the refreshers."""
    return tuple(article for article in articles if not article.is_refresher)


def of_language(articles: Iterable[Article], language: str) -> tuple[Article, ...]:
    """Return the articles of one language, in the order in which they came."""
    return tuple(article for article in articles if article.language == language)


def translations(docs: Path) -> tuple[tuple[Article, Article], ...]:
    """Return every article with its translation, as (Japanese, English), in order; one without is an error.

    A draft may lack its translation, and is left out.
    """
    for problem in untranslated(docs):
        raise problem
    en = {article.key: article for article in discover(docs, "en")}
    return tuple((article, en[article.key]) for article in discover(docs, "ja") if article.key in en)


def untranslated(docs: Path) -> Iterator[SourceError]:
    """Yield an error for each article without a translation that is no draft, with the page to write or to move."""
    found = {language: {article.key: article for article in discover(docs, language)} for language in LANGUAGES}
    for language, missing in (LANGUAGES, LANGUAGES[::-1]):
        for key in found[language].keys() - found[missing].keys():
            article = found[language][key]
            alone = {other.slug: other.key for name, other in found[missing].items() if name not in found[language]}
            remedy = f"write docs/{missing}/{key}.md"
            if article.slug in alone:
                remedy = f"move docs/{missing}/{alone[article.slug]}.md to docs/{missing}/{key}.md"
            elif near := get_close_matches(article.slug, alone, 1, 0.8):
                remedy += f", or is it docs/{missing}/{alone[near[0]]}.md?"
            if not article.draft:
                yield SourceError(f"has no translation: {remedy}", article.path)


def _refuse_unknown_skills(articles: Sequence[Article]) -> None:
    """Refuse a skill without a refresher, and a refresher whose name or prerequisites do not fit the others."""
    for language in LANGUAGES:
        members = of_language(articles, language)
        refreshers = {article.slug: article for article in members if article.is_refresher}
        taken = {article.slug: article for article in on_the_road(members)}
        for article in members:
            for skill in article.prereq if article.is_refresher else article.skills:
                _refuse_unknown(skill, refreshers, article)
            for exercise in outline.blocks(article.nodes, "exercise"):
                for skill in exercise.strings("skills"):
                    _refuse_unknown(skill, refreshers, article, exercise.line)
            for slug in () if article.is_refresher else refreshers.keys() & article.prereq:
                problem = f"`{slug}` is a refresher: name it in `skills`"
                raise SourceError(problem, article.path, _line(article, "prereq"))
        for slug, refresher in refreshers.items():
            if slug in taken:
                raise SourceError(f"`{slug}` is an article of `{taken[slug].part}`, too: rename one", refresher.path, 1)


def _refuse_unknown(skill: str, refreshers: Mapping[str, Article], article: Article, line: int | None = None) -> None:
    if skill not in refreshers:
        problem = f"there is no refresher docs/{article.language}/{REFRESHERS}/{skill}.md{nearest(skill, refreshers)}"
    elif article.is_refresher and refreshers[skill].level >= article.level:
        problem = f"`{skill}` is not easier than this: what is read before must be"
    else:
        return
    raise SourceError(problem, article.path, line or _line(article, "prereq" if article.is_refresher else "skills"))


def _line(article: Article, name: str) -> int:
    """Return the line of a name in the front matter."""
    lines = enumerate(article.path.read_text("utf-8").splitlines(), 1)
    return next((number for number, line in lines if line.startswith(f"{name}:")), 1)


def _article(path: Path, matter: Mapping[str, Any], text: str, line: int) -> Article:
    _require(matter, *NEEDED)
    part = path.parent.name
    if part not in PARTS:
        raise SourceError(f"`{part}` is no part of the road map{nearest(part, PARTS)}")
    if matter["audience"] not in AUDIENCES:
        raise SourceError(f"unknown audience `{matter['audience']}`{nearest(str(matter['audience']), AUDIENCES)}")
    facts: dict[str, Any] = {name: _strings(matter, name) for name in ("claims", "discussions", "skills")}
    facts |= {"part": part, "order": _whole(matter, "order"), "audience": matter["audience"]}
    return _made(path, matter, text, line, **facts)


def _refresher(path: Path, matter: Mapping[str, Any], text: str, line: int) -> Article:
    _require(matter, "title", "date", "level")
    for name in ("order", "audience", "claims", "discussions", "skills"):
        if name in matter:
            raise SourceError(f"a refresher has no `{name}`: it is {_WHY_NOT[name]}")
    return _made(path, matter, text, line, part=REFRESHERS, order=_whole(matter, "level"), audience="")


_WHY_NOT = {
    "order": "listed by its `level`",
    "audience": "for everyone",
    "claims": "about what nobody disputes; claims are settled in articles",
    "discussions": "about what nobody disputes; discussions belong to articles",
    "skills": "on one skill, its own; other refreshers to be read before are its `prereq`",
}


def _require(matter: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if name not in matter:
            raise SourceError(f"the front matter lacks `{name}`")


def _whole(matter: Mapping[str, Any], name: str) -> int:
    if not isinstance(value := matter[name], int):
        raise SourceError(f"`{name}` must be a whole number")
    return value


def _made(path: Path, matter: Mapping[str, Any], text: str, line: int, **facts: Any) -> Article:
    """Return the article with the facts that are the same for both kinds."""
    if not isinstance(matter["date"], datetime.date):
        raise SourceError("`date` must be written as 2026-11-20")
    level = _whole(matter, "level")
    if not LEVELS[0] <= level <= LEVELS[1]:
        raise SourceError(f"`level` {level} is none: from {LEVELS[0]} to {LEVELS[1]}")
    return Article(
        path=path,
        language=path.parent.parent.name,
        slug=path.stem,
        title=str(matter["title"]),
        date=matter["date"],
        level=level,
        tags=_strings(matter, "tags"),
        prereq=_strings(matter, "prereq"),
        labels=figure_words.read(matter),
        description=str(matter.get("description", "")),
        draft=matter.get("draft") is True,
        text=text,
        text_line=line,
        **facts,
    )


def _strings(matter: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value: object = matter.get(name) or []
    if not isinstance(value, list):
        raise SourceError(f"`{name}` must be a list, as in `{name}: [one, two]`")
    return tuple(str(item) for item in cast(list[object], value))
