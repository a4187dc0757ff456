"""What the search reads of a page."""

import re
from types import SimpleNamespace

from kamipen.site import search_hook


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
    assert search_hook.on_post_page(f"<body>{read}</body>", page=page) == f"<body>{html}</body>"
