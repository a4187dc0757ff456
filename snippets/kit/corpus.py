"""A frozen corpus: prose of four early articles of this site in both languages, formulas and code taken out.

It stays as it is when the articles change, so that numbers computed from it stay true.
"""

from functools import cache
from importlib.resources import files


@cache
def prose(language: str = "en") -> str:
    """Return the corpus in a language, `ja` or `en`: the same articles, a paragraph a line."""
    return files("kit").joinpath(f"corpus.{language}.txt").read_text(encoding="utf-8")
