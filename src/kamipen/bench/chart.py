"""The ratios as bars that keep their letters' size on a phone: drawn in percent of whatever width there is."""

from html import escape
from typing import Any

from kamipen.bench.rows import ROWS, Row, Times, ratio
from kamipen.bench.texts import WORDS

LONGEST = 1.4
"""The ratio at the right edge."""
ROW = 40
HEAD = 44
FOOT = 26


def chart(recorded: dict[str, Any], language: str) -> str:
    """Return a figure of all situations, by profile; its text alternative says what the bars show."""
    words, startup = WORDS[language], recorded.get("startup", {})
    bars: list[str] = []
    spoken: list[str] = []
    at = 0
    for profile, times in startup.items():
        rows = [row for row in ROWS if ratio(times, row.ours, row.bare) is not None]
        if not rows:
            continue
        bars.append(_text(0, at + 26, words[profile], weight="bold"))
        at += HEAD
        spoken.append(f"{words[profile]}: " + ", ".join(_spoken(row, times, words) for row in rows))
        for row in rows:
            bars.append(_bar(at, row, times, row.targets.get(profile), words))
            at += ROW
    if not bars:
        return ""
    alt = escape(f"{words['chart']}{'; '.join(spoken)}.")
    return (
        f'<figure class="kp-figure"><svg role="img" aria-label="{alt}" width="100%" '
        f'style="overflow: visible; height: {at + FOOT}px">{_line(at, words)}{"".join(bars)}</svg>'
        f"<figcaption>{words['chart']}{words['shorter']}</figcaption></figure>"
    )


def _spoken(row: Row, times: Times, words: dict[str, str]) -> str:
    return f"{words[row.name]} {ratio(times, row.ours, row.bare):.2f}"


def _line(height: int, words: dict[str, str]) -> str:
    """Draw where bare Pyodide stands, behind the bars."""
    x = _percent(1)
    return (
        f'<line x1="{x}" x2="{x}" y1="30" y2="{height + 4}" stroke="var(--kp-muted)" stroke-dasharray="3 3"/>'
        f"{_text(x, height + 20, words['bare'], anchor='middle', colour='muted')}"
    )


def _bar(at: int, row: Row, times: Times, target: float | None, words: dict[str, str]) -> str:
    value = ratio(times, row.ours, row.bare) or 0
    width, middle = _percent(value), at + 24
    parts = [
        _text(0, at + 13, words[row.name]),
        f'<rect y="{at + 18}" width="{width}" height="12" rx="2" fill="var(--kp-c0)"/>',
    ]
    if target is not None:
        x = _percent(target)
        parts.append(
            f'<line x1="{x}" x2="{x}" y1="{at + 15}" y2="{at + 33}" stroke="var(--kp-pen-red)" stroke-width="2"/>'
        )
    other = ratio(times, row.editor, row.bare)
    if other is not None:
        parts.append(
            f'<circle cx="{_percent(other)}" cy="{middle}" r="4.5" fill="var(--kp-paper)" stroke="var(--kp-c1)" '
            f'stroke-width="2"/>'
        )
    beside = max(value, target or 0)
    parts.append(_text(_percent(beside), middle + 4, f"{value:.2f}", weight="bold", shift=8))
    return "".join(parts)


def _text(
    x: str | int,
    y: int,
    text: str,
    *,
    weight: str = "normal",
    anchor: str = "start",
    colour: str = "ink",
    shift: int = 0,
) -> str:
    return (
        f'<text x="{x}" y="{y}" dx="{shift}" font-size="13" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="var(--kp-{colour})">{escape(text)}</text>'
    )


def _percent(value: float) -> str:
    return f"{100 * min(value, LONGEST) / LONGEST:.1f}%"
