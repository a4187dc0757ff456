"""What stands above both languages: the door, the pages for lost links and for no network, the notes for robots."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from kamipen.article.articles import LANGUAGES
from kamipen.project import ROOT
from kamipen.texts import load

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
{head}
<link rel="icon" href="{base}{lang}/assets/mark.svg">
<link rel="stylesheet" href="{base}kamipen/style.css">
<style>
{style}</style>
</head>
<body class="kp-door">
<main>
{body}
</main>
{script}
</body>
</html>
"""

_MARK = """<img src="{base}ja/assets/mark.svg" alt="" width="96" height="96">
"""

_DOOR = """<h1><span lang="ja">紙とペンとPython</span> <span lang="en">Paper, Pen &amp; Python</span></h1>
<nav>
<a href="ja/" lang="ja" hreflang="ja">日本語で読む<small>機械学習の議論に、動くコードで決着を</small></a>
<a href="en/" lang="en" hreflang="en">Read in English<small>Arguments settled by code you run</small></a>
</nav>"""

_CHOOSE = """<script>
const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "ja" || tag === "en")
if (wanted && !location.hash) location.replace(wanted + "/")
</script>"""

_LOST = """<h1><span lang="ja">このページはありません</span> <span lang="en">There is no such page</span></h1>
<p lang="ja">消しゴムで消したか、まだ書いていないか、アドレスの書きまちがいか。</p>
<p lang="en">Rubbed out, not written yet, or the address is misspelt.</p>
<nav>
<a href="{base}ja/" lang="ja" hreflang="ja">日本語の目次へ<small>記事の一覧と検索</small></a>
<a href="{base}en/" lang="en" hreflang="en">To the English contents<small>All articles, and search</small></a>
</nav>"""


_AWAY = """<h1>{title}</h1>
<p>{text}</p>
<nav><a href="">{again}</a></nav>
<h2>{kept}</h2>
<ul><!--kept {lang}--></ul>
<p>{none}</p>
<h2>{other_kept}</h2>
<ul lang="{other}"><!--kept {other}--></ul>"""

_NO_INDEX = '<meta name="robots" content="noindex">'


def write(site: Path, address: str) -> None:
    """Write the pages and files above the languages."""
    alternates = "\n".join(f'<link rel="alternate" hreflang="{name}" href="{address}{name}/">' for name in LANGUAGES)
    door = _page("紙とペンとPython — Paper, Pen &amp; Python", _MARK + _DOOR, head=alternates, script=_CHOOSE)
    # Served for any lost address, however deep: only an absolute path finds the style sheet.
    base = escape(urlsplit(address).path)
    (site / "index.html").write_text(door, "utf-8")
    (site / "404.html").write_text(_page("404 — kamipen", _MARK + _LOST, base=base), "utf-8")
    for language, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        (site / language / "away.html").write_text(_away(language, other, base), "utf-8")
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n", "utf-8")
    (site / ".nojekyll").touch()


def _away(language: str, other: str, base: str) -> str:
    """Return what the service worker shows for a page that is not kept (src/client/offline/fallback.ts)."""
    texts = load(language)
    told = {name: escape(texts(f"away.{name}")) for name in ("title", "text", "again", "kept", "none")}
    body = _AWAY.format(lang=language, other=other, other_kept=escape(texts("away.kept-other")), **told)
    return _page(told["title"], body, base=base, lang=language)


def _page(title: str, body: str, *, lang: str = "ja", base: str = "", head: str = _NO_INDEX, script: str = "") -> str:
    style = (ROOT / "src" / "theme" / "door.css").read_text("utf-8")
    frame = _PAGE.format(title=title, lang=lang, base=base, head=head, body=body, script=script, style=style)
    return frame.replace("{base}", base)
