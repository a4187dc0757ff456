"""What the tests of refreshers share: their cell run in any state, and the wrong answers that their drill knows."""

from itertools import chain
from pathlib import Path
from typing import Any

from kamipen.article import outline
from kamipen.article.articles import read as article
from kamipen.article.scripts import read as script

ROOT = Path(__file__).parents[2]


def ran(name: str, **changed: Any) -> dict[str, Any]:
    """Run the shown cells of `snippets/<name>.py`, with lines `name = …` changed, and return the names they leave."""
    import matplotlib.pyplot as plt

    space: dict[str, Any] = {}
    for cell in script(ROOT / "snippets" / f"{name}.py").shown:
        lines = cell.source.splitlines()
        for parameter, value in changed.items():
            found = [number for number, line in enumerate(lines) if line.startswith(f"{parameter} = ")]
            assert found, f"no line `{parameter} = …`"
            lines[found[0]] = f"{parameter} = {value!r}"
        exec("\n".join(lines), space)
    space["figures"] = [plt.figure(number) for number in plt.get_fignums()]
    plt.close("all")
    return space


def misconceptions(slug: str) -> list[float]:
    """Return the answers that the drill of a refresher answers, the same in both languages."""
    japanese, english = (_answered(language, slug) for language in ("ja", "en"))
    assert japanese == english
    return japanese


def _answered(language: str, slug: str) -> list[float]:
    page = article(ROOT / "docs" / language / "refreshers" / f"{slug}.md")
    assert page
    drills = outline.blocks(page.nodes, "exercise")
    return [float(block.text("when")) for block in chain.from_iterable(drill.blocks("feedback") for drill in drills)]
