"""Citations: every [1] has a source, every source an address or a title, and none of them is cut short."""

import re
from collections.abc import Iterator

from kamipen.article.values import PATTERN
from kamipen.check.pages import FORMULA, AuthoredPage
from kamipen.errors import SourceError

_ENTRY = re.compile(r"^- (?:\[(?P<number>\d+)\] *)?(?P<text>\S.*)$")
_CITED = re.compile(r"(?<![\]!])\[(?P<numbers>\d+(?:, ?\d+)*)\](?!\()")
ADDRESS = re.compile(r"https?://[^\s>)\]、。]+")
_TITLE = re.compile(r"\*[^*]+\*|『[^』]+』|「[^」]+」|“[^”]+”|\"[^\"]+\"|\]\(")
_CUT = re.compile(r"…|\.\.\.|%E2%80%A6")


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find citations that lead nowhere."""
    entries: dict[int, int] = {}  # number of the source → its line
    listed: set[int] = set()
    for part in page.box("sources"):
        for line, text in enumerate(part.lines, part.line):
            listed.add(line)
            if not (match := _ENTRY.match(text)):
                continue
            if match["number"]:
                entries[int(match["number"])] = line
            yield from _entry(page, match["text"], line)
    cited: set[int] = set()
    for line, text in page.uncoded:
        if line not in listed:
            for address in ADDRESS.findall(text):
                yield from _cut(page, address, line)
            for match in (
                _CITED.finditer(PATTERN.sub(" ", FORMULA.sub(" ", text))) if page.is_article or page.is_detour else ()
            ):
                numbers = {int(number) for number in match["numbers"].split(",")}
                cited |= numbers
                for number in sorted(numbers - entries.keys()):
                    yield page.problem(f"[{number}] is in no box of kind sources: list it there", line)
    for number, line in entries.items():
        if number not in cited:
            yield page.problem(f"[{number}] is cited nowhere: cite it, or list it without a number", line)


def _entry(page: AuthoredPage, text: str, line: int) -> Iterator[SourceError]:
    addresses = ADDRESS.findall(text)
    for address in addresses:
        yield from _cut(page, address, line)
    if not addresses and not _TITLE.search(text):
        yield page.problem("a source needs its address, or its title in *italics* or 『』", line)
    for title in _TITLE.findall(text):
        if _CUT.search(title):
            yield page.problem(f"the title {title} is cut short: write it whole", line)


def _cut(page: AuthoredPage, address: str, line: int) -> Iterator[SourceError]:
    if _CUT.search(address):
        yield page.problem(f"the address {address} is cut short: write it whole", line)
