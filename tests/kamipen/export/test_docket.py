"""What machines read of the docket: claims.json, and the page in plain Markdown."""

import json
from pathlib import Path

import pytest

from kamipen.article import claims, rulings
from kamipen.article.articles import discover, of_language
from kamipen.export import docket
from kamipen.project import DOCS, LANGUAGES
from tests.kamipen.article.test_rulings import COIN, docs, write

__all__ = ["docs"]  # a fixture

ENGLISH = {"確認": "Confirmed", "条件つき": "Conditional", "未決": "Open", "ひっくり返る条件：": "Flips if:"}


@pytest.fixture
def site(docs, tmp_path) -> Path:
    """The docket of two languages; in English only the article on coins is written, as in Japanese."""
    (docs / "ja/maths/dice.md").unlink()
    text = COIN
    for ja, en in ENGLISH.items():
        text = text.replace(ja, en)
    write(docs, "coin", 1, text)
    (docs / "en/maths").mkdir(parents=True)
    (docs / "ja/maths/coin.md").rename(docs / "en/maths/coin.md")
    write(docs, "coin", 1, COIN)
    folder = tmp_path / "site"
    folder.mkdir()
    docket.write(folder, discover(docs), claims.load(docs / "claims.yml"), "https://example.org/")
    return folder


def test_claims_are_told_to_machines(site):
    told = json.loads((site / "claims.json").read_text("utf-8"))
    assert told["version"] == docket.VERSION
    assert told["sources"][0]["url"] == "https://example.org/"
    fair, die, _ = told["claims"]
    assert fair == {
        "id": "0.2",
        "source": "0",
        "statement": {"ja": "硬貨は公平だ。", "en": "A coin is fair."},
        "part": "maths",
        "articles": ["coin", "dice"],
        "state": "confirmed",
        "url": {language: f"https://example.org/{language}/docket/#claim-0-2" for language in LANGUAGES},
        "rulings": [
            {
                "article": "coin",
                "ruling": "confirmed",
                "url": {language: f"https://example.org/{language}/maths/coin/#verdict-0-2" for language in LANGUAGES},
            }
        ],
    }
    assert (die["state"], die["rulings"]) == ("awaiting", [])


def test_plain_markdown_lists_the_same(site):
    text = (site / "en/docket/index.md").read_text("utf-8")
    assert "# The docket\n\n○ Confirmed 2 · △ Conditional 0 · × Refuted 0 · ？ Open 0 · … Awaiting trial 1\n" in text
    assert "## 1 Maths\n\n- **○ Confirmed** A coin is fair. (0.2) [" in text
    assert "](../maths/coin/index.md#verdict-0-2)" in text
    assert 'to be tried in "Dice"' in text
    assert "[On bets](https://example.org/) (a forum)" in text


def test_translations_that_differ_are_not_written(docs, tmp_path):
    write(docs, "coin", 1, COIN)
    known = claims.load(docs / "claims.yml")
    entries = {language: rulings.docket(discover(docs, language), known) for language in LANGUAGES}
    with pytest.raises(ValueError, match="zip"):
        docket.index(known, entries)


def test_the_real_docket_has_every_claim_once():
    known = claims.load()
    articles = discover(DOCS)
    entries = {language: rulings.docket(of_language(articles, language), known) for language in LANGUAGES}
    told = docket.index(known, entries)["claims"]
    assert [claim["id"] for claim in told] == list(known)
    assert {claim["state"] for claim in told} <= set(rulings.STATES)
    assert all(entry.state == other.state for entry, other in zip(*entries.values(), strict=True))
