"""The server that authors see: the finished site, built again and reloaded when a source changes.

A saved page or script is shown first, by itself; the whole site follows when nothing is saved for a while.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

from kamipen.article.scripts import Scripts
from kamipen.project import ADDRESS, CLIENT, DOCS, LANGUAGES, ROOT, SITE, SNIPPETS
from kamipen.recording.records import Records
from kamipen.site import build, generator, quick
from kamipen.site.generator import Workers
from kamipen.site.live_server import LiveServer

OF_OTHERS = ("node_modules",)
"""Folders beside the client's rooms in which nothing of ours is saved."""

PAUSE = 2.0
"""Seconds without a save until the whole site is built: who saves in the midst of that waits for it."""

PASSING = ("~", ".pyc", ".tmp", "___jb_tmp___", "___jb_old___")
"""What the names of files end in that are no sources; nor are those that begin with a dot."""

Sources = Mapping[Path, tuple[int, int]]
"""Each source with what tells that it changed: when it was saved, and its size."""


class ServeError(Exception):
    """The site cannot be served; the message says what to do."""


def serve(port: int = 8000) -> None:
    """Serve at 127.0.0.1, and build now and whenever a source changes; what cannot be built is shown in the browser."""
    with generator.Workers() as workers:
        server = LiveServer(SITE, port, ADDRESS)
        server.building = True
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
            follow(server, Builder(server, workers))
        except KeyboardInterrupt:
            server.shutdown()


def follow(server: LiveServer, builder: "Builder") -> None:
    """Build now, and after each save, until the server is shut down."""
    builder.build_all(snapshots=True)
    server.reload()
    while not server.ended:
        if server.saved(within=PAUSE if builder.is_behind else None):
            with server.holding():
                builder.build_saved()
        elif builder.is_behind and builder.build_all():
            server.reload()


class Builder:
    """Builds for a server, which tells in place of its pages what is wrong, until it is mended."""

    def __init__(self, server: LiveServer, workers: Workers) -> None:
        self.server, self.workers = server, workers
        self.records = Records(Scripts(SNIPPETS))
        self.release = ""
        self.built: Sources = {}
        self.is_behind = False
        """Whether a page was shown of which the others do not know yet."""

    def build_all(self, *, snapshots: bool = False) -> bool:
        """Build the whole site; tell whether any page, or what is wrong, became another."""
        before, now = (self.server.problem, _pages()), sources()
        if self._tried(lambda: self._build(self._changed(now), snapshots)):
            self.built = now
        self.is_behind = self.server.building = False
        watch(self.server)  # a room of the client may be new
        return before != (self.server.problem, _pages())

    def build_saved(self) -> None:
        """Show the pages that were saved, or whose scripts were, since all was built; build all if it takes that."""
        start, now = time.monotonic(), sources()

        def update() -> None:
            if now.keys() != self.built.keys():
                raise quick.NotAlone
            shown = quick.update(self.workers, self._changed(now), self.records)
            print(f"▸ {', '.join(map(str, shown))} … {time.monotonic() - start:.1f} s", flush=True)

        try:
            self._tried(update)
            self.is_behind = True
        except quick.NotAlone:
            self.build_all()

    def _build(self, changed: Collection[Path], snapshots: bool) -> None:
        """Build what these files make: the client, too, unless all are articles and scripts."""
        if self.release and all(path.is_relative_to(DOCS) or quick.is_script(path) for path in changed):
            build.pages(self.workers, self.release, author=True)
        else:
            self.release = ""
            self.release = build.run(self.workers, snapshots=snapshots, author=True)

    def _changed(self, now: Sources) -> set[Path]:
        """Return the files that changed since all was built, those that are new or gone among them."""
        return {path for path, _ in now.items() ^ self.built.items()}

    def _tried(self, work: Callable[[], object]) -> bool:
        """Do some work and have the server tell what is wrong; what was built before stays."""
        try:
            work()
        except quick.NotAlone:
            raise
        except Exception as problem:
            if not type(problem).__module__.startswith("kamipen."):
                traceback.print_exc()
            self.server.problem = str(problem) or type(problem).__name__
            print(f"\n✗ {problem}", flush=True)
            return False
        self.server.problem = ""
        return True


def sources() -> Sources:
    """Return all files that are watched, but for those that editors and Python leave beside them."""
    found: dict[Path, tuple[int, int]] = {}
    for path in _watched_files():
        hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        if not hidden and not path.name.endswith(PASSING):
            with suppress(FileNotFoundError):  # an editor's, and gone already
                stat = path.stat()
                found |= {path: (stat.st_mtime_ns, stat.st_size)} if S_ISREG(stat.st_mode) else {}
    return found


def _watched_files() -> Iterator[Path]:
    for folder in watched():
        yield from folder.rglob("*")
    for folder in (CLIENT, ROOT):
        yield from folder.iterdir()


def _pages() -> dict[Path, int]:
    """Return what tells the pages of the site from those before."""
    return {path: crc32(path.read_bytes()) for language in LANGUAGES for path in (SITE / language).rglob("*.html")}


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
