"""`make check` tells what the build refuses, and more: all of it at once, where it stands, with its remedy."""

from pathlib import Path
from typing import Any

import pytest

from kamipen.article.scripts import Scripts
from kamipen.check import findings
from kamipen.errors import SourceError
from kamipen.recording import records
from kamipen.recording.records import Records
from kamipen.scaffold import refresher, scaffold
from kamipen.scaffold.request import Request
from tests.kamipen.check.sample import EN, JA, SCRIPT, change, told

pytestmark = pytest.mark.slow

SOLUTION = """# %% solution:sample-halve
answer = (1 / 0.5) ** 2  # n grows by the square of what the spread shrinks by
"""
RULING = "**{{spread-of-a-mean: spread .2f}}**"
# `@` is the line of the change.
CASES = {
    "unquoted title": (
        EN, 'title: "Sample"', "title: a: b",
        ':2: the front matter is not YAML: mapping values are not allowed here; '
        'put the title in quotes, as in `title: "a: b"`',
    ),
    "unknown block": (EN, "/// card", "/// crad", ":@: unknown block `crad`: did you mean `card`?"),
    "option of a cell": (EN, "slider: n 10 400 30", "slidr: n 10 400 30", "a cell has no option `slidr`"),
    "starter": (
        SCRIPT, "# %% solution:", "# %% exercise:sample-halve\nanswer = 4\n\n# %% solution:",
        "accepts the starter: leave out of it",
    ),
    "lonely check": (SCRIPT, SOLUTION, "", "`check:sample-halve` needs a cell `# %% solution:sample-halve`"),
    "prerequisite": (
        EN, "prereq: []", "prereq: [start-hear]",
        ":6: `prereq`: there is no article `start-hear`: did you mean `start-here`?",
    ),
    "unknown key": (
        EN, "prereq: []", "prereq: []\ndiscusions: []",
        "unknown `discusions` in the front matter: did you mean `discussions`?",
    ),
    "level": (EN, "level: 800\naud", "level: 99999\naud", ":1: `level` 99999 is none: from 400 to 1600"),
    "level of an exercise": (
        EN, "    level: 800", "    level: 99999",
        "`level: 99999` is none: a whole number from 400 to 1600",
    ),
    "svg without words": (
        EN, "in one sentence", 'in one <svg viewBox="0 0 1 1"></svg>',
        ':@: `<svg>` needs `aria-label="…"`',
    ),
    "img without words": (EN, "in one sentence", 'in one <img src="a.png">', ':@: `<img>` needs `alt="…"`'),
    "what was printed": (EN, RULING, "**0.11**", "which prints\n  spread of the average of 100: 0.10"),
    "wide slashes": (JA, "/// card", "／／／ card", ":@: `／／／` is full-width: write `///`"),
    "wide slash at the end": (JA, "？\n///", "？\n／//", ":@+1: `／//` is full-width: write `///`"),
    "wide bar": (JA, "card | 質問", "card ｜ 質問", ":@: `｜` is full-width: write `|`"),
    "no bar": (JA, "card | 質問", "card 質問", ":@: a bar is missing: write `/// card | 質問`"),
    "wide colon": (JA, "    kind: set", "    kind： set", "`：` is full-width: write `:`"),
    "wide colon of a cell": (
        JA, "slider: n", "slider：n",
        "`slider：n 10 400 30` is no option: `：` is full-width: write `:`",
    ),
    "wide indent": (
        JA, "    kind: set", "　　kind: set",
        "the indent is full-width (U+3000): write four spaces, as in `    kind: …`",
    ),
    "short indent": (
        JA, "    kind: set", "  kind: set",
        "an option is indented by more: write four spaces, as in `    kind: …`",
    ),
    "wide heading": (JA, "## 確かめる", "＃＃ 確かめる", "`＃＃` is full-width: write `##`"),
    "wide fence": (JA, "```cell", "｀｀｀cell", "`｀｀｀` is full-width: write `" + "`" * 3 + "`"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_slip_is_found_where_it_stands(case: str, root: Path, cache: Path) -> None:
    name, before, after, expected = CASES[case]
    text = (root / name).read_text("utf-8")
    at_line = text.count("\n", 0, text.find(before)) + 1
    expected = expected.replace("@+1", str(at_line + 1)).replace("@", str(at_line)) if "@" in expected else expected
    change(root / name, before, after)
    found = told(root, cache)
    assert any(finding.startswith((name, EN)) and expected in finding for finding in found), "\n".join(found)


BOTH = {
    "option of a cell": ("slider: n 10 400 30", "slidr: n 10 400 30", "a cell has no option `slidr`"),
    "outside its range": ("slider: n 10 400 30", "slider: n 200 400 30", "the cell's own n = 100 lies outside"),
    "no constant": ("slider: n 10 400 30", "slider: m 10 400 30", "no line `m = number`"),
}


@pytest.mark.parametrize("case", BOTH)
def test_what_both_pages_get_wrong_is_found_in_both(case: str, root: Path, cache: Path) -> None:
    before, after, expected = BOTH[case]
    for name in (EN, JA):
        change(root / name, before, after)
    found = told(root, cache)
    assert [finding.partition(":")[0] for finding in found if expected in finding] == [EN, JA], "\n".join(found)


def test_a_slip_is_told_and_not_recommended_for_the_other_page(root: Path, cache: Path) -> None:
    change(root / EN, "slider: n 10 400 30", "slider: m 10 400 30")
    found = told(root, cache)
    assert any("no line `m = number`" in finding for finding in found)
    assert not any("write the same in both" in finding for finding in found), "\n".join(found)


def test_a_failing_script_is_run_once(root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(root / SCRIPT, "means.std()", "means.std")
    runs: list[str] = []
    run = records.run

    def counted(script: Any, *rest: Any) -> Any:
        runs.append(script.name)
        return run(script, *rest)

    monkeypatch.setattr(records, "run", counted)
    assert len([finding for finding in told(root, cache) if "fails" in finding]) == 1
    assert runs == ["sample"]


def test_all_that_a_page_gets_wrong_is_told_at_once(root: Path, cache: Path) -> None:
    change(root / EN, RULING, "**0.11**")
    change(root / EN, "slider: n 10 400 30", "slider: m 10 400 30")
    change(root / EN, "card | Sceptic", "card | Skeptic")
    found = told(root, cache)
    assert all(
        any(part in finding for finding in found) for part in ("**0.11**", "no line `m", "unknown role `Skeptic`")
    )


def test_two_articles_do_not_share_an_exercise(root: Path, cache: Path) -> None:
    scaffold(Request("other", "maths", "他", "Other", [], [], []), root, lambda _, default: default)
    assert told(root, cache) == [], "the scaffold names exercises after the article"
    for path in [root / SCRIPT, root / JA, root / EN]:
        other = path.with_name(path.name.replace("sample", "other"))
        other.write_text(other.read_text("utf-8").replace("other-halve", "sample-halve"), "utf-8")
    found = told(root, cache)
    assert [finding for finding in found if "also in other.md" in finding or "also in sample.md" in finding], found


def test_a_tag_that_nearly_is_another_articles_is_found(root: Path, cache: Path) -> None:
    scaffold(Request("other", "maths", "他", "Other", [], [], []), root, lambda _, default: default)
    change(root / "docs/en/maths/other.md", "tags: [machine learning]", "tags: [machin learning]")
    assert told(root, cache) == [
        "docs/en/maths/other.md:4: unknown tag `machin learning`: did you mean `machine learning`?"
    ]


@pytest.mark.parametrize("name", ["docs/ja/無料の昼食.md", "docs/en/Free_Lunch.md", "snippets/無料.py"])
def test_a_file_is_named_as_an_address_is(name: str, root: Path, cache: Path) -> None:
    (root / name).write_text("# %% one\n1\n" if name.endswith(".py") else "---\ntitle: x\n---\nあ\n", "utf-8")
    assert any(finding.startswith(f"{name}:1: ") and "is no " in finding for finding in told(root, cache))


@pytest.mark.parametrize("name", [EN, JA])
def test_one_language_is_enough_to_begin(name: str, root: Path, cache: Path) -> None:
    (root / name).unlink()
    assert told(root, cache) == []


def test_a_translation_in_another_part_is_to_be_moved(root: Path, cache: Path) -> None:
    for name in (EN, JA):
        change(root / name, "draft: true\n", "")
    (root / "docs/en/learning").mkdir()
    (root / EN).rename(root / "docs/en/learning/sample.md")
    found = [finding for finding in told(root, cache) if "no translation" in finding]
    assert f"{JA}: has no translation: move docs/en/learning/sample.md to {EN}" in found


def test_one_article_or_refresher_is_checked_apart(root: Path, cache: Path) -> None:
    scaffold(Request("other", "maths", "他", "Other", [], [], []), root, lambda _, default: default)
    refresher("skill", "技", "Skill", 700, [], root, lambda _, default: default)
    change(root / EN, RULING, "**0.11**")
    kept = Records(Scripts(root / "snippets"), cache)
    assert findings(root, kept, "other") == findings(root, kept, "skill") == []
    assert len(findings(root, kept, "sample")) == 1
    with pytest.raises(SourceError, match="no article `sampel`: did you mean `sample`"):
        findings(root, kept, "sampel")
