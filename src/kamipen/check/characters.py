"""Characters that do not belong: look-alikes of other alphabets, stray full- or half-width forms, the invisible."""

import re
import unicodedata
from collections.abc import Iterator

from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd]")
_OTHER_ALPHABET = re.compile("[\u0400-\u052f\u0530-\u05ff\u0600-\u06ff\u1c80-\u1c8f\uac00-\ud7af]")
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_WIDE_ASCII = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE = re.compile("[\u3000-\u3002\u300c-\u300f\u3010\u3011\u3014\u3015\uff01-\uff5e]+")
_JAPANESE = re.compile("[\u3005\u3040-\u30ff\u3400-\u9fff]+")
_GLOSS = re.compile("\\([^()]*\\)|『[^』]*』|「[^」]*」")


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find such characters in what is read as words."""
    for number, line in page.lines:
        for match in _INVISIBLE.finditer(line):
            yield page.problem(f"U+{ord(match[0]):04X} cannot be seen: delete it", number)
    bilingual = _lines_in_two_languages(page)
    for number, line in page.prose:
        for match in _OTHER_ALPHABET.finditer(line):
            name = unicodedata.name(match[0], "another alphabet")
            yield page.problem(f"`{match[0]}` is {name.title()}: type the letter of this language", number)
        for match in _HALF_KANA.finditer(line):
            full = unicodedata.normalize("NFKC", match[0])
            yield page.problem(f"`{match[0]}` is half-width: write `{full}`", number)
        wide = _WIDE_ASCII if page.language == "ja" else _WIDE
        text = line if page.language == "ja" else _GLOSS.sub(" ", line)
        for match in wide.finditer(text) if number not in bilingual else ():
            plain = unicodedata.normalize("NFKC", match[0]).replace("。", ".").replace("、", ",")
            yield page.problem(f"`{match[0]}` is full-width: write `{plain}`", number)
        for match in _JAPANESE.finditer(text) if page.language == "en" and number not in bilingual else ():
            yield page.problem(
                f"`{match[0]}` is Japanese: translate it, or put it in brackets behind the English", number
            )


def _lines_in_two_languages(page: AuthoredPage) -> set[int]:
    """Tables and lists of sources may name things in the other language."""
    rows = {number for number, line in page.lines if line.startswith("|")}
    return rows | {number for part in page.box("sources") for number in range(part.line, part.line + len(part.lines))}
