"""The sample article, and what its script puts out."""

from pathlib import Path

import pytest

from kamipen.article.articles import read
from kamipen.article.scripts import Scripts
from kamipen.recording.records import Records

DATA = Path(__file__).parents[2] / "data/article"


@pytest.fixture(scope="module")
def records(tmp_path_factory) -> Records:
    return Records(Scripts(DATA / "snippets"), tmp_path_factory.mktemp("record"))


@pytest.fixture
def article():
    return read(DATA / "docs/ja/maths/sample.md")
