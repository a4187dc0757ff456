"""The Atom feed, and what is announced at all."""

import xml.etree.ElementTree as ET
from datetime import date

from kamipen.site import feeds
from tests.kamipen.article.sample import article


def test_feed_is_atom_with_absolute_addresses() -> None:
    articles = (article(text="【a】の[b](c.md) **d** [1]。\n\ne"), article(slug="two", date=date(2026, 12, 1)))
    feed = ET.fromstring(
        feeds.atom(articles, "ja", "https://a.example/k/", {"snippets/one_word.py": date(2026, 12, 3)})
    )
    atom = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == [
        "https://a.example/k/ja/maths/two/",
        "https://a.example/k/ja/maths/one-word/",
    ]
    assert [entry.findtext(f"{atom}published") for entry in entries] == ["2026-12-01T00:00:00Z", "2026-11-20T00:00:00Z"]
    assert [entry.findtext(f"{atom}updated") for entry in entries] == ["2026-12-01T00:00:00Z", "2026-12-03T00:00:00Z"]
    assert feed.findtext(f"{atom}updated") == "2026-12-03T00:00:00Z"
    assert entries[1].findtext(f"{atom}summary") == "【a】のb d。"


def test_drafts_are_announced_nowhere() -> None:
    assert feeds.finished((article(draft=True), article(slug="two"))) == (article(slug="two"),)


def test_machines_are_told_of_refreshers_apart_from_articles() -> None:
    everything = {"ja": (article(), article(slug="log", part="refreshers", title="対数")), "en": ()}
    text = feeds.llms_text(everything, "https://a.example/k/")
    assert "## 三分の復習\n\n- [対数](https://a.example/k/ja/refreshers/log/index.md)\n" in text
    assert text.index("/maths/one-word/") < text.index("## 三分の復習")
    assert "refreshers in English" not in text
