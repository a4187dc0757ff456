"""The extension's HTML, kept in golden files, and every refusal with file and line.

`UPDATE=1 pytest tests/kamipen/markdown/test_markdown.py` writes the golden files anew.
"""

import os
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from bs4 import BeautifulSoup

from kamipen.article.articles import read
from kamipen.article.scripts import Scripts
from kamipen.errors import SourceError

DATA = Path(__file__).parents[2] / "data/article"
EXTENSIONS = ["attr_list", "pymdownx.superfences", "pymdownx.arithmatex", "pymdownx.blocks.details", "kamipen.markdown"]


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("record")


def render(folder: Path, cache: Path, language: str = "ja") -> str:
    article = read(folder / f"docs/{language}/maths/sample.md")
    assert article
    options = {"lang": language, "docs": f"{folder}/docs", "scripts": f"{folder}/snippets", "cache": str(cache)}
    configs = {"kamipen.markdown": options, "pymdownx.arithmatex": {"generic": True}}
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs=configs).convert(article.text)


@pytest.fixture(scope="module")
def html(cache) -> str:
    return render(DATA, cache)


def test_html_is_what_it_was(html):
    golden = DATA / "golden/sample.html"
    without_drawing = re.sub(r"(<svg [^>]*>).*?</svg>", r"\1…</svg>", html, flags=re.DOTALL) + "\n"
    without_drawing = re.sub(r'(data-states="[\w.-]+\.)\w{8}(?=\.json")', r"\1…", without_drawing)
    if os.environ.get("UPDATE"):
        golden.write_text(without_drawing, encoding="utf-8")
    assert without_drawing == golden.read_text(encoding="utf-8")


class Elements(HTMLParser):
    """All elements with their attributes, and the text of the code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.open: list[str] = []
        self.code: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append({"tag": tag} | dict(attrs))
        self.open.append(tag)
        if self.open[-2:] == ["pre", "code"]:
            self.code.append("")

    def handle_startendtag(self, tag, attrs):
        self.found.append({"tag": tag} | dict(attrs))

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "code" in self.open and "pre" in self.open:
            self.code[-1] += data


def test_code_in_the_page_is_the_script(html):
    script = Scripts(DATA / "snippets")["sample"]
    code = Elements(html).code
    for name in ("bowl", "picture", "clock", "exercise:step", "solution:step"):
        assert script[name].source in code


def test_the_check_cannot_end_its_element(html):
    check = re.search(r'data-check="(.*?)">', html, re.DOTALL)
    assert check
    assert unescape(check[1]) == Scripts(DATA / "snippets")["sample"]["check:step"].source


def test_ids_are_unique(html):
    ids = [element["id"] for element in Elements(html).found if "id" in element]
    assert len(ids) == len(set(ids))


def test_a_label_names_one_control(html):
    labels = BeautifulSoup(html, "html.parser").find_all("label")
    assert labels
    for label in labels:
        assert len(label.find_all(["button", "input", "meter", "output", "progress", "select", "textarea"])) == 1


def test_a_second_page_knows_nothing_of_the_first(cache):
    options = {"lang": "ja", "docs": f"{DATA}/docs", "scripts": f"{DATA}/snippets", "cache": str(cache)}
    md = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"kamipen.markdown": options})
    text = "```cell\nsample#bowl\n```\n"
    first = md.convert(text)
    assert md.reset().convert(text) == first
    assert "kp-controls" in first
    assert "kp-controls" not in md.reset().convert("Only prose.")


BAD = {
    "unknown script": (
        "sample#bowl\nslider: eta",
        "sampel#bowl\nslider: eta",
        "30: there is no script `sampel`: did you mean `sample`?",
    ),
    "unknown cell": (
        "sample#bowl\nslider: eta",
        "sample#bwol\nslider: eta",
        "30: script `sample` has no cell `bwol`: did you mean `bowl`?",
    ),
    "no cell named": ("sample#clock", "sample", "names no cell: write `script#cell`"),
    "cell shown twice": ("sample#clock", "sample#bowl", "`sample#bowl` is shown twice"),
    "cell of an exercise": ("sample#clock", "sample#check:limit", "belongs to an exercise"),
    "unknown option": ("volatile: true", "volatil: true", "a cell has no option `volatil`: did you mean `volatile`?"),
    "option without colon": ("volatile: true", "volatile", "`volatile` is no option: write `name: value`"),
    "slider without constant": ("slider: eta", "slider: etta", "has no line `etta = number`: did you mean `eta`?"),
    "slider without step": ("eta 0.05 0.25 0.01", "eta 0.05 0.25", "write `slider: name from to step`"),
    "slider turned round": ("eta 0.05 0.25 0.01", "eta 0.25 0.05 0.01", "from must be below to"),
    "slider beside the value": ("eta 0.05 0.25 0.01", "eta 0.2 0.25 0.01", "the cell's own eta = 0.19 lies outside"),
    "repeat without constant": ("repeat: eta", "repeat: seed", "has no line `seed = number`"),
    "value of an unknown cell": (
        "{{bowl: eta}}、",
        "{{bwol: eta}}、",
        "15: script `sample` has no cell `bwol`: did you mean `bowl`?",
    ),
    "value of an unknown name": (
        "2 / curvature .3f}}",
        "2 / curvatur .3f}}",
        "15: `{{bowl: 2 / curvatur .3f}}` cannot be evaluated after cell `sample#bowl`: "
        "NameError: name 'curvatur' is not defined: did you mean `curvature`?",
    ),
    "value with an unknown format": (
        "{{bowl: eta}}、",
        "{{clock: start x}}、",
        "15: `{{clock: start x}}` cannot be evaluated",
    ),
    "value in a headline": ("box | で", "box | {{bowl: eta}}", ": a value stands in sentences only"),
    "unknown role": ("card | 懐疑派", "card | 懐疑", "14: unknown role `懐疑`: did you mean `懐疑派`?"),
    "unknown verdict": (
        "verdict | 条件つき",
        "verdict | 条件付き",
        "unknown verdict `条件付き`: did you mean `条件つき`?",
    ),
    "unknown claim": (
        'claim: "3.29"',
        'claim: "3.2"',
        "there is no claim `3.2` in docs/claims.yml: did you mean `3.29`?",
    ),
    "unknown evidence": ("[sample#bowl]", "[sample#bow]", "has no cell `bow`: did you mean `bowl`?"),
    "verdict without evidence": ("    evidence: [sample#bowl]\n", "", "`verdict` needs the option `evidence`"),
    "number without evidence": ("**0.200**", "**0.201**", "**0.201** is not in the output of sample#bowl"),
    "unknown block": ("box | で", "boks | で", "unknown block `boks`: did you mean `box`?"),
    "unknown block option": ("    kind: set", "    kynd: set", "`box` has no option `kynd`: did you mean `kind`?"),
    "unknown box": ("    kind: set", "    kind: seat", "unknown kind `seat` of box: did you mean `set`?"),
    "unreadable options": ('"1 if len', "1 if: len", "the options cannot be read"),
    "block never closed": (
        "で、何を設定する？\n    kind: set\n- [別の記事](../learning/other.md#x)\n///",
        "で\n    kind: set\n",
        "a block in a block",
    ),
    "closed too often": ("曲率 $", "///\n\n曲率 $", "10: `///` closes nothing"),
    "predict after its cell": (
        "cell: sample#picture\n    kind: choice",
        "cell: sample#bowl\n    kind: choice",
        "must stand before the cell",
    ),
    "predict without choices": ("    choices: [五つ, 六つ]\n", "", "needs `choices: [one, two]`"),
    "predict without range": ("    y: [-1, 1]\n", "", "needs `x: [from, to]` and `y: [from, to]`"),
    "value that fails": ("value: 2 / curvature", "value: 2 / bend", "NameError: name 'bend' is not defined"),
    "value that is no number": ("value: 2 / curvature", "value: theta", "is no number"),
    "feedback that fails": ("when: 1 / curvature", "when: 1 / bend", "NameError: name 'bend' is not defined"),
    "unknown exercise": ("id: sign", "id: sing", "has no cell `solution:sing`: did you mean `solution:sign`?"),
    "unknown kind": ("kind: code", "kind: cod", "unknown kind `cod` of exercise: did you mean `code`?"),
    "one choice only": (
        "//// choice | 倍率 $-1.5$\nそのとおり。\n////\n",
        "",
        "has 1 choices, and the solution says that number 2 is right",
    ),
    "no hint": ("//// hint\n絶対値。\n////\n", "", "exercise `sign` needs hints and one solution"),
}


@pytest.mark.parametrize("name", BAD)
def test_refusal_names_file_line_and_what_to_do(name, tmp_path, cache):
    before, after, message = BAD[name]
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "docs/ja/maths/sample.md"
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SourceError) as refusal:
        render(tmp_path, cache)
    assert re.match(rf"{re.escape(str(page))}:\d+: ", str(refusal.value))
    assert message in str(refusal.value)
