"""What recorded items become in a notebook."""

import pytest

from kamipen.export import ipynb
from kamipen.recording.items import Figure, Rich, Text


def test_items_become_standard_outputs() -> None:
    assert ipynb.output(Text("stdout", "a\nb\n")) == {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]}
    assert ipynb.output(Rich("<b>1</b>"))["data"] == {"text/html": ["<b>1</b>"]}


@pytest.mark.parametrize(("themed", "stroke"), [(False, "#14213a"), (True, "var(--kp-unknown, #14213a)")])
def test_figures_have_colours_where_the_page_has_none(themed: bool, stroke: str) -> None:
    data = ipynb.output(Figure('<svg stroke="var(--kp-unknown)"/>', 1, 1, ""), themed=themed)["data"]
    assert data["image/svg+xml"] == [f'<svg stroke="{stroke}"/>']
    assert ("text/plain" in data) == themed


def test_cells_have_ids_that_stay() -> None:
    made = ipynb.notebook([ipynb.markdown_cell("# A"), ipynb.code_cell("1")], ipynb.PYTHON, "x" * 60)
    assert [cell["id"] for cell in made["cells"]] == [f"{'x' * 50}-0", f"{'x' * 50}-1"]
