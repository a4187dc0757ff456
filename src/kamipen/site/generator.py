"""Build the language sites with MkDocs, side by side, and only those whose sources changed."""

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, cast

from kamipen.article import claims, history
from kamipen.article.articles import Article, of_language
from kamipen.article.history import Days
from kamipen.project import CACHE, CONFIGS, DOCS, LANGUAGES, ROOT, SITE, deployment

STAGING = CACHE / "site"
"""Where pages are made: `site/` never holds a page that is not finished."""


class BuildError(Exception):
    """The pages of a language could not be built; the message says where to mend."""


def workers() -> ProcessPoolExecutor:
    """Processes that build the languages side by side; kept, they spare the next build the imports."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    return ProcessPoolExecutor(len(LANGUAGES), mp_context=get_context("spawn"))


def warm(pool: ProcessPoolExecutor) -> None:
    """Have the processes import what they build with, before the first edit waits for it."""
    for language in LANGUAGES:
        pool.submit(_config, language)


def build(pool: ProcessPoolExecutor, articles: Sequence[Article], days: Days) -> dict[str, str]:
    """Build the language sites whose sources changed; return them with the digests to `publish` them by."""
    extras = {language: extra(language, of_language(articles, language), days) for language in LANGUAGES}
    wanted = {language: inputs_digest(language, extras[language]) for language in LANGUAGES}
    stale = [language for language in LANGUAGES if built_digest(language) != wanted[language]]
    for language in stale:
        _stamp(language).unlink(missing_ok=True)
    running = {language: pool.submit(build_language, language, extras[language]) for language in stale}
    problems = [problem for language in stale for problem in running[language].result()]
    if problems:
        raise BuildError("\n".join(problems))
    return {language: wanted[language] for language in stale}


def publish(built: dict[str, str]) -> None:
    """Put what is finished in place of what stands in `site/`, and remember what it was made from."""
    for file in STAGING.iterdir():
        if file.is_file() and file.suffix != ".sha256":
            shutil.copyfile(file, SITE / file.name)
    for language in LANGUAGES:
        fresh, standing = SITE / f".{language}.fresh", SITE / language
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(STAGING / language, fresh)
        if standing.exists():
            standing.rename(old := SITE / f".{language}.old")
            fresh.rename(standing)
            shutil.rmtree(old)
        else:
            fresh.rename(standing)
        if language in built:
            _stamp(language).write_text(built[language])


def extra(language: str, articles: Sequence[Article], days: Days) -> dict[str, dict[str, str]]:
    """Return what templates need and MkDocs does not know.

    Page → day of its last change, article → summary, discussion → what the docket calls it.
    """
    summaries = {f"{article.key}.md": article.summary for article in articles}
    opening, closing = ("（", "）") if language == "ja" else (" (", ")")
    threads = {
        source.url: f"{source.name[language]}{opening}{source.where[language]}{closing}"
        for source in claims.load().sources
        if source.url
    }
    return {"changed": history.pages(language, articles, days), "summaries": summaries, "threads": threads}


def build_language(language: str, extra: dict[str, dict[str, str]]) -> list[str]:
    """Build one language in this process; return what is wrong with it, nothing when all is well."""
    from mkdocs.commands.build import build as build_pages

    notes = _Notes(language)
    logging.getLogger("mkdocs").addHandler(notes)
    try:
        config = _config(language)
        cast(dict[str, object], config["extra"]).update(extra)
        build_pages(config)
    except SystemExit as stopped:
        return [*notes.lines, f"{language}: {stopped}"]
    except Exception as error:
        return [*notes.lines, f"{language}: {type(error).__name__}: {error}"]
    finally:
        logging.getLogger("mkdocs").removeHandler(notes)
    return []


def _config(language: str) -> Any:
    # Slow to import, with all plugins: only in the processes that build.
    from mkdocs.config import load_config  # pyright: ignore[reportUnknownVariableType]

    return load_config(str(CONFIGS[language]), site_dir=str(STAGING / language), **deployment(language))


class _Notes(logging.Handler):
    """Collects warnings and errors, so that two processes do not write into each other's lines."""

    def __init__(self, language: str) -> None:
        super().__init__(logging.WARNING)
        self.language = language
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{self.language}: {record.getMessage()}")


def inputs_digest(language: str, extra: dict[str, dict[str, str]]) -> str:
    """A digest of everything that the pages of a language are made from."""
    digest = hashlib.sha256(json.dumps([deployment(language), extra]).encode())
    for path in _inputs(language):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def built_digest(language: str) -> str | None:
    """The digest that the language was last built from, if its pages still stand."""
    stamp = _stamp(language)
    stands = all((folder / language / "index.html").exists() for folder in (STAGING, SITE))
    return stamp.read_text() if stamp.exists() and stands else None


def _stamp(language: str) -> Path:
    return STAGING / f"{language}.sha256"


def _inputs(language: str) -> Iterator[Path]:
    yield from sorted(ROOT.glob("mkdocs*.yml"))
    yield from sorted(ROOT.glob("docs/*.yml"))
    yield ROOT / "requirements.txt"
    yield from sorted(SITE.glob("runtime/*/pyodide-lock.json"))  # the parts list tells what is served
    yield from _files(DOCS / language)
    for folder in ("snippets", "src/theme", "src/texts", "src/kamipen"):
        yield from _files(ROOT / folder)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".swp"})
