"""Where the project lives: its folders and languages, the repository that mkdocs.yml names, and its site's address.

A fork's build says its own: `KAMIPEN_REPOSITORY=owner/name` and `KAMIPEN_ADDRESS=https://…/`.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("ja", "en")

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the working copy: kamipen is installed in place, never elsewhere."""

DOCS = ROOT / "docs"
"""Articles and pages, in a folder for each language."""

SNIPPETS = ROOT / "snippets"
"""The scripts of the articles."""

CLIENT = ROOT / "src/client"
"""The browser side: TypeScript, styles, and the scripts of Node that the build runs."""

CONFIGS = {"ja": ROOT / "mkdocs.yml", "en": ROOT / "mkdocs.en.yml"}
"""The settings of each language's site; those of the first hold for the others, too, where they say nothing else."""

CACHE = ROOT / ".cache"
"""Where everything that can be made again is kept between builds."""

SITE = ROOT / "site"
"""Where the finished site is written."""


def setting(name: str, language: str = LANGUAGES[0]) -> str:
    """Return a setting of a language's site, such as `site_name`; a KeyError names one that is nowhere."""
    own = _settings(CONFIGS[language])
    return str(own[name] if name in own else _settings(CONFIGS[LANGUAGES[0]])[name])


@cache
def _settings(config: Path) -> dict[str, Any]:
    return yaml.load(config.read_text("utf-8"), Loader=yaml.BaseLoader)


REPOSITORY = f"https://github.com/{fork}" if (fork := os.environ.get("KAMIPEN_REPOSITORY")) else setting("repo_url")
"""The repository that pages link to: to edit them, and to open their notebooks in Colab."""

ADDRESS = os.environ.get("KAMIPEN_ADDRESS", setting("site_url").removesuffix("ja/")).rstrip("/") + "/"
"""Where the site will stand: canonical links, feeds and sitemaps need to know."""


def deployment(language: str) -> dict[str, str]:
    """Return the settings that a fork says otherwise, for MkDocs."""
    return {"site_url": f"{ADDRESS}{language}/", "repo_url": REPOSITORY}
