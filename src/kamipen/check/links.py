"""Links between pages: the page stands, and so does the heading, cell or exercise that the link names."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kamipen.article import claims, diagrams, outline, rulings
from kamipen.article.articles import PARTS, split_front_matter
from kamipen.article.outline import Fence
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError, nearest

_LINK = re.compile(r"\]\((?P<target>[^)\s]+)(?: +\"[^\"]*\")?\)")
_ELSEWHERE = re.compile(r"[a-z]+:|//|/")
_ID = re.compile(r"\{[^{}]*#([\w-]+)[^{}]*\}|\bid=\"([\w-]+)\"")
_MADE = {"glossary": ("terms",), "roadmap": ("roadmap",), "contents": (), "docket": ("sources",)}


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find links whose end does not stand."""
    for number, line in page.uncoded:
        for match in _LINK.finditer(line):
            target, _, anchor = match["target"].partition("#")
            if _ELSEWHERE.match(target):
                continue
            path = (page.path.parent / target).resolve() if target else page.path
            if target.endswith("/") or (target and not path.exists()):
                yield page.problem(f"`{target}` is no file here{_near(path)}", number)
            elif anchor and path.suffix == ".md" and anchor not in (known := ids(path)):
                yield page.problem(f"{path.name} has no `#{anchor}`{nearest(anchor, known)}", number)

    for fence in outline.walk(page.nodes):
        if isinstance(fence, Fence) and fence.is_diagram:
            yield from _in_diagram(page, fence)


def _in_diagram(page: AuthoredPage, fence: Fence) -> Iterator[SourceError]:
    try:
        diagram = diagrams.parse(fence)
    except SourceError as problem:
        yield problem.at(page.path, problem.line)
        return
    for target in diagram.links:
        if target.startswith("#") and target[1:] not in (known := ids(page.path)):
            yield page.problem(f"a node leads to `{target}`{nearest(target[1:], known)}", diagram.line)


@lru_cache
def _read(path: Path, _changed: int) -> frozenset[str]:
    _, text, line = split_front_matter(path.read_text("utf-8"))
    found = {name for match in _ID.finditer(text) for name in match.groups() if name}
    nodes = outline.parse(text, line)
    found |= {f"cell-{fence.reference.cell}" for fence in outline.cells(nodes)}
    for block in outline.blocks(nodes):
        found |= {f"exercise-{block.text('id')}"} if block.name == "exercise" else set(_MADE.get(block.name, ()))
        if block.name in ("contents", "docket"):
            found |= {f"part-{part}" for part in PARTS}
        if block.name == "rulings":
            found |= {f"claim-{claims.slug(name)}" for name in block.argument.split()}
        if block.name == "docket":
            found |= {claim.anchor for claim in claims.load(path.parents[1] / claims.CLAIMS.name).values()}
    return frozenset(found | set(rulings.anchors(nodes).values()))


def ids(path: Path) -> frozenset[str]:
    """Return what a link to this page may name behind `#`."""
    return _read(path, path.stat().st_mtime_ns)


def _near(path: Path) -> str:
    pages = [other.name for other in path.parent.glob("*.md")] if path.parent.is_dir() else []
    return nearest(path.name, pages) if pages else ""
