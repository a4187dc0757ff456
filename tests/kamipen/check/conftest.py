"""A site of one article for the checks."""

import shutil
from pathlib import Path

import pytest

from kamipen.project import LANGUAGES, ROOT
from kamipen.scaffold import scaffold
from tests.kamipen.check.sample import CLAIMS, REQUEST


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("record")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A site of one article, freshly scaffolded and citing its discussion."""
    for name in (
        "plan.yml",
        "glossary.yml",
        "ja/style.md",
        "en/style.md",
        "ja/glossary.md",
        "en/glossary.md",
        "ja/docket.md",
        "en/docket.md",
    ):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs" / name)
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, tmp_path)
    for language in LANGUAGES:
        (tmp_path / f"docs/{language}/gallery.md").write_text("---\ntitle: A\n---\n", "utf-8")
    (tmp_path / "docs/claims.yml").write_text(CLAIMS, "utf-8")
    (tmp_path / "snippets").mkdir()
    scaffold(REQUEST, tmp_path, lambda _, default: default)
    monkeypatch.chdir(tmp_path)
    return tmp_path
