"""Keep away from what reads a page for search what says nothing there, and have the index asked as Japanese needs it.

A MkDocs hook. Figures, buttons and the colours of code say nothing; the cells of a table are not one word. A generator
that knows no hooks builds the same pages, later, and its search finds words of buttons.
"""

import re
from typing import Any

_BUTTONS = r'<(?P<tag>div|label|p) class="kp-(?:cell__bar|controls|exercise__locked|predict__(?:buttons|keys|number))"'
_TAKEN = re.compile(rf"(?P<figure><svg\b.*?</svg>)|(?P<buttons>{_BUTTONS}.*?</(?P=tag)>)|<pre\b.*?</pre>", re.DOTALL)
_COLOUR = re.compile(r"</?(?:span|details|summary)\b[^>]*>")
_CELLS = re.compile(r"(?<=</t[dh]>)(?=<t[dh]\b)")
_WORKER = re.compile(r'(?<="search": ")(?P<base>[^"]*)(?P<path>assets/javascripts/workers/search\.\w+\.min\.js)(?=")')
_PLACE = re.compile(r"<!--kp-taken (\d+)-->.*?<!--/kp-taken-->", re.DOTALL)
_taken: dict[str, list[str]] = {}


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Take it out before plugins read the page; of code its text remains."""
    taken = _taken[page.file.src_uri] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[0])
        text = "" if found["figure"] or found["buttons"] else _COLOUR.sub("", found[0])
        return f"<!--kp-taken {len(taken) - 1}-->{text}<!--/kp-taken-->"

    return _CELLS.sub("\n", _TAKEN.sub(take, html))


def on_post_page(output: str, page: Any, config: Any, **_: Any) -> str:
    """Put it back into the page that is written."""
    taken = _taken.pop(page.file.src_uri, [])
    return _with_worker(_PLACE.sub(lambda found: taken[int(found[1])], output), config)


def on_post_template(output_content: str, config: Any, **_: Any) -> str:
    """The page for lost links has a search field, too."""
    return _with_worker(output_content, config)


def _with_worker(html: str, config: Any) -> str:
    """Put the client's search worker before the theme's, which it brings along (src/client/search/worker.ts)."""
    return _WORKER.sub(rf"\g<base>../kamipen/search.js#{config.extra['lang']}/\g<path>", html)
