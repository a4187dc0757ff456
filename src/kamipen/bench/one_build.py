"""One build of generated articles, in a process of its own so that it pays for its own imports.

`python -m kamipen.bench.one_build <docs> <site> plain|ours`
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

import sys
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from kamipen.project import CONFIGS


def main(docs: str, site: str, kind: str) -> None:
    """Build the pages of a folder, with plain Material or as this site is built."""
    config: Any = load_config(str(CONFIGS["en"]), docs_dir=docs, site_dir=site, nav=None, strict=False)
    if kind == "plain":
        names: list[str] = config["markdown_extensions"]
        config["markdown_extensions"] = [name for name in names if not name.startswith("kamipen")]
        config["theme"] = type(config["theme"])(name="material", language="en", features=["navigation.instant"])
    config["plugins"]["mkdocs-jupyter"].config["include"] = []
    build(config)
    if kind == "ours":
        from kamipen.site import postprocess  # the plain build does not pay for it

        postprocess.finish(Path(site))


if __name__ == "__main__":
    main(*sys.argv[1:])
