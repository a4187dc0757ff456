"""Values that stand in an article's sentences, `limit .3f`: decided once for the recording and for the browser."""

import re
from typing import Any

_FORMAT = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?\d*[,_]?(?:\.\d+)?[bcdeEfFgGnosxX%]?")


def split(asked: str) -> tuple[str, str]:
    """Return the expression and the format that is its last word, if it is one."""
    asked = " ".join(asked.split())
    expression, _, last = asked.rpartition(" ")
    if expression and _FORMAT.fullmatch(last) and (last in (",", "_") or not _is_expression(asked)):
        return expression, last
    return asked, ""


def shown(asked: list[str], names: dict[str, Any]) -> list[str | None]:
    """Return the values as they are written, None for one that cannot be had."""
    return [_shown(one, dict(names)) for one in asked]


def written(asked: str) -> str:
    """Return the expression whose value is the text."""
    expression, form = split(asked)
    return f"format({expression}, {form!r})"


def _shown(asked: str, names: dict[str, Any]) -> str | None:
    try:
        return str(eval(written(asked), names))
    except Exception:
        return None


def _is_expression(text: str) -> bool:
    try:
        compile(text, "value", "eval")
    except SyntaxError:
        return False
    return True
