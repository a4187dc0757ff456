"""Terms are spelled as the glossary spells them: one long vowel, one hyphen, British or nothing."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kamipen.article.glossary import terms as glossary
from kamipen.check.pages import AuthoredPage
from kamipen.errors import SourceError

_AMERICAN = (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iour", "ior"), ("centre", "center"))
_KATAKANA = re.compile(r"[ァ-ヴー・]+")
_TITLE = re.compile(r"(?<!\*)\*(?!\*)[^*]+\*(?!\*)")  # in italics, as its authors spelled it


def find(page: AuthoredPage) -> Iterator[SourceError]:
    """Find spellings of a term that are not the glossary's."""
    file = page.docs / "glossary.yml"
    if not file.exists():
        return
    known = _variants(file, page.language, file.stat().st_mtime_ns)
    for number, line in page.prose:
        for pattern, term in known:
            for match in pattern.finditer(_TITLE.sub("", line)):
                yield page.problem(f"`{match[0]}` is `{term}` in docs/glossary.yml", number)


@lru_cache
def _variants(file: Path, language: str, _changed: int) -> tuple[tuple[re.Pattern[str], str], ...]:
    names = [re.sub(r" *[(（].*?[)）]", "", entry[language]) for entry in glossary(file)]
    spell = _japanese if language == "ja" else _english
    return tuple((pattern, name) for name in names for pattern in spell(name, {*names}))


def _japanese(name: str, known: set[str]) -> Iterator[re.Pattern[str]]:
    """Yield another long vowel at the end, and dots between words of katakana."""
    if not _KATAKANA.fullmatch(name) or len(name) < 4:
        return
    other = name[:-1] if name.endswith("ー") else f"{name}ー"
    if other not in known:
        yield re.compile(rf"(?<![ァ-ヴー]){re.escape(other)}(?![ァ-ヴー])")
    dotted = "・?".join(map(re.escape, name.replace("・", "")))
    yield re.compile(rf"(?<![ァ-ヴー])(?!{re.escape(name)}){dotted}(?![ァ-ヴー])")


def _english(name: str, _: set[str]) -> Iterator[re.Pattern[str]]:
    """Yield the American spelling, and other ways to join the words."""
    for british, american in _AMERICAN:
        if british in name:
            yield _word(re.escape(name.replace(british, american)))
    if "-" in name:
        parts = [re.escape(part) for part in name.split("-")]
        yield _word(" ".join(parts))
        yield _word("".join(parts))
    elif len(name) > 6 and " " not in name:
        prefix = re.match(r"over|under|back|cross|auto|hyper|pre", name)
        if prefix and name[prefix.end() :]:
            yield _word(f"{prefix[0]}[- ]{re.escape(name[prefix.end() :])}")


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE)
