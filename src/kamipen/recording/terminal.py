"""What a terminal would show of printed text: returns, backspaces, colours and the cursor's moves.

`src/client/cell/terminal.ts` does the same while a cell runs; `tests/data/terminal.json` holds both to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

Run = tuple[str, str]
"""Text of one look; the look is CSS in the page's own colours, or nothing."""

_CONTROLLED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# In order: a control sequence, a title or link, another escape, one control character, text.
_TOKEN = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[ -/]*[0-~]"
    r"|[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\x08\x0a-\x1f\x7f]+"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]{0,100}[ -/]*|\][^\x07\x1b]{0,2000}\x1b?|[ -/]*)\Z")
_FARTHEST = 1_000  # where a move to the right ends at the latest
# A terminal's eight colours, by those of the page that can be read on paper and board.
_COLOURS = ("--kp-ink", "--kp-bad", "--kp-ok", "--kp-warn", "--kp-c0", "--kp-c3", "--kp-role-physicist", "--kp-ink")


def plain(text: str) -> str:
    """Return the text that a terminal would show, without its colours."""
    if not _CONTROLLED.search(text):
        return text
    return "\n".join("".join(part for part, _ in line) for line in shown(text))


def html(text: str) -> str:
    """Return the text that a terminal would show as HTML for inside a `pre`."""
    if not _CONTROLLED.search(text):
        return escape(text, quote=False)
    return "\n".join("".join(map(_span, line)) for line in shown(text))


def shown(text: str) -> list[list[Run]]:
    """Return the lines that a terminal would show, each as runs of one look."""
    screen = _Screen()
    screen.write(text)
    return [_runs(line) for line in screen.lines]


def _span(run: Run) -> str:
    text, css = escape(run[0], quote=False), run[1]
    return f'<span style="{css}">{text}</span>' if css else text


def _runs(line: Sequence[Run]) -> list[Run]:
    runs: list[Run] = []
    for text, css in line:
        if runs and runs[-1][1] == css:
            runs[-1] = (runs[-1][0] + text, css)
        else:
            runs.append((text, css))
    return runs


class _Screen:
    """Lines of single characters, and a cursor in them."""

    def __init__(self) -> None:
        self.lines: list[list[Run]] = [[]]
        self._row = self._column = 0
        self._pen = _Pen()

    def write(self, text: str) -> None:
        for token in _TOKEN.finditer(_UNFINISHED.sub("", text)):
            if token[2]:
                self._sequence(token[1], token[2])
            elif (token[0][0] >= " " and token[0] != "\x7f") or token[0][0] == "\t":
                self._put(token[0])
            else:
                self._control(token[0])

    @property
    def _line(self) -> list[Run]:
        return self.lines[self._row]

    def _control(self, token: str) -> None:
        match token:
            case "\r":
                self._column = 0
            case "\b":
                self._column = max(0, self._column - 1)
            case "\n":
                self._row, self._column = self._row + 1, 0
                if self._row == len(self.lines):
                    self.lines.append([])
            case _:
                pass

    def _sequence(self, values: str, final: str) -> None:
        if not re.fullmatch(r"[\d;:]*", values):
            return
        numbers = [int(number or 0) for number in re.split("[;:]", values)]
        first, second, last = numbers[0], [*numbers, 0][1], len(self.lines) - 1
        n = first or 1
        match final:
            case "m":
                self._pen.set(numbers)
            case "K":
                self._erase(first)
            case "J":
                self._clear(first)
            case "A" | "F":
                self._move(self._row - n, 0 if final == "F" else self._column)
            case "B" | "E":
                self._move(min(self._row + n, last), 0 if final == "E" else self._column)
            case "C" | "D":
                self._move(self._row, self._column + (n if final == "C" else -n))
            case "G":
                self._move(self._row, n - 1)
            case "H":
                self._move(min(n - 1, last), (second or 1) - 1)
            case _:
                pass

    def _move(self, row: int, column: int) -> None:
        self._row = max(0, row)
        self._column = min(max(0, column), max(_FARTHEST, len(self._line)))

    def _put(self, text: str) -> None:
        line, css = self._line, self._pen.css
        line.extend([(" ", "")] * (self._column - len(line)))
        line[self._column : self._column + len(text)] = [(character, css) for character in text]
        self._column += len(text)

    def _erase(self, how: int) -> None:
        """Erase to the line's end (0), from its start (1), or all of it (2)."""
        line = self._line
        if how == 1:
            line[: self._column + 1] = [(" ", "")] * min(self._column + 1, len(line))
        else:
            del line[self._column if how == 0 else 0 :]

    def _clear(self, how: int) -> None:
        """Erase to the end (0), or everything (2, 3), to begin anew."""
        if how == 0:
            self._erase(0)
            del self.lines[self._row + 1 :]
        elif how > 1:
            self.lines = [[]]
            self._row = self._column = 0


class _Pen:
    """How what is written next looks."""

    def __init__(self) -> None:
        self.css = self._colour = self._ground = ""
        self._marks: set[int] = set()

    def set(self, numbers: Sequence[int]) -> None:
        codes = list(numbers)
        while codes:
            self._one(codes.pop(0), codes)
        self.css = self._written()

    def _one(self, code: int, rest: list[int]) -> None:
        if code == 0:
            self._colour = self._ground = ""
            self._marks.clear()
        elif code < 10:
            self._marks.add(code)
        elif code == 22:
            self._marks -= {1, 2}
        elif 22 < code < 30:
            self._marks.discard(code - 20)
        elif code == 38:
            self._colour = _extended(rest)
        elif code == 48:
            self._ground = _extended(rest)
        elif 30 <= code < 40 or 90 <= code < 98:
            self._colour = _named(code % 10, bright=code >= 90)
        elif 40 <= code < 50 or 100 <= code < 108:
            self._ground = _named(code % 10, bright=code >= 100)

    def _written(self) -> str:
        has = self._marks.__contains__
        ink = self._colour or ("--kp-muted" if has(2) else "")
        lines = " ".join(name for mark, name in ((4, "underline"), (9, "line-through")) if has(mark))
        ground = f"background:color-mix(in srgb,var({self._ground}) 16%,transparent)" if self._ground else ""
        parts = (
            "color:var(--kp-paper)" if has(7) else ink and f"color:var({ink})",
            f"background:var({ink or '--kp-ink'})" if has(7) else ground,
            has(1) and "font-weight:700",
            has(3) and "font-style:italic",
            lines and f"text-decoration:{lines}",
        )
        return ";".join(part for part in parts if part)


def _named(number: int, *, bright: bool) -> str:
    if bright and number == 0:
        return "--kp-muted"
    return _COLOURS[number] if number < len(_COLOURS) else ""


def _extended(codes: list[int]) -> str:
    """Take one of 256 colours, or red, green and blue, and return the nearest of the eight."""
    kind = codes.pop(0) if codes else 0
    if kind == 2:
        red, green, blue = [*codes[:3], 0, 0, 0][:3]
        del codes[:3]
        return _nearest(red, green, blue)
    if kind != 5:
        return ""
    number = codes.pop(0) if codes else 0
    if number < 16:
        return _named(number % 8, bright=number > 7)
    if number > 231:
        return "--kp-muted"
    return _nearest(*(51 * ((number - 16) // unit % 6) for unit in (36, 6, 1)))


def _nearest(red: int, green: int, blue: int) -> str:
    most = max(red, green, blue)
    span = most - min(red, green, blue)
    if span < 40:
        return "--kp-muted" if 64 < most < 192 else "--kp-ink"
    if most == red:
        turn = (green - blue) / span
    elif most == green:
        turn = 2 + (blue - red) / span
    else:
        turn = 4 + (red - green) / span
    degrees = 60 * turn % 360
    ends = ((20, 1), (75, 3), (160, 2), (195, 6), (260, 4), (330, 5))
    return _COLOURS[next((colour for end, colour in ends if degrees < end), 1)]
