"""`make check`: the articles have no finding; and each check finds what it is for, with file, line and remedy."""

import shutil
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kamipen import ROOT
from kamipen.check import findings, outer
from kamipen.scaffold import Wish, scaffold

WISH = Wish("sample", "maths", "見本", "Sample", ["3.29"], [], ["https://news.ycombinator.com/item?id=43390400"])
EN, JA = "docs/en/maths/sample.md", "docs/ja/maths/sample.md"
SCRIPT = "snippets/sample.py"


def test_the_articles_have_no_finding():
    found = findings(ROOT)
    assert not found, "\n".join(str(finding) for finding in found)


@pytest.fixture(scope="session")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("record")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """A site of one article, freshly scaffolded and citing its discussion."""
    for name in ("plan.yml", "glossary.yml", "ja/style.md", "en/style.md", "ja/glossary.md", "en/glossary.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs" / name)
    for config in ROOT.glob("mkdocs*.yml"):
        shutil.copy(config, tmp_path)
    (tmp_path / "snippets").mkdir()
    scaffold(WISH, tmp_path, lambda _, default: default)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(root: Path, cache: Path) -> list[str]:
    return [str(finding) for finding in findings(root, cache)]


def test_a_new_article_has_no_finding(root, cache):
    assert told(root, cache) == []


CASES = {
    "twins": (EN, "slider: n 10 400 10\n", "slider: n 10 500 10\n", ": cells differ from the Japanese twin"),
    "heading id": (EN, " {#exercises}", "", ":55: the heading `Check yourself` needs an id"),
    "orphan": (SCRIPT, "# %% solution:", "# %% alone\n1\n\n# %% solution:", ":15: no page in docs/en shows cell"),
    "number in a ruling": (EN, "**0.10**", "**0.11**", ":49: **0.11** is not in the output of sample#spread-of-a-mean"),
    "unknown cell": (EN, "cell\nsample#spread-of-a-mean", "cell\nsample#spread", "did you mean `spread-of-a-mean`?"),
    "no Markdown": (EN, "/// box | Next", "/// bux | Next\n////", "closes nothing"),
    "link": (EN, "(../style.md)", "(../stile.md)", ":88: `../stile.md` is no file here: did you mean `style.md`?"),
    "anchor": (EN, "(../style.md)", "(../style.md#symbol)", "style.md has no `#symbol`: did you mean `symbols`?"),
    "look-alike": (EN, "State the", "State th\u0435", ":13: `\u0435` is Cyrillic Small Letter Ie"),
    "invisible": (JA, "ここに", "ここ\u200bに", ":13: U+200B cannot be seen"),
    "full-width in English": (EN, "in one sentence", "in one，sentence", ":13: `，` is full-width: write `,`"),
    "Japanese in English": (EN, "in one sentence", "in one 文", ":13: `文` is Japanese: translate it"),
    "half-width kana": (JA, "ここに", "ｺｺに", ":13: `ｺｺ` is half-width: write `ココ`"),
    "full-width digits": (JA, "100 個の平均は、", "１００ 個の平均は、", ":19: `１００` is full-width: write `100`"),
    "term in English": (EN, "in one sentence", "in one over-fitting sentence", "`over-fitting` is `overfitting`"),
    "American": (EN, "in one sentence", "in one regularization", "`regularization` is `regularisation` in docs/"),
    "term in Japanese": (JA, "ここに", "エントロピに", ":13: `エントロピ` is `エントロピー` in docs/glossary.yml"),
    "symbol in a formula": (EN, "is $n$,", r"is $n\epsilon$,", r":42: `\epsilon` is not in the table of symbols"),
    "name in a script": (SCRIPT, "means =", "lr = 1\nmeans =", ":8: `lr` is `eta` in the table of symbols"),
    "table of symbols": ("docs/en/style.md", "| `eta` |", "| `nu` |", "is not in the Japanese table"),
    "no source": (EN, "in one sentence", "in one sentence [1] [2]", ":13: [2] is in no box of kind sources"),
    "not cited": (EN, "in one sentence [1]", "in one sentence", ":93: [1] is cited nowhere"),
    "no address": (EN, ": <https://news.ycombinator.com/item?id=43390400>", "", ":93: a source needs its address"),
    "cut address": (EN, "item?id=43390400>", "item?id=433…>", "id=433… is cut short: write it whole"),
    "cut title": (EN, "- [1] Discussion", "- [1] *The more…*", ":93: the title *The more…* is cut"),
    "image without words": (EN, "in one sentence", "in one ![](../../a.png)", ":13: say in ![…] what ../../a.png"),
    "figure without words": (
        SCRIPT,
        "print(",
        "import matplotlib.pyplot as plt\n\nplt.plot(means[:5]);\nprint(",
        "docs/en/maths/sample.md:31: `sample#spread-of-a-mean` draws a figure: say what it shows in a line `alt: …`",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_found_where_it_stands(case, root, cache):
    name, before, after, expected = CASES[case]
    path = root / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = told(root, cache)
    assert any(finding.startswith((name, EN)) and expected in finding for finding in found), "\n".join(found)


def test_a_work_keeps_its_title(root, cache):
    path = root / EN
    path.write_text(path.read_text("utf-8").replace("in one sentence", "in one *Regularization of Nets*", 1), "utf-8")
    assert not [finding for finding in told(root, cache) if "glossary" in finding]


def test_an_image_needs_an_author_and_a_licence(root, cache):
    (root / "docs/assets").mkdir()
    (root / "docs/assets/a.png").write_bytes(b"")
    assert told(root, cache) == ["docs/assets/a.png: has no licence: name it in images.yml with `author` and `licence`"]
    (root / "docs/images.yml").write_text("assets/*.png: {author: kamipen, licence: CC BY 4.0}\nb.png: {}\n")
    assert told(root, cache) == ["docs/images.yml: `b.png` names no image: delete the entry"]


def test_a_missing_twin_is_told_once(root, cache):
    (root / JA).unlink()
    assert [finding for finding in told(root, cache) if "has no twin" in finding] == [
        f"{EN}: has no twin: write {JA} (there are none)"
    ]


class Site(BaseHTTPRequestHandler):
    """Answers 200, or what the path says; refuses HEAD at /no-head."""

    def do_HEAD(self) -> None:
        self.send_response(405 if self.path == "/no-head" else int(self.path[1:] or 200))
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/no-head" else int(self.path[1:] or 200))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_outer_addresses_are_visited_and_judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        page = tmp_path / "page.md"
        page.write_text(f"<{base}/>\n[a]({base}/404#x), {base}/no-head.\n`{base}/410` {base}/403\n")
        found = outer.addresses([page])
        assert found[f"{base}/404"] == ["page.md:2"]
        answers = outer.visit_all(found, outer.visit, pause=0)
        server.shutdown()
    kinds = {url.removeprefix(base): answer.kind for url, answer in answers.items()}
    assert kinds == {"/": "ok", "/404": "gone", "/no-head": "ok", "/403": "unclear"}


def test_the_time_for_visits_ends():
    answers = outer.visit_all(["https://a.example/"], lambda _: pytest.fail("visited"), limit=-1)
    assert answers["https://a.example/"].kind == "unclear"


def test_without_a_network_nothing_is_said_to_be_well(monkeypatch):
    monkeypatch.setattr(outer, "reachable", lambda: False)
    with pytest.raises(outer.NoNetwork, match="Nothing is known about them"):
        outer.main()
