"""Build the whole site, and serve it while it is being written."""

import time
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from kamipen.article import history
from kamipen.export import plain
from kamipen.project import ADDRESS, CLIENT, ROOT, SITE
from kamipen.recording import records
from kamipen.runtime import sbom, snapshot, stage
from kamipen.site import (
    bundle,
    feeds,
    formulas,
    generator,
    landing,
    navigation,
    offline_list,
    postprocess,
    practice_index,
    release,
    social_cards,
)
from kamipen.site.generator import STAGING
from kamipen.site.serve import LiveServer

WATCHED = (
    "docs",
    "snippets",
    "src/theme",
    "src/texts",
    *(f"src/client/{room.name}" for room in (CLIENT).iterdir() if room.is_dir() and room.name != "node_modules"),
)
"""Folders in which a saved file means: build again and reload."""


class ServeError(Exception):
    """The site cannot be served; the message says what to do."""


def build() -> None:
    """Write the whole site to `site/`, making only what changed since the last time."""
    with generator.workers() as pool:
        _build(pool)
    print(f"The site is in {SITE.relative_to(ROOT)}/")


def serve(port: int = 8000) -> None:
    """Build, serve at 127.0.0.1, and build again whenever a source changes."""
    with generator.workers() as pool:

        def rebuild() -> None:
            try:
                _build(pool, snapshots=False)
            except Exception as problem:
                if not type(problem).__module__.startswith("kamipen."):
                    raise
                print(f"\n✗ {problem}", flush=True)  # what was built before stays; the next save tries again

        _build(pool)
        generator.warm(pool)
        server = LiveServer(rebuild, SITE, port, ADDRESS)
        for folder in WATCHED:
            server.watch(str(ROOT / folder))
        for source in ("src/client", "."):  # the files of these two, not the folders in them
            server.watch(str(ROOT / source), recursive=False)
        print(f"Serving at http://127.0.0.1:{port}/ja/ and http://127.0.0.1:{port}/en/ (Ctrl+C ends it)", flush=True)
        try:
            server.serve()
        except OSError as problem:
            advice = f"try `make serve PORT={port + 1}`"
            raise ServeError(f"Port {port} cannot be used ({problem.strerror}): {advice}") from None
        except KeyboardInterrupt:
            server.shutdown()


def _build(pool: ProcessPoolExecutor, *, snapshots: bool = True) -> None:
    with _step("Runtime"):
        stage.stage()
    if snapshots:  # who edits the kit would wait for them each time; without a fitting one Python starts plainly
        with _step("Snapshots") as done:
            done.append(_snapshots())
    with _step("Client"):
        version = bundle.build()
    with _step("Recording of the snippets"):
        records.record_all()
    with _step("Pages") as done:
        done += [f"{config.name} updated" for config in navigation.update()]
        days = history.history()
        built = generator.build(pool, days)
        done.append(" and ".join(built) if built else "nothing changed")
    if built:
        with _step("Twins, notebooks, feeds, formulas") as done:
            plain.export_all(STAGING, days)
            feeds.write(STAGING, ADDRESS, days)
            landing.write(STAGING, ADDRESS)
            practice_index.write(STAGING)
            done.append(social_cards.write(STAGING))
            done.append(f"{postprocess.finish(STAGING)} pages")
            formulas.stage(SITE / "formulas")
            (SITE / "runtime" / "sbom.cdx.json").write_text(sbom.cyclonedx(SITE), "utf-8")
            generator.publish(built)
    release.stamp(SITE, version)
    offline_list.write(SITE, version)


def _snapshots() -> str:
    """Make the snapshots; without them everything works, only slower, so a browser that fails stops nothing."""
    try:
        return f"{len(snapshot.build())} files"
    except Exception as problem:
        return f"none, since {str(problem).splitlines()[0]}"


@contextmanager
def _step(name: str) -> Generator[list[str]]:
    """Show that a step began, and how long it took; what it appends is shown behind."""
    print(f"▸ {name} …", end=" ", flush=True)
    start, notes = time.monotonic(), list[str]()
    yield notes
    print(f"{time.monotonic() - start:.1f} s{''.join(f', {note}' for note in notes)}", flush=True)
