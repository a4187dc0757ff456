"""The interface's texts: flat tables per language in `src/texts/`, shared with the client."""

import json
from functools import cache
from pathlib import Path

from kamipen.project import ROOT

FOLDER = ROOT / "src/texts"


class Texts:
    """The texts of one language."""

    def __init__(self, language: str, table: dict[str, str]) -> None:
        """Keep the table."""
        self.language = language
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """Return a text, with values in place of `{name}`; in "one cell|{n} cells" the first form is for n = 1."""
        one, _, many = self._table[key].partition("|")
        text = many if many and values.get("n") != 1 else one
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def get(self, key: str, otherwise: str) -> str:
        """Return a text, or another where the table has none."""
        return self._table.get(key, otherwise)

    def names(self, group: str) -> dict[str, str]:
        """Return text → name for keys such as `role.sceptic`: what authors write, and what it stands for."""
        return {text: key.partition(".")[2] for key, text in self._table.items() if key.startswith(f"{group}.")}


def load(language: str) -> Texts:
    """Return the texts of a language, as the files have them now: those of every page, and of the page for practice."""
    files = [FOLDER / f"{language}.json", FOLDER / f"practice.{language}.json"]
    return _load(language, *((file, file.stat().st_mtime_ns) for file in files))


@cache
def _load(language: str, *files: tuple[Path, int]) -> Texts:
    tables = [json.loads(file.read_text(encoding="utf-8")) for file, _ in files]
    return Texts(language, {key: text for table in tables for key, text in table.items()})
