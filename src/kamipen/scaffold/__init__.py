"""`make new`: a new article or refresher that already runs, as two pages and a script, for its author to write over."""

import argparse
import datetime
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kamipen.article.articles import REFRESHERS, discover
from kamipen.article.plan import planned
from kamipen.errors import nearest
from kamipen.project import LANGUAGES, ROOT
from kamipen.scaffold import notebook
from kamipen.scaffold.request import (
    Ask,
    Draft,
    Refused,
    Request,
    complete,
    refuse_name,
    refuse_skills,
    refuse_titles,
    words,
)
from kamipen.site import navigation

KINDS = ("article", "refresher")

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
    if options.kind not in KINDS:
        raise Refused(f"unknown kind `{options.kind}`{nearest(options.kind, KINDS)}")
    if options.kind == "refresher":
        level = int(options.level or 700)
        return report(refresher(options.name, options.ja, options.en, level, words(options.prereq), ROOT, _ask))
    unasked: list[str] | None = None if sys.stdin.isatty() else []
    source = Path(options.notebook) if options.notebook else None
    return report(
        scaffold(
            Request(
                options.name,
                options.part or None,
                options.ja or None,
                options.en or None,
                words(options.claims) or unasked,
                words(options.prereq) or unasked,
                words(options.discussion),
                int(options.level or 800),
                skills=words(options.skills),
            ),
            ROOT,
            _ask,
            source,
        ),
        source,
    )


def report(written: Sequence[Path], source: Path | None = None) -> None:
    """Name the files, and say what to do next."""
    print("Written:", *(f"  {path.relative_to(ROOT)}" for path in written), sep="\n")
    runs = "It holds the notebook's code and prose." if source else "It runs as it stands."
    print(f"{runs} `make serve` shows it and reloads as you write; `make check` says what to mend.")
    print("Every block and option stands in docs/en/gallery.md, source beside result.")
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
    title = _docstring(draft.titles["en"])
    _write(script, "script.txt", facts | {"title": title})
    if steps:
        script.write_text(notebook.script(steps, title), "utf-8")
        for page, language in zip(pages, LANGUAGES, strict=True):
            matter = re.match(r"---\n.*?\n---\n", page.read_text("utf-8"), re.DOTALL)
            own = re.sub(r"^labels:.*\n", "", matter[0], flags=re.MULTILINE) if matter else ""  # the example's figure's
            page.write_text(f"{own}\n{notebook.page(steps, draft.script, language)}", "utf-8")
    return [*pages, script, *changed, *navigation.update(discover(docs), root)]


def refresher(name: str, ja: str, en: str, level: int, prereq: Sequence[str], root: Path, ask: Ask) -> list[Path]:
    """Write a refresher's pages, script and navigation below `root`; return the files. Or it is refused."""
    docs = root / "docs"
    refuse_name(name, root)
    if name in planned(docs / "plan.yml"):
        raise Refused(f"`{name}` is an article of the road: choose another slug")
    refuse_skills(prereq, root)
    titles = {"ja": ja or ask("Japanese title", ""), "en": en or ask("English title", "")}
    refuse_titles(titles)
    facts = {"name": name, "script": name.replace("-", "_"), "level": level, "prereq": prereq}
    facts |= {"date": datetime.date.today().isoformat()}
    pages = [docs / language / REFRESHERS / f"{name}.md" for language in LANGUAGES]
    for page, language in zip(pages, LANGUAGES, strict=True):
        _write(page, f"refresher.{language}.md", facts | {"title": json.dumps(titles[language], ensure_ascii=False)})
    script = root / "snippets" / f"{facts['script']}.py"
    _write(script, "refresher.txt", facts | {"title": _docstring(titles["en"])})
    return [*pages, script, *navigation.update(discover(docs), root)]


def _docstring(title: str) -> str:
    return title.replace("\\", "").replace('"', "'")


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
