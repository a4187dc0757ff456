"""Refreshers: small articles off the road, which articles and exercises name as skills."""

from pathlib import Path

import pytest

from kamipen.article.articles import discover, on_the_road, read
from kamipen.errors import SourceError

ARTICLE = """---
title: A
date: 2026-11-20
order: 1
level: 900
audience: theorist
prereq: [{prereq}]
skills: [{skills}]
---

/// exercise | E
    id: {slug}-e
    kind: number
    level: 900
{options}
Text
///
"""
REFRESHER = """---
title: {slug}
date: 2026-11-20
level: {level}
prereq: [{prereq}]
{more}
---
Text
"""


def write(
    docs: Path, skills: str = "matrix-product", options: str = "", slug: str = "an-article", prereq: str = ""
) -> Path:
    page = docs / f"en/maths/{slug}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(ARTICLE.format(skills=skills, options=options, slug=slug, prereq=prereq))
    return page


def refresh(docs: Path, slug: str, level: int, prereq: str = "", more: str = "") -> Path:
    page = docs / f"en/refreshers/{slug}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(REFRESHER.format(slug=slug, level=level, prereq=prereq, more=more))
    return page


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    refresh(tmp_path, "matrix-product", 600)
    refresh(tmp_path, "log-and-exp", 500)
    (tmp_path / "en/refreshers/index.md").write_text("---\ntitle: Index\n---\nText\n")
    return tmp_path


def test_refreshers_follow_the_road_the_easier_first(docs: Path) -> None:
    write(docs)
    found = discover(docs)
    assert [article.slug for article in found] == ["an-article", "log-and-exp", "matrix-product"]
    assert [article.slug for article in on_the_road(found)] == ["an-article"]
    assert found[1].url == "en/refreshers/log-and-exp/" and found[1].is_refresher


def test_an_exercise_takes_the_skills_it_names_or_its_article_s(docs: Path) -> None:
    write(docs)
    page = write(docs, options="    skills: [log-and-exp]", slug="another")
    first, second, refresher, _ = discover(docs)
    assert second.path == page
    skills = [article.skills_of(article.nodes[-1]) for article in (first, second)]
    assert skills == [("matrix-product",), ("log-and-exp",)]
    assert refresher.skills_of(first.nodes[-1]) == ("log-and-exp",)


WRONG = {
    "a skill": ({"skills": "matrix-products"}, 8, r"no refresher .*products\.md: did you mean `matrix-product`\?"),
    "of an exercise": ({"options": "    skills: log-and-esp"}, 11, "did you mean `log-and-exp`"),
    "a refresher as prerequisite": ({"prereq": "log-and-exp"}, 7, "is a refresher: name it in `skills`"),
    "one name for two": ({"slug": "matrix-product"}, 1, "is an article of `maths`, too"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_names_no_refresher_is_refused_with_its_line(case: str, docs: Path) -> None:
    changes, line, message = WRONG[case]
    write(docs, **changes)
    with pytest.raises(SourceError, match=message) as refused:
        discover(docs)
    assert refused.value.line == line


def test_a_refresher_builds_only_on_easier_ones(docs: Path) -> None:
    refresh(docs, "softmax", 800, "log-and-exp")
    discover(docs)
    refresh(docs, "softmax", 500, "log-and-exp")
    with pytest.raises(SourceError, match="is not easier than this"):
        discover(docs)
    refresh(docs, "softmax", 800, "start-here")
    with pytest.raises(SourceError, match="there is no refresher"):
        discover(docs)


@pytest.mark.parametrize("more", ["order: 3", "audience: theorist", 'claims: ["0.1"]', "skills: [log-and-exp]"])
def test_what_only_articles_have_is_refused(more: str, docs: Path) -> None:
    page = refresh(docs, "softmax", 800, more=more)
    with pytest.raises(SourceError, match=f"a refresher has no `{more.partition(':')[0]}`"):
        read(page)
