"""The navigation names every article."""

from kamipen.article.articles import discover
from kamipen.project import DOCS
from kamipen.site import navigation


def test_navigation_names_every_article() -> None:
    written = navigation.update(discover(DOCS))
    assert written == [], "run `kamipen build`, which writes the articles into mkdocs.yml and mkdocs.en.yml"
