"""The day of an article's last change: from git, and never invented where git does not know."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from kamipen.article import history
from kamipen.article.articles import discover

PAGE = (
    "---\ntitle: T\ndate: 2026-01-05\norder: 1\nlevel: 800\naudience: practitioner\n---\nOne line.\n\n## Next {#next}\n"
)
EN, JA = "docs/en/maths/one.md", "docs/ja/maths/one.md"


def commit(root: Path, day: str, **files: str) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", day, day=day)


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> None:
    names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a"}
    days = {"GIT_AUTHOR_DATE": f"{day}T23:30:00+00:00", "GIT_COMMITTER_DATE": f"{day}T23:30:00+00:00"}
    subprocess.run(["git", *arguments], cwd=root, env=os.environ | names | days, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "one"
    root.mkdir()
    git(root, "init", "--quiet")
    commit(
        root, "2026-01-01", **{EN: PAGE, JA: PAGE, "snippets/one.py": "# %% a\n1\n", "docs/en/about.md": "# About\n"}
    )
    commit(root, "2026-02-01", **{"snippets/one.py": "# %% a\n2\n"})
    commit(root, "2026-03-01", **{EN: PAGE.replace("One line", "A line")})
    commit(root, "2026-04-01", **{EN: PAGE.replace("One line", "A line").replace("order: 1", "order: 2")})
    return root


def days_of(root: Path) -> dict[str, str]:
    days = history.last_changes(root)
    return {article.language: history.changed(article, days, root).isoformat() for article in discover(root / "docs")}


def test_page_and_script_count_but_not_the_place_on_the_road(root: Path) -> None:
    assert days_of(root) == {"ja": "2026-02-01", "en": "2026-03-01"}
    pages = history.pages("en", discover(root / "docs"), history.last_changes(root), root)
    assert pages == {"maths/one.md": "2026-03-01", "about.md": "2026-01-01"}


def test_days_are_counted_in_one_time_zone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert days_of(root) == {"ja": "2026-02-01", "en": "2026-03-01"}


def test_an_article_never_changed_before_it_was_published(root: Path) -> None:
    page = root / EN
    page.write_text(page.read_text("utf-8").replace("2026-01-05", "2026-05-01"), "utf-8")
    assert days_of(root)["en"] == "2026-05-01"


def test_past_the_edge_of_a_shallow_clone_nothing_is_known(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "2", f"file://{root}", "shallow")
    days = history.last_changes(tmp_path / "shallow")
    assert days == {}, "the oldest commit there seems to bring every file, the newest only moved one"
    assert set(days_of(tmp_path / "shallow").values()) == {"2026-01-05"}


@pytest.mark.parametrize("how", ["no repository", "no git"])
def test_without_git_the_day_of_publication_stands(
    how: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if how == "no git":
        monkeypatch.setenv("PATH", str(tmp_path))
    else:
        (root / ".git").rename(tmp_path / "elsewhere")
    assert set(days_of(root).values()) == {date(2026, 1, 5).isoformat()}
