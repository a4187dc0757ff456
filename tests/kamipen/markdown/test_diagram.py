"""Folds, captions, words of figures and diagrams as HTML, kept in a golden file.

`UPDATE=1 pytest tests/kamipen/markdown/test_diagram.py` writes it anew.
"""

import os
import re
from pathlib import Path

import markdown
import pytest

from kamipen.article.articles import read
from kamipen.errors import SourceError

DATA = Path(__file__).parents[2] / "data/form"
EXTENSIONS = ["pymdownx.superfences", "kamipen.markdown"]


def render(folder: Path, cache: Path) -> str:
    article = read(folder / "docs/ja/maths/form.md")
    assert article
    options = {"lang": "ja", "docs": f"{folder}/docs", "scripts": f"{DATA}/snippets", "cache": str(cache)}
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs={"kamipen.markdown": options}).convert(
        article.text
    )


def test_html_is_what_it_was(tmp_path):
    html = render(DATA, tmp_path)
    assert all(f'data-word="{word}">{shown}</text>' in html for word, shown in (("step", "歩数"), ("loss", "損失")))
    golden = DATA / "golden/form.html"
    without_drawing = re.sub(r"(<svg [^>]*>).*?</svg>", r"\1…</svg>", html, flags=re.DOTALL) + "\n"
    if os.environ.get("UPDATE"):
        golden.write_text(without_drawing, encoding="utf-8")
    assert without_drawing == golden.read_text(encoding="utf-8")


def test_an_error_in_a_diagram_names_file_and_line(tmp_path):
    page = tmp_path / "docs/ja/maths/form.md"
    page.parent.mkdir(parents=True)
    page.write_text((DATA / "docs/ja/maths/form.md").read_text("utf-8").replace("-> 予測", "-> ->"), "utf-8")
    with pytest.raises(SourceError, match=r"form\.md:16: the diagram cannot be drawn: syntax error near '->'"):
        render(tmp_path, tmp_path / "record")
