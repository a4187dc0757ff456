"""The list of claims: the real one can be used, and what cannot be is told with line and nearest match."""

from pathlib import Path

import pytest

from kamipen.article import claims
from kamipen.errors import SourceError
from kamipen.project import LANGUAGES

PLAN = """parts:
  - id: maths
    title: {ja: 数学, en: Maths}
    articles:
      coin: {order: 1, ja: 硬貨, en: Coin}
      dice: {order: 2, ja: さいころ, en: Dice}
"""
LIST = """sources:
  - id: "0"
    name: {ja: 賭け, en: Bets}
    title: On bets
    where: {ja: 掲示板, en: a forum}
    url: https://example.org/
claims:
  "0.2":
    ja: 硬貨は公平だ。
    en: A coin is fair.
    articles: [coin, dice]
  "0.2b":
    ja: さいころも公平だ。
    en: So is a die.
    articles: [dice]
  "0.10":
    ja: 賭けは損だ。
    en: Bets lose, e.g. "all of them".
    articles: [coin]
"""


@pytest.fixture
def path(tmp_path) -> Path:
    (tmp_path / "plan.yml").write_text(PLAN, "utf-8")
    (tmp_path / "claims.yml").write_text(LIST, "utf-8")
    return tmp_path / "claims.yml"


def test_claims_are_read_in_order(path):
    known = claims.load(path)
    assert list(known) == ["0.2", "0.2b", "0.10"]
    claim = known["0.2b"]
    assert claim.statement == {"ja": "さいころも公平だ。", "en": "So is a die."}
    assert (claim.settled_by, claim.anchor, claim.line) == ("dice", "claim-0-2b", 12)
    assert claim.source.name["en"] == "Bets"
    assert "0.3" not in known


def test_an_unknown_claim_names_the_nearest(path):
    with pytest.raises(SourceError, match=r"there is no claim `0\.2c` in docs/claims\.yml: did you mean `0\.2`\?"):
        claims.load(path)["0.2c"]


def test_without_a_list_every_claim_is_unknown(tmp_path):
    known = claims.load(tmp_path / "claims.yml")
    assert len(known) == 0
    with pytest.raises(SourceError, match=r"there is no claim `0\.1`"):
        known["0.1"]


def test_a_changed_list_is_read_again(path):
    claims.load(path)
    path.write_text(LIST.replace("A coin is fair.", "No coin is fair."), "utf-8")
    assert claims.load(path)["0.2"].statement["en"] == "No coin is fair."


BAD = {
    "no YAML": ('"0.2":', '"0.2": [', ": is not YAML"),
    "no id": ('"0.2":', '"02":', "claims.yml:8: `02` is no id of a claim: write source, number"),
    "unknown source": ('"0.2":', '"1.2":', "claims.yml:8: `1.2` names no source"),
    "out of order": ('"0.10":', '"0.1":', "claims.yml:16: `0.1` stands after `0.2b`: keep the order"),
    "twice": ('"0.2b":', '"0.2":', "claims.yml:12: `0.2` stands here twice"),
    "unknown entry": ("articles: [dice]", "article: [dice]", "unknown `article`: did you mean `articles`?"),
    "no English": ("    en: So is a die.\n", "", "claim `0.2b`: lacks `en`"),
    "no sentence": ("ja: 硬貨は公平だ。", "ja: 硬貨は公平だ", "claims.yml:9: `硬貨は公平だ`: write one sentence"),
    "ends elsewhere": (
        "ja: 硬貨は公平だ。",
        "ja: 硬貨は公平だ。たぶん",
        "claims.yml:9: `硬貨は公平だ。たぶん`: write one sentence",
    ),
    "two sentences": ("A coin is fair.", "A coin is fair. Always.", "claims.yml:10: `A coin is fair. Always.`"),
    "no article": ("[coin, dice]", "[]", "claims.yml:11: claim `0.2` names no article that settles it"),
    "unknown article": ("[coin, dice]", "[coin, dise]", "no article `dise` is planned: did you mean `dice`?"),
    "no list": ("[coin, dice]", "coin", "claims.yml:11: expected a list"),
    "no text": ("ja: 硬貨は公平だ。", "ja:", "claims.yml:9: expected a text"),
    "no claims": ('claims:\n  "0.2"', 'claim:\n  "0.2"', "unknown `claim`: did you mean `claims`?"),
    "source without a name": ("    title: On bets\n", "", "claims.yml:2: a source: lacks `title`"),
    "source in one language": ("name: {ja: 賭け, en: Bets}", "name: {ja: 賭け}", "claims.yml:3: `name`: lacks `en`"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_is_told_where_it_stands(case, path, monkeypatch):
    before, after, expected = BAD[case]
    assert before in LIST
    path.write_text(LIST.replace(before, after, 1), "utf-8")
    monkeypatch.chdir(path.parent)
    with pytest.raises(SourceError) as told:
        claims.load(path)
    assert str(told.value).startswith("claims.yml:")
    assert expected in str(told.value)


def test_the_list_can_be_used():
    known = claims.load()
    assert len(known) >= 160
    assert {claim.source.id for claim in known.values()} == {source.id for source in known.sources}
    for language in LANGUAGES:
        said = [claim.statement[language] for claim in known.values()]
        assert len(set(said)) == len(said)
