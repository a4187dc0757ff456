"""What the build adds around the pages: policy, Japanese lines, navigation, feeds, cards."""

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from PIL import Image, ImageFont

from kamipen.article.articles import PARTS, Article
from kamipen.article.plan import plan
from kamipen.markdown import glossary
from kamipen.markdown.contents import entry, rulings
from kamipen.site import csp, feeds, landing, navigation, postprocess, release, search_hook, social_cards

PAGE = Path("page.html")


def article(**changes: object) -> Article:
    facts: dict[str, object] = {
        "path": PAGE,
        "language": "ja",
        "part": "maths",
        "slug": "one-word",
        "title": "【議論】<delve> & 「AI」",
        "date": date(2026, 11, 20),
        "order": 4,
        "level": 800,
        "audience": "practitioner",
    }
    return Article(**(facts | changes))  # type: ignore[arg-type]


def test_policy_names_each_inline_script_and_no_data_block() -> None:
    scripts = '<script>run()</script><script type="application/json">{}</script><script src="a.js"></script>'
    html = f"<html><head></head>{scripts}"
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    assert csp.script_digests(html) == {f"'sha256-{digest}'"}
    protected = csp.protect({PAGE: html})[PAGE]
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'" in protected
    assert "unsafe-inline" not in protected.split("script-src")[1].split(";")[0]


def test_policy_is_the_same_on_all_pages_and_put_in_once() -> None:
    pages = {Path("a"): "<head></head><script>one()</script>", Path("b"): "<head></head><script>two()</script>"}
    once = csp.protect(pages)
    assert csp.protect(once) == once
    assert len({html.split('content="')[1].split('"')[0] for html in once.values()}) == 1


def test_japanese_lines_are_joined_but_never_in_code() -> None:
    html = "<p>行の終わり。\n<strong>次</strong>の行\nand Latin</p><pre>行\n行</pre>"
    assert postprocess.join_lines(html) == "<p>行の終わり。<strong>次</strong>の行\nand Latin</p><pre>行\n行</pre>"


def test_search_reads_the_words_of_an_article_and_none_of_its_buttons() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"))
    html = (
        '<p>前</p><pre class="highlight"><code><span class="k">import</span> <span class="n">numpy</span></code></pre>'
        '<div class="kp-cell__bar" role="group"><button>実行</button></div>'
        '<svg><path d="M0 0"/><text>図</text></svg><p>後</p>'
    )
    read = search_hook.on_page_content(html, page=page)
    assert re.sub(r"<!--.*?-->", "", read) == (
        '<p>前</p><pre class="highlight"><code>import numpy</code></pre><p>後</p>'
    )
    config = SimpleNamespace(extra={"lang": "ja"})
    assert search_hook.on_post_page(f"<body>{read}</body>", page=page, config=config) == f"<body>{html}</body>"


def test_links_in_figures_are_left_alone_by_instant_navigation() -> None:
    html = '<a href="x/">x</a><svg><use href="#m"/><a href="y/">y</a></svg>'
    kept = postprocess.keep_links(html)
    assert kept == ('<a href="x/">x</a><svg><use xlink:href="#m"/><a target="_self" xlink:href="y/">y</a></svg>')
    assert postprocess.keep_links(kept) == kept


def test_navigation_names_every_article() -> None:
    assert navigation.update() == [], "run `kamipen build`, which writes the articles into mkdocs.yml and mkdocs.en.yml"


def test_plan_is_a_road_without_gaps() -> None:
    parts = plan()["parts"]
    assert tuple(part["id"] for part in parts) == PARTS
    orders = [planned["order"] for part in parts for planned in part["articles"].values()]
    assert orders == list(range(1, len(orders) + 1))


def test_rulings_are_read_from_the_verdicts() -> None:
    text = "/// verdict | 反証\nx\n///\n\n/// verdict | 確認\nx\n///\n\n/// verdict | 反証\nx\n///\n"
    assert rulings(article(text=text)) == ["反証", "確認"]


def test_a_draft_announces_no_ruling_in_the_contents() -> None:
    for draft, facts in ((True, "下書き"), (False, "難しさ 800 × 反証")):
        item = ET.Element("li")
        entry(item, article(draft=draft, text="/// verdict | 反証\nx\n///\n"), "題", "ja")
        assert "".join(item.find("small").itertext()) == facts  # type: ignore[union-attr]


def test_glossary_is_complete_in_both_languages() -> None:
    terms = glossary.terms()
    assert all(set(term) == {"ja", "yomi", "en", "ja_note", "en_note"} and all(term.values()) for term in terms)
    for language in ("ja", "en"):
        names = [term[language] for term in terms]
        assert len(set(names)) == len(names)


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


def test_card_breaks_titles_where_japanese_may_break() -> None:
    face = ImageFont.load_default(40)
    lines = social_cards.wrap("a「bc」、def ghi jkl", face, 120)
    assert "".join(lines).replace(" ", "") == "a「bc」、defghijkl"
    assert not any(line[0] in "」、" for line in lines)
    assert all(word in " ".join(lines) for word in ("def", "ghi", "jkl"))


def test_no_line_of_a_card_is_left_with_a_single_character() -> None:
    face = ImageFont.load_default(40)
    assert social_cards.wrap("aa bb cc dd e", face, int(face.getlength("aa bb cc dd"))) == ["aa bb cc dd", "e"]
    assert social_cards.balanced("aa bb cc dd e", face, int(face.getlength("aa bb cc dd"))) == ["aa bb", "cc dd e"]


def test_card_without_a_japanese_font_is_the_mark_alone() -> None:
    card = social_cards.draw("ja", "題", None)
    assert card.size == social_cards.SIZE
    colours = {colour for _, colour in card.getcolors(1 << 20) or []}
    assert Image.new("RGB", (1, 1), social_cards.RED).getpixel((0, 0)) in colours
    assert social_cards.draw("en", "Title", None).tobytes() != social_cards.draw("en", "Other", None).tobytes()


def test_the_search_worker_stands_before_the_themes_and_carries_its_release() -> None:
    theme = "assets/javascripts/workers/search.0123abcd.min.js"
    page, config = SimpleNamespace(file=SimpleNamespace(src_uri="a.md")), SimpleNamespace(extra={"lang": "ja"})
    html = search_hook.on_post_page(f'{{"base": "../..", "search": "../../{theme}"}}', page=page, config=config)
    assert html == f'{{"base": "../..", "search": "../../../kamipen/search.js#ja/{theme}"}}'
    assert release.stamped(html, "ff00") == html.replace("search.js", "search.js?ff00")
    assert release.stamped(release.stamped(html, "ff00"), "ff01") == html.replace("search.js", "search.js?ff01")


def test_cells_of_a_table_are_words_of_their_own() -> None:
    page = SimpleNamespace(file=SimpleNamespace(src_uri="a.md"))
    read = search_hook.on_page_content("<tr><th>損失</th><td>loss</td></tr>", page=page)
    assert read == "<tr><th>損失</th>\n<td>loss</td></tr>"


def test_each_language_has_a_page_for_readers_without_a_network(tmp_path: Path) -> None:
    for language in ("ja", "en"):
        (tmp_path / language).mkdir()
    landing.write(tmp_path, "https://example.org/site/")
    for language, other in (("ja", "en"), ("en", "ja")):
        away = (tmp_path / language / "away.html").read_text("utf-8")
        assert f'<html lang="{language}">' in away
        assert f"<!--kept {language}-->" in away
        assert f"<!--kept {other}-->" in away
        assert 'href="/site/kamipen/style.css"' in away, "it is served at any depth"
        assert "{" not in away.partition("<body")[2]
