"""What a value says of itself in HTML, fit for a page: it runs nothing, and its styles reach nothing around it."""

from __future__ import annotations

import re
from functools import cache

from kamipen.project import CLIENT

_SCRIPT = re.compile(r"<script\b.*?(?:</script\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"""<[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")


def in_page(html: str) -> str:
    """Return the HTML for a page; where it has styles or ids of its own, in a tree of its own.

    `src/client/cell/sanitise.ts` does so with what a run shows.
    """
    tame = _TAG.sub(_without_handlers, _SCRIPT.sub("", html))
    names = any(name.lower() == "id" for tag in _TAG.findall(tame) for name, _ in _ATTRIBUTE.findall(tag))
    if not names and not _STYLE.search(tame):
        return tame
    styles = "".join(_STYLE.findall(tame))
    return (
        '<template shadowrootmode="open" shadowrootclonable>'
        f"<style>{_base()}{styles}</style>{_STYLE.sub('', tame)}</template>"
    )


def in_markdown(html: str) -> str:
    """Return the HTML as it stands in plain Markdown: without what would run or style."""
    return _TAG.sub(_without_handlers, _STYLE.sub("", _SCRIPT.sub("", html)))


def _without_handlers(tag: re.Match[str]) -> str:
    """Drop what would run when something happens: a policy forbids it, and says so each time."""
    return _ATTRIBUTE.sub(lambda one: "" if one[1].lower().startswith("on") else one[0], tag[0])


@cache
def _base() -> str:
    source = (CLIENT / "style/shadow.css").read_text("utf-8")
    return re.sub(r"\s*\n\s*", " ", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)).strip()
