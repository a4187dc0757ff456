"""Values in sentences: numbers in plain Markdown and notebooks; one that cannot be had is refused where it stands."""

# pyright: basic

from pathlib import Path

import pytest

from kamipen.article.articles import Article, read
from kamipen.article.scripts import Scripts
from kamipen.errors import SourceError
from kamipen.export.notebook import notebook
from kamipen.export.plain import markdown
from kamipen.markdown.page import Page
from kamipen.recording.records import Records
from kamipen.texts import load
from tests.kamipen.export.conftest import DATA

SENTENCE = "学習率 0.19、限界 **0.200**。"


def test_they_are_numbers_in_plain_markdown_and_in_the_notebook(article: Article, records: Records) -> None:
    assert f"{SENTENCE}`{{{{bowl: eta}}}}` と書く。" in markdown(article, records)
    cells = notebook(article, records)["cells"]
    assert SENTENCE in "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("{{bowl: eta}}、", "{{bwol: eta}}、", ":15: script `sample` has no cell `bwol`: did you mean `bowl`?"),
        (
            "2 / curvature .3f}}",
            "2 / curvatur .3f}}",
            ":15: `{{bowl: 2 / curvatur .3f}}` cannot be evaluated after cell `sample#bowl`: "
            "NameError: name 'curvatur' is not defined: did you mean `curvature`?",
        ),
        ("box | で", "box | {{bowl: eta}}", ": a value stands in sentences only"),
    ],
)
def test_what_cannot_be_had_is_refused(before: str, after: str, problem: str, tmp_path: Path, records: Records) -> None:
    path = tmp_path / "docs/ja/maths/sample.md"
    path.parent.mkdir(parents=True)
    path.write_text((DATA / "docs/ja/maths/sample.md").read_text("utf-8").replace(before, after, 1), "utf-8")
    with pytest.raises(SourceError) as refusal:
        article = read(path)
        assert article
        Page(load("ja"), Scripts(DATA / "snippets"), records, path, article.nodes, article.text_line)
    assert problem in str(refusal.value)
