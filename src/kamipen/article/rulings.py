"""The rulings: what the articles' verdicts say of the claims, and how each claim stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamipen import texts
from kamipen.article import claims, outline
from kamipen.article.articles import Article, discover
from kamipen.article.claims import Claim, Claims
from kamipen.article.outline import VERDICTS, Block, Node, Prose
from kamipen.article.plan import plan
from kamipen.project import ROOT

AWAITING = "awaiting"
STATES = (*VERDICTS, AWAITING)
"""How a claim can stand: as its article ruled, or awaiting trial."""

MARKS = {"confirmed": "○", "conditional": "△", "refuted": "×", "open": "？", AWAITING: "…"}


@dataclass(frozen=True)
class Verdict:
    """A verdict of an article."""

    article: Article
    block: Block
    anchor: str
    ruling: str

    @property
    def claims(self) -> list[str]:
        """Ids of the claims that it rules on; none where it is a finding on the way."""
        return self.block.strings("claim")

    @property
    def url(self) -> str:
        """Address below the site's root."""
        return f"{self.article.url}#{self.anchor}"


@dataclass(frozen=True)
class Entry:
    """A claim as it stands in the docket."""

    claim: Claim
    part: str
    article: Article | None
    """The article that settles it, once it is written."""
    verdict: Verdict | None
    others: tuple[Verdict, ...]
    """Rulings of other articles, on a part of the claim."""

    @property
    def state(self) -> str:
        """How the claim stands, one of `STATES`."""
        return self.verdict.ruling if self.verdict else AWAITING


def anchors(nodes: Sequence[Node]) -> dict[int, str]:
    """Return the line of each verdict of a page → the id that links name it by.

    It is called after the first claim that it rules on, or else after the cell that is its evidence.
    """
    found: dict[int, str] = {}
    for block in _verdicts(nodes):
        name = next((claims.slug(claim) for claim in block.strings("claim")), "")
        evidence = next(iter(block.strings("evidence")), "").partition("#")[2]
        anchor = f"verdict-{name or evidence}"
        taken = sum(other == anchor or other.startswith(f"{anchor}--") for other in found.values())
        found[block.line] = f"{anchor}--{taken + 1}" if taken else anchor
    return found


def verdicts(article: Article) -> list[Verdict]:
    """Return the verdicts of an article, in reading order."""
    nodes = outline.parse(article.text, article.text_line)
    names = texts.load(article.language).names("verdict")
    places = anchors(nodes)
    return [Verdict(article, block, places[block.line], names[block.argument]) for block in _verdicts(nodes)]


def docket(language: str, docs: Path = ROOT / "docs", known: Claims | None = None) -> list[Entry]:
    """Return every claim as it stands in the articles of a language; drafts rule on nothing."""
    known = claims.load(docs / "claims.yml") if known is None else known
    articles = {article.slug: article for article in discover(docs, language) if not article.draft}
    parts = parts_of_articles(docs)
    ruled = [verdict for article in articles.values() for verdict in verdicts(article)]
    return [_entry(claim, parts, articles, ruled) for claim in known.values()]


def count(entries: Iterable[Entry]) -> dict[str, int]:
    """Return state → number of claims, all states in their order."""
    counted = Counter(entry.state for entry in entries)
    return {state: counted[state] for state in STATES}


def parts_of_articles(docs: Path) -> dict[str, str]:
    """Return slug → part of every article, planned or written."""
    road = docs / "plan.yml"
    parts = plan(road)["parts"] if road.exists() else []
    written = {page.stem: page.parent.name for page in docs.glob("*/*/*.md")}
    return written | {slug: str(part["id"]) for part in parts for slug in part["articles"]}


def flip(block: Block, label: str) -> str:
    """Return what a verdict says would flip it: its paragraph that begins with this label; nothing if it has none."""
    for paragraph in _paragraphs(block):
        if paragraph.startswith(label):
            return paragraph[len(label) :].strip()
    return ""


def ruling(block: Block, label: str) -> str:
    """Return the ruling itself: what a verdict says before the line on what would flip it."""
    said: list[str] = []
    for paragraph in _paragraphs(block):
        if paragraph.startswith(label):
            break
        said.append(paragraph)
    return " ".join(said)


def _entry(claim: Claim, parts: Mapping[str, str], articles: Mapping[str, Article], ruled: Sequence[Verdict]) -> Entry:
    mine = [verdict for verdict in ruled if claim.id in verdict.claims]
    settling = next((verdict for verdict in mine if verdict.article.slug == claim.settled_by), None)
    others = tuple(verdict for verdict in mine if verdict.article.slug != claim.settled_by)
    return Entry(claim, parts[claim.settled_by], articles.get(claim.settled_by), settling, others)


def _verdicts(nodes: Sequence[Node]) -> Iterator[Block]:
    return (node for node in outline.walk(nodes) if isinstance(node, Block) and node.name == "verdict")


def _paragraphs(block: Block) -> list[str]:
    text = "\n".join(node.text for node in outline.walk(block.body) if isinstance(node, Prose))
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
