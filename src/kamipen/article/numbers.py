"""Numbers in texts, written one way, so that those of a verdict can be found in what a cell printed."""

from __future__ import annotations

import re
import unicodedata

from kamipen.article import outline
from kamipen.article.outline import Block

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])\d[\d,]*+(?:\.\d+)?+(?:e[-+]?\d+)?+(?!D)", re.ASCII)  # but not the 3 of 3D


def bold_numbers(verdict: Block) -> set[str]:
    """Return the numbers typed in bold in a verdict, outside formulas."""
    text = " ".join(node.text for node in outline.walk(verdict.body) if isinstance(node, outline.Prose))
    text = re.sub(r"\$[^$]*\$|\{\{[^{}]*\}\}", " ", text)  # a value is what it is
    return {number for bold in re.findall(r"\*\*(.+?)\*\*", text) for number in numbers(bold)}


def numbers(text: str) -> set[str]:
    """Return the numbers in a text without their signs, each written one way: 1,000 is 1000 and 0.10 is 0.1."""
    text = re.sub(r" ?× ?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"e{match[1].translate(_SUPERSCRIPTS)}", text)
    text = unicodedata.normalize("NFKC", text)
    return {f"{float(match.replace(',', '')):.12g}" for match in _NUMBER.findall(text)}
