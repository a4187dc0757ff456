"""Keep figures away from what reads a page for search: thousands of paths to parse, and no word that a reader seeks.

A MkDocs hook, and nothing but speed: a generator that knows no hooks builds the same pages.
"""

import re
from typing import Any

_FIGURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_PLACE = re.compile(r"<!--kp-figure (\d+)-->")
_taken: dict[str, list[str]] = {}


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Take the figures out before plugins read the page."""
    taken = _taken[page.file.src_uri] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[0])
        return f"<!--kp-figure {len(taken) - 1}-->"

    return _FIGURE.sub(take, html)


def on_post_page(output: str, page: Any, **_: Any) -> str:
    """Put them back into the page that is written."""
    taken = _taken.pop(page.file.src_uri, [])
    return _PLACE.sub(lambda found: taken[int(found[1])], output)
