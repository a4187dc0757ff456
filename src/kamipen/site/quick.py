"""Pages that were saved, shown before the site is built: rendered again by themselves, beside what was built last.

What other pages tell of them (navigation, search, docket, plain Markdown) follows with the next build.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from kamipen import files
from kamipen.article import articles
from kamipen.article.probes import probes_of_files
from kamipen.project import DOCS, LANGUAGES, SITE, SNIPPETS
from kamipen.recording.prose_values import with_values
from kamipen.recording.records import Records
from kamipen.site import csp, generator, postprocess, release
from kamipen.site.generator import BuildError, Extra, Workers

MOST = 8
"""More pages than that take as long as all of them."""

LISTING = "<!-- material/tags"
"""What is filled when all pages have been read."""


class NotAlone(Exception):  # noqa: N818 (reads as what it says)
    """Only a build of the whole site shows what was saved."""


@dataclass(frozen=True, order=True)
class Page:
    """A page: its language, and its file below the folder of that."""

    language: str
    name: str

    @property
    def path(self) -> Path:
        """The page's file."""
        return DOCS / self.language / self.name

    def __str__(self) -> str:
        return f"{self.language}/{self.name}"


def update(workers: Workers, changed: Collection[Path], records: Records) -> list[Page]:
    """Show the pages that show these files, in both languages; return them. What is wrong with them is an error."""
    pages = pages_of(changed)
    for script, asked in probes_of_files([page.path for page in pages], records.scripts).items():
        records.get(script, asked)
    extras = [_extra(page, records) for page in pages]
    for page in pages:
        generator.forget(page.language)
    rendering = [
        workers.submit(generator.render_again, page.language, page.name, extra)
        for page, extra in zip(pages, extras, strict=True)
    ]
    answers = [one.result() for one in rendering]
    if problems := [line for answer in answers if isinstance(answer, list) for line in answer]:
        raise BuildError("\n".join(problems))
    rendered = {SITE / page.language / place: html for page, (place, html) in zip(pages, answers, strict=True)}
    for path, html in postprocess.typeset(rendered).items():
        files.write(path, _dressed(html, path).encode())
    return pages


def pages_of(changed: Collection[Path]) -> list[Page]:
    """Return the pages that show these files; where others may do so, too, NotAlone is raised."""
    names = [f"{path.stem}#" for path in changed if is_script(path)]
    paths = {path for path in changed if path.suffix == ".md" and path.is_relative_to(DOCS)}
    if len(names) + len(paths) < len(changed):
        raise NotAlone
    texts = {path: path.read_text("utf-8") for language in LANGUAGES for path in (DOCS / language).rglob("*.md")}
    paths |= {path for path, text in texts.items() if any(name in text for name in names)}
    if not 0 < len(paths) <= MOST or any(LISTING in texts.get(path, LISTING) for path in paths):
        raise NotAlone
    places = [path.relative_to(DOCS) for path in sorted(paths)]
    return [Page(place.parts[0], place.relative_to(place.parts[0]).as_posix()) for place in places]


def is_script(path: Path) -> bool:
    """Tell whether a file is the script of a page, not of the kit."""
    return path.suffix == ".py" and path.parent == SNIPPETS


def _extra(page: Page, records: Records) -> Extra:
    """Return what the templates need of an article that may have changed with its file."""
    article = articles.read(page.path)
    return {"summaries": {page.name: with_values(article, records).summary}} if article else {}


def _dressed(html: str, path: Path) -> str:
    """Give a page the policy and the release that it had before."""
    before = path.read_text("utf-8")
    try:
        return release.stamped(csp.protect_like(html, before), release.of(before))
    except LookupError:
        raise NotAlone from None
