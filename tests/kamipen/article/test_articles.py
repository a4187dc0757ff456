"""The articles as they are: translations agree, nothing is orphaned; and each of these checks sees what it is for."""

import shutil
from pathlib import Path

import pytest

from kamipen.article.articles import discover, read, translations
from kamipen.article.scripts import Scripts
from kamipen.check.translations import findings
from kamipen.errors import SourceError
from kamipen.project import ROOT

SAMPLE = Path(__file__).parents[2] / "data/article"


def test_articles_agree_and_nothing_is_orphaned():
    found = findings(ROOT / "docs", Scripts(ROOT / "snippets"))
    assert not found, "\n".join(str(finding) for finding in found)


def test_prerequisites_exist_and_come_before():
    articles = {article.slug: article for article in discover(ROOT / "docs", "ja")}
    for article in articles.values():
        for slug in article.prereq:
            if slug in articles:
                assert articles[slug].place < article.place, f"{article.path}: {slug} comes later"


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    ja = tmp_path / "docs/ja/maths/sample.md"
    (tmp_path / "docs/en/maths").mkdir(parents=True, exist_ok=True)
    shutil.copy(ja, tmp_path / "docs/en/maths/sample.md")
    return tmp_path


def found(folder: Path) -> list[str]:
    return [str(finding) for finding in findings(folder / "docs", Scripts(folder / "snippets"))]


def test_equal_translations_have_no_findings(folder):
    assert found(folder) == []
    ((ja, en),) = translations(folder / "docs")
    assert (ja.key, ja.url, en.url, ja.script) == ("maths/sample", "ja/maths/sample/", "en/maths/sample/", "sample")


CHANGES = {
    "a cell": ("sample#clock", "sample#picture", "cells differ"),
    "an option": ("slider: curvature 1 20 1", "slider: curvature 1 21 1", "cells differ"),
    "a guess": ("value: 2 / curvature", "value: 3 / curvature", "guesses, exercises or rulings differ"),
    "an exercise": ("level: 950", "level: 960", "guesses, exercises or rulings differ"),
    "a hint": ("//// hint\n絶対値。\n////\n\n", "", "guesses, exercises or rulings differ"),
    "a number in a ruling": ("**0.200**", "**-0.59**", "guesses, exercises or rulings differ"),
    "a heading id": ("{#limit}", "{#limits}", "heading ids differ"),
    "no heading id": (" {#limit}", "", "needs an id in ASCII"),
    "a formula": ("$$\n\\theta_{k+1}=(1-\\eta\\lambda)\\theta_k\n$$\n", "", "the number of display formulas differs"),
    "an orphan": ("```cell\nsample#clock\nvolatile: true\n```\n", "", "no page in docs/en shows cell `clock`"),
    "front matter": ("level: 900", "level: 901", "`level` is 900 in docs/ja"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_difference_between_translations_is_found(name, folder):
    before, after, message = CHANGES[name]
    page = folder / "docs/en/maths/sample.md"
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")
    assert any(message in finding for finding in found(folder))


def test_a_missing_translation_is_found(folder):
    (folder / "docs/en/maths/sample.md").unlink()
    with pytest.raises(SourceError, match=r"sample\.md: has no translation: write docs/en/maths/sample\.md"):
        translations(folder / "docs")


FRONT_MATTER = {
    "level: 900\n": ("", "the front matter lacks `level`"),
    "level: 900": ("level: high", "`level` must be a whole number"),
    "audience: theorist": ("audience: theory", "unknown audience `theory`: did you mean `theorist`?"),
    "date: 2026-11-20": ("date: soon", "`date` must be written as 2026-11-20"),
    "tags: [見本]": ("tags: 見本", "`tags` must be a list"),
    "order: 1": ("order: 1\ndiscussions: [https://a.example/b?c=1]", "put each address in quotes"),
}


@pytest.mark.parametrize("before", FRONT_MATTER)
def test_bad_front_matter_is_refused(before, folder):
    after, message = FRONT_MATTER[before]
    page = folder / "docs/ja/maths/sample.md"
    page.write_text(page.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SourceError, match=message.replace("?", r"\?")):
        read(page)


def test_an_unknown_part_is_refused(folder):
    (folder / "docs/ja/math").mkdir()
    page = shutil.copy(folder / "docs/ja/maths/sample.md", folder / "docs/ja/math/sample.md")
    with pytest.raises(SourceError, match="did you mean `maths`"):
        read(Path(page))


def test_a_page_without_order_is_no_article(tmp_path):
    page = tmp_path / "about.md"
    page.write_text("---\ntitle: About\n---\nText\n")
    assert read(page) is None


def test_an_article_is_read_once_until_it_changes(folder):
    path = folder / "docs/ja/maths/sample.md"
    first = read(path)
    assert read(path) is first
    path.write_text(path.read_text("utf-8").replace("level: 900", "level: 1234"), "utf-8")
    assert read(path).level == 1234
