"""An article's notebook is valid, holds the script's cells, and brings what they need of the kit."""

# pyright: basic

from dataclasses import replace

import nbformat

from kamipen.article.scripts import Scripts
from kamipen.export.notebook import notebook
from kamipen.recording.records import Records
from tests.kamipen.export.conftest import DATA


def test_notebook_is_valid_and_holds_the_scripts_cells(article, records):
    made = notebook(article, records)
    nbformat.validate(nbformat.from_dict(made))
    code = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]
    assert code == [cell.source for cell in Scripts(DATA / "snippets")["sample"].shown]
    prose = "".join("".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "markdown")
    assert "学習率 0.19、限界 **0.200**" in prose
    assert made == notebook(article, records)


def test_figures_have_the_articles_words(article, records):
    words = {"step": "歩数"}
    made = notebook(replace(article, labels=words), records)
    drawings = ["".join(output["data"].get("image/svg+xml", [])) for cell in made["cells"]
                for output in cell.get("outputs", []) if "data" in output]  # fmt: skip
    assert any(">歩数</text>" in drawing for drawing in drawings)
    assert not any(">step</text>" in drawing for drawing in drawings)


def test_notebook_brings_what_it_needs_of_the_kit(article, tmp_path):
    folder = tmp_path / "snippets"
    folder.mkdir()
    source = (DATA / "snippets/sample.py").read_text(encoding="utf-8")
    (folder / "sample.py").write_text(source.replace("import numpy as np", "import kit.draw\nimport numpy as np"))
    made = notebook(article, Records(Scripts(folder), tmp_path / "record"))
    code = ["".join(cell["source"]) for cell in made["cells"] if cell["cell_type"] == "code"]
    assert 'pathlib.Path("kit").mkdir' in code[0]
    assert code[1].startswith("%%writefile kit/draw.py\n")
