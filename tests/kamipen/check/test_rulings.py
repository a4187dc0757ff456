"""The checks of rulings: each finds what it is for, with line and remedy."""

from pathlib import Path

import pytest

from kamipen.article import claims, outline
from kamipen.article.articles import discover, split_front_matter
from kamipen.check import rulings, terms
from kamipen.check.pages import AuthoredPage, read_pages
from tests.kamipen.article.test_claims import LIST, PLAN

PAGE = """---
title: 硬貨
claims: ["0.2"]
---

/// verdict | 確認
    claim: "0.2"
    evidence: coin#toss
    tried: [tests/snippets/test_coin.py::test_bent]
**千回**投げて、表は **0.50**、裏は **0.50**。

ひっくり返る条件：硬貨が 1 度でも曲がっている。
///
"""
TESTS = "import pytest\n\n\ndef test_bent():\n    assert True\n\n\ndef helper():\n    pass\n"


@pytest.fixture
def root(tmp_path) -> Path:
    for name, text in {
        "docs/plan.yml": PLAN,
        "docs/claims.yml": LIST,
        "tests/snippets/test_coin.py": TESTS,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def told(root: Path, text: str, slug: str = "coin", language: str = "ja") -> list[str]:
    page = root / f"docs/{language}/maths/{slug}.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, "utf-8")
    source = next(read for read in read_pages(root / "docs") if isinstance(read, AuthoredPage) and read.path == page)
    known = claims.load(root / "docs/claims.yml")
    return [f"{finding.line}: {finding.problem}" for finding in rulings.find(source, known)]


def test_a_good_ruling_has_no_finding(root):
    assert told(root, PAGE) == []


SAME = """
/// verdict | 反証
    claim: "0.2"
    evidence: coin#toss
やはり違う。

ひっくり返る条件：なし。
///
"""
CASES = {
    "unknown": ('claim: "0.2"', 'claim: "0.2d"', "6: there is no claim `0.2d` in docs/claims.yml: did you mean `0.2`?"),
    "unknown in front": ('claims: ["0.2"]', 'claims: ["0.2", "0.11"]', "3: `claims`: there is no claim `0.11`"),
    "not in front": ('claims: ["0.2"]', "claims: []", "6: rules on claim `0.2`: name it in `claims` of the"),
    "sent elsewhere": ('"0.2"', '"0.2b"', "6: docs/claims.yml sends claim `0.2b` to dice: add this article there"),
    "twice": ("ていない。", "ている。", ""),
    "no claim": ('    claim: "0.2"\n', "", "6: rules on no claim: name one with `claim:`, or say it in a card"),
    "long": ("千回", "千回" * 40, "6: the ruling has 98 characters: 80 at most, leave the rest to cards"),
    "numbers": ("千回", "1000 回", "6: the ruling has 3 numbers: 2 at most, choose those that decide"),
    "values": ("。\n\n", "、{{toss: n}}。\n\n", "6: the ruling has 3 numbers: 2 at most"),
    "no flip": ("ひっくり返る条件：", "条件：", "6: does not say what would flip it: end with a paragraph `ひっく"),
    "no test": ("::test_bent", "::test_bend", "has no test `test_bend`: did you mean `test_bent`?"),
    "no such function": ("::test_bent", "::helper", "has no test `helper`"),
    "no file": ("test_coin.py", "test_coins.py", "no file `tests/snippets/test_coins.py`: did you mean `tests/"),
    "no name": ("::test_bent", "", "names no test: write `tests/snippets/test_….py::test_…`"),
}  # fmt: skip


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case][2]])
def test_a_fault_is_told_with_line_and_remedy(case, root):
    before, after, expected = CASES[case]
    assert before in PAGE
    found = told(root, PAGE.replace(before, after))
    assert any(expected in finding for finding in found), "\n".join(found)


def test_a_claim_is_ruled_on_once(root):
    assert told(root, PAGE + SAME) == [
        "15: claim `0.2` has a ruling in line 6 already: rule once, or call it a finding"
    ]


def test_the_code_of_a_value_does_not_lengthen_a_ruling(root):
    values = " ".join(f"{{{{toss: {'n' * 40}[0] .4f}}}}" for _ in range(2))
    assert not [problem for problem in told(root, PAGE.replace("千回", values)) if "characters" in problem]


def test_formulas_links_and_marks_do_not_lengthen_a_ruling(root):
    text = PAGE.replace("千回", f"[千回](../../{'x' * 90}.md) $\\frac{{1}}{{{'2' * 90}}}$")
    assert told(root, text) == []


def test_a_value_lengthens_a_ruling_by_its_digits_and_not_by_what_computes_it(root):
    assert told(root, PAGE.replace("裏は **0.50**", f"裏は {{{{toss: {'x' * 90} .3f}}}}")) == []


def test_english_may_take_more_characters(root):
    text = PAGE.replace("確認", "Confirmed").replace("ひっくり返る条件：", "Flips if: ")
    assert told(root, text.replace("千回", "a thousand times " * 9), language="en") == []
    assert "200 at most" in told(root, text.replace("千回", "a thousand times " * 15), language="en")[0]


OLD = {"no claim", "long", "numbers", "no flip"}


@pytest.mark.parametrize("mark", ["form: 1", "draft: true"])
@pytest.mark.parametrize("case", sorted(OLD))
def test_the_first_form_and_drafts_may_differ_in_shape(mark, case, root):
    before, after, _ = CASES[case]
    text = PAGE.replace(before, after).replace("---\n\n", f"{mark}\n---\n\n", 1)
    assert told(root, text) == []


def test_statements_are_read_for_terms_and_characters(root):
    (root / "docs/glossary.yml").write_text("- {ja: コイン, yomi: こいん, en: overfitting}\n", "utf-8")
    (root / "docs/claims.yml").write_text(LIST.replace("A coin is fair", "Over-fitting is fair"), "utf-8")
    ja, en = rulings.statements(claims.load(root / "docs/claims.yml"), root / "docs")
    assert list(terms.find(ja)) == []
    assert [str(finding.problem) for finding in terms.find(en)] == [
        "`Over-fitting` is `overfitting` in docs/glossary.yml"
    ]
    assert next(terms.find(en)).line == 8


def test_the_page_reads_as_the_outline_does():
    _, text, line = split_front_matter(PAGE)
    assert [block.line for block in outline.blocks(outline.parse(text, line))] == [6]


def gathered(root: Path, text: str) -> list[str]:
    for slug, claim in (("coin", "0.2"), ("dice", "0.10")):
        page = root / f"docs/ja/maths/{slug}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        matter = "---\ntitle: 硬貨\ndate: 2026-11-20\norder: 1\nlevel: 800\naudience: theorist\n---\n"
        page.write_text(
            matter + f'/// verdict | 確認\n    claim: "{claim}"\n    evidence: coin#toss\n公平。\n///\n', "utf-8"
        )
    (root / "docs/ja/maths/rulings.md").write_text(f"---\ntitle: 判定\n---\n{text}", "utf-8")
    pages = [page for page in read_pages(root / "docs") if isinstance(page, AuthoredPage)]
    return [finding.problem for finding in rulings.gathered(pages, discover(root / "docs", "ja"))]


def test_a_parts_page_of_rulings_tells_each_once(root):
    assert gathered(root, "/// rulings | 0.2 0.10\n///\n") == []
    assert gathered(root, "/// rulings | 0.2\n///\n") == ["leaves out claim `0.10`, on which dice rules"]
    assert gathered(root, "/// rulings | 0.2 0.10 0.2\n///\n") == ["names claim `0.2` twice"]
    assert gathered(root, "/// rulings | 0.2 0.10 0.2b\n///\n") == [
        "no article of the part rules on claim `0.2b`: did you mean `0.2`?"
    ]
