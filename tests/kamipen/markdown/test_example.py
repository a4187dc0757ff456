"""The gallery shows all that the code accepts, in both languages, and nothing else."""

import re

import pytest

from kamipen import texts
from kamipen.article import control_options, diagrams, outline
from kamipen.article.articles import AUDIENCES, split_front_matter
from kamipen.article.outline import Block, Fence
from kamipen.article.values import values
from kamipen.check import front_matter
from kamipen.markdown import cells
from kamipen.project import DOCS, LANGUAGES

PAGES = {language: split_front_matter((DOCS / language / "gallery.md").read_text("utf-8"))[1] for language in LANGUAGES}


def examples(language: str) -> list[Block]:
    return list(outline.blocks(outline.parse(PAGES[language]), "example"))


def blocks(language: str) -> list[Block]:
    return [block for example in examples(language) for block in outline.blocks(example.body)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_stands_there_with_every_option(language: str) -> None:
    shown = {(block.name, option) for block in blocks(language) for option in (*block.options, "")}
    known = {(name, option) for name, options in outline.OPTIONS.items() for option in (*options, "")}
    assert known - {("example", ""), ("example", "code")} <= shown
    assert ("details", "") in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_role_and_ruling_stands_there(language: str) -> None:
    shown = {
        name: {block.text("kind", "number") for block in blocks(language) if block.name == name}
        for name in ("box", "predict", "exercise")
    }
    assert shown == {
        "box": {*outline.BOXES},
        "predict": {*outline.PREDICT_KINDS},
        "exercise": {*outline.EXERCISE_KINDS},
    }
    words = texts.load(language)
    cards, verdicts = ({b.argument for b in blocks(language) if b.name == name} for name in ("card", "verdict"))
    assert cards == set(words.names("role")) - {words("role.ruling")}
    assert verdicts == set(words.names("verdict"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_cells_and_diagrams_stands_there(language: str) -> None:
    fences = [node for example in examples(language) for node in outline.walk(example.body) if isinstance(node, Fence)]
    options = {name for fence in fences if fence.is_cell for name, _ in fence.reference.options}
    labels = {name for name in options if name.startswith(control_options.LABEL)}
    assert labels
    assert options - labels == set(cells.OPTIONS)
    drawn = [diagrams.parse(fence) for fence in fences if fence.is_diagram]
    assert any(diagram.alt and diagram.caption and diagram.links for diagram in drawn)


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_with_and_without_format_and_of_other_scripts_stand_there(language: str) -> None:
    asked = [value for example in examples(language) for value, _ in values(example.body)]
    assert {bool(value.form) for value in asked} == {True, False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_front_matter_and_audiences_are_told(language: str) -> None:
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", PAGES[language], re.MULTILINE)
        for name in re.findall("`(.*?)`", row)
    }
    assert {*front_matter.KEYS} <= told
    assert all(f"`{audience}`" in PAGES[language] for audience in AUDIENCES)


def test_both_languages_show_the_same() -> None:
    ja, en = (
        [(b.name, sorted(b.options), b.text("kind")) for b in blocks(language) if b.name not in ("card", "verdict")]
        for language in LANGUAGES
    )
    assert ja == en
