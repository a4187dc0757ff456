"""Zensical builds the same articles: parts the same to the character, links too, but for what is explained."""

import os
import shutil
from pathlib import Path

import pytest

from kamipen.check import zensical
from kamipen.project import ROOT, SITE

DOCUMENT = (ROOT / ".github/ZENSICAL.md").read_text("utf-8")


@pytest.fixture(scope="session")
def material() -> Path:
    site = Path(os.environ.get("KAMIPEN_SITE", SITE)).resolve()
    if not (site / "en/index.html").exists() or not (site / "ja/index.html").exists():
        pytest.skip("the site is not built: `make build`")
    return site


@pytest.fixture(scope="session")
def successor(tmp_path_factory) -> Path:
    folder, zensical.FOLDER = zensical.FOLDER, tmp_path_factory.mktemp("zensical")
    yield zensical.build()
    zensical.FOLDER = folder


@pytest.mark.slow
def test_pages_differ_only_where_it_is_explained(material, successor):
    found = list(zensical.differences(material, successor))
    assert [difference for difference in found if not zensical.reason(difference[1])] == []
    assert {zensical.reason(difference) for _, difference in found} == zensical.KNOWN.keys(), "delete what is mended"


def test_every_explanation_stands_in_the_document():
    assert [name for name in (*zensical.KNOWN, "templates") if f"\n## {name}\n" not in DOCUMENT] == []


def test_the_modules_that_import_mkdocs_stand_in_the_document():
    """Which rooms may is for import-linter; the document names the modules."""
    importing = {path for path in (ROOT / "src/kamipen").rglob("*.py") if "from mkdocs" in path.read_text("utf-8")}
    assert importing
    assert all(str(path.relative_to(ROOT)) in DOCUMENT for path in importing)


CHANGES = {
    "cell differs": ('data-cell="', 'data-cell="x'),
    "card differs": ('class="kp-card__role">', 'class="kp-card__role">x'),
    "exercise differs": ('data-level="', 'data-level="1'),
    "heading differs": ('<h2 id="', '<h2 id="x'),
    "- ../../practice/": ('<a href="../../practice/"', "<a"),
    "+ https://news.ycombinator.com/x": (
        'href="https://news.ycombinator.com/',
        'href="https://news.ycombinator.com/x"',
    ),
}


@pytest.mark.parametrize("expected", CHANGES)
def test_a_difference_is_seen(expected, material, tmp_path):
    name = "en/maths/start-here/index.html"
    for folder in ("a", "b"):
        (tmp_path / folder / name).parent.mkdir(parents=True)
        shutil.copy(material / name, tmp_path / folder / name)
    assert list(zensical.differences(tmp_path / "a", tmp_path / "b")) == []
    page = tmp_path / "b" / name
    before, after = CHANGES[expected]
    assert before in page.read_text("utf-8")
    page.write_text(page.read_text("utf-8").replace(before, after), "utf-8")
    found = [difference for _, difference in zensical.differences(tmp_path / "a", tmp_path / "b")]
    assert expected in found
    assert not zensical.reason(expected)


def test_a_missing_page_is_seen(material, tmp_path):
    (tmp_path / "a/en").mkdir(parents=True)
    shutil.copy(material / "en/index.html", tmp_path / "a/en/index.html")
    assert list(zensical.differences(tmp_path / "a", tmp_path / "b")) == [("en/index.html", "page is missing")]
