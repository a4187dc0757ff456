"""The docket for machines: `claims.json` for both languages, and each language's page in plain Markdown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kamipen import texts
from kamipen.article import claims, rulings
from kamipen.article.articles import Article, of_language
from kamipen.article.claims import Claims
from kamipen.article.plan import PLAN, plan
from kamipen.article.rulings import AWAITING, MARKS, Entry, Verdict
from kamipen.project import ADDRESS, LANGUAGES
from kamipen.texts import Texts

VERSION = 1


def write(site: Path, articles: Sequence[Article], known: Claims | None = None, address: str = ADDRESS) -> None:
    """Write both into the built site."""
    known = claims.load() if known is None else known
    entries = {language: rulings.docket(of_language(articles, language), known) for language in LANGUAGES}
    told = json.dumps(index(known, entries, address), ensure_ascii=False, indent=1)
    (site / "claims.json").write_text(f"{told}\n", "utf-8")
    for language in LANGUAGES:
        folder = site / language / "docket"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.md").write_text(plain(entries[language], known, texts.load(language)), "utf-8")


def index(known: Claims, entries: dict[str, list[Entry]], address: str = ADDRESS) -> dict[str, Any]:
    """Return all claims with their rulings; what is said in words is given in both languages."""
    pairs = zip(*(entries[language] for language in LANGUAGES), strict=True)
    return {
        "version": VERSION,
        "licence": "CC BY 4.0",
        "sources": [
            {"id": source.id, "name": dict(source.name), "title": source.title, "where": dict(source.where)}
            | ({"url": source.url} if source.url else {})
            for source in known.sources
        ],
        "claims": [_claim(dict(zip(LANGUAGES, pair, strict=True)), address) for pair in pairs],
    }


def plain(entries: Sequence[Entry], known: Claims, words: Texts) -> str:
    """Return the docket of a language in plain Markdown: a list of claims for each part."""
    language = words.language
    counted = rulings.count(entries)
    lines = [
        f"# {words('docket.title')}",
        "",
        " · ".join(f"{MARKS[state]} {_state(state, words)} {number}" for state, number in counted.items()),
    ]
    for number, part in enumerate(plan(known.path.with_name(PLAN.name))["parts"], 1):
        lines += ["", f"## {number} {part['title'][language]}", ""]
        lines += [_line(entry, words) for entry in entries if entry.part == part["id"]]
    lines += ["", f"## {words('docket.sources')}", ""]
    for source in known.sources:
        title = f"[{source.title}]({source.url})" if source.url else source.title
        lines.append(
            f"- **{source.id}. {source.name[language]}** {title}{words('docket.where', where=source.where[language])}"
        )
    return "\n".join(lines) + "\n"


def _line(entry: Entry, words: Texts) -> str:
    claim, article = entry.claim, entry.article
    if article:
        anchor = f"#{entry.verdict.anchor}" if entry.verdict else ""
        where = f"[{article.title}](../{article.key}/index.md{anchor})"
    else:
        where = words("docket.planned", title=entry.title(words.language))
    ruling = f"{MARKS[entry.state]} {_state(entry.state, words)}"
    return f"- **{ruling}** {claim.statement[words.language]} ({claim.id}) {where}"


def _claim(entries: dict[str, Entry], address: str) -> dict[str, Any]:
    first = entries[LANGUAGES[0]]
    return {
        "id": first.claim.id,
        "source": first.claim.source.id,
        "statement": dict(first.claim.statement),
        "part": first.part,
        "articles": list(first.claim.articles),
        "state": first.state,
        "url": {language: f"{address}{language}/docket/#{first.claim.anchor}" for language in entries},
        "rulings": _rulings({language: entry.rulings for language, entry in entries.items()}, address),
    }


def _rulings(verdicts: dict[str, Sequence[Verdict]], address: str) -> list[dict[str, Any]]:
    """Return the rulings on a claim, that of the article that settles it first."""
    return [
        {
            "article": pair[0].article.slug,
            "ruling": pair[0].ruling,
            "url": {verdict.article.language: f"{address}{verdict.url}" for verdict in pair},
        }
        for pair in zip(*verdicts.values(), strict=True)
    ]


def _state(state: str, words: Texts) -> str:
    return words("docket.awaiting") if state == AWAITING else words(f"verdict.{state}")
