"""Build the whole site: from scripts and articles to finished pages, as the page "How it works" draws it."""

import time
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from kamipen.article import history
from kamipen.article.articles import Article, discover
from kamipen.article.history import Days
from kamipen.article.scripts import Scripts
from kamipen.export import docket, export_all
from kamipen.project import ADDRESS, DOCS, ROOT, SITE, SNIPPETS
from kamipen.recording.prose_values import with_values
from kamipen.recording.records import Records, record_all
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
    recorded_states,
    release,
    social_cards,
)
from kamipen.site.generator import STAGING, Workers


def build() -> None:
    """Write the whole site to `site/`, making only what changed since the last time."""
    with generator.Workers() as workers:
        run(workers)
    print(f"The site is in {SITE.relative_to(ROOT)}/")


def run(workers: Workers, *, snapshots: bool = True, author: bool = False) -> str:
    """Build, step by step; return the release. With `snapshots` false, those that stand are left as they are.

    Who edits the kit would wait for new snapshots each time, and without a fitting one Python starts all the same.
    An `author` looks on: see `pages`.
    """
    with _step("Runtime"):
        stage.stage()
    if snapshots:
        with _step("Snapshots") as notes:
            notes.append(_snapshots())
    with _step("Client"):
        version = bundle.build()
    pages(workers, version, author=author)
    offline_list.write(SITE, version)
    return version


def pages(workers: Workers, version: str, *, author: bool = False) -> None:
    """Build all that is made of articles and scripts, for the release of the client that stands in the site.

    For an `author` who looks on, pages come without the states that are not recorded yet, which are when a page asks
    for them, and what is saved next finds all pages read.
    """
    with _step("Recording of the snippets"):
        record_all()
    with _step("Pages") as notes:
        records = Records(Scripts(SNIPPETS))
        articles, days = [with_values(article, records) for article in discover(DOCS)], history.last_changes()
        notes += [f"{config.name} updated" for config in navigation.update(articles)]
        built = generator.build(workers, articles, days, ahead=author)
        notes.append(" and ".join(built) if built else "nothing changed")
    if not author:
        with _step("Recorded states") as notes:
            notes.append(f"{recorded_states.write(SITE)} cells")
    if built:
        with _step("Plain Markdown, notebooks, feeds, cards") as notes:
            notes.append(_other_forms(articles, days))
        with _step("Formulas and policy") as notes:
            notes.append(_finish())
            generator.publish(built)
    release.stamp(SITE, version)


def _snapshots() -> str:
    """Make the snapshots; without them everything works, only slower, so a browser that fails stops nothing."""
    try:
        return f"{len(snapshot.build())} files"
    except Exception as problem:
        return f"none, since {str(problem).splitlines()[0]}"


def _other_forms(articles: Sequence[Article], days: Days) -> str:
    """Write what stands beside the pages, and above both languages."""
    export_all(articles, days, STAGING)
    docket.write(STAGING, articles)
    feeds.write(STAGING, ADDRESS, articles, days)
    landing.write(STAGING, ADDRESS)
    practice_index.write(STAGING, articles)
    return social_cards.write(STAGING, articles)


def _finish() -> str:
    """Finish the pages that the generator left, and put beside them what they refer to."""
    pages = postprocess.finish(STAGING)
    formulas.stage(SITE / "formulas")
    (SITE / "runtime" / "sbom.cdx.json").write_text(sbom.cyclonedx(SITE), "utf-8")
    return f"{pages} pages"


@contextmanager
def _step(name: str) -> Generator[list[str]]:
    """Show that a step began, and how long it took; what it appends is shown behind."""
    print(f"▸ {name} …", end=" ", flush=True)
    start, notes = time.monotonic(), list[str]()
    yield notes
    print(f"{time.monotonic() - start:.1f} s{''.join(f', {note}' for note in notes)}", flush=True)
