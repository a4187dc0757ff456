"""Terms of the glossary: where a Japanese article first uses one, its English stands in parentheses behind it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kamipen.article import glossary
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError

EVERYDAY = ("重み", "誤差", "損失", "収束", "パラメータ", "乱数の種")
"""Terms that need no English: a reader meets them on every page."""

_WORD = "[ァ-ヴー一-龠]"
_GLOSS = re.compile(rf"{_WORD}{{0,8}}[」』*]*[（(][^（()）]*[A-Za-z]")
_HEADING = re.compile(r"^#{1,6} ")
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find terms without their English; titles, headings and links, which lead to more, do not count as uses."""
    file = page.docs / "glossary.yml"
    if page.language != "ja" or not file.exists():
        return
    pattern, english = _terms(file, file.stat().st_mtime_ns)
    met: dict[str, int] = {}
    for number, line in page.uncoded[1:]:  # behind the title
        if _HEADING.match(line):
            continue
        for match in pattern.finditer(text := _LINK.sub("", line)):
            if match[0] not in met:
                met[match[0]] = 0 if _GLOSS.match(text, match.end()) else number
    for term, number in met.items():
        if number:
            problem = f"`{term}` comes without its English: write `{term}（{english[term]}）` where it comes first"
            yield page.problem(problem, number)


@lru_cache
def _terms(file: Path, _changed: int) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all terms, the longer first, and the English of each."""
    english = {entry["ja"]: re.sub(r" *\(.*?\)", "", entry["en"]) for entry in glossary.terms(file)}
    english = {term: word for term, word in english.items() if term not in EVERYDAY}
    longest = sorted(english, key=len, reverse=True)
    return re.compile(rf"(?<!{_WORD})(?:{'|'.join(map(re.escape, longest))})"), english
