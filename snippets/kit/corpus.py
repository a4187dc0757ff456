"""A frozen corpus: English prose of this site's first articles, formulas and code taken out.

It stays as it is when the articles change, so that numbers computed from it stay true.
"""

import re
from functools import cache
from importlib.resources import files


@cache
def prose() -> str:
    """Return the corpus as one string."""
    return files("kit").joinpath("corpus.txt").read_text(encoding="utf-8")


def words() -> list[str]:
    """Return the corpus as lower-case words without punctuation, in reading order."""
    return re.findall(r"[a-z]+(?:'[a-z]+)?", prose().lower().replace("’", "'"))
