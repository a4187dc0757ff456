"""The navigation names every article."""

from kamipen.article.articles import discover
from kamipen.project import DOCS
from kamipen.site import navigation


def test_navigation_names_every_article() -> None:
    written = navigation.update(discover(DOCS))
    assert written == [], "run `kamipen build`, which writes the articles into mkdocs.yml and mkdocs.en.yml"


def test_a_page_on_a_part_stands_first_in_it() -> None:
    lines = navigation.articles(discover(DOCS, "en"), "en").splitlines()
    part = next(number for number, line in enumerate(lines) if line.startswith("  - 2 "))
    assert lines[part + 1] == "      - learning/index.md"
    assert "maths/index.md" not in "".join(lines), "a part without such a page has none"


def test_a_page_of_rulings_stands_last_in_its_part() -> None:
    lines = navigation.articles(discover(DOCS, "en"), "en").splitlines()
    next_part = next(number for number, line in enumerate(lines) if line.startswith("  - 4 "))
    assert lines[next_part - 1] == "      - generalisation/rulings.md"
