"""The claims on trial, `docs/claims.yml`: what the source discussions say, in our own words, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from kamipen.article.plan import planned
from kamipen.errors import SourceError, nearest
from kamipen.project import DOCS, LANGUAGES

CLAIMS = DOCS / "claims.yml"

_ID = re.compile(r"(?P<source>\w+)\.(?P<number>\d+)(?P<letter>[a-z]?)")
_SOURCE_KEYS = ("id", "name", "title", "where", "url")
_CLAIM_KEYS = (*LANGUAGES, "articles")


@dataclass(frozen=True)
class Source:
    """A discussion or lecture whose claims are on trial."""

    id: str
    name: Mapping[str, str]
    """Language → a short name, for lists and filters."""
    title: str
    where: Mapping[str, str]
    """Language → where it was discussed."""
    url: str = ""


@dataclass(frozen=True)
class Claim:
    """One statement that can be true or false."""

    id: str
    source: Source
    statement: Mapping[str, str] = field(repr=False)
    """Language → one sentence."""
    articles: tuple[str, ...]
    """Slugs: the first article settles the claim, the others may rule on a part of it."""
    line: int

    @property
    def anchor(self) -> str:
        """The id of its entry in the docket."""
        return f"claim-{slug(self.id)}"

    @property
    def settled_by(self) -> str:
        """Slug of the article that settles it."""
        return self.articles[0]


@dataclass(frozen=True)
class Claims(Mapping[str, Claim]):
    """All claims by id, in the order of the list; unknown ids are errors that name the nearest."""

    path: Path
    sources: tuple[Source, ...] = ()
    _claims: Mapping[str, Claim] = field(default_factory=dict[str, Claim])

    def __getitem__(self, name: str) -> Claim:
        """Return the claim of this id."""
        if name not in self._claims:
            close = get_close_matches(name, self._claims, n=1, cutoff=0.5)
            raise SourceError(
                f"there is no claim `{name}` in docs/{self.path.name}{nearest(name, close) if close else ''}"
            )
        return self._claims[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a claim of this id."""
        return name in self._claims

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._claims)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._claims)


def slug(claim: str) -> str:
    """Write an id so that a link and a selector can name it: `0.6b` is `0-6b`."""
    return claim.replace(".", "-")


def load(path: Path = CLAIMS) -> Claims:
    """Return the claims; none where the file is missing. An entry that cannot be used is an error with its line."""
    if not path.exists():
        return Claims(path)
    plan = path.with_name("plan.yml")
    versions = [(file.stat().st_mtime_ns, file.stat().st_size) if file.exists() else None for file in (path, plan)]
    return _load(path, tuple(versions))


@lru_cache(maxsize=4)
def _load(path: Path, _versions: object) -> Claims:
    try:
        root = _composed(path.read_text("utf-8"))
        top = _mapping(root, "write `sources:` and `claims:`", ("sources", "claims"), ("sources", "claims"))
        sources = tuple(_source(node) for node in _sequence(top["sources"]))
        known = {source.id: source for source in sources}
        articles = _articles(path.parent)
        return Claims(path, sources, {claim.id: claim for claim in _claims(top["claims"], known, articles)})
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(f"is not YAML: {error.problem}; quotes around the sentence may help", path, line) from error
    except SourceError as problem:
        raise problem.at(path, problem.line) from None


def _composed(text: str) -> Node | None:
    return cast(Any, yaml).compose(text, yaml.SafeLoader)


def _articles(docs: Path) -> set[str]:
    """Return the slugs of all articles, written or planned."""
    return {*planned(docs / "plan.yml"), *(page.stem for page in docs.glob(f"{LANGUAGES[0]}/*/*.md"))}


def _claims(node: Node, sources: Mapping[str, Source], articles: Collection[str]) -> Iterator[Claim]:
    before = ("", 0, "")
    for name, value in _entries(node, "claims are written as `id: …`"):
        line = value.start_mark.line  # the id stands in the line before what is said of it
        match = _ID.fullmatch(name)
        if match is None:
            raise SourceError(
                f"`{name}` is no id of a claim: write source, number and maybe a letter, as in `0.6b`", None, line
            )
        if match["source"] not in sources:
            raise SourceError(f"`{name}` names no source{nearest(match['source'], sources)}", None, line)
        place = (match["source"], int(match["number"]), match["letter"])
        if place <= before:
            raise SourceError(
                f"`{name}` stands after `{'.'.join(map(str, before[:2]))}{before[2]}`: keep the order", None, line
            )
        before = place
        yield _claim(name, sources[match["source"]], value, articles, line)


def _claim(name: str, source: Source, node: Node, articles: Collection[str], line: int) -> Claim:
    entry = _mapping(node, f"claim `{name}`", _CLAIM_KEYS, _CLAIM_KEYS)
    statement = {language: _sentence(entry[language], language) for language in LANGUAGES}
    slugs = [(_text(item), item.start_mark.line + 1) for item in _sequence(entry["articles"])]
    if not slugs:
        raise SourceError(
            f"claim `{name}` names no article that settles it", None, entry["articles"].start_mark.line + 1
        )
    for article, place in slugs:
        if article not in articles:
            raise SourceError(
                f"claim `{name}`: no article `{article}` is planned{nearest(article, articles)}", None, place
            )
    return Claim(name, source, statement, tuple(article for article, _ in slugs), line)


def _source(node: Node) -> Source:
    entry = _mapping(node, "a source", _SOURCE_KEYS, _SOURCE_KEYS[:-1])
    name, where = (
        {key: _text(value) for key, value in _mapping(entry[part], f"`{part}`", LANGUAGES, LANGUAGES).items()}
        for part in ("name", "where")
    )
    return Source(_text(entry["id"]), name, _text(entry["title"]), where, _text(entry["url"]) if "url" in entry else "")


def _sentence(node: Node, language: str) -> str:
    """Return a statement: one sentence, with its full stop."""
    text = _text(node)
    stop, stops = ("。", "。") if language == "ja" else (".", r"[.!?](?=\s+[A-Z]|$)")
    if not text.endswith(stop) or len(re.findall(stops, text)) != 1:
        raise SourceError(f"`{text}`: write one sentence, and end it with `{stop}`", None, node.start_mark.line + 1)
    return text


def _mapping(node: Node | None, what: str, known: Collection[str], required: Collection[str]) -> dict[str, Node]:
    """Return key → node of a mapping that has these keys and no others."""
    line = node.start_mark.line + 1 if node else 1
    entries = dict(_entries(node, what))
    for key in entries:
        if key not in known:
            raise SourceError(f"{what}: unknown `{key}`{nearest(key, known)}", None, line)
    for key in required:
        if key not in entries:
            raise SourceError(f"{what}: lacks `{key}`", None, line)
    return entries


def _entries(node: Node | None, what: str) -> list[tuple[str, Node]]:
    """Return the entries of a mapping; YAML itself would let a repeated key replace the one before."""
    if not isinstance(node, MappingNode):
        raise SourceError(f"{what}: expected `name: value` lines", None, node.start_mark.line + 1 if node else 1)
    pairs = cast(list[tuple[Node, Node]], node.value)
    seen: set[str] = set()
    for key, _ in pairs:
        if (name := _text(key)) in seen:
            raise SourceError(f"`{name}` stands here twice", None, key.start_mark.line + 1)
        seen.add(name)
    return [(_text(key), value) for key, value in pairs]


def _sequence(node: Node) -> list[Node]:
    if isinstance(node, yaml.SequenceNode):
        return cast(list[Node], node.value)
    raise SourceError("expected a list, as in `[one, two]`", None, node.start_mark.line + 1)


def _text(node: Node) -> str:
    if isinstance(node, ScalarNode) and str(node.value).strip():
        return str(node.value).strip()
    raise SourceError("expected a text", None, node.start_mark.line + 1)
