"""Constants of a cell's code that controls change, `eta = 0.19`: how they stand there, and how others are written.

`src/client/cell/parameters.ts` does the same in the page.
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?"
STRING = r'"[^"\\\n]*"|\'[^\'\\\n]*\''
LITERAL = rf"{NUMBER}|True|False|{STRING}"

_CONSTANT = re.compile(rf"^(\w+)([ \t]*(?::[^=\n]+)?=[ \t]*)({LITERAL})(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
_FLOAT = re.compile(r"[.eE]")


def constants(code: str) -> dict[str, str]:
    """Return the names that code sets to a literal at the margin, as in `eta = 0.19  # learning rate`."""
    found: dict[str, str] = {}
    for match in _CONSTANT.finditer(code):
        found.setdefault(match[1], match[3])
    return found


def with_constant(code: str, name: str, literal: str) -> str:
    """Return the code with another literal where it first sets this name."""
    for match in _CONSTANT.finditer(code):
        if match[1] == name:
            return code[: match.start(3)] + literal + code[match.end(3) :]
    return code


def is_number(literal: str) -> bool:
    """Tell whether a literal is a number."""
    return re.fullmatch(NUMBER, literal) is not None


def is_string(literal: str) -> bool:
    """Tell whether a literal is a plain string."""
    return re.fullmatch(STRING, literal) is not None


def plain(literal: str) -> str:
    """Return a literal as a reader reads it: numbers without underscores, strings without quotes."""
    return literal.replace("_", "") if is_number(literal) else literal.strip("\"'")


def decimal(literal: str) -> Decimal:
    """Return a number's exact value."""
    return Decimal(literal.replace("_", ""))


def number_literal(value: Decimal, step: str, like: str) -> str:
    """Write a value: as many decimals as its step, a float stays a float, and what was published as it was."""
    text = f"{value:.{decimals(step)}f}"
    if decimal(text) == decimal(like):
        return like
    return f"{text}.0" if _FLOAT.search(like) and "." not in text else text


def decimals(number: str) -> int:
    """Count the decimals of a number as it is written."""
    mantissa, _, exponent = number.lower().partition("e")
    return max(0, len(mantissa.partition(".")[2]) - int(exponent or 0))
