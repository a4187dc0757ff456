"""`make new`: a new article that already runs, as two pages, a script and an exercise, for its author to write over."""

import argparse
import datetime
import json
import keyword
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamipen.article.articles import AUDIENCES, PARTS, Article, discover
from kamipen.article.plan import plan
from kamipen.errors import nearest
from kamipen.project import LANGUAGES, ROOT
from kamipen.site import navigation

TEMPLATES = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST = 40
_CLAIM = re.compile(r"\d+\.\d+")
_SOURCES = {"ja": "引用元", "en": "Sources"}
_DISCUSSION = {"ja": "議論", "en": "Discussion"}


class Refused(Exception):  # noqa: N818 (it reads as what it says)
    """No article can be made of this; the message says why and what to write instead."""


@dataclass(frozen=True)
class Wish:
    """What the author said; what is None is taken from the plan, asked for, or has a default."""

    name: str
    part: str | None = None
    ja: str | None = None
    en: str | None = None
    claims: Sequence[str] | None = None
    prereq: Sequence[str] | None = None
    discussions: Sequence[str] = ()
    level: int = 800
    audience: str = "practitioner"


Ask = Callable[[str, str], str]


def from_options(options: argparse.Namespace) -> None:
    """Read the command line, and write the article that it asks for."""
    if options.level and not options.level.isdecimal():
        raise Refused(f"`{options.level}` is no difficulty: a whole number, such as LEVEL=800")
    unasked: list[str] | None = None if sys.stdin.isatty() else []
    new(
        Wish(
            options.name,
            options.part or None,
            options.ja or None,
            options.en or None,
            _words(options.claims) or unasked,
            _words(options.prereq) or unasked,
            _words(options.discussion),
            int(options.level or 800),
        )
    )


def new(wish: Wish) -> None:
    """Write the article that was asked for, and say what to do next."""
    written = scaffold(wish, ROOT, _ask)
    print("Written:", *(f"  {path.relative_to(ROOT)}" for path in written), sep="\n")
    print("It runs as it stands. `make serve` shows it and reloads as you write; `make check` says what to mend.")
    print("It is a draft: delete `draft: true` from both pages when it is whole.")


def scaffold(wish: Wish, root: Path, ask: Ask) -> list[Path]:
    """Write pages, script, plan and navigation below `root`; return the files. Nothing is written if it is refused."""
    docs = root / "docs"
    refuse_name(wish.name, root)
    known = {slug: (part["id"], entry) for part in plan(docs / "plan.yml")["parts"] for slug, entry in _entries(part)}
    planned_part, planned = known.get(wish.name, (None, {}))
    part = wish.part or planned_part or ask(f"Part ({', '.join(PARTS)})", "maths")
    if part not in PARTS:
        raise Refused(f"`{part}` is no part of the road{nearest(part, PARTS)}")
    if planned_part and part != planned_part:
        raise Refused(
            f"docs/plan.yml has `{wish.name}` in part `{planned_part}`, not in `{part}`: say PART={planned_part}"
        )
    if wish.audience not in AUDIENCES:
        raise Refused(f"unknown audience `{wish.audience}`{nearest(wish.audience, AUDIENCES)}")
    titles = {
        "ja": wish.ja or ask("Japanese title", str(planned.get("ja", ""))),
        "en": wish.en or ask("English title", str(planned.get("en", ""))),
    }
    for language, title in titles.items():
        if not title.strip():
            raise Refused(f"the title is empty: say {language.upper()}='…'")
    claims = wish.claims if wish.claims is not None else _words(ask("Claims, such as 1.14 3.6", ""))
    for claim in claims:
        if not _CLAIM.fullmatch(claim):
            raise Refused(f"`{claim}` is no claim: write its number in the inventory, such as 3.29")
    prereq = wish.prereq if wish.prereq is not None else _words(ask("To be read before, by slug", ""))
    for discussion in wish.discussions:
        if not re.match(r"https?://\S+$", discussion):
            raise Refused(f"`{discussion}` is no address: DISCUSSION=https://…")
    order = planned.get("order") or _last_order(docs, part) + 1
    refuse_prerequisites(prereq, order, docs, part, planned=bool(planned))
    changed = [] if planned else _make_room(docs, part, order, wish.name, titles)
    facts = {
        "script": wish.name.replace("-", "_"),
        "date": datetime.date.today().isoformat(),
        "order": str(order),
        "prereq": f"[{', '.join(prereq)}]",
        "level": str(wish.level),
        "audience": wish.audience,
        "claims": json.dumps(list(claims)),
        "discussions": json.dumps(list(wish.discussions)),
        "cite": " [1]" if wish.discussions else "",
        "verdict_claim": f'    claim: "{claims[0]}"\n' if claims else "",
    }
    pages = [docs / language / part / f"{wish.name}.md" for language in LANGUAGES]
    script = root / "snippets" / f"{facts['script']}.py"
    for page, language in zip(pages, LANGUAGES, strict=True):
        title = json.dumps(titles[language], ensure_ascii=False)
        sources = _sources(wish.discussions, language)
        _write(page, f"article.{language}.md", facts | {"title": title, "sources": sources})
    _write(script, "script.txt", facts | {"title": titles["en"].replace("\\", "").replace('"', "'")})
    return [*pages, script, *changed, *navigation.update(discover(docs), root)]


def refuse_name(name: str, root: Path) -> None:
    """Refuse a slug that is malformed or taken, with the reason."""
    if not _NAME.fullmatch(name):
        raise Refused(f"`{name}` is no slug: small letters and digits in words joined by hyphens, as in `two-lambda`")
    if len(name) > _LONGEST:
        raise Refused(f"`{name}` has {len(name)} letters: an address that people share has {_LONGEST} at most")
    script = name.replace("-", "_")
    if keyword.iskeyword(script) or script in sys.stdlib_module_names or (root / "snippets" / script).exists():
        raise Refused(f"`{name}` is a name that Python or the kit already uses: add a word")
    taken = [root / "snippets" / f"{script}.py", *sorted((root / "docs").glob(f"*/*/{name}.md"))]
    for path in taken:
        if path.exists():
            raise Refused(f"`{name}` is taken by {path.relative_to(root)}: choose another slug")


def refuse_prerequisites(prereq: Sequence[str], order: int, docs: Path, part: str, *, planned: bool) -> None:
    """Refuse articles to be read before that nobody knows, or that come later."""
    orders = {slug: entry["order"] for each in plan(docs / "plan.yml")["parts"] for slug, entry in _entries(each)}
    for slug in prereq:
        if slug not in orders:
            raise Refused(f"there is no article `{slug}` to be read before{nearest(slug, orders)}")
        if orders[slug] >= order:
            place = f"number {order}" if planned else f"the end of part `{part}`"
            raise Refused(f"`{slug}` comes after {place}: what is read before must stand before")


def _entries(part: dict[str, dict[str, dict[str, int]]]) -> list[tuple[str, dict[str, int]]]:
    return list(part["articles"].items())


def _last_order(docs: Path, part: str) -> int:
    parts = {each["id"]: each for each in plan(docs / "plan.yml")["parts"]}
    return max(entry["order"] for _, entry in _entries(parts[part]))


def _make_room(docs: Path, part: str, order: int, name: str, titles: dict[str, str]) -> list[Path]:
    """Put a new article at the end of its part in the plan, and move on the numbers of all that follow."""
    path = docs / "plan.yml"
    text = re.sub(r"(?<=order: )\d+", lambda n: str(int(n[0]) + (int(n[0]) >= order)), path.read_text("utf-8"))
    ja, en = (json.dumps(titles[language], ensure_ascii=False) for language in LANGUAGES)
    line = f"      {name}: {{order: {order}, ja: {ja}, en: {en}}}\n"
    before, _, after = text.partition(f"order: {order - 1},")
    rest, _, following = after.partition("\n")
    path.write_text(f"{before}order: {order - 1},{rest}\n{line}{following}", "utf-8")
    return [path, *(_move_on(article) for article in discover(docs) if article.order >= order)]


def _move_on(article: Article) -> Path:
    text = article.path.read_text("utf-8")
    moved = re.sub(r"^order: \d+", f"order: {article.order + 1}", text, count=1, flags=re.MULTILINE)
    article.path.write_text(moved, "utf-8")
    return article.path


def _sources(discussions: Sequence[str], language: str) -> str:
    if not discussions:
        return ""
    first, *others = [f"{_DISCUSSION[language]}: <{url}>" for url in discussions]
    lines = [f"- [1] {first}", *(f"- {other}" for other in others)]
    return "\n".join([f"\n/// box | {_SOURCES[language]}", "    kind: sources", *lines, "///"])


def _write(path: Path, template: str, facts: dict[str, str]) -> None:
    text = (TEMPLATES / template).read_text("utf-8")
    for name, value in facts.items():
        text = text.replace(f"{{{{{name}}}}}", value)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.rstrip("\n") + "\n", "utf-8")


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", text) if word]


def _ask(question: str, default: str) -> str:
    """Ask at a terminal; elsewhere take the default."""
    if not sys.stdin.isatty():
        return default
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
