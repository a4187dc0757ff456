"""What the search reads of a page."""

import re
from types import SimpleNamespace

from kamipen.site import release, search_hook


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
