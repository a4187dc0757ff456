"""A page that was saved by itself: it is what a build makes of it, and what only a build can show is left to one."""

from pathlib import Path

import pytest

from kamipen.article import history
from kamipen.article.articles import discover, of_language
from kamipen.project import DOCS
from kamipen.site import again, csp, generator, quick, release
from kamipen.site.quick import NotAlone, Page, pages_of

HTML = '<html><head><meta charset="utf-8"><script>one()</script></head><body data-md-component="container">'


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language in ("ja", "en"):
        (tmp_path / "docs" / language / "maths").mkdir(parents=True)
        (tmp_path / "docs" / language / "maths/a.md").write_text("```cell\na#one\n```\n")
        (tmp_path / "docs" / language / "tags.md").write_text("<!-- material/tags -->\n")
    (tmp_path / "snippets/kit").mkdir(parents=True)
    monkeypatch.setattr(quick, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(quick, "SNIPPETS", tmp_path / "snippets")
    return tmp_path / "docs"


def test_a_page_is_its_own_and_a_script_is_of_all_pages_that_show_it(docs: Path) -> None:
    page, script = docs / "en/maths/a.md", docs.parent / "snippets/a.py"
    assert pages_of([page]) == [Page("en", "maths/a.md")]
    assert pages_of([script, page]) == [Page("en", "maths/a.md"), Page("ja", "maths/a.md")]


@pytest.mark.parametrize("name", ["claims.yml", "en/tags.md", "../snippets/kit/draw.py", "../snippets/unused.py"])
def test_what_other_pages_show_takes_a_build(name: str, docs: Path) -> None:
    with pytest.raises(NotAlone):
        pages_of([docs / "en/maths/a.md", docs / name] if name != "../snippets/unused.py" else [docs / name])


def test_many_pages_take_a_build(docs: Path) -> None:
    pages = [docs / f"en/maths/{number}.md" for number in range(quick.MOST + 1)]
    for page in pages:
        page.write_text("")
    assert len(pages_of(pages[1:])) == quick.MOST
    with pytest.raises(NotAlone):
        pages_of(pages)


def test_a_page_keeps_its_policy_and_its_release() -> None:
    before = csp.protect({Path("a"): release.stamped(HTML, "0a1b2c3d")})[Path("a")]
    after = csp.protect_like(release.stamped(HTML + "<p>", release.of(before)), before)
    assert after == before + "<p>"
    with pytest.raises(LookupError):
        csp.protect_like(HTML + "<script>two()</script>", before)


@pytest.mark.slow
def test_every_page_is_rendered_again_as_it_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(generator, "STAGING", tmp_path)
    extra = generator.extra("en", of_language(discover(DOCS), "en"), history.last_changes())
    assert generator.build_language("en", extra) == []
    pages = [Page("en", path.relative_to(DOCS / "en").as_posix()) for path in sorted((DOCS / "en").rglob("*.md"))]
    for page in pages:
        place, html = generator.render_again(page.language, page.name, {})
        listed = quick.LISTING in page.path.read_text("utf-8")
        assert listed or html == (tmp_path / "en" / place).read_text("utf-8"), page
    told = {"summaries": {"maths/start-here.md": "A summary of its own."}}
    assert "A summary of its own." in generator.render_again("en", "maths/start-here.md", told)[1]


@pytest.mark.slow
def test_pages_that_are_read_ahead_are_rendered_as_they_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr(again, "_left", {})
    monkeypatch.setattr(generator, "STAGING", tmp_path)
    generator.read_language("en", {"changed": {}, "summaries": {}, "threads": {}})
    assert [*tmp_path.iterdir()] == [], "nothing is written"
    place, html = generator.render_again("en", "about.md", {})
    assert place == "about/index.html" and "</html>" in html
    assert generator.render_again("en", "none.md", {})[0].startswith("en: "), "what is wrong is told"
