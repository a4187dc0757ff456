"""Serve a built site as GitHub Pages would: its prefix, types, compression and caching, and no header that it lacks."""

import gzip
import mimetypes
import re
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gz": "application/gzip",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "application/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
MAX_AGE = 600
COMPRESSED = ("text/", "application/javascript", "application/json", "application/wasm", "application/xml", "image/svg")


class PagesServer(ThreadingHTTPServer):
    """A server of one folder; `site` and `headers` may be changed while it runs."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Path, port: int = 0, prefix: str = "/kamipen/") -> None:
        """Stand ready at `address`; port 0 takes a free one."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.site = site
        self.prefix = prefix
        self.headers: Mapping[str, str] = {}
        self.address = f"http://127.0.0.1:{self.server_address[1]}{prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a reader who left before the end."""


@contextmanager
def serving(site: Path, port: int = 0, prefix: str = "/kamipen/") -> Generator[PagesServer]:
    """Serve `site` in a thread of its own, until the block ends."""
    server = PagesServer(site, port, prefix)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: PagesServer  # pyright: ignore[reportIncompatibleVariableOverride]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, the folder's page, a redirection to it, or the site's own 404 page."""
        path = unquote(urlsplit(self.path).path)
        target = self._target(path)
        if target is None:
            self._file(self.server.site / "404.html", HTTPStatus.NOT_FOUND)
        elif target.is_dir():
            self._empty(HTTPStatus.MOVED_PERMANENTLY, {"Location": urlsplit(self.path).path + "/"})
        elif self._is_known(target):
            self._empty(HTTPStatus.NOT_MODIFIED, self._validity(target))
        else:
            self._file(target, HTTPStatus.OK)

    do_HEAD = do_GET  # noqa: N815 (http.server's name)

    def _target(self, path: str) -> Path | None:
        """Return the file of this path, or the folder that lacks its slash, or None."""
        if not path.startswith(self.server.prefix) or ".." in path.split("/"):
            return None
        target = self.server.site / path.removeprefix(self.server.prefix)
        if path.endswith("/"):
            target /= "index.html"
        return target if target.exists() else None

    def _is_known(self, target: Path) -> bool:
        tags = self.headers.get("If-None-Match")
        if tags is not None:  # which then decides alone
            return _tag(target) in tags
        since = self.headers.get("If-Modified-Since")
        return since is not None and int(target.stat().st_mtime) <= parsedate_to_datetime(since).timestamp()

    def _validity(self, path: Path) -> dict[str, str]:
        return {
            "Cache-Control": f"max-age={MAX_AGE}",
            "ETag": _tag(path),
            "Expires": formatdate(time.time() + MAX_AGE, usegmt=True),
            "Last-Modified": formatdate(path.stat().st_mtime, usegmt=True),
            "Vary": "Accept-Encoding",
        }

    def _file(self, path: Path, status: HTTPStatus) -> None:
        if not path.exists():
            return self._empty(status, {})
        media = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        headers = {"Content-Type": media, **self._validity(path)}
        if path.name == "sitemap.xml":
            body = moved(path.read_bytes(), self.server.address)
        elif media.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _compressed(path, path.stat().st_mtime_ns)
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{headers['ETag']}"}  # other bytes, same content
        else:
            body = path.read_bytes()
            headers["Accept-Ranges"] = "bytes"
            if status == HTTPStatus.OK and (part := _range(self.headers.get("Range", ""), len(body))):
                status = HTTPStatus.PARTIAL_CONTENT
                headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{len(body)}"
                body = body[part.start : part.stop]
        self._head(status, headers | {"Content-Length": str(len(body))})
        if self.command == "GET":
            self.wfile.write(body)
        return None

    def _empty(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self._head(status, {**headers, "Content-Length": "0"})

    def _head(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Access-Control-Allow-Origin": "*", **headers, **self.server.headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's name)
        """Keep the terminal for the tests."""


def _tag(path: Path) -> str:
    status = path.stat()
    return f'"{int(status.st_mtime):x}-{status.st_size:x}"'


def _range(wanted: str, size: int) -> range | None:
    """Return the bytes that a request for one part of a file means, or None for the whole."""
    found = re.fullmatch(r"bytes=(\d*)-(\d*)", wanted)
    if not found or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    part = range(int(first), min(int(last or size), size - 1) + 1) if first else range(max(0, size - int(last)), size)
    return part or None


def moved(sitemap: bytes, address: str) -> bytes:
    """Return a sitemap as if built for this address: instant navigation follows only links that it names."""
    return re.sub(rb"(?<=<loc>)[^<]*?/(?=(?:ja|en)/)", address.encode(), sitemap)


@lru_cache(maxsize=512)
def _compressed(path: Path, _modified: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)
