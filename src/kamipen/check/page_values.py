"""What a page claims against what its scripts recorded: references, values of guesses, answers, numbers in rulings."""

from collections.abc import Iterator

from kamipen.article.scripts import Scripts
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.markdown.page import Page
from kamipen.recording.records import Records
from kamipen.texts import load


def find(page: AuthoredPage, scripts: Scripts, records: Records) -> Iterator[SourceError]:
    """Find the first thing for which the build would refuse the page."""
    try:
        Page(load(page.language), scripts, records, page.path, page.nodes)
    except SourceError as problem:
        yield problem.at(page.path, None)
