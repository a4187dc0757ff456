"""The articles' part of the navigation: written into mkdocs.yml and mkdocs.en.yml from the articles' front matter."""

import re
from collections.abc import Sequence
from pathlib import Path

from kamipen.article.articles import PARTS, REFRESHERS, Article, of_language
from kamipen.article.plan import plan
from kamipen.project import CONFIGS, DOCS, ROOT
from kamipen.texts import load

_ARTICLES = re.compile(r"(?<=  # Articles, written by `kamipen build`\n).*?(?=  # Pages\n)", re.DOTALL)


def update(written: Sequence[Article], root: Path = ROOT) -> list[Path]:
    """Bring both navigations up to date; return the files that changed."""
    changed: list[Path] = []
    for language, path in CONFIGS.items():
        config = root / path.name
        before = config.read_text("utf-8")
        entries = articles(of_language(written, language), language, root / "docs")
        after = _ARTICLES.sub(lambda _, entries=entries: entries, before)
        if after != before:
            config.write_text(after, "utf-8")
            changed.append(config)
    return changed


def articles(written: Sequence[Article], language: str, docs: Path = DOCS) -> str:
    """The articles by part, then the refreshers, as lines of YAML."""
    titles = {part["id"]: part["title"][language] for part in plan(docs / "plan.yml")["parts"]}
    lines: list[str] = []
    for number, part in enumerate(PARTS, 1):
        entries = [f"      - {article.key}.md\n" for article in written if article.part == part]
        overview = [f"      - {part}/index.md\n"] if (docs / language / part / "index.md").exists() else []
        end = [f"      - {part}/rulings.md\n"] if (docs / language / part / "rulings.md").exists() else []
        lines += [f"  - {number} {titles[part]}:\n", *overview, *entries, *end] if entries else []
    lines += [f"  - {load(language)('refreshers.title')}:\n", f"      - {REFRESHERS}/index.md\n"]
    lines += [f"      - {article.key}.md\n" for article in written if article.is_refresher]
    return "".join(lines)
