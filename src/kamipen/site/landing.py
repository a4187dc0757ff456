"""What stands above both languages: the door, the page for lost links, the notes for robots."""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from kamipen.project import LANGUAGES, ROOT

_PAGE = """<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
{head}
<link rel="icon" href="{base}ja/assets/mark.svg">
<link rel="stylesheet" href="{base}kamipen/style.css">
<style>
{style}</style>
</head>
<body class="kp-door">
<main>
<img src="{base}ja/assets/mark.svg" alt="" width="96" height="96">
{body}
</main>
{script}
</body>
</html>
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


def write(site: Path, address: str) -> None:
    """Write the pages and files above the languages."""
    style = (ROOT / "src" / "theme" / "door.css").read_text("utf-8")
    alternates = "\n".join(f'<link rel="alternate" hreflang="{name}" href="{address}{name}/">' for name in LANGUAGES)
    door = _PAGE.format(
        title="紙とペンとPython — Paper, Pen &amp; Python",
        head=alternates,
        base="",
        body=_DOOR,
        script=_CHOOSE,
        style=style,
    )
    # Served for any lost address, however deep: only an absolute path finds the style sheet.
    base = escape(urlsplit(address).path)
    lost = _PAGE.format(
        title="404 — kamipen",
        head='<meta name="robots" content="noindex">',
        base=base,
        body=_LOST.format(base=base),
        script="",
        style=style,
    )
    (site / "index.html").write_text(door, "utf-8")
    (site / "404.html").write_text(lost, "utf-8")
    (site / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\n", "utf-8")
    (site / ".nojekyll").touch()
