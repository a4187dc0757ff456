"""The glossary's terms, `docs/glossary.yml`."""

from pathlib import Path

import yaml

from kamipen.project import DOCS


def terms(path: Path = DOCS / "glossary.yml") -> list[dict[str, str]]:
    """All terms, each with `ja`, `yomi`, `en`, `ja_note` and `en_note`."""
    return yaml.safe_load(path.read_text("utf-8"))
