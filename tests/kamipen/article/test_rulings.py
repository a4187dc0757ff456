"""How claims stand: as the article that settles them ruled; other articles rule beside it, drafts not at all."""

from pathlib import Path

import pytest

from kamipen.article import claims, outline, rulings
from kamipen.article.articles import discover
from tests.kamipen.article.test_claims import LIST, PLAN

MATTER = """---
title: 【賭け】{slug}
date: 2026-11-20
order: {order}
level: 800
audience: theorist
{draft}---
"""
COIN = """Text.

/// verdict | 確認
    claim: ["0.2", "0.10"]
    evidence: coin#toss
公平だった。**0.50**。

もう一段落。

ひっくり返る条件：硬貨が
曲がっている。
///

/// verdict | 条件つき
    evidence: coin#toss
途中で分かったこと。
///

/// verdict | 未決
    evidence: coin#toss
もう一つ。
///
"""
DICE = """/// verdict | 反証
    claim: "0.2"
    evidence: dice#roll
さいころでは違った。
///
"""


@pytest.fixture
def docs(tmp_path) -> Path:
    (tmp_path / "plan.yml").write_text(PLAN, "utf-8")
    (tmp_path / "claims.yml").write_text(LIST, "utf-8")
    write(tmp_path, "coin", 1, COIN)
    write(tmp_path, "dice", 2, DICE)
    return tmp_path


def docket(docs: Path) -> list[rulings.Entry]:
    return rulings.docket(discover(docs, "ja"), claims.load(docs / "claims.yml"))


def write(docs: Path, slug: str, order: int, text: str, draft: str = "") -> None:
    page = docs / "ja/maths" / f"{slug}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(MATTER.format(slug=slug, order=order, draft=draft) + text, "utf-8")


def test_the_article_that_settles_a_claim_decides_how_it_stands(docs):
    fair, die, bets = docket(docs)
    assert (fair.state, fair.part) == ("confirmed", "maths")
    assert [verdict.ruling for verdict in fair.others] == ["refuted"]
    assert [verdict.url for verdict in fair.rulings] == ["ja/maths/coin/#verdict-0-2", "ja/maths/dice/#verdict-0-2"]
    assert (die.state, die.rulings) == ("awaiting", ())
    assert die.article
    assert die.article.slug == "dice"
    assert bets.state == "confirmed"
    assert rulings.count([fair, die, bets]) == {
        "confirmed": 2,
        "conditional": 0,
        "refuted": 0,
        "open": 0,
        "awaiting": 1,
    }


def test_a_claim_awaits_trial_while_only_others_have_ruled(docs):
    (docs / "ja/maths/coin.md").unlink()
    fair = docket(docs)[0]
    assert (fair.state, fair.article) == ("awaiting", None)
    assert [verdict.ruling for verdict in fair.others] == ["refuted"]


def test_a_draft_rules_on_nothing(docs):
    write(docs, "coin", 1, COIN, "draft: true\n")
    fair = docket(docs)[0]
    assert (fair.state, fair.article) == ("awaiting", None)


def test_anchors_are_unique_and_tell_what_is_ruled_on():
    anchors = rulings.anchors(outline.parse(COIN))
    assert list(anchors.values()) == ["verdict-0-2", "verdict-toss", "verdict-toss--2"]


def test_a_verdict_says_what_would_flip_it():
    block = next(node for node in outline.walk(outline.parse(COIN)) if isinstance(node, outline.Block))
    label = rulings.flip_label("ja")
    assert rulings.ruling(block, label) == "公平だった。**0.50**。 もう一段落。"
    assert rulings.flip(block, label) == "硬貨が\n曲がっている。"
    assert rulings.flip(next(iter(outline.parse(DICE))), label) == ""
