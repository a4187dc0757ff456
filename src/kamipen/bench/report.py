"""What was recorded, as tables between two marks of the page "How fast is it?" in both languages."""

import json
import re
from typing import Any

from kamipen.bench.chart import chart
from kamipen.bench.rows import PROFILES, ROWS, Times, ratio
from kamipen.bench.texts import WORDS
from kamipen.project import DOCS

RECORDED = DOCS / "how-fast.json"
PAGES = {language: DOCS / language / "how-fast.md" for language in ("ja", "en")}
MARKS = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)
MEMORY_TARGET = 1.15
BUILD_TARGET = 1.3
CONTROL_TARGETS = {"unthrottled": 16, "4x CPU": 50, "10 Mbit/s": 500}
LONG_TASK = 50
SECOND = 1000
BUSY = 0.75
"""Of the machine's load before a measurement, by core: from here on others were at work on it."""


def read() -> dict[str, Any]:
    """Return what was recorded."""
    return json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}


def write(recorded: dict[str, Any]) -> None:
    """Put the recorded figures into both pages."""
    for language, page in PAGES.items():
        page.write_text(with_figures(page.read_text("utf-8"), recorded, language), "utf-8")


def with_figures(text: str, recorded: dict[str, Any], language: str) -> str:
    """Return the page with the recorded figures between its marks."""
    measured = f"{chart(recorded, language)}\n\n{table(recorded, language)}\n"
    return MARKS.sub(lambda marks: f"{marks[1]}\n{measured}\n{marks[2]}", text)


def table(recorded: dict[str, Any], language: str) -> str:
    """Return the tables as Markdown."""
    words = WORDS[language]
    startup: dict[str, Times] = recorded.get("startup", {})
    parts = [_how(recorded["machine"], startup, words)] if startup else []
    parts += [_profile(startup[name], name, words) for name in PROFILES if name in startup]
    if "controls" in recorded:
        parts.append(_controls(recorded["controls"], recorded["machine"], words))
    makers = {"memory": _memory, "page": _page, "build": _build}
    parts += [make(recorded[name], words) for name, make in makers.items() if name in recorded]
    return "\n\n".join(parts)


def _how(machine: dict[str, Any], startup: dict[str, Times], words: dict[str, str]) -> str:
    rounds = {name: round(times["rounds"]) for name, times in startup.items()}
    whole = rounds.pop("unthrottled", 0)
    counts = [words["rounds"].format(n=whole)] if whole else []
    counts += [words["slow rounds"].format(n=min(rounds.values()))] if rounds else []
    busy = [words["busy"]] if max(load for part, load in machine["load"].items() if part != "controls") > BUSY else []
    date = machine["dates"]["startup"]
    return "".join([words["how"].format(**machine, date=date, counts=words["and"].join(counts)), *busy])


def _profile(times: Times, profile: str, words: dict[str, str]) -> str:
    head = [words[name] for name in ("what", "ours", "bare", "editor", "ratio", "target")]
    rows = [
        [
            words[row.name],
            *(_seconds(times.get(name)) for name in (row.ours, row.bare, row.editor)),
            f"**{compared:.2f}**" if compared >= 0.01 else f"**{compared:.3f}**",
            _target(row.targets.get(profile)),
        ]
        for row in ROWS
        if (compared := ratio(times, row.ours, row.bare)) is not None
    ]
    return f"### {words[profile]} {{#{_id(profile)}}}\n\n{_markdown(head, rows, words[profile])}"


def _memory(used: dict[str, Times], words: dict[str, str]) -> str:
    head = [words[name] for name in ("what", "ours", "bare", "ratio", "target")]
    rows = [
        [
            words[f"{kind} memory"],
            _mb(by["ours"]),
            _mb(by["bare"]),
            f"**{by['ours'] / by['bare']:.2f}**",
            _target(target),
        ]
        for kind, by in used.items()
        for target in [MEMORY_TARGET]
    ]
    return f"### {words['memory']} {{#memory}}\n\n{_markdown(head, rows, words['memory'])}"


def _controls(by: dict[str, Times], machine: dict[str, Any], words: dict[str, str]) -> str:
    head = [words[name] for name in ("what", "ours", "live", "bare", "target")]
    rows = [
        [
            words[f"control {name}"],
            _milliseconds(by[name].get("recorded", by[name].get("first"))),
            _milliseconds(by[name].get("live")),
            _milliseconds(by[name].get("bare")),
            f"≤ {target} ms",
        ]
        for name, target in CONTROL_TARGETS.items()
        if name in by
    ]
    how = words["controls how"].format(date=machine["dates"]["controls"])
    busy = words["busy"] if machine["load"]["controls"] > BUSY else ""
    return f"### {words['controls']} {{#controls}}\n\n{how}{busy}\n\n{_markdown(head, rows, words['controls'])}"


def _page(page: Times, words: dict[str, str]) -> str:
    longest = f"{page['longest task']:.0f} ms" if page["longest task"] >= LONG_TASK else words["none"]
    script, style = (f"{page[kind] / 1000:.1f}" for kind in ("script", "style"))
    return words["page"].format(script=script, style=style, longest=longest, shift=f"{page['shift']:g}")


def _build(sizes: list[Times], words: dict[str, str]) -> str:
    head = [words[name] for name in ("articles", "ours", "plain", "times", "target")]
    rows = [
        [
            f"{size['articles']:,.0f}",
            *(f"{1000 * size[kind] / size['articles']:.0f} ms" for kind in ("ours", "plain")),
            f"**{size['ours'] / size['plain']:.2f}**",
            _target(BUILD_TARGET),
        ]
        for size in sizes
    ]
    return f"### {words['build']} {{#build}}\n\n{_markdown(head, rows, words['build'])}"


def _markdown(head: list[str], rows: list[list[str]], name: str) -> str:
    line = ["---", *["---:"] * (len(head) - 1)]
    whole = [[head[0], *map(_unbroken, head[1:])], line, *([row[0], *map(_unbroken, row[1:])] for row in rows)]
    table = "\n".join("| " + " | ".join(cells) + " |" for cells in whole)
    return f'<div class="kp-wide" tabindex="0" role="region" aria-label="{name}" markdown>\n\n{table}\n\n</div>'


def _unbroken(cell: str) -> str:
    """Keep a number with its unit, and a Japanese word whole, however narrow the screen."""
    return re.sub(
        r"(?<=[\d≤]) ",
        "\u00a0",
        re.sub(r"^[\u3040-\u30ff]+サイト$", r'<span style="white-space: nowrap">\g<0></span>', cell),
    )


def _id(profile: str) -> str:
    return re.sub(r"\W+", "-", profile.lower())


def _seconds(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds / 1000:.2f} s"


def _milliseconds(value: float | None) -> str:
    if value is None:
        return ""
    if value >= SECOND:
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def _mb(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def _target(value: float | None) -> str:
    return "" if value is None else f"≤ {value:.2f}"
