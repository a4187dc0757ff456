"""The server that authors see: the finished site, built again and reloaded when a source changes."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, override
from urllib.parse import urlsplit

from mkdocs.livereload import LiveReloadServer

from kamipen.browser.pages_server import moved
from kamipen.errors import SourceError
from kamipen.project import ADDRESS, CLIENT, DOCS, ROOT, SITE, SNIPPETS
from kamipen.site import build, generator, recorded_states
from kamipen.site.csp import digest

OF_OTHERS = ("node_modules",)
"""Folders beside the client's rooms in which nothing of ours is saved."""


class ServeError(Exception):
    """The site cannot be served; the message says what to do."""


def serve(port: int = 8000) -> None:
    """Build, serve at 127.0.0.1, and build again whenever a source changes."""
    with generator.workers() as pool:

        def rebuild() -> None:
            try:
                build.run(pool, snapshots=False, states=False)
            except Exception as problem:
                if not type(problem).__module__.startswith("kamipen."):
                    raise
                print(f"\n✗ {problem}", flush=True)  # what was built before stays; the next save tries again
            watch(server)  # a room of the client may be new

        build.run(pool, states=False)
        generator.warm(pool)
        server = LiveServer(rebuild, SITE, port, ADDRESS)
        watch(server)
        print(f"Serving at http://127.0.0.1:{port}/ja/ and http://127.0.0.1:{port}/en/ (Ctrl+C ends it)", flush=True)
        try:
            server.serve()
        except OSError as problem:
            advice = f"try `make serve PORT={port + 1}`"
            raise ServeError(f"Port {port} cannot be used ({problem.strerror}): {advice}") from None
        except KeyboardInterrupt:
            server.shutdown()


def watch(server: LiveReloadServer) -> None:
    """Have a saved file mean: build again and reload."""
    for folder in watched():
        server.watch(str(folder))
    for folder in (CLIENT, ROOT):  # their files, not the folders in them
        server.watch(str(folder), recursive=False)


def watched(client: Path = CLIENT) -> Iterator[Path]:
    """Yield the folders whose files, at any depth, make the site: all rooms of the client among them."""
    yield from (DOCS, SNIPPETS, ROOT / "src/theme", ROOT / "src/texts")
    yield from (room for room in sorted(client.iterdir()) if room.is_dir() and room.name not in OF_OTHERS)


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
        folder, _, name = environ["PATH_INFO"].lstrip("/").partition("/")
        if folder == recorded_states.FOLDER:
            self._record(name)
        sitemap = self.site / environ["PATH_INFO"].lstrip("/")
        if sitemap.name != "sitemap.xml" or not sitemap.is_file():
            return super()._serve_request(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/xml")])
        return [moved(sitemap.read_bytes(), f"http://{environ['HTTP_HOST']}/")]

    def _record(self, name: str) -> None:
        """Record the states that a page asks for: pages do not wait for them, and nor does who has saved a script."""
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
