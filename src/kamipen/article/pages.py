"""What is read of every page, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kamipen.article import outline
from kamipen.article.articles import split_front_matter
from kamipen.article.outline import Node
from kamipen.errors import SourceError


def of_pages[T](docs: Path, read: Callable[[Sequence[Node]], T]) -> Iterator[T]:
    """Yield what a function reads of each page below a folder; see `of_files`."""
    return of_files(sorted(docs.glob("*/**/*.md")), read)


def of_files[T](paths: Iterable[Path], read: Callable[[Sequence[Node]], T]) -> Iterator[T]:
    """Yield what a function reads of each page; pages that cannot be read are left to the build, which says why."""
    for path in paths:
        try:
            _, text, line = split_front_matter(path.read_text(encoding="utf-8"))
            found = read(outline.parse(text, line))
        except (SourceError, ValueError):
            continue
        yield found
