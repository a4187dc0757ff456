"""The Markdown extension: `cell` fences, the blocks of an article, and those that list articles, terms and parts.

In mkdocs.yml, beside `pymdownx.superfences`:

    markdown_extensions:
      - kamipen.markdown: {lang: ja}

It knows nothing of MkDocs: anything that renders Python-Markdown can use it.
"""

# pyright: reportUnknownMemberType=false, reportMissingParameterType=false

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.blocks import BlocksExtension

from kamipen import texts
from kamipen.article import claims, diagrams, figure_words, outline
from kamipen.article.articles import split_front_matter
from kamipen.article.figure_words import Words
from kamipen.article.outline import Fence
from kamipen.article.scripts import Scripts
from kamipen.errors import SourceError
from kamipen.markdown import cells, download_size, ties, values
from kamipen.markdown import diagram as diagram_html
from kamipen.markdown.blocks import BLOCKS
from kamipen.markdown.contents import Contents
from kamipen.markdown.docket import Docket, Rulings
from kamipen.markdown.glossary import Glossary
from kamipen.markdown.page import Page
from kamipen.markdown.refreshers import Refreshers
from kamipen.markdown.roadmap import Roadmap
from kamipen.markdown.sbom import PartsList
from kamipen.project import ROOT
from kamipen.recording.records import Records


class KamipenExtension(BlocksExtension):
    """Renders the articles' cells and blocks."""

    def __init__(self, **options: Any) -> None:
        """Take the options `lang`, `docs`, `scripts` and `cache` (folders, from the project's root)."""
        self.config = {
            "lang": ["ja", "language of the pages: what labels, roles and rulings are called"],
            "docs": ["docs", "folder of the pages, to name file and line of an error"],
            "scripts": ["snippets", "folder of the scripts"],
            "cache": [".cache/record", "folder of the recorded outputs"],
        }
        super().__init__(**options)
        self.page: Page | None = None
        self.known: Collection[str] = ()
        self.scripts, self.records = _sources(ROOT / self.getConfig("scripts"), ROOT / self.getConfig("cache"))

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802
        """Register everything."""
        self.known = block_mgr.blocks  # filled by the other extensions, too
        for block in (*BLOCKS, Contents, Docket, Glossary, PartsList, Refreshers, Roadmap, Rulings):
            block_mgr.register(block, {"page": lambda: self.page})
        md.inlinePatterns.register(values.Values(md, lambda: self.page), "kamipen-value", values.PRIORITY)
        md.treeprocessors.register(ties.Ties(md), "kamipen-ties", ties.PRIORITY)
        md.preprocessors.register(_Cells(md, self), "kamipen", 27)  # after tabs and line ends, before any fences

    def reset(self) -> None:
        """Forget the page before."""
        super().reset()  # pyright: ignore
        self.page = None

    def begin(self, lines: list[str]) -> Page:
        """Read and check the page that is about to be rendered."""
        path, line, words = self._location(lines)
        try:
            nodes = outline.parse("\n".join(lines), line, self.known)
        except SourceError as error:
            raise error.at(path, error.line) from None
        language = self.getConfig("lang")
        known = claims.load(ROOT / self.getConfig("docs") / claims.CLAIMS.name)
        self.page = Page(texts.load(language), self.scripts, self.records, path, nodes, line, known, words)
        return self.page

    def _location(self, lines: list[str]) -> tuple[Path | None, int, Words]:
        """Find the file whose text this is, the line of the file at which it begins, and its words for figures."""
        before = next((number for number, line in enumerate(lines) if line.strip()), 0)
        location = _pages(ROOT / self.getConfig("docs") / self.getConfig("lang")).find("\n".join(lines).strip())
        return (location.path, location.line - before, location.words) if location else (None, 1, {})


# Generators make an extension for every page: what it reads is kept for the next one.
@cache
def _sources(scripts: Path, records: Path) -> tuple[Scripts, Records]:
    read = Scripts(scripts)
    return read, Records(read, records)


@cache
def _pages(folder: Path) -> _Pages:
    return _Pages(folder)


class _Pages:
    """Where the text of each page of a folder stands; read anew when a page changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, int] = {}
        self._locations: dict[str, _Location] = {}

    def find(self, text: str) -> _Location | None:
        location = self._locations.get(text)
        if location is None or not location.is_fresh:
            self._look_again()
        return self._locations.get(text)

    def _look_again(self) -> None:
        files = {path: path.stat().st_mtime_ns for path in sorted(self._folder.rglob("*.md"))}
        if files != self._files:
            self._files, self._locations = files, _locations(files)


class _Location(NamedTuple):
    """Where a page's text stands: its file, as of when, and the line at which it begins; and its words for figures."""

    path: Path
    modified: int
    line: int
    words: Words

    @property
    def is_fresh(self) -> bool:
        return self.path.exists() and self.path.stat().st_mtime_ns == self.modified


def _locations(files: Mapping[Path, int]) -> dict[str, _Location]:
    """Return where the text of each page stands."""
    locations: dict[str, _Location] = {}
    for path, modified in files.items():
        try:
            matter, body, line = split_front_matter(path.read_text(encoding="utf-8-sig").expandtabs(4))
            words = figure_words.read(matter)
        except SourceError:
            continue  # whoever reads the front matter says what is wrong with it
        skipped = len(body) - len(body.lstrip("\n"))
        locations.setdefault(body.strip(), _Location(path, modified, line + skipped, words))
    locations.pop("", None)
    return locations


class _Cells(Preprocessor):
    """Puts HTML in place of each `cell` and `diagram` fence, and the buttons for all cells on top."""

    def __init__(self, md: Markdown, extension: KamipenExtension) -> None:
        super().__init__(md)
        self.extension = extension

    def run(self, lines: list[str]) -> list[str]:
        page = self.extension.begin(lines)
        fences = list(outline.cells(page.nodes))
        shown = [(fence, self.cell(page, fence)) for fence in fences] + self.diagrams(page)
        for fence, html in sorted(shown, key=lambda one: one[0].line, reverse=True):
            start = fence.line - page.line
            indent = fence.opening[: len(fence.opening) - len(fence.opening.lstrip())]
            end = start + 2 + len(fence.source.splitlines())
            lines[start:end] = ["", indent + self.md.htmlStash.store(html), ""]
        if not fences:
            return lines
        title = next((at for at, line in enumerate(lines) if line.strip()), 0)
        top = title + 1 if lines[title].startswith("# ") else 0
        return [*lines[:top], "", self.md.htmlStash.store(self.controls(page, fences)), "", *lines[top:]]

    def controls(self, page: Page, fences: list[Fence]) -> str:
        shown = [page.scripts.cell(fence.reference) for fence in fences]
        packages = {name for cell in shown for name in page.packages(cell)}
        return cells.controls(page.texts, *download_size.extra(packages), words=page.words)

    def diagrams(self, page: Page) -> list[tuple[Fence, str]]:
        try:
            found = list(diagrams.diagrams(page.nodes))
            drawn = diagrams.draw(diagram for _, diagram in found)
        except SourceError as error:
            raise error.at(page.path, error.line) from None
        return [(fence, diagram_html.render(diagram, drawn[diagram.dot])) for fence, diagram in found]

    def cell(self, page: Page, fence: Fence) -> str:
        try:
            return page.cell(fence)
        except SourceError as error:
            raise error.at(page.path, fence.line) from None


def makeExtension(**options: Any) -> KamipenExtension:  # noqa: N802
    """Return the extension, as Python-Markdown asks for it."""
    return KamipenExtension(**options)
