"""MkDocs' reloading server for our site: at another address than it is made for, and with what is wrong in the browser.

While there is a notice, such as the errors of the last build, every page shows it instead, until it is mended; what was
built before stays behind `?built`.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from html import escape
from pathlib import Path
from time import monotonic_ns
from typing import Any, override
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from kamipen.browser.pages_server import moved
from kamipen.errors import SourceError
from kamipen.site import recorded_states
from kamipen.site.csp import digest

BUILDING = {"ja": "サイトを組み立てています…", "en": "The site is being built …"}
BROKEN = {"ja": "このままでは組み立てられません", "en": "The site cannot be built as it stands"}
MENDED = {
    "ja": "直して保存すると、このページは自動で元に戻ります。",
    "en": "Mend it and save: this page comes back by itself.",
}
BUILT = {"ja": "前に組み立てたページを見る", "en": "See the page as it was built last"}
LOOKING = 0.2
"""Seconds between two looks at what was saved: some hundredths of a processor's time."""

_STYLE = """:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif }
body { max-width: 60rem; margin: 3rem auto; padding: 0 1rem }
pre { padding: 1rem; overflow-x: auto; white-space: pre-wrap; border-left: .3rem solid #c0202b; background: #8882 }
a { display: inline-block; min-height: 44px }"""


class LiveServer(LiveReloadServer):
    """A reloading server whose port is taken before anything is built."""

    def __init__(self, site: Path, port: int, address: str) -> None:
        super().__init__(lambda: None, host="127.0.0.1", port=port, root=str(site), polling_interval=LOOKING)
        self.site, self.address = site, address
        self.error_handler = self._error_page
        self.building = False
        self.problem = ""

    def open(self) -> None:
        """Take the port, and answer from now on; an OSError says why not."""
        self.server_bind()
        self.server_activate()
        self.serve_thread.start()

    @property
    def ended(self) -> bool:
        """Whether the server was shut down."""
        return self._shutdown

    def saved(self, within: float | None = None) -> bool:
        """Wait until a file is saved, and those saved with it are, too; False if none is within so many seconds."""
        with self._rebuild_cond:
            if self._rebuild_cond.wait_for(lambda: self._want_rebuild or self._shutdown, within) and not self._shutdown:
                while self._rebuild_cond.wait(timeout=self.build_delay):
                    pass
                self._want_rebuild = False
                return True
        return False

    @contextmanager
    def holding(self) -> Generator[None]:
        """Let who asks for a page wait for what is being built, then have the browsers ask for theirs anew."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch + 1
        try:
            yield
        finally:
            self.reload()

    def reload(self) -> None:
        """Have the browsers ask for their page anew."""
        with self._epoch_cond:
            self._wanted_epoch = self._visible_epoch = max(self._visible_epoch + 1, monotonic_ns() // 1_000_000)
            self._epoch_cond.notify_all()

    def _error_page(self, code: int) -> bytes | None:
        page = self.site / f"{code}.html"
        base = urlsplit(self.address).path
        return page.read_bytes().replace(f'"{base}'.encode(), b'"/') if page.exists() else None

    @override
    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"]
        folder, _, name = path.lstrip("/").partition("/")
        if folder == recorded_states.FOLDER:
            self._record(name)
        if path.endswith(("/", ".html")) and environ.get("QUERY_STRING") != "built":
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
                epoch = self._visible_epoch
            if self.building or self.problem:
                page = notice(path, self.problem, built=(self.site / path.lstrip("/") / "index.html").exists())
                start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
                return [self._inject_js_into_html(page.encode(), epoch)]
        sitemap = self.site / path.lstrip("/")
        if sitemap.name != "sitemap.xml" or not sitemap.is_file():
            return super()._serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/xml")])
        return [moved(sitemap.read_bytes(), f"http://{environ['HTTP_HOST']}/")]

    def _record(self, name: str) -> None:
        """Record the states that a page asks for: neither pages nor who has saved a script wait for them."""
        try:
            recorded_states.provide(self.site, name)
        except SourceError as problem:
            print(f"\n✗ {problem}", flush=True)

    @override
    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add the reloading script, and admit it in the page's policy."""
        page: bytes = super()._inject_js_into_html(content, epoch)
        reloading = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)[-1].decode()
        return page.replace(b"script-src ", f"script-src {digest(reloading)} ".encode(), 1)


def notice(path: str, problem: str, *, built: bool) -> str:
    """Return the page that stands in for another: that the site is being built, or what is wrong with it."""
    language = "en" if path.startswith("/en/") else "ja"
    title = (BROKEN if problem else BUILDING)[language]
    parts = [f"<h1>{title}</h1>"]
    if problem:
        parts += [f"<pre>{escape(problem)}</pre>", f"<p>{MENDED[language]}</p>"]
        parts += [f'<p><a href="?built">{BUILT[language]}</a></p>'] if built else []
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = "".join(parts)
    return (
        f'<!doctype html><html lang="{language}"><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>'
    )
