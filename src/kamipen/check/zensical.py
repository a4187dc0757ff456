"""`make zensical`: the same articles built by Zensical, the successor of Material, and how the pages compare."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from kamipen.article.articles import PARTS as PARTS_OF_THE_ROAD
from kamipen.article.articles import REFRESHERS
from kamipen.project import CACHE, CONFIGS, DOCS, LANGUAGES, REPOSITORY, ROOT, SITE
from kamipen.site import postprocess

FOLDER = CACHE / "zensical"
TEMPLATES = ".kp-from, .kp-skills, .kp-facts, .kp-end, .md-tags"
"""What templates, ours and theirs, put around an article: no part of the comparison."""

PARTS = {
    "cell": "[data-cell]",
    "output": "[data-output]",
    "card": ".kp-card",
    "guess": "[data-predict]",
    "exercise": "[data-exercise]",
    "verdict": ".kp-verdict",
    "heading": "h2[id], h3[id]",
}
"""What a page is made of: each must come out the same, to the character."""

_FOLDERS = "|".join((*PARTS_OF_THE_ROAD, REFRESHERS))
KNOWN = {
    "edit": rf"^\+ {re.escape(REPOSITORY)}/edit/",
    "raw links": rf"^[-+] (\.\./)+(runtime/sbom\.cdx|claims)\.json$|^(- |\+ \.\./({_FOLDERS})/)[\w-]+/$"
    rf"|^(- \.\./|\+ \.\./\.\./({_FOLDERS})/)[\w-]+/#verdict-[\w-]+$",
    "notebooks": r"^[-+] (\.\./)+notebooks/[\w-]+(/|\.ipynb)$",
    "tags": r"^- #tag:",
}
"""Links that may differ, by the heading in .github/ZENSICAL.md that says why and what to do."""


class ZensicalError(Exception):
    """Zensical did not build the pages; the message holds its last words."""


def main() -> None:
    """Build both languages, and print where the pages differ from those in site/."""
    pages = build()
    found = [f"{page}: {difference}" for page, difference in differences(SITE, pages)]
    unknown = [line for line in found if not reason(line.split(": ", 1)[1])]
    print(*unknown, sep="\n", end="\n" if unknown else "")
    print(f"{pages.relative_to(ROOT)}: {len(found)} differences, {len(unknown)} not in .github/ZENSICAL.md")
    if unknown:
        sys.exit(1)


def build() -> Path:
    """Build and finish both languages in a folder of their own; return it."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.copytree(DOCS, FOLDER / "docs")  # Zensical wants its pages below its configuration
    for language in LANGUAGES:
        name = CONFIGS[language].name
        config = (ROOT / name).read_text("utf-8").replace(f"site_dir: site/{language}", f"site_dir: out/{language}")
        # The templates are Jinja's; Zensical reads another dialect.
        (FOLDER / name).write_text(re.sub(r"^  (custom_dir|favicon): .*\n", "", config, flags=re.MULTILINE), "utf-8")
    for language in LANGUAGES:
        command = [sys.executable, "-m", "zensical", "build", "--config-file", CONFIGS[language].name]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        result = subprocess.run(command, cwd=FOLDER, env=environment, capture_output=True, text=True, check=False)
        if result.returncode or not (FOLDER / "out" / language / "index.html").exists():
            last = (result.stdout + result.stderr).strip().splitlines()[-3:]
            raise ZensicalError(f"Zensical does not build {CONFIGS[language].name}: {' '.join(last)}")
    postprocess.finish(FOLDER / "out")
    return FOLDER / "out"


def differences(material: Path, zensical: Path) -> Iterator[tuple[str, str]]:
    """Yield every page's differences: `- link` and `+ link`, or what part is not the same."""
    pages = {path.relative_to(material) for language in LANGUAGES for path in (material / language).rglob("index.html")}
    for page in sorted(pages):
        if page.parts[1:2] in (("notebooks",), ("notebook",)):
            continue
        if not (zensical / page).exists():
            yield str(page), "page is missing"
            continue
        ours, theirs = (_content(folder / page) for folder in (material, zensical))
        for name, selector in PARTS.items():
            if page.parts[1] != "tags" and _texts(ours, selector) != _texts(theirs, selector):
                yield str(page), f"{name} differs"
        one, other = (_links(content) for content in (ours, theirs))
        yield from ((str(page), f"- {link}") for link in sorted((one - other).elements()))
        yield from ((str(page), f"+ {link}") for link in sorted((other - one).elements()))


def reason(difference: str) -> str | None:
    """Return the heading under which a difference is explained, or None."""
    return next((name for name, pattern in KNOWN.items() if re.search(pattern, difference)), None)


def _content(path: Path) -> Tag:
    article = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one("article")
    if article is None:
        raise ZensicalError(f"{path} has no article")
    for part in article.select(TEMPLATES):
        part.decompose()
    return article


def _texts(content: Tag, selector: str) -> list[str]:
    return [str(part) for part in content.select(selector)]


def _links(content: Tag) -> Counter[str]:
    """Count the links, without those of the roadmap, which stand one step too high (see `raw links`)."""
    return Counter(str(link["href"]) for link in content.select("a[href]") if not link.find_parent(class_="kp-roadmap"))
