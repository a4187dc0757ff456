"""The server that authors see: the finished site, built again and reloaded when a source changes."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kamipen.project import ADDRESS, CLIENT, DOCS, ROOT, SITE, SNIPPETS
from kamipen.site import build, generator
from kamipen.site.live_server import LiveServer

OF_OTHERS = ("node_modules",)
"""Folders beside the client's rooms in which nothing of ours is saved."""


class ServeError(Exception):
    """The site cannot be served; the message says what to do."""


def serve(port: int = 8000) -> None:
    """Serve at 127.0.0.1, and build now and whenever a source changes; what cannot be built is shown in the browser."""
    with generator.workers() as pool:
        server = LiveServer(lambda: build_for(server, pool), SITE, port, ADDRESS)
        try:
            server.open()
        except OSError as problem:
            server.server_close()
            advice = f"try `make serve PORT={port + 1}`"
            raise ServeError(f"Port {port} cannot be used ({problem.strerror}): {advice}") from None
        print(f"Serving at http://127.0.0.1:{port}/ja/ and http://127.0.0.1:{port}/en/ (Ctrl+C ends it)", flush=True)
        try:
            watch(server)
            server.observer.start()
            server.building = True
            build_for(server, pool, first=True)
            server.reload()
            generator.warm(pool)
            server.serve()
        except KeyboardInterrupt:
            server.shutdown()


def build_for(server: LiveServer, pool: ProcessPoolExecutor, *, first: bool = False) -> None:
    """Build, and have the server tell in place of its pages what is wrong, until it is mended."""
    try:
        build.run(pool, snapshots=first, states=False)
        server.problem = ""
    except Exception as problem:
        if not type(problem).__module__.startswith("kamipen."):
            traceback.print_exc()
        server.problem = str(problem) or type(problem).__name__
        print(f"\n✗ {problem}", flush=True)  # what was built before stays; the next save tries again
    finally:
        server.building = False
        watch(server)  # a room of the client may be new


def watch(server: LiveServer) -> None:
    """Have a saved file mean: build again and reload."""
    for folder in watched():
        server.watch(str(folder))
    for folder in (CLIENT, ROOT):  # their files, not the folders in them
        server.watch(str(folder), recursive=False)


def watched(client: Path = CLIENT) -> Iterator[Path]:
    """Yield the folders whose files, at any depth, make the site: all rooms of the client among them."""
    yield from (DOCS, SNIPPETS, ROOT / "src/theme", ROOT / "src/texts")
    yield from (room for room in sorted(client.iterdir()) if room.is_dir() and room.name not in OF_OTHERS)
