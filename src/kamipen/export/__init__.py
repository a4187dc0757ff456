"""What each article also offers beside its page: plain Markdown, and notebooks."""

from collections.abc import Iterable
from pathlib import Path

from kamipen.article import history
from kamipen.article.articles import Article
from kamipen.article.history import Days
from kamipen.article.scripts import Scripts
from kamipen.export import ipynb, notebook, plain
from kamipen.project import SNIPPETS
from kamipen.recording.records import Records


def export_all(articles: Iterable[Article], days: Days, site: Path) -> None:
    """Write the plain Markdown and the notebook of every article beside its page."""
    records = Records(Scripts(SNIPPETS))
    for article in articles:
        folder = site / article.url
        folder.mkdir(parents=True, exist_ok=True)
        text = plain.markdown(article, records, history.changed(article, days))
        (folder / "index.md").write_text(text, "utf-8")
        (folder / f"{article.slug}.ipynb").write_text(ipynb.text(notebook.notebook(article, records)), "utf-8")
