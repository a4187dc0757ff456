"""What a page claims against what its scripts recorded: whatever the build would refuse it for, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from markdown import Markdown

from kamipen.article.claims import Claims
from kamipen.article.scripts import Scripts
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.markdown.page import Page
from kamipen.project import CONFIGS, LANGUAGES
from kamipen.recording.records import Records
from kamipen.texts import load


def find(page: AuthoredPage, scripts: Scripts, records: Records, claims: Claims) -> Iterator[SourceError]:
    """Find everything for which the build would refuse the page."""
    texts = load(page.language)
    checked = Page(texts, scripts, records, page.path, page.nodes, claims=claims, strict=False)
    problems = list(checked.problems())
    if all(problem.path == page.path for problem in problems):  # else a script fails, and rendering would run it again
        problems += _render(page, scripts, records)
    yield from problems


def _render(page: AuthoredPage, scripts: Scripts, records: Records) -> Iterator[SourceError]:
    """Render the page as the build does; what that refuses beyond the rest is found there."""
    markdown = _markdown(page.language, page.docs, scripts.folder, records.folder)
    try:
        markdown.reset()
        markdown.convert(page.text)
    except SourceError as problem:
        yield problem.at(page.path, None)
    except Exception as problem:
        yield SourceError(f"cannot be rendered: {type(problem).__name__}: {problem}", page.path)


@cache
def _markdown(language: str, docs: Path, scripts: Path, records: Path) -> Markdown:
    settings: dict[str, Any] = yaml.load(CONFIGS[LANGUAGES[0]].read_text("utf-8"), yaml.SafeLoader)
    extensions = cast(dict[str, Any], settings["markdown_extensions"])
    folders = {"docs": str(docs), "scripts": str(scripts), "cache": str(records)}
    options = {name: dict(given or {}) for name, given in extensions.items()} | {
        "kamipen.markdown": {"lang": language} | folders
    }
    return Markdown(extensions=[*options], extension_configs=options)
