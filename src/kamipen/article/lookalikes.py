"""Marks that were meant as syntax and are none: in full width, as a Japanese keyboard types them, or without a bar."""

import re
import unicodedata
from collections.abc import Collection

from kamipen.errors import SourceError

_LINES = (
    re.compile(r"^[ \u3000]*(?=[/／]*／)(?P<mark>[/／]{3,})"),
    re.compile(r"^ {0,3}/{3,}[ \u3000]*[\w-]+[ \u3000]*(?P<mark>｜)"),
    re.compile(r"^ {0,3}/{3,} *(?P<mark>\u3000+)[ \u3000]*[\w-]"),
    re.compile(r"^(?P<mark>\u3000[ \u3000]*)/{3,}"),
    re.compile(r"^[ \u3000]*(?=[`｀]*｀)(?P<mark>[`｀]{3,})"),
    re.compile(r"^(?=[#＃]*＃)(?P<mark>[#＃]{1,6})[ \u3000]"),
)
_OPTION = re.compile(r"^(?P<indent>[ \u3000]*)(?P<name>[a-z]+(?:-\w+)*)[ \u3000]*(?P<colon>[:：])")
_BARLESS = re.compile(r"^ {0,3}(?P<opening>/{3,} *(?P<name>[a-z]+))\u0020+(?!\|)(?P<rest>\S.*?) *$")


def refuse(line: str, number: int, blocks: Collection[str]) -> None:
    """Refuse a line of prose that was meant to begin or end a block, a fence or a heading."""
    for pattern in _LINES:
        if match := pattern.match(line):
            raise _full_width(match["mark"], number)
    if (match := _BARLESS.match(line)) and match["name"] in blocks:
        raise SourceError(f"a bar is missing: write `{match['opening']} | {match['rest']}`", line=number)


def refuse_option(line: str, number: int, known: Collection[str]) -> None:
    """Refuse a line that was meant as an option: with a colon in full width, or indented by something else."""
    match = _OPTION.match(line)
    if not match or match["name"] not in known:
        return
    if match["colon"] == "：":
        raise _full_width("：", number)
    written = f"write four spaces, as in `    {match['name']}: …`"
    if "\u3000" in match["indent"]:
        raise SourceError(f"the indent is full-width (U+3000): {written}", line=number)
    if 0 < len(match["indent"]) < 4:
        raise SourceError(f"an option is indented by more: {written}", line=number)


def _full_width(mark: str, number: int) -> SourceError:
    plain = unicodedata.normalize("NFKC", mark)
    if not mark.strip():
        return SourceError("the space is full-width (U+3000): write a plain one", line=number)
    return SourceError(f"`{mark}` is full-width: write `{plain}`", line=number)
