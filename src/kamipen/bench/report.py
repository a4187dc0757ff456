"""Tables and a chart of the recorded figures, put between two marks of the page "How fast is it?" in both languages."""

import re
from typing import Any

from kamipen import ROOT

RECORDED = ROOT / "docs" / "how-fast.json"
PAGES = {language: ROOT / "docs" / language / "how-fast.md" for language in ("ja", "en")}
MARKS = re.compile(r"(<!-- measured -->\n).*?(<!-- /measured -->)", re.DOTALL)

WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "what": "場面",
        "ours": "このサイト",
        "bare": "素の Pyodide",
        "editor": "PyScript のエディター",
        "ratio": "素の Pyodide との比",
        "target": "目標",
        "numpy cold": "初回：NumPy の最初の結果",
        "numpy intent": "初回、ボタンの上に半秒とどまってから",
        "numpy warm": "再訪：NumPy の最初の結果",
        "numpy next": "同じ訪問で次の記事へ",
        "numpy stop": "停止したあと",
        "figure cold": "初回：最初の図",
        "figure intent": "初回の図、ボタンの上に半秒とどまってから",
        "figure warm": "再訪：最初の図",
        "unthrottled": "制限なし",
        "10 Mbit/s": "回線 10 Mbit/s",
        "4× CPU": "4 分の 1 の速さの CPU",
        "chart": "最初の結果までの時間（素の Pyodide を 1 とする）",
        "memory": "実行後のタブのメモリー",
        "page": "実行の前にこのサイトのスクリプトは {script} KB、様式は {style} KB。起動中の最長タスク {longest} ms、レイアウトのずれ {shift}。",
        "articles": "記事数",
        "plain": "素の Material",
        "build": "ビルド（CPU 秒）",
        "how": "{browser}、{cores} コア、各 {rounds} 回の中央値。GitHub Pages と同じヘッダーで配信し、どれも同じコードを同じ回に測った。",
    },
    "en": {
        "what": "Situation",
        "ours": "this site",
        "bare": "bare Pyodide",
        "editor": "PyScript's editor",
        "ratio": "ratio to bare Pyodide",
        "target": "target",
        "numpy cold": "first visit: first NumPy result",
        "numpy intent": "first visit, half a second over the button first",
        "numpy warm": "later visit: first NumPy result",
        "numpy next": "next article in the same visit",
        "numpy stop": "after Stop",
        "figure cold": "first visit: first figure",
        "figure intent": "first figure, half a second over the button first",
        "figure warm": "later visit: first figure",
        "unthrottled": "unthrottled",
        "10 Mbit/s": "10 Mbit/s line",
        "4× CPU": "a processor at a quarter of its speed",
        "chart": "Time to the first result (bare Pyodide is 1)",
        "memory": "memory of the tab after a run",
        "page": "Before anyone runs anything, our script weighs {script} KB and our style {style} KB. Longest task while Python starts: {longest} ms; layout shift: {shift}.",
        "articles": "articles",
        "plain": "plain Material",
        "build": "build (seconds of processor time)",
        "how": "{browser}, {cores} cores, medians of {rounds} rounds; served with GitHub Pages' headers, the same code for all, measured in the same rounds.",
    },
}

# Row of the table: (its words, our measurement, what it is compared with, target by profile)
ROWS: list[tuple[str, str, str, dict[str, float]]] = [
    ("numpy cold", "numpy ours cold", "numpy bare cold", {"unthrottled": 0.6, "10 Mbit/s": 1.0}),
    ("numpy intent", "numpy ours with intent", "numpy bare cold", {}),
    ("numpy warm", "numpy ours warm", "numpy bare warm", {"unthrottled": 0.25}),
    ("numpy next", "numpy ours next article", "numpy bare warm", {"unthrottled": 0.03}),
    ("numpy stop", "numpy ours after stop", "numpy bare warm", {"unthrottled": 0.3}),
    ("figure cold", "figure ours cold", "figure bare cold", {"unthrottled": 0.6}),
    ("figure intent", "figure ours with intent", "figure bare cold", {}),
    ("figure warm", "figure ours warm", "figure bare warm", {"unthrottled": 0.25}),
]
EDITORS = {
    "numpy cold": "numpy editor cold",
    "numpy warm": "numpy editor warm",
    "figure cold": "figure editor cold",
    "figure warm": "figure editor warm",
}
PROFILES = ("unthrottled", "10 Mbit/s", "4× CPU")


def write(recorded: dict[str, Any]) -> None:
    """Put the recorded figures into both pages."""
    for language, page in PAGES.items():
        text = page.read_text("utf-8")
        measured = f"{chart(recorded, language)}\n\n{table(recorded, language)}\n"
        page.write_text(MARKS.sub(lambda marks: f"{marks[1]}\n{measured}\n{marks[2]}", text), "utf-8")  # noqa: B023


def table(recorded: dict[str, Any], language: str) -> str:
    """Return the tables as Markdown."""
    words, startup = WORDS[language], recorded.get("startup", {})
    parts = [words["how"].format(**startup)] if startup else []
    for profile in PROFILES:
        if profile in startup:
            parts.append(_profile(startup[profile], profile, words))
    if startup:
        parts += [_memory(startup["memory"], words), _page(startup["page"], words)]
    if "build" in recorded:
        parts.append(_build(recorded["build"], words))
    return "\n\n".join(parts)


def _profile(times: dict[str, float], profile: str, words: dict[str, str]) -> str:
    head = [words["what"], words["ours"], words["bare"], words["editor"], words["ratio"], words["target"]]
    rows = [
        [
            words[name],
            _ms(times.get(ours)),
            _ms(times.get(bare)),
            _ms(times.get(EDITORS.get(name, ""))),
            f"**{ratio:.2f}**",
            _target(targets.get(profile)),
        ]
        for name, ours, bare, targets in ROWS
        if (ratio := _ratio(times, ours, bare)) is not None
    ]
    return f"**{words[profile]}**\n\n{_markdown(head, rows)}"


def _memory(used: dict[str, float], words: dict[str, str]) -> str:
    head = ["", words["ours"], words["bare"], words["ratio"], words["target"]]
    row = [
        words["memory"],
        f"{used['ours'] / 1e6:.0f} MB",
        f"{used['bare'] / 1e6:.0f} MB",
        f"**{used['ours'] / used['bare']:.2f}**",
        "≤ 1.15",
    ]
    return _markdown(head, [row])


def _page(page: dict[str, float], words: dict[str, str]) -> str:
    script, style = (f"{page[kind] / 1000:.1f}" for kind in ("script", "style"))
    return words["page"].format(script=script, style=style, longest=page["longest task"], shift=page["shift"])


def _build(sizes: list[dict[str, float]], words: dict[str, str]) -> str:
    rows = [
        [
            f"{size['articles']:.0f}",
            f"{size['ours']:.1f} s",
            f"{size['plain']:.1f} s",
            f"**{size['ours'] / size['plain']:.2f}**",
            "≤ 1.30",
        ]
        for size in sizes
    ]
    return f"**{words['build']}**\n\n{_markdown([words['articles'], words['ours'], words['plain'], words['ratio'].split(' ')[0], words['target']], rows)}"


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    line = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, line, *rows))


def _ratio(times: dict[str, float], ours: str, bare: str) -> float | None:
    return times[ours] / times[bare] if ours in times and bare in times else None


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f} ms"


def _target(value: float | None) -> str:
    return "" if value is None else f"≤ {value:.2f}"


def chart(recorded: dict[str, Any], language: str) -> str:
    """Return the ratios of the unthrottled profile as bars; the dashed line is bare Pyodide."""
    words, times = WORDS[language], recorded.get("startup", {}).get("unthrottled", {})
    rows = [(words[name], ratio) for name, ours, bare, _ in ROWS if (ratio := _ratio(times, ours, bare)) is not None]
    height, left, unit = 26 * len(rows) + 34, 300, 330
    bars = "".join(_bar(26 * row + 8, label, ratio, left, unit) for row, (label, ratio) in enumerate(rows))
    line = f'<line x1="{left + unit}" y1="0" x2="{left + unit}" y2="{height - 26}" stroke="var(--kp-muted)" stroke-dasharray="3 3"/>'
    foot = f'<text x="{left + unit}" y="{height - 8}" text-anchor="middle" font-size="12" fill="var(--kp-muted)">1 = {words["bare"]}</text>'
    return (
        f'<figure class="kp-figure"><svg role="img" aria-label="{words["chart"]}" viewBox="0 0 720 {height}" width="720" '
        f'height="{height}">{bars}{line}{foot}</svg><figcaption>{words["chart"]}</figcaption></figure>'
    )


def _bar(top: int, label: str, ratio: float, left: int, unit: int) -> str:
    width = min(ratio, 1.2) * unit
    return (
        f'<text x="{left - 8}" y="{top + 13}" text-anchor="end" font-size="12" fill="var(--kp-ink)">{label}</text>'
        f'<rect x="{left}" y="{top}" width="{width:.1f}" height="18" rx="2" fill="var(--kp-c0)"/>'
        f'<text x="{left + width + 6:.1f}" y="{top + 13}" font-size="12" fill="var(--kp-ink)">{ratio:.2f}</text>'
    )
