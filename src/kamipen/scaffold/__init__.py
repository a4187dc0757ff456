"""`make new`: a new article that already runs, as two pages, a script and an exercise, for its author to write over."""

import argparse
import datetime
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kamipen.article.articles import discover
from kamipen.article.plan import planned
from kamipen.project import LANGUAGES, ROOT
from kamipen.scaffold import notebook
from kamipen.scaffold.request import Ask, Draft, Refused, Request, complete, words
from kamipen.site import navigation

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    undefined=StrictUndefined,
    comment_start_string="{##",  # {# opens the id of a heading
    trim_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # Markdown and Python
)
_TEMPLATES.filters["json"] = json.dumps


def from_options(options: argparse.Namespace) -> None:
    """Read the command line, and write the article that it asks for."""
    if options.level and not options.level.isdecimal():
        raise Refused(f"`{options.level}` is no difficulty: a whole number, such as LEVEL=800")
    unasked: list[str] | None = None if sys.stdin.isatty() else []
    new(
        Request(
            options.name,
            options.part or None,
            options.ja or None,
            options.en or None,
            words(options.claims) or unasked,
            words(options.prereq) or unasked,
            words(options.discussion),
            int(options.level or 800),
        ),
        Path(options.notebook) if options.notebook else None,
    )


def new(request: Request, source: Path | None = None) -> None:
    """Write the article that was asked for, and say what to do next."""
    written = scaffold(request, ROOT, _ask, source)
    print("Written:", *(f"  {path.relative_to(ROOT)}" for path in written), sep="\n")
    runs = "It holds the notebook's code and prose." if source else "It runs as it stands."
    print(f"{runs} `make serve` shows it and reloads as you write; `make check` says what to mend.")
    print("It is a draft: delete `draft: true` from both pages when it is whole.")


def scaffold(request: Request, root: Path, ask: Ask, source: Path | None = None) -> list[Path]:
    """Write pages, script, plan and navigation below `root`; return the files. Nothing is written if it is refused.

    With a notebook as its source, script and pages hold what that holds.
    """
    docs = root / "docs"
    steps = notebook.read(source) if source else []
    draft = complete(request, root, ask)
    changed = [] if draft.planned else [_plan(draft, docs)]
    facts = {"article": draft, "date": datetime.date.today().isoformat()}
    pages = [docs / language / draft.part / f"{draft.name}.md" for language in LANGUAGES]
    for page, language in zip(pages, LANGUAGES, strict=True):
        title = json.dumps(draft.titles[language], ensure_ascii=False)
        _write(page, f"article.{language}.md", facts | {"title": title})
    script = root / "snippets" / f"{draft.script}.py"
    title = draft.titles["en"].replace("\\", "").replace('"', "'")
    _write(script, "script.txt", facts | {"title": title})
    if steps:
        script.write_text(notebook.script(steps, title), "utf-8")
        for page, language in zip(pages, LANGUAGES, strict=True):
            matter = re.match(r"---\n.*?\n---\n", page.read_text("utf-8"), re.DOTALL)
            text = notebook.page(steps, draft.script, language)
            page.write_text(f"{matter[0] if matter else ''}\n{text}", "utf-8")
    return [*pages, script, *changed, *navigation.update(discover(docs), root)]


def _plan(draft: Draft, docs: Path) -> Path:
    """Put a new article at the end of its part in the plan; no other moves, so that work side by side fits."""
    path = docs / "plan.yml"
    text = path.read_text("utf-8")
    ja, en = (json.dumps(draft.titles[language], ensure_ascii=False) for language in LANGUAGES)
    line = f"      {draft.name}: {{order: {draft.order}, ja: {ja}, en: {en}}}\n"
    last = [slug for slug, entry in planned(path).items() if entry["part"] == draft.part][-1]
    found = re.search(rf"^ +{re.escape(last)}: .*\n", text, re.MULTILINE)
    assert found, f"docs/plan.yml has no line for {last}"
    path.write_text(f"{text[: found.end()]}{line}{text[found.end() :]}", "utf-8")
    return path


def _write(path: Path, template: str, facts: Mapping[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_TEMPLATES.get_template(template).render(facts).rstrip("\n") + "\n", "utf-8")


def _ask(question: str, default: str) -> str:
    """Ask at a terminal; elsewhere take the default."""
    if not sys.stdin.isatty():
        return default
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
