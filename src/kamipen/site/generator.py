"""Build the language sites with MkDocs, side by side, and only those whose sources changed."""

import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Concatenate, Self, cast

from kamipen.article import claims, history
from kamipen.article.articles import Article, of_language
from kamipen.article.history import Days
from kamipen.project import CACHE, CONFIGS, DOCS, LANGUAGES, ROOT, SITE, deployment
from kamipen.site import again

STAGING = CACHE / "site"
"""Where pages are made: `site/` never holds a page that is not finished."""


Extra = dict[str, dict[str, str]]
"""What templates need and MkDocs does not know."""


class BuildError(Exception):
    """The pages of a language could not be built; the message says where to mend."""


class Workers(ExitStack):
    """A process for each language; kept, it spares the next build the imports, and a page alone the whole build."""

    def __enter__(self) -> Self:
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        context = get_context("spawn")
        self._pools = {name: self.enter_context(ProcessPoolExecutor(1, mp_context=context)) for name in LANGUAGES}
        return self

    def submit[**P, T](
        self, work: Callable[Concatenate[str, P], T], language: str, *arguments: P.args, **named: P.kwargs
    ) -> Future[T]:
        """Have a language's process do some work on it."""
        return self._pools[language].submit(work, language, *arguments, **named)


def build(workers: Workers, articles: Sequence[Article], days: Days, *, ahead: bool = False) -> dict[str, str]:
    """Build the language sites whose sources changed; return them with the digests to `publish` them by.

    With `ahead`, the other languages are read meanwhile and afterwards, so that their pages can be rendered again.
    """
    extras = {language: extra(language, of_language(articles, language), days) for language in LANGUAGES}
    wanted = {language: inputs_digest(language, extras[language]) for language in LANGUAGES}
    stale = [language for language in LANGUAGES if built_digest(language) != wanted[language]]
    for language in stale:
        forget(language)
    running = {language: workers.submit(build_language, language, extras[language]) for language in stale}
    for language in extras.keys() - running.keys() if ahead else ():
        workers.submit(read_language, language, extras[language])
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


def extra(language: str, articles: Sequence[Article], days: Days) -> Extra:
    """Return, for the templates: page → day of its last change, article → summary, discussion → the docket's name."""
    summaries = {f"{article.key}.md": article.summary for article in articles}
    opening, closing = ("（", "）") if language == "ja" else (" (", ")")
    threads = {
        source.url: f"{source.name[language]}{opening}{source.where[language]}{closing}"
        for source in claims.load().sources
        if source.url
    }
    return {"changed": history.pages(language, articles, days), "summaries": summaries, "threads": threads}


def build_language(language: str, extra: Extra) -> list[str]:
    """Build one language in this process; return what is wrong with it, nothing when all is well."""
    with _problems(language) as problems:
        again.build(language, _config(language, extra))
    return problems


def read_language(language: str, extra: Extra) -> None:
    """Read the pages of a language in this process, unless it did so already; what is wrong a build will tell."""
    with _problems(language):
        again.read(language, _config(language, extra))


def render_again(language: str, name: str, extra: Extra) -> tuple[str, str] | list[str]:
    """Render one page of a language that this process has built; return `again.render`'s answer, or what is wrong."""
    rendered: list[tuple[str, str]] = []
    with _problems(language) as problems:
        rendered.append(again.render(language, name, extra))
    return problems or rendered[0]


def _config(language: str, extra: Extra) -> Any:
    # Slow to import, with all plugins: only in the processes that build.
    from mkdocs.config import load_config  # pyright: ignore[reportUnknownVariableType]

    config = load_config(str(CONFIGS[language]), site_dir=str(STAGING / language), **deployment(language))
    cast(dict[str, object], config["extra"]).update(extra)
    return config


@contextmanager
def _problems(language: str) -> Generator[list[str]]:
    """Collect MkDocs' warnings and errors, so that two processes do not write into each other's lines."""
    lines: list[str] = []
    notes = logging.Handler(logging.WARNING)
    notes.emit = lambda record: lines.append(f"{language}: {record.getMessage()}")
    logging.getLogger("mkdocs").addHandler(notes)
    try:
        yield lines
    except SystemExit as stopped:
        lines.append(f"{language}: {stopped}")
    except Exception as error:
        lines.append(f"{language}: {type(error).__name__}: {error}")
    finally:
        logging.getLogger("mkdocs").removeHandler(notes)


def inputs_digest(language: str, extra: Extra) -> str:
    """A digest of everything that the pages of a language are made from."""
    digest = hashlib.sha256(json.dumps([deployment(language), extra]).encode())
    for path in _inputs(language):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def forget(language: str) -> None:
    """Have the next build make the pages of a language anew."""
    _stamp(language).unlink(missing_ok=True)


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
