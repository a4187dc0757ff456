"""What a page has a browser fetch beyond the shared packages is counted from the files that are served."""

import json
from pathlib import Path

import pytest

from kamipen import texts
from kamipen.markdown import cells, download_size
from kamipen.runtime import served

DEPENDS = {
    "numpy": [],
    "matplotlib": ["numpy", "pillow"],
    "pillow": [],
    "kamipen-kit": ["matplotlib"],
    "scipy": ["numpy"],
    "scikit-learn": ["scipy", "joblib"],
    "joblib": [],
}
SIZE = {"scipy": 13_000_000, "scikit-learn": 4_700_000, "joblib": 200_000}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "runtime" / served.VERSION
    folder.mkdir(parents=True)
    packages = {name: {"file_name": f"{name}.whl", "depends": depends} for name, depends in DEPENDS.items()}
    (folder / served.LOCK).write_text(json.dumps({"packages": packages}))
    for name in DEPENDS:
        (folder / f"{name}.whl").write_bytes(bytes(SIZE.get(name, 9)))
    return tmp_path


def test_what_is_shared_weighs_nothing(site: Path) -> None:
    assert download_size.extra(["numpy", "matplotlib", "kamipen-kit"], site) == ([], 0)


def test_a_package_weighs_what_it_brings_and_is_named_alone(site: Path) -> None:
    assert download_size.extra(["numpy", "scikit-learn", "scipy"], site) == (["scikit-learn"], 17_900_000)


def test_nothing_is_said_where_nothing_can_be_run(tmp_path: Path) -> None:
    assert download_size.extra(["scikit-learn"], tmp_path) == ([], 0)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_size_stands_before_the_buttons(language: str) -> None:
    html = cells.controls(texts.load(language), ["scikit-learn"], 17_900_000)
    assert html.index("scikit-learn") < html.index("18 MB") < html.index("run-all")
    assert "kp-weight" not in cells.controls(texts.load(language))
