"""The server that authors see: the finished site, reloaded when a source changes."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, override
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from kamipen.browser.pages_server import moved
from kamipen.site.csp import digest


class LiveServer(LiveReloadServer):
    """MkDocs' reloading server for the site as it will be published, at another address."""

    def __init__(self, builder: Callable[[], None], site: Path, port: int, address: str) -> None:
        super().__init__(builder, host="127.0.0.1", port=port, root=str(site))
        self.site, self.address = site, address
        self.error_handler = self._error_page

    def _error_page(self, code: int) -> bytes | None:
        page = self.site / f"{code}.html"
        base = urlsplit(self.address).path
        return page.read_bytes().replace(f'"{base}'.encode(), b'"/') if page.exists() else None

    @override
    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        sitemap = self.site / environ["PATH_INFO"].lstrip("/")
        if sitemap.name != "sitemap.xml" or not sitemap.is_file():
            return super()._serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/xml")])
        return [moved(sitemap.read_bytes(), f"http://{environ['HTTP_HOST']}/")]

    @override
    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """Add the reloading script, and admit it in the page's policy."""
        page: bytes = super()._inject_js_into_html(content, epoch)
        reloading = re.findall(rb"<script>(.*?)</script>", page, re.DOTALL)[-1].decode()
        return page.replace(b"script-src ", f"script-src {digest(reloading)} ".encode(), 1)
