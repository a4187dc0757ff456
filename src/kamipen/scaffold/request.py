"""What `make new` is asked for: completed from the plan and by questions, refused where it cannot be."""

import keyword
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kamipen.article.articles import AUDIENCES, LEVELS, PARTS, REFRESHERS
from kamipen.article.plan import planned
from kamipen.errors import nearest
from kamipen.project import LANGUAGES

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST = 40
_CLAIM = re.compile(r"\d+\.\d+[a-z]?")

Ask = Callable[[str, str], str]
"""Asks a question, given a default; returns the answer."""


class Refused(Exception):  # noqa: N818 (it reads as what it says)
    """No article can be made of this; the message says why and what to write instead."""


@dataclass(frozen=True)
class Request:
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
    skills: Sequence[str] = ()


@dataclass(frozen=True)
class Draft:
    """An article to be written: a request in which nothing is open any more."""

    name: str
    part: str
    titles: dict[str, str]
    claims: Sequence[str]
    prereq: Sequence[str]
    skills: Sequence[str]
    discussions: Sequence[str]
    level: int
    audience: str
    order: int
    planned: bool

    @property
    def script(self) -> str:
        """Name of the article's script."""
        return self.name.replace("-", "_")


def complete(request: Request, root: Path, ask: Ask) -> Draft:
    """Return the article that is asked for; what is missing is asked, what cannot be is Refused."""
    refuse_name(request.name, root)
    plan = planned(root / "docs/plan.yml")
    known: dict[str, Any] = plan.get(request.name, {})
    part = _part(request, known, ask)
    if request.audience not in AUDIENCES:
        raise Refused(f"unknown audience `{request.audience}`{nearest(request.audience, AUDIENCES)}")
    if not LEVELS[0] <= request.level <= LEVELS[1]:
        raise Refused(f"`{request.level}` is no difficulty: from {LEVELS[0]} to {LEVELS[1]}, such as LEVEL=800")
    titles = {
        "ja": request.ja or ask("Japanese title", str(known.get("ja", ""))),
        "en": request.en or ask("English title", str(known.get("en", ""))),
    }
    refuse_titles(titles)
    order = known.get("order") or max(entry["order"] for entry in plan.values() if entry["part"] == part) + 1
    draft = Draft(
        name=request.name,
        part=part,
        titles=titles,
        claims=request.claims if request.claims is not None else words(ask("Claims, such as 1.14 3.6", "")),
        prereq=(),
        skills=request.skills,
        discussions=request.discussions,
        level=request.level,
        audience=request.audience,
        order=order,
        planned=bool(known),
    )
    refuse_sources(draft)
    refuse_skills(request.skills, root)
    prereq = request.prereq if request.prereq is not None else words(ask("To be read before, by slug", ""))
    draft = replace(draft, prereq=prereq)
    refuse_prerequisites(draft, {slug: _place(entry["part"], entry["order"]) for slug, entry in plan.items()})
    return draft


def words(text: str) -> list[str]:
    """Return the words of a list that is separated by commas or spaces."""
    return [word for word in re.split(r"[,\s]+", text) if word]


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


def refuse_titles(titles: Mapping[str, str]) -> None:
    """Refuse titles that say nothing."""
    for language, title in titles.items():
        if not title.strip():
            raise Refused(f"the title is empty: say {language.upper()}='…'")


def refuse_sources(draft: Draft) -> None:
    """Refuse claims and discussions that are none."""
    for claim in draft.claims:
        if not _CLAIM.fullmatch(claim):
            raise Refused(f"`{claim}` is no claim: write its number in the inventory, such as 3.29")
    for discussion in draft.discussions:
        if not re.match(r"https?://\S+$", discussion):
            raise Refused(f"`{discussion}` is no address: DISCUSSION=https://…")


def _place(part: str, order: int) -> tuple[int, int]:
    return PARTS.index(part), order


def refuse_skills(skills: Sequence[str], root: Path) -> None:
    """Refuse skills that no refresher is about."""
    known = [page.stem for page in (root / "docs" / LANGUAGES[0] / REFRESHERS).glob("*.md") if page.stem != "index"]
    for skill in skills:
        if skill not in known:
            raise Refused(f"there is no refresher `{skill}`{nearest(skill, known)}")


def refuse_prerequisites(draft: Draft, places: dict[str, tuple[int, int]]) -> None:
    """Refuse articles to be read before that nobody knows, or that come later."""
    for slug in draft.prereq:
        if slug not in places:
            raise Refused(f"there is no article `{slug}` to be read before{nearest(slug, places)}")
        if places[slug] >= _place(draft.part, draft.order):
            place = f"number {draft.order}" if draft.planned else f"the end of part `{draft.part}`"
            raise Refused(f"`{slug}` comes after {place}: what is read before must stand before")


def _part(request: Request, known: dict[str, Any], ask: Ask) -> str:
    part = request.part or known.get("part") or ask(f"Part ({', '.join(PARTS)})", "maths")
    if part not in PARTS:
        raise Refused(f"`{part}` is no part of the road{nearest(part, PARTS)}")
    if known and part != known["part"]:
        own = known["part"]
        raise Refused(f"docs/plan.yml has `{request.name}` in part `{own}`, not in `{part}`: say PART={own}")
    return part
