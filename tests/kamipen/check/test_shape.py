"""The shape of articles and refreshers: one in shape has no finding, and each lack is told with its line."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kamipen.article import outline
from kamipen.article.scripts import Scripts
from kamipen.check import measures, shape
from kamipen.check.pages import AuthoredPage
from kamipen.recording.items import Figure, Text

SCRIPT = """# %% one
a = 1
# region plot
b = 2
# endregion

# %% two
print(1)

# %% three
print(2)
"""
OUTPUTS = {"one": [Figure("<svg/>", 1, 1, "")], "two": [Text("stdout", "1\n")], "three": [Text("stdout", "2\n")]}
WORD = {"ja": "あ", "en": "ab "}
PAD = {"ja": 2_600, "en": 1_250}
CARDS = {"ja": (10, 201), "en": (10, 260)}  # the length of a short card and of a long one
DRILL = """/// exercise | {word}
    id: e{number}
    kind: {kind}
    level: 800
{word}
//// feedback
    when: 1
{word}
////
///

"""


def article(language: str) -> str:
    """Return an article in shape."""
    word, (short, long) = WORD[language], CARDS[language]
    role, drawing = ("質問", "図解派") if language == "ja" else ("Question", "Illustrator")
    cell = "```cell\nsample#{}\n```\n\n"
    quote = "＞ " if language == "ja" else "> "
    cards = [word * short] * 9 + [word * long] + [f"{quote}{word}\n\n{word * short}"] * 2
    return "".join(
        [
            f"{word * PAD[language]}\n\n```diagram\na\n```\n\n## {word} {{#first}}\n\n",
            *(f"/// card | {role}\n{text}\n///\n\n" for text in cards[:-1]),
            f"/// card | {drawing}\n{cards[-1]}\n///\n\n",
            f"/// predict | {word}\n    cell: sample#one\n///\n\n",
            cell.format("one\nslider: a 1 2 1\nalt: a line"),
            "![a](b.svg)\n\n",
            cell.format("two"),
            f"## {word} {{#second}}\n\n",
            cell.format("three"),
            f"/// verdict | {'確認' if language == 'ja' else 'Confirmed'}\n    evidence: sample#two\n{word}\n///\n\n",
            "## Ex {#exercises}\n\n" if language == "en" else "## あ {#exercises}\n\n",
            *(DRILL.format(word=word, number=n, kind=kind) for n, kind in enumerate(("number", "number", "code"))),
            *(f"/// box | {word}\n    kind: {kind}\n{word}\n///\n\n" for kind in shape.BOXES),
        ]
    )


def refresher(language: str) -> str:
    word = WORD[language]
    cell = "```cell\nsample#one\nslider: a 1 2 1\n```\n\n"
    return f"{word * 100}\n\n{cell}{DRILL.format(word=word, number=1, kind='number')}"


def detour(language: str) -> str:
    word = WORD[language]
    boxes = (f"/// box | {word}\n    kind: {kind}\n{word}\n///\n\n" for kind in ("next", "sources"))
    return f"{word * 100}\n\n```cell\nsample#one\nslider: a 1 2 1\n```\n\n" + "".join(boxes)


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[str]]:
    """Return what tells the findings of a text as a page of a language."""
    (tmp_path / "sample.py").write_text(SCRIPT, "utf-8")
    (tmp_path / "glossary.yml").write_text(
        "- {ja: 勾配, en: gradient}\n- {ja: 勾配消失, en: vanishing gradient}\n", "utf-8"
    )

    def find(
        text: str, language: str, part: str = "maths", level: int = 800, outputs: object = OUTPUTS, **facts: object
    ) -> list[str]:
        records = SimpleNamespace(get=lambda _: SimpleNamespace(outputs=outputs))
        path = tmp_path / language / part / "sample.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: A\ndate: 2026-11-20\nlevel: {level}\n---\n{text}", "utf-8")
        page = AuthoredPage(path, tmp_path, language, "A", draft=False, text=text, nodes=outline.parse(text), **facts)
        found = shape.find(page, Scripts(tmp_path), records)  # type: ignore[arg-type]
        return [f"{finding.line}: {finding.problem}" for finding in found]

    return find


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_in_shape_has_no_finding(language: str, told: Callable[..., list[str]]) -> None:
    assert told(article(language), language) == []
    assert told(refresher(language), language, "refreshers") == []
    assert told(detour(language), language, is_detour=True) == []


def test_the_first_form_is_exempt(told: Callable[..., list[str]]) -> None:
    assert told("あ", "ja") and told("あ", "ja", form=1) == []


CARD = re.compile(r"/// card \| 質問\nああ.*?\n///\n\n", re.DOTALL)
EXERCISE = DRILL.format(word="あ", number=1, kind="number")
CASES = {
    "short": ("あ" * 2_600, "あ" * 1_000, "characters before the exercises: 2,500 at least"),
    "long": ("あ" * 2_600, "あ" * 3_800, "characters without the exercises: 3,800 at most"),
    "long exercises": (EXERCISE, EXERCISE.replace("あ", "あ" * 2_000), "exercises included: 6,500 at most"),
    "few sections": ("## あ {#first}", "", "1: has 1 sections before the exercises: 2 at least"),
    "many sections": ("## あ {#first}", "## あ {#a}\n" * 3, "80: has 4 sections before the exercises: 3 at most"),
    "few cards": (CARD, "", "1: has 2 cards: 12 at least"),
    "many cards": ("/// predict", "/// card | 質問\nあ\n///\n\n" * 5 + "/// predict", "77: has 17 cards: 16 at most"),
    "no short card": ("あ" * 10 + "\n///", "あ" * 30 + "\n///", "1: has 0 cards below 30 characters: 4 at least"),
    "no long card": ("あ" * 201, "あ" * 150, "1: has no card over 200 characters"),
    "no quotation": ("＞ ", "", "1: quotes 0 earlier cards: 2 at least, begin a line with `＞ `"),
    "no picture of who draws": (
        "```cell\nsample#one",
        "あ\n\n```cell\nsample#one",
        ": 図解派 is followed by no picture",
    ),
    "few cells": ("```cell\nsample#two\n```\n", "", "1: has 2 of 3 to 4 cells"),
    "many cells": ("## あ {#second}", "```cell\nsample#two\n```\n" * 2 + "## あ {#second}", "has 5 cells: 4 at most"),
    "opens with code": ("```diagram\na\n```", "```cell\nsample#two\n```", "3: opens with code: put the hero before it"),
    "few pictures": ("![a](b.svg)", "", "1: has 2 pictures: 3 at least"),
    "no diagram": ("```diagram\na\n```", "![a](b.svg)", "1: has no diagram"),
    "nothing moves": ("slider: a 1 2 1\n", "", "1: has no picture that moves"),
    "no ruling": ("/// verdict | 確認\n    evidence: sample#two", "/// card | 質問", "1: rules on nothing"),
    "many rulings": (
        "/// verdict",
        "/// verdict | 確認\n    evidence: sample#two\nあ\n///\n\n" * 3 + "/// verdict",
        "has 4 rulings: 3 at most",
    ),
    "no guess": ("/// predict | あ\n    cell: sample#one\n///", "", "1: lets nobody guess"),
    "few exercises": (EXERCISE, "", "1: has 2 of 3 exercises"),
    "many exercises": (EXERCISE, EXERCISE * 4, "has 6 exercises: 5 at most"),
    "one kind": ("kind: code", "kind: number", "all exercises are of kind `number`"),
    "what to set": ("kind: set", "kind: note", "1: does not say what to set"),
    "limits": ("kind: limits", "kind: note", "1: does not say what it does not show"),
    "next": ("kind: next", "kind: note", "1: does not say what to read next"),
    "sources": ("kind: sources", "kind: note", "1: does not say its sources"),
    "no English": (
        "あ" * 2_600,
        "あ" * 2_600 + "勾配を",
        "1: `勾配` comes without its English: write `勾配（gradient）`",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_an_article_lacks_is_told(case: str, told: Callable[..., list[str]]) -> None:
    before, after, expected = CASES[case]
    text = article("ja")
    changed = before.sub(after, text) if isinstance(before, re.Pattern) else text.replace(before, after)
    assert changed != text
    found = told(changed, "ja")
    assert any(expected in line for line in found), "\n".join(found)


LACKS = {
    "long": ("あ" * 100, "あ" * 1_300, "1: has 1,30", "characters: 1,200 at most, it should take three minutes"),
    "two cells": (
        "/// exercise",
        "```cell\nsample#two\n```\n\n/// exercise",
        "8: has 2 cells: a refresher has one",
        "",
    ),
    "nothing moves": ("slider: a 1 2 1\n", "", "1: has no picture that moves", ""),
    "no drill": (EXERCISE, "", "1: has 0 exercises: a refresher has one drill", ""),
    "no feedback": ("//// feedback\n    when: 1\nあ\n////\n", "", "8: the drill says nothing to a wrong answer", ""),
    "a ruling": (EXERCISE, "/// verdict | 確認\n    evidence: a#b\nあ\n///\n", "8: a refresher rules on nothing", ""),
}


@pytest.mark.parametrize("case", LACKS)
def test_what_a_refresher_lacks_is_told(case: str, told: Callable[..., list[str]]) -> None:
    before, after, start, end = LACKS[case]
    text = refresher("ja")
    assert before in text
    found = told(text.replace(before, after), "ja", "refreshers")
    assert any(line.startswith(start) and end in line for line in found), "\n".join(found)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("あ", "あ" * 21, "1: has 2,1.. characters: 2,000 at most, what is longer is an article"),
        ("```cell\nsample#one\nslider: a 1 2 1\n```\n", "", "1: has 0 cells: a detour has 1 to 3"),
        ("slider: a 1 2 1\n", "", "1: has no picture that moves: give a cell a figure and a slider"),
        ("kind: next", "kind: set", "1: does not lead back to an article: add a `/// box | …` with `kind: next`"),
        ("kind: sources", "kind: set", "1: does not name its sources: add a `/// box | …` with `kind: sources`"),
        ("```cell", "/// verdict | 確認\n    evidence: a#b\nあ\n///\n\n```cell", "3: a detour rules on nothing"),
    ],
)
def test_what_a_detour_lacks_is_told(before: str, after: str, expected: str, told: Callable[..., list[str]]) -> None:
    found = told(detour("ja").replace(before, after), "ja", is_detour=True)
    assert any(re.match(re.escape(expected).replace(r"\.\.", ".."), finding) for finding in found), found


def test_a_refresher_s_level_has_bounds(told: Callable[..., list[str]]) -> None:
    assert told(refresher("en"), "en", "refreshers", 1_200) == [
        "4: is of level 1200: 400 to 1,100, what is harder makes an article"
    ]


def test_cells_show_few_lines_and_put_something_out(told: Callable[..., list[str]], tmp_path: Path) -> None:
    assert told(article("en"), "en") == []
    long = "a = 1\n" * 15
    (tmp_path / "sample.py").write_text(
        SCRIPT.replace("a = 1\n", long + "# region plot\na = 2\n# endregion\n"), "utf-8"
    )
    assert told(article("en"), "en") == []
    (tmp_path / "sample.py").write_text(SCRIPT.replace("a = 1\n", long + "a = 2\n"), "utf-8")
    assert any("`sample#one` shows 16 lines: 15 at most" in line for line in told(article("en"), "en"))
    (tmp_path / "sample.py").write_text(SCRIPT, "utf-8")
    silent = told(article("en"), "en", outputs=OUTPUTS | {"two": []})
    assert any("`sample#two` puts nothing out" in line for line in silent)


def test_text_is_counted_outside_code_formulas_addresses_and_sources() -> None:
    text = "あ、い。a\n```cell\nうう\n```\n$え$\n$$\nお\n$$\n/// box | 引用元\n    kind: sources\nか\n///\nき\n"
    assert measures.amount(measures.said(outline.parse(text)), "ja") == len("あ、い。き")
    text = "It's one-sided, `x y` [so](../what.md) $a b$ <https://a.example/b> {#id}.\n\n<svg><text>no</text></svg>\n"
    assert measures.amount(measures.said(outline.parse(text)), "en") == len(["It's", "one-sided", "so"])


GLOSSED = {
    "勾配（gradient）と勾配": [],
    "**勾配**（傾き、gradient）": [],
    "勾配降下（gradient descent）": [],
    "[勾配](../refreshers/slope.md)": [],
    "# 勾配 {#a}": [],
    "勾配は。勾配（gradient）": ["勾配"],
    "勾配消失と勾配": ["勾配消失", "勾配"],
    "逆勾配": [],
}


@pytest.mark.parametrize("text", GLOSSED)
def test_the_first_use_of_a_term_has_its_english(text: str, told: Callable[..., list[str]]) -> None:
    found = [line for line in told(text, "ja") if "without its English" in line]
    assert [re.findall("`(.*?)`", line)[0] for line in found] == GLOSSED[text]
