"""`make new`: what it writes runs, renders and has no finding as it stands; what it cannot write it refuses."""

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import markdown
import pytest
import yaml

from kamipen.article import claims
from kamipen.article.articles import discover
from kamipen.article.plan import plan, planned
from kamipen.article.scripts import Scripts
from kamipen.check import draft_notes
from kamipen.check.translations import findings
from kamipen.project import CONFIGS, LANGUAGES, ROOT
from kamipen.recording.exercises import problems
from kamipen.recording.records import Records
from kamipen.scaffold import refresher, scaffold
from kamipen.scaffold.request import Refused, Request, complete, refuse_sources
from tests.kamipen.scaffold.conftest import take_default

REQUEST = Request(
    "two-words-more",
    "maths",
    '「引用」: と "記号"',
    'Quotes "and": colons',
    ["3.29"],
    ["start-here"],
    ["https://news.ycombinator.com/item?id=43390400"],
)


PART, PLANNED, ENTRY = next(
    (part["id"], slug, entry)
    for part in plan()["parts"][1:]
    for slug, entry in part["articles"].items()
    if not (ROOT / f"docs/en/{part['id']}/{slug}.md").exists()
)
"""An article that is planned and not written yet."""


def render(root: Path, language: str, part: str, name: str) -> str:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!!python", ""))
    extensions = dict(config["markdown_extensions"])
    folders = {"docs": root / "docs", "scripts": root / "snippets", "cache": root / "cache"}
    extensions["kamipen.markdown"] = {"lang": language} | {key: str(path) for key, path in folders.items()}
    text = (root / "docs" / language / part / f"{name}.md").read_text("utf-8").split("---\n", 2)[2]
    return markdown.markdown(text, extensions=list(extensions), extension_configs=extensions)


def test_a_new_article_runs_and_renders_without_a_finding(root):
    written = scaffold(REQUEST, root, take_default)
    assert {path.name for path in written} >= {"two-words-more.md", "two_words_more.py", "plan.yml", "mkdocs.yml"}
    scripts = Scripts(root / "snippets")
    assert [str(finding) for finding in findings(root / "docs", scripts)] == []
    assert list(problems(scripts["two_words_more"], {})) == []
    for language in LANGUAGES:
        html = render(root, language, "maths", REQUEST.name)
        assert "spread of the average of 100: 0.10" in html
        assert 'data-exercise="two-words-more-halve"' in html and 'data-value="4"' in html
        assert 'data-parameter="n"' in html and "kp-verdict__flip" in html
        assert f"maths/{REQUEST.name}.md" in (root / CONFIGS[language].name).read_text("utf-8")
    titles = {article.language: article.title for article in discover(root / "docs") if article.slug == REQUEST.name}
    assert titles == {"ja": REQUEST.ja, "en": REQUEST.en}


INTENDED = ("before the exercises: ",)
"""What a new article still lacks: the text is its author's."""


def test_a_new_article_is_in_shape_but_for_its_length(root):
    scaffold(REQUEST, root, take_default)
    notes = [
        note for note in draft_notes(root, Records(Scripts(root / "snippets"), root / "cache")) if REQUEST.name in note
    ]
    for language in LANGUAGES:
        told = [note for note in notes if f"docs/{language}/" in note and "a draft; delete" not in note]
        assert len(told) == len(INTENDED), "\n".join(told)
        assert all(any(expected in note for note in told) for expected in INTENDED), "\n".join(told)


def test_a_new_refresher_runs_and_renders_without_a_finding(root):
    written = refresher("slope-of-a-square", "二乗の傾き", "The slope of a square", 700, [], root, take_default)
    assert {path.name for path in written} >= {"slope-of-a-square.md", "slope_of_a_square.py", "mkdocs.yml"}
    scripts = Scripts(root / "snippets")
    assert [str(finding) for finding in findings(root / "docs", scripts)] == []
    assert list(problems(scripts["slope_of_a_square"], {})) == []
    notes = [
        note
        for note in draft_notes(root, Records(Scripts(root / "snippets"), root / "cache"))
        if "slope-of-a-square" in note
    ]
    assert all("a draft; delete" in note for note in notes), "\n".join(notes)
    for language in LANGUAGES:
        html = render(root, language, "refreshers", "slope-of-a-square")
        assert 'data-exercise="slope-of-a-square-drill"' in html and 'data-value="6"' in html
    scaffold(replace(REQUEST, skills=["slope-of-a-square"]), root, take_default)
    (article,) = [article for article in discover(root / "docs", "en") if article.slug == REQUEST.name]
    assert article.skills == ("slope-of-a-square",)


REFUSED_REFRESHERS = {
    "taken": (("start-here", "あ", "A", 700, []), "is taken by"),
    "planned": ((PLANNED, "あ", "A", 700, []), "is an article of the road"),
    "no title": (("two-words", "", "A", 700, []), "say JA="),
    "prerequisite": (("two-words", "あ", "A", 700, ["softmax-and-cross"]), "did you mean `softmax-and-cross-entropy`"),
}


@pytest.mark.parametrize("case", REFUSED_REFRESHERS)
def test_what_is_no_refresher_is_refused(case, root):
    wish, reason = REFUSED_REFRESHERS[case]
    with pytest.raises(Refused, match=reason):
        refresher(*wish, root, take_default)


def test_a_new_script_is_in_order_for_ruff(root):
    scaffold(REQUEST, root, take_default)
    refresher("slope-of-a-square", "二乗の傾き", "The slope of a square", 700, [], root, take_default)
    shutil.copy(ROOT / "pyproject.toml", root)
    scripts = ["snippets/two_words_more.py", "snippets/slope_of_a_square.py"]
    for task in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *task, *scripts]
        result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout


def test_an_article_nobody_planned_ends_its_part_and_moves_no_other(root):
    before = {article.path: article.path.read_bytes() for article in discover(root / "docs")}
    road = planned(root / "docs/plan.yml")
    scaffold(REQUEST, root, take_default)
    scaffold(replace(REQUEST, name="three-words-more"), root, take_default)
    assert {path: path.read_bytes() for path in before} == before
    after = planned(root / "docs/plan.yml")
    assert {slug: entry for slug, entry in after.items() if slug in road} == road
    maths = [slug for slug, entry in after.items() if entry["part"] == "maths"]
    assert maths[-2:] == ["two-words-more", "three-words-more"]
    slugs = [article.slug for article in discover(root / "docs", "en") if article.part == "maths"]
    assert slugs[-2:] == maths[-2:], "in the navigation, too"
    assert discover(root / "docs", "en")[len(slugs) - 1].slug == maths[-1], "before what the next part begins with"


def test_a_planned_article_takes_part_number_and_titles_from_the_plan(root):
    before = (root / "docs/plan.yml").read_text("utf-8")
    scaffold(Request(PLANNED, prereq=["start-here"]), root, take_default)
    (article,) = [article for article in discover(root / "docs", "en") if article.slug == PLANNED]
    assert (article.part, article.order, article.title) == (PART, ENTRY["order"], ENTRY["en"])
    assert (root / "docs/plan.yml").read_text("utf-8") == before


def test_every_claim_of_the_docket_can_be_named(root):
    draft = complete(REQUEST, root, take_default)
    refuse_sources(replace(draft, claims=list(claims.load())))


REFUSED = {
    "capitals": (Request("Two-Words"), "is no slug: small letters"),
    "underscore": (Request("two_words"), "is no slug"),
    "empty": (Request(""), "is no slug"),
    "long": (Request("a-" * 20 + "ab"), "40 at most"),
    "taken": (Request("start-here"), r"taken by snippets/start_here\.py"),
    "kit": (Request("kit"), "Python or the kit already uses"),
    "a module of Python": (Request("random"), "Python or the kit already uses"),
    "part": (Request("two-words", "math"), "no part of the road: did you mean `maths`"),
    "planned elsewhere": (Request(PLANNED, "maths"), f"say PART={PART}"),
    "no title": (Request("two-words", "maths"), "the title is empty: say JA="),
    "claim": (Request("two-words", "maths", "あ", "A", ["three"]), "is no claim"),
    "prerequisite": (Request("two-words", "maths", "あ", "A", [], ["start-hear"]), "did you mean `start-here`"),
    "order": (Request("two-words", "maths", "あ", "A", [], ["trees-or-nets"]), "what is read before must stand before"),
    "level": (Request("two-words", "maths", "あ", "A", level=99999), "is no difficulty: from 400 to 1600"),
    "skill": (
        Request("two-words", "maths", "あ", "A", skills=["softmax-and-cross"]),
        "did you mean `softmax-and-cross-entropy`",
    ),
    "address": (Request("two-words", "maths", "あ", "A", [], [], ["example.org"]), "is no address"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_refused_and_nothing_changes(case, root):
    wish, reason = REFUSED[case]
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    with pytest.raises(Refused, match=reason):
        scaffold(wish, root, take_default)
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
