"""Regions of a cell: where they are, what is visible without them, and what is refused."""

import pytest

from kamipen.article.regions import Region, regions, visible_lines
from kamipen.article.scripts import read
from kamipen.errors import SourceError

CODE = """# region set-up
import numpy as np

rng = np.random.default_rng(0)
# endregion

x = rng.normal(size=3)

# region plot
print(x)
# endregion"""


def test_regions_and_visible_lines():
    assert regions(CODE) == (Region("set-up", 0, 4), Region("plot", 8, 10))
    assert [region.lines for region in regions(CODE)] == [3, 1]
    assert visible_lines(CODE) == 1
    assert visible_lines("a = 1\n\nb = 2") == 2


BAD = {
    "# %% a\n# region\nx = 1\n# endregion\n": "one.py:2: a region needs a name",
    "# %% a\nx = 1\n# endregion\n": "one.py:3: `# endregion` ends nothing",
    "# %% a\n# region data\nx = 1\n# %% b\n2\n": "one.py:2: region `data` never ends",
    "# %% a\n# region data\n# region plot\nx = 1\n# endregion\n": "one.py:3: region `data` is still open",
}


@pytest.mark.parametrize("source", BAD)
def test_what_cannot_be_folded_is_refused(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "one.py"
    path.write_text(source)
    with pytest.raises(SourceError) as refused:
        read(path)
    assert str(refused.value).startswith(BAD[source])
