"""The day of each file's last change, as git remembers it; without git, or past a shallow clone's edge, unknown."""

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from kamipen.article.articles import Article
from kamipen.project import ROOT

Days = Mapping[str, date]
"""Path from the root → day (UTC) of its last commit."""

_LOG = ("log", "--relative", "--no-renames", "--numstat", "--date=format-local:%Y-%m-%d", "--format=%H %cd")
_COMMIT = re.compile(r"([0-9a-f]{40,64}) (\d{4}-\d\d-\d\d)")
_NUMBER = r"^order: [0-9]+$"  # an article that only moved along the road did not change


def last_changes(root: Path = ROOT) -> dict[str, date]:
    """Return when each page and script below `root` was last changed."""
    edge = _edge(root)
    days: dict[str, date] = {}
    day: date | None = None
    for line in _git(root, *_LOG, f"--ignore-matching-lines={_NUMBER}", "--", "docs", "snippets").splitlines():
        if commit := _COMMIT.fullmatch(line):
            day = None if commit[1] in edge else date.fromisoformat(commit[2])
        elif day and line:
            days.setdefault(line.split("\t")[2], day)
    return days


def changed(article: Article, days: Days, root: Path = ROOT) -> date:
    """Return the day of an article's last change, in its page or its script: never before it was published."""
    files = [article.path, root / "snippets" / f"{article.script}.py"]
    known = [days[name] for path in files if (name := _name(path, root)) in days]
    return max(article.date, *known) if known else article.date


def pages(language: str, articles: Iterable[Article], days: Days, root: Path = ROOT) -> dict[str, str]:
    """Return page below `docs/<language>/` → day, as far as it is known; articles also change with their scripts."""
    folder = root / "docs" / language
    known = {article.path: article for article in articles}
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.md")):
        article = known.get(path)
        day = changed(article, days, root) if article else days.get(_name(path, root))
        if day:
            found[path.relative_to(folder).as_posix()] = day.isoformat()
    return found


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _edge(root: Path) -> set[str]:
    """Return the commits at which a shallow clone ends: they seem to bring every file."""
    path = _git(root, "rev-parse", "--git-path", "shallow").strip()
    shallow = root / path
    return set(shallow.read_text("utf-8").split()) if path and shallow.is_file() else set()


def _git(root: Path, *arguments: str) -> str:
    """Return what git says, or nothing where there is no git, or no repository of this very folder."""
    command = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        result = subprocess.run(
            command, cwd=root, env=os.environ | {"TZ": "UTC"}, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return result.stdout if result.returncode == 0 else ""
