"""A notebook taken while controls are moved: it has their values, and no output that is another state's."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from kamipen.article.scripts import Scripts
from kamipen.export.ipynb import PYTHON, code_cell, notebook
from tests.browser.cell.controls.conftest import HERE, Moves

CELLS = ("descent", "below", "kernel", "failing")
OLD: dict[str, Any] = {"name": "stdout", "output_type": "stream", "text": "as published\n"}


def test_a_notebook_has_the_moved_values_and_no_stale_output(moved: Moves, moves: Path, tmp_path: Path) -> None:
    script = Scripts(HERE)["moves"]
    published = notebook([code_cell(script[name].source, [OLD]) for name in CELLS], PYTHON, "moves")
    (moves / "en/moves/moves.ipynb").write_text(json.dumps(published))
    moved.move("descent", "eta", "0.25")
    expect(moved.output("descent")).to_contain_text("eta 0.25")
    moved.page.get_by_role("radio", name="poly").check()
    expect(moved.status("kernel")).to_have_text("recorded: kernel poly")
    with moved.page.expect_download() as waiting:
        moved.page.get_by_role("button", name="Download notebook").click()
    waiting.value.save_as(tmp_path / "moves.ipynb")
    saved = json.loads((tmp_path / "moves.ipynb").read_text("utf-8"))["cells"]
    code = {name: "".join(cell["source"]) for name, cell in zip(CELLS, saved, strict=True)}
    outputs = {name: cell["outputs"] for name, cell in zip(CELLS, saved, strict=True)}
    assert code["descent"] == script["descent"].source.replace("eta = 0.15", "eta = 0.25")
    assert code["kernel"] == script["kernel"].source.replace('"rbf"', '"poly"')
    assert all(code[name] == script[name].source for name in ("below", "failing"))
    assert outputs == {"descent": [], "below": [], "kernel": [], "failing": [OLD]}, "below builds on eta"
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(code["kernel"], {})
    expect(moved.output("kernel")).to_have_text(printed.getvalue())
