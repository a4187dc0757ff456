"""Two servers beside an attack: a foreign one within anybody's reach, and the site's own, noting what it is asked."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from kamipen.browser.pages_server import PagesServer


class Foreign(ThreadingHTTPServer):
    """Another origin, which lets everybody read what it says."""

    daemon_threads = True

    def __init__(self) -> None:
        """Stand ready at `address`."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Note a connection, whatever it speaks."""
        self.asked.append("a connection")
        super().process_request(request, client_address)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of who leaves early."""


class _Handler(BaseHTTPRequestHandler):
    server: Foreign  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        body = b"export const x = globalThis.attacked = 1" if self.path.endswith(".js") else b"x"
        self.send_response(200)
        kind = "text/javascript" if self.path.endswith(".js") else "text/plain"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        for name in ("Origin", "Headers", "Methods"):
            self.send_header(f"Access-Control-Allow-{name}", "*")
        self.send_header("Cross-Origin-Resource-Policy", "cross-origin")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_OPTIONS = do_HEAD = do_GET  # noqa: N815 (http.server's names)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's name)
        """Keep the terminal for the tests."""


@contextmanager
def foreign() -> Generator[Foreign]:
    """Run the other origin's server until the block ends."""
    server = Foreign()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def noting(server: PagesServer) -> Generator[list[str]]:
    """Note every request to the site until the block ends."""
    asked: list[str] = []
    base: Any = server.RequestHandlerClass

    class Handler(base):
        def parse_request(self) -> bool:
            parsed = super().parse_request()
            asked.append(f"{self.command} {self.path}" if parsed else "a connection")
            return parsed

    server.RequestHandlerClass = Handler
    try:
        yield asked
    finally:
        server.RequestHandlerClass = base
