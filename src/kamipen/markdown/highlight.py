"""Python in the colours of the page: coloured once, like a script's output, and kept by its content."""

from hashlib import sha256
from html import escape
from importlib.metadata import version

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.python import PythonLexer

from kamipen import files
from kamipen.article.regions import regions
from kamipen.project import CACHE
from kamipen.texts import Texts

_KEPT = CACHE / "coloured"
_VERSION = version("pygments")


def code(source: str, texts: Texts | None = None) -> str:
    """Return Python with the colours of the page; its text is exactly the source.

    With `texts` its regions are folds, each with its marker as the summary.
    """
    html = _coloured(source)
    if texts:
        html = _folded(html, source, texts)
    return f'<pre class="highlight" tabindex="0"><code>{html}</code></pre>'


def _folded(html: str, source: str, texts: Texts) -> str:
    """Put each region into an element of its own, with the blank lines below it."""
    lines, plain = html.split("\n"), source.split("\n")
    for region in reversed(regions(source)):
        end = region.end + 1
        while end < len(lines) and not plain[end].strip():
            end += 1
        name = texts.get(f"fold.{region.name}", region.name)
        label = escape(texts("cell.fold", name=name, n=region.lines))
        head = f'<summary contenteditable="false" aria-label="{label}">{lines[region.start]}\n</summary>'
        inside = "\n".join(lines[region.start + 1 : end]) + ("\n" if end < len(lines) else "")
        fold = f'<details class="kp-fold" data-name="{escape(name)}">{head}{inside}</details>'
        lines[region.start : end + 1] = [fold + (lines[end] if end < len(lines) else "")]
    return "\n".join(lines)


def _coloured(source: str) -> str:
    """Return the colours of Python: they are found once."""
    kept = _KEPT / f"{sha256(f'{_VERSION} {source}'.encode()).hexdigest()[:24]}.html"
    if not kept.exists():
        html: str = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
        files.write(kept, html.removesuffix("\n").encode())
    return kept.read_bytes().decode()
