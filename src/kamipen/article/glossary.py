"""The glossary's terms, `docs/glossary.yml`."""

from pathlib import Path

from kamipen.article import authored_yaml
from kamipen.project import DOCS


def terms(path: Path = DOCS / "glossary.yml") -> list[dict[str, str]]:
    """All terms, each with `ja`, `yomi`, `en`, `ja_note` and `en_note`."""
    return authored_yaml.read(path)
