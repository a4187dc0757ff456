"""The rulings: what the articles' verdicts say of the claims, and how each claim stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamipen import texts
from kamipen.article import claims, outline
from kamipen.article.articles import Article
from kamipen.article.claims import Claim, Claims
from kamipen.article.outline import Block, Node, Prose
from kamipen.article.plan import PLAN, planned

AWAITING = "awaiting"
STATES = ("confirmed", "conditional", "refuted", "open", AWAITING)
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
    planned: Mapping[str, Any]
    """What the plan says of the article that settles it."""
    article: Article | None
    """The article that settles it, once it is written."""
    verdict: Verdict | None
    others: tuple[Verdict, ...]
    """Rulings of other articles, on a part of the claim."""

    @property
    def state(self) -> str:
        """How the claim stands, one of `STATES`."""
        return self.verdict.ruling if self.verdict else AWAITING

    def title(self, language: str) -> str:
        """Return the title that the plan gives the article."""
        return str(self.planned.get(language, self.claim.settled_by))

    @property
    def rulings(self) -> tuple[Verdict, ...]:
        """All rulings on it, that of the article that settles it first."""
        return (*([self.verdict] if self.verdict else []), *self.others)


def anchors(nodes: Sequence[Node]) -> dict[int, str]:
    """Return the line of each verdict of a page → the id that links name it by.

    It is called after the first claim that it rules on, or else after the cell that is its evidence.
    """
    found: dict[int, str] = {}
    for block in outline.blocks(nodes, "verdict"):
        name = next((claims.slug(claim) for claim in block.strings("claim")), "")
        evidence = next(iter(block.strings("evidence")), "").partition("#")[2]
        anchor = f"verdict-{name or evidence}"
        taken = sum(other == anchor or other.startswith(f"{anchor}--") for other in found.values())
        found[block.line] = f"{anchor}--{taken + 1}" if taken else anchor
    return found


def verdicts(article: Article) -> list[Verdict]:
    """Return the verdicts of an article, in reading order."""
    names = texts.load(article.language).names("verdict")
    places = anchors(article.nodes)
    blocks = outline.blocks(article.nodes, "verdict")
    return [Verdict(article, block, places[block.line], names[block.argument]) for block in blocks]


def docket(articles: Iterable[Article], known: Claims) -> list[Entry]:
    """Return every claim as it stands in these articles, which are of one language; drafts rule on nothing."""
    written = {article.slug: article for article in articles if not article.draft}
    ruled = [verdict for article in written.values() for verdict in verdicts(article)]
    road = planned(known.path.with_name(PLAN.name))
    return [_entry(claim, written, ruled, road.get(claim.settled_by, {})) for claim in known.values()]


def count(entries: Iterable[Entry]) -> dict[str, int]:
    """Return state → number of claims, all states in their order."""
    counted = Counter(entry.state for entry in entries)
    return {state: counted[state] for state in STATES}


def flip_label(language: str) -> str:
    """Return what the line on what would flip a ruling begins with."""
    return texts.load(language)("ruling.flip")


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


def _entry(
    claim: Claim, articles: Mapping[str, Article], ruled: Sequence[Verdict], planned: Mapping[str, Any]
) -> Entry:
    article = articles.get(claim.settled_by)
    mine = [verdict for verdict in ruled if claim.id in verdict.claims]
    settling = next((verdict for verdict in mine if verdict.article.slug == claim.settled_by), None)
    others = tuple(verdict for verdict in mine if verdict.article.slug != claim.settled_by)
    return Entry(claim, article.part if article else str(planned.get("part", "")), planned, article, settling, others)


def _paragraphs(block: Block) -> list[str]:
    text = "\n".join(node.text for node in outline.walk(block.body) if isinstance(node, Prose))
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]
