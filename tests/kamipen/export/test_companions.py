"""The GPU companions: what is published is what the sources say, in both languages."""

import json
import re
from typing import Any

import pytest

from kamipen.article import figure_words
from kamipen.article.articles import split_front_matter
from kamipen.article.scripts import Scripts
from kamipen.check.figure_words import needs_translation
from kamipen.export import companions
from kamipen.export.companion import Companion
from kamipen.export.ipynb import translated
from kamipen.project import LANGUAGES, ROOT, SNIPPETS, setting

COLAB = re.compile(
    r"https://colab\.research\.google\.com/github/(?P<repository>[\w.-]+/[\w.-]+)/blob/(?P<path>[^\s\")]+)"
)

COMPANIONS = companions.companions()
each = pytest.mark.parametrize("companion", COMPANIONS, ids=lambda companion: companion.slug)


def read(companion: Companion, language: str) -> dict[str, Any]:
    return json.loads(companion.path(language).read_text("utf-8"))


def code_cells(notebook: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [("".join(cell["source"]), cell["outputs"], cell["execution_count"]) for cell in cells]


def test_notebooks_are_what_their_sources_say() -> None:
    stale = [str(path.relative_to(ROOT)) for path in companions.drift()]
    assert not stale, f"run `python -m kamipen notebooks`: {stale}"


@each
def test_languages_have_equal_code_and_outputs(companion: Companion) -> None:
    ja, en = (read(companion, language) for language in LANGUAGES)
    assert [cell[::2] for cell in code_cells(ja)] == [cell[::2] for cell in code_cells(en)]
    words = figure_words.read(split_front_matter(companion.source("ja").read_text("utf-8"))[0])
    drawn = [[translated(output, words) for output in outputs] for _, outputs, _ in code_cells(en)]
    assert [outputs for _, outputs, _ in code_cells(ja)] == drawn
    headings = [[cell["metadata"].get("kamipen") for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
                for notebook in (ja, en)]  # fmt: skip
    assert [h for h in headings[0] if h] == [h for h in headings[1] if h]


@each
def test_every_word_in_a_japanese_notebooks_figures_is_translated(companion: Companion) -> None:
    words = figure_words.read(split_front_matter(companion.source("ja").read_text("utf-8"))[0])
    figures = ["".join(output["data"]["image/svg+xml"]) for _, outputs, _ in code_cells(read(companion, "en"))
               for output in outputs if "image/svg+xml" in output.get("data", {})]  # fmt: skip
    drawn = {word for figure in figures for word in figure_words.texts(figure)}
    assert {word for word in drawn if needs_translation(word)} <= words.keys()
    assert not drawn or words.keys() <= drawn


@each
def test_outputs_are_recorded_and_name_the_device(companion: Companion) -> None:
    notebook = read(companion, "en")
    device = notebook["metadata"]["kamipen"]["device"]
    if not device:
        assert not any(outputs for _, outputs, _ in code_cells(notebook))
        assert "without outputs" in notebook["metadata"]["kamipen"]["notice"]
        return
    first = next(output for _, outputs, _ in code_cells(notebook) for output in outputs)
    assert "".join(first["text"]).startswith(f"device: {device}")
    assert device.split()[0] in notebook["metadata"]["kamipen"]["notice"]
    assert not any(output.get("name") == "stderr" for _, outputs, _ in code_cells(notebook) for output in outputs)
    assert all(number for _, _, number in code_cells(notebook))


@each
def test_article_cells_are_the_articles(companion: Companion) -> None:
    sources = [cell.source for name in Scripts(SNIPPETS) for cell in Scripts(SNIPPETS)[name].shown]
    assert any(code in sources for code in companion.code)
    assert not any(re.match(r"from \w+ import .* # ", code) for code in companion.code)


@each
def test_figures_have_a_text_and_nothing_from_elsewhere(companion: Companion) -> None:
    for language in LANGUAGES:
        for cell in read(companion, language)["cells"]:
            figures = [output for output in cell.get("outputs", []) if "image/svg+xml" in output.get("data", {})]
            assert not figures or cell["metadata"]["kamipen"].get("alt"), cell["metadata"]
            for figure in figures:
                addresses = re.findall(
                    r"(?:href|src)=\"(?!#|data:)[^\"]*|url\((?!#)", "".join(figure["data"]["image/svg+xml"])
                )
                assert not addresses


def test_colab_links_point_to_files_of_the_repository() -> None:
    repository = setting("repo_url").removeprefix("https://github.com/")
    links = [link for companion in COMPANIONS for language in LANGUAGES
             for _, link in read(companion, language)["metadata"]["kamipen"]["links"]]  # fmt: skip
    found = [match for link in links if (match := COLAB.fullmatch(link))]
    assert len(found) == len(COMPANIONS) * len(LANGUAGES)
    for match in found:
        branch, _, path = match["path"].partition("/")
        assert match["repository"] == repository and branch == "main"
        assert (ROOT / path).is_file(), path
    sources = [link for link in links if "/snippets/gpu/" in link]
    assert len(sources) == len(found)
    assert all((ROOT / link.partition("/blob/main/")[2]).is_file() for link in sources)


@each
def test_article_links_to_its_companion_with_the_cost(companion: Companion) -> None:
    for language in LANGUAGES:
        article = read(companion, language)["metadata"]["kamipen"]["article"]
        text = (ROOT / f"docs/{language}/{article}.md").read_text("utf-8")
        box = re.search(r"kind: gpu\n(.*?)\n///", text, re.DOTALL)
        assert box and f"../notebooks/{companion.slug}.ipynb" in box[1] and "T4" in box[1]
