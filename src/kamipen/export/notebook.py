"""An article as a Jupyter notebook with its recorded outputs: what a reader downloads, or opens in Colab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kamipen.article.articles import Article
from kamipen.article.imports import KIT_FOLDER, kit_files
from kamipen.article.outline import Fence
from kamipen.export import ipynb
from kamipen.export.ipynb import code_cell, markdown_cell, output, translated
from kamipen.export.plain import Writer
from kamipen.project import ADDRESS
from kamipen.recording.records import Records


def notebook(article: Article, records: Records) -> dict[str, Any]:
    """Return an article as a Jupyter notebook with its recorded outputs; what it needs of the kit is in it."""
    writer = Writer(article, records)
    writer.beside = f"{ADDRESS}{article.url}"
    cells: list[dict[str, Any]] = [markdown_cell(f"# {article.title}")]
    used = {cell.script: writer.scripts[cell.script] for cell in writer.cells}
    for path in sorted({path for script in used.values() for path in kit_files(script.source)}):
        cells += _kit_cells(path, first=len(cells) == 1)
    waiting: list[str] = []
    for node in writer.article.nodes:
        if isinstance(node, Fence) and node.is_cell:
            cells += [markdown_cell("\n\n".join(waiting))] if waiting else []
            waiting = []
            cell = writer.scripts.cell(node.reference)
            items = writer.record(cell).outputs[cell.name]
            cells.append(code_cell(cell.source, [translated(output(item), article.labels) for item in items]))
        else:
            waiting += writer.parts([node])
    cells += [markdown_cell("\n\n".join(waiting))] if waiting else []
    return ipynb.notebook(cells, ipynb.PYTHON | {"title": article.title}, article.slug)


def _kit_cells(path: Path, *, first: bool) -> list[dict[str, Any]]:
    """Return cells that write a module of the kit, and the data beside it, next to the notebook."""
    cells = [code_cell('import pathlib\n\npathlib.Path("kit").mkdir(exist_ok=True)')] if first else []
    data = [other for other in KIT_FOLDER.glob(f"{path.stem}.*") if other.suffix not in (".py", ".pyc")]
    for file in (path, *sorted(data)):
        cells.append(code_cell(f"%%writefile kit/{file.name}\n{file.read_text(encoding='utf-8')}"))
    return cells
