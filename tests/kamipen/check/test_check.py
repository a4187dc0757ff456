"""`make check`: the articles have no finding; and each check finds what it is for, with file, line and remedy."""

import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from kamipen.article.scripts import Scripts
from kamipen.check import draft_notes, external_links, findings
from kamipen.project import ROOT
from kamipen.recording.records import Records
from tests.kamipen.check.sample import EN, JA, SCRIPT, change, told


@pytest.mark.slow
def test_the_articles_have_no_finding():
    found = findings(ROOT, Records(Scripts(ROOT / "snippets")))
    assert not found, "\n".join(str(finding) for finding in found)


def test_a_new_article_has_no_finding(root, cache):
    assert told(root, cache) == []


# `@` is the line of the change, `@-2` two above it.
CASES = {
    "translations": (EN, "slider: n 10 400 30\n", "slider: n 10 430 30\n", ":@-2: cells differ from the Japanese page"),
    "values": (EN, "in one", "in {{spread-of-a-mean: n}}", ": values in sentences differ from the"),
    "value": (EN, "in one", "in {{spread-of-a-mean: m}}", ":@: `{{spread-of-a-mean: m}}` cannot be"),
    "translated number": (EN, "//// feedback\n    when: 2", "//// feedback\n    when: 3", ":@: guesses, exercises or"),
    "translated front matter": (EN, "level: 800\n", "level: 900\n", ":@: `level` is 800 in docs/ja"),
    "translated formulas": (EN, "$$\n\\operatorname", "$$\nx\n$$\n$$\n\\operatorname", ": the number of display"),
    "two headings": (EN, "{#exercises}", "{#averaging}", ":@: two headings have the id `averaging`"),
    "front matter": (EN, "audience: practitioner", "audience: everyone", ":1: unknown audience `everyone`"),
    "no YAML": (EN, "level: 800", "level: 800\n  x: 1", ":@+1: the front matter is not YAML"),
    "no Python": (SCRIPT, "n = 100", "n = = 100", ":@: is no Python"),
    "cell name": (SCRIPT, "# %% spread-of-a-mean", "# %% Spread", ":@: `Spread` is no cell name"),
    "cell that fails": (SCRIPT, "means.std()", "means.std", ":@+1: cell `spread-of-a-mean` fails"),
    "solution": (SCRIPT, "(1 / 0.5) ** 2", "1 / 0.5", "the spread of an average falls as 1/√n"),
    "long cell": (SCRIPT, "n = 100", "n = 100\n" * 60, ":@-3: cell `spread-of-a-mean` has 78 lines: 60 at most"),
    "value of a guess": (EN, "round(spread, 2)", "round(spred, 2)", "`round(spred, 2)` cannot be evaluated"),
    "guess too late": (EN, "/// predict", "```cell\nsample#spread-of-a-mean\n```\n\n/// predict", "the guess must"),
    "option": (EN, "    kind: set", "    knd: set", ":@-1: `box` has no option `knd`: did you mean `kind`?"),
    "heading id": (EN, " {#exercises}", "", ":@: the heading `Check yourself` needs an id"),
    "orphan": (SCRIPT, "# %% solution:", "# %% alone\n1\n\n# %% solution:", ":@+1: no page in docs/en shows cell"),
    "number in a ruling": (EN, "**{{spread-of-a-mean: spread .2f}}**", "**0.11**", ":@-4: **0.11** is not in the"),
    "unknown cell": (EN, "cell\nsample#spread-of-a-mean", "cell\nsample#spread", "did you mean `spread-of-a-mean`?"),
    "no Markdown": (EN, "/// box | Next", "/// bux | Next\n////", "closes nothing"),
    "link": (EN, "(../style.md)", "(../stile.md)", ":@: `../stile.md` is no file here: did you mean `style.md`?"),
    "claim": (EN, "(../style.md)", "(../docket.md#claim-3-28)", "has no `#claim-3-28`: did you mean `claim-3-29`?"),
    "anchor": (EN, "(../style.md)", "(../style.md#symbol)", "style.md has no `#symbol`: did you mean `symbols`?"),
    "look-alike": (EN, "State the", "State th\u0435", ":@: `\u0435` is Cyrillic Small Letter Ie"),
    "invisible": (JA, "ここに", "ここ\u200bに", ":@: U+200B cannot be seen"),
    "full-width in English": (EN, "in one sentence", "in one，sentence", ":@: `，` is full-width: write `,`"),
    "Japanese in English": (EN, "in one sentence", "in one 文", ":@: `文` is Japanese: translate it"),
    "half-width kana": (JA, "ここに", "ｺｺに", ":@: `ｺｺ` is half-width: write `ココ`"),
    "full-width digits": (JA, "/// card | 検証\n", "/// card | 検証\n１００ 個\n", ":@+1: `１００` is full-width"),
    "term in English": (EN, "in one sentence", "in one over-fitting sentence", "`over-fitting` is `overfitting`"),
    "American": (EN, "in one sentence", "in one regularization", "`regularization` is `regularisation` in docs/"),
    "term in Japanese": (JA, "ここに", "エントロピに", ":@: `エントロピ` is `エントロピー` in docs/glossary.yml"),
    "symbol in a formula": (EN, "is $n$,", r"is $n\epsilon$,", r":@: `\epsilon` is not in the table of symbols"),
    "name in a script": (SCRIPT, "means =", "lr = 1\nmeans =", ":@: `lr` is `eta` in the table of symbols"),
    "table of symbols": ("docs/en/style.md", "| `eta` |", "| `nu` |", "is not in the Japanese table"),
    "no source": (EN, "in one sentence", "in one sentence [1] [2]", ":@: [2] is in no box of kind sources"),
    "not cited": (EN, "in one sentence [1]", "in one sentence", ": [1] is cited nowhere"),
    "no address": (EN, ": <https://news.ycombinator.com/item?id=43390400>", "", ":@: a source needs its address"),
    "cut address": (EN, "item?id=43390400>", "item?id=433…>", "id=433… is cut short: write it whole"),
    "cut title": (EN, "- [1] Discussion", "- [1] *The more…*", ":@: the title *The more…* is cut"),
    "image without words": (EN, "in one sentence", "in one ![](../../a.png)", ":@: say in ![…] what ../../a.png"),
    "figure without words": (EN, "alt: How often", "caption: How often", ":@-3: `sample#spread-of-a-mean` draws"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_fault_is_found_where_it_stands(case, root, cache):
    name, before, after, expected = CASES[case]
    path = root / name
    text = path.read_text("utf-8")
    assert before in text
    line = text.count("\n", 0, text.index(before)) + 1
    expected = re.sub(r":@([+-]\d+)?:", lambda offset: f":{line + int(offset[1] or 0)}:", expected)
    path.write_text(text.replace(before, after, 1), "utf-8")
    found = told(root, cache)
    assert any(finding.startswith((name, EN)) and expected in finding for finding in found), "\n".join(found)


def test_a_work_keeps_its_title(root, cache):
    path = root / EN
    path.write_text(path.read_text("utf-8").replace("in one sentence", "in one *Regularization of Nets*", 1), "utf-8")
    assert not [finding for finding in told(root, cache) if "glossary" in finding]


def test_the_brackets_of_a_value_cite_nothing(root, cache):
    value = "in one sentence {{spread-of-a-mean: means[9] .2f}}"
    path = root / EN
    path.write_text(path.read_text("utf-8").replace("in one sentence", value, 1), "utf-8")
    assert not [finding for finding in told(root, cache) if "[9]" in finding and "kind sources" in finding]


def test_a_draft_is_told_its_shape_and_fails_nothing(root, cache):
    notes = draft_notes(root, Records(Scripts(root / "snippets"), cache))
    lacking = "before the exercises: 1,200 at least"
    assert any(note.startswith(EN) and lacking in note and note.endswith("(draft)") for note in notes)
    assert f"{JA}: a draft; delete `draft: true`" in "\n".join(notes)
    for name in (EN, JA):
        page = root / name
        page.write_text(page.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    assert draft_notes(root, Records(Scripts(root / "snippets"), cache)) == []
    assert any(lacking in finding for finding in told(root, cache))


def test_an_image_needs_an_author_and_a_licence(root, cache):
    (root / "docs/assets").mkdir()
    (root / "docs/assets/a.png").write_bytes(b"")
    assert told(root, cache) == ["docs/assets/a.png: has no licence: name it in images.yml with `author` and `licence`"]
    (root / "docs/images.yml").write_text("assets/*.png: {author: kamipen, licence: CC BY 4.0}\nb.png: {}\n")
    assert told(root, cache) == ["docs/images.yml: `b.png` names no image: delete the entry"]


def test_a_missing_translation_is_told_once(root, cache):
    (root / JA).unlink()
    change(root / EN, "draft: true\n", "")
    assert [finding for finding in told(root, cache) if "has no translation" in finding] == [
        f"{EN}: has no translation: write {JA}"
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
        found = external_links.addresses([page])
        assert found[f"{base}/404"] == ["page.md:2"]
        answers = external_links.visit_all(found, external_links.visit, pause=0)
        server.shutdown()
    kinds = {url.removeprefix(base): answer.kind for url, answer in answers.items()}
    assert kinds == {"/": "ok", "/404": "gone", "/no-head": "ok", "/403": "unclear"}


def test_the_time_for_visits_ends():
    answers = external_links.visit_all(["https://a.example/"], lambda _: pytest.fail("visited"), limit=-1)
    assert answers["https://a.example/"].kind == "unclear"


def test_without_a_network_nothing_is_said_to_be_well(monkeypatch):
    monkeypatch.setattr(external_links, "reachable", lambda: False)
    with pytest.raises(external_links.NoNetwork, match="Nothing is known about them"):
        external_links.main()
