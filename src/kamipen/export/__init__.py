"""What each article also offers beside its page: plain Markdown, and notebooks."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kamipen.article import diagrams, history
from kamipen.article.articles import Article
from kamipen.article.diagrams import Diagram, Drawing
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
        for diagram, drawing in drawn(article):
            (folder / diagram.name).write_text(diagrams.picture(drawing), "utf-8")
        (folder / f"{article.slug}.ipynb").write_text(ipynb.text(notebook.notebook(article, records)), "utf-8")


def drawn(article: Article) -> Iterator[tuple[Diagram, Drawing]]:
    """Yield an article's diagrams with their drawings."""
    found = [diagram for _, diagram in diagrams.diagrams(article.nodes)]
    drawings = diagrams.draw(found)
    return ((diagram, drawings[diagram.dot]) for diagram in found)
