"""Where the project lives: its folders, the repository that `repo_url` in mkdocs.yml names, and its site's address.

A fork's build says its own: `KAMIPEN_REPOSITORY=owner/name` and `KAMIPEN_ADDRESS=https://…/`.
"""

import os
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the working copy: kamipen is installed in place, never elsewhere."""

CACHE = ROOT / ".cache"
"""Where everything that can be made again is kept between builds."""

SITE = ROOT / "site"
"""Where the finished site is written."""

CLIENT = ROOT / "src/client"
"""The browser side: TypeScript, styles, and the scripts of Node that the build runs."""

_SETTINGS = (ROOT / "mkdocs.yml").read_text("utf-8")


def _setting(name: str) -> str:
    match = re.search(rf"^{name}: (\S+)$", _SETTINGS, re.MULTILINE)
    assert match, f"mkdocs.yml lacks `{name}`"
    return match[1]


REPOSITORY = f"https://github.com/{fork}" if (fork := os.environ.get("KAMIPEN_REPOSITORY")) else _setting("repo_url")
"""The repository that pages link to: to edit them, and to open their notebooks in Colab."""

ADDRESS = os.environ.get("KAMIPEN_ADDRESS", _setting("site_url").removesuffix("ja/")).rstrip("/") + "/"
"""Where the site will stand: canonical links, feeds and sitemaps need to know."""


def settings(language: str) -> dict[str, str]:
    """Return what MkDocs is to know of it."""
    return {"site_url": f"{ADDRESS}{language}/", "repo_url": REPOSITORY}
