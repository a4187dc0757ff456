"""Python in the colours of the page: coloured once, like a script's output, and kept by its content."""

from hashlib import sha256
from importlib.metadata import version

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers.python import PythonLexer

from kamipen import files
from kamipen.project import CACHE

_KEPT = CACHE / "coloured"
_VERSION = version("pygments")


def code(source: str) -> str:
    """Return Python with the colours of the page; its text is exactly the source."""
    kept = _KEPT / f"{sha256(f'{_VERSION} {source}'.encode()).hexdigest()[:24]}.html"
    if not kept.exists():
        html: str = highlight(source, PythonLexer(stripnl=False, ensurenl=False), HtmlFormatter(nowrap=True))
        files.write(kept, html.removesuffix("\n").encode())
    return f'<pre class="highlight" tabindex="0"><code>{kept.read_bytes().decode()}</code></pre>'
