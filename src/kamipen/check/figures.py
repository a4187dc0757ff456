"""Figures and images: each has a text alternative, and each image file a licence."""

import re
from collections.abc import Iterator
from pathlib import Path

from kamipen.article import authored_yaml, outline
from kamipen.article.outline import Fence
from kamipen.article.scripts import Scripts
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError
from kamipen.recording.items import Figure
from kamipen.recording.records import Records

IMAGES = ("*.png", "*.jpg", "*.jpeg", "*.webp", "*.avif", "*.gif", "*.svg")
_ELEMENT = re.compile(r"<(?P<name>svg|img)\b(?P<attributes>[^>]*)>")
_WORDS = re.compile(r"""\b(?:alt|aria-label|aria-labelledby)=["']?[^"'\s]|aria-hidden="true\"""")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)")


def find(page: AuthoredPage, scripts: Scripts, records: Records) -> Iterator[SourceError]:
    """Find figures and images without a text alternative."""
    for number, line in page.uncoded:
        for match in _IMAGE.finditer(line):
            if not match["alt"].strip():
                yield page.problem(f"say in ![…] what {match['path']} shows", number)
        for match in _ELEMENT.finditer(line):
            if not _WORDS.search(match["attributes"]):
                attribute = "alt" if match["name"] == "img" else "aria-label"
                yield page.problem(f'`<{match["name"]}>` needs `{attribute}="…"`: say what it shows', number)
    for fence in outline.cells(page.nodes):
        if draws(fence, scripts, records) and not dict(fence.reference.options).get("alt"):
            problem = f"`{fence.reference}` draws a figure: say what it shows in a line `alt: …`"
            yield page.problem(problem, fence.line)


def draws(fence: Fence, scripts: Scripts, records: Records, *, otherwise: bool = False) -> bool:
    """Tell whether a cell draws a figure; `otherwise` where it cannot be run, which those who look at values tell."""
    try:
        scripts.cell(fence.reference)
        outputs = records.get(fence.reference.script).outputs[fence.reference.cell]
    except SourceError:
        return otherwise
    return any(isinstance(item, Figure) for item in outputs)


def unlicensed(docs: Path) -> Iterator[SourceError]:
    """Find image files that docs/images.yml does not name with a licence, and entries without a file."""
    register = docs / "images.yml"
    entries: dict[str, dict[str, str]] = authored_yaml.read(register) or {} if register.exists() else {}
    used: set[str] = set()
    for path in sorted(path for pattern in IMAGES for path in docs.rglob(pattern)):
        name = path.relative_to(docs)
        patterns = [pattern for pattern in entries if name.match(pattern)]
        used |= set(patterns)
        if not any(entries[pattern].get("licence") and entries[pattern].get("author") for pattern in patterns):
            yield SourceError(f"has no licence: name it in {register.name} with `author` and `licence`", path)
    for pattern in entries:
        if "*" not in pattern and pattern not in used:
            yield SourceError(f"`{pattern}` names no image: delete the entry", register)
