"""The last hand on every page, whichever generator made it: Japanese lines, formulas, the policy."""

import re
from collections.abc import Mapping
from pathlib import Path

from kamipen.project import SITE
from kamipen.site import csp, formulas
from kamipen.site.recorded_states import FOLDER, with_room
from kamipen.site.strips import with_strips

_FIGURE = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_LINK = re.compile(r" href=(?=\")")
_VERBATIM = re.compile(r"(<(pre|script|style|textarea|svg)\b.*?</\2>)", re.DOTALL)
_STYLE = re.compile(
    r'<div class="highlight"><pre><span></span><code>\s*&lt;style&gt;\s*&lt;/style&gt;\s*</code></pre></div>'
)
_WIDE = r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e]"
_BREAK = re.compile(rf"({_WIDE}(?:</[a-z]+>)*)\n((?:<(?:a|b|em|strong|span)\b[^>]*>)*)(?={_WIDE})")


def finish(site: Path, states: Path = SITE / FOLDER) -> int:
    """Finish the pages that the generator left, and return how many there are; `states` holds the recorded ones."""
    written = {path: path.read_text("utf-8") for path in sorted(site.rglob("*.html"))}
    finished = csp.protect(typeset(written, states))
    for path, html in finished.items():
        if html != written[path]:
            path.write_text(html, "utf-8")
    return len(finished)


def typeset(pages: Mapping[Path, str], states: Path = SITE / FOLDER) -> dict[Path, str]:
    """Return pages finished, but for the policy."""
    joined = {path: join_lines(html) if 'lang="ja"' in html[:200] else html for path, html in pages.items()}
    joined = {path: _STYLE.sub("", html) for path, html in joined.items()}  # what notebooks end in
    joined = {path: keep_links(with_strips(with_room(html, states), states)) for path, html in joined.items()}
    return formulas.typeset(joined)


def join_lines(html: str) -> str:
    """Drop the line breaks between Japanese characters, which a browser would show as spaces."""
    pieces = _VERBATIM.split(html)  # text, verbatim, its tag, text, …
    return "".join(
        piece if index % 3 == 1 else _BREAK.sub(r"\1\2", piece) for index, piece in enumerate(pieces) if index % 3 != 2
    )


def keep_links(html: str) -> str:
    """Spell the links of figures so that instant navigation, which assigns to every `href`, leaves them alone."""

    def keep(figure: re.Match[str]) -> str:
        return _LINK.sub(" xlink:href=", figure[0].replace("<a href=", '<a target="_self" xlink:href='))

    return _FIGURE.sub(keep, html)
