"""A value in a sentence keeps beside it what may not begin or end a line: brackets, signs, points, units."""

import re
from xml.etree.ElementTree import Element

from markdown.treeprocessors import Treeprocessor

PRIORITY = 15  # after all inline markup

_OPENING = "([“‘（「『【〈《$×±−+≈~="
_CLOSING = re.compile(r"(?:[ \u00a0]%|[!%',\-./:;?)\]0-9A-Za-z°…”’、。〉》」』】！％），．：；？])*")


class Ties(Treeprocessor):
    """Keeps beside a value what may not begin or end a line: browsers break lines at the sides of its box."""

    def run(self, root: Element) -> None:
        """Put values that have such neighbours into a span with them."""
        for parent in [*root.iter()]:
            for at, child in enumerate([*parent]):
                if _is_value(child):
                    _tie(parent, at, child)


def _is_value(element: Element) -> bool:
    """Tell whether an element is a value, or emphasises one and nothing else."""
    if len(element) == 1 and not element.text and not element[0].tail:
        return _is_value(element[0])
    return "kp-value" in element.get("class", "").split()


def _tie(parent: Element, at: int, element: Element) -> None:
    before = (parent[at - 1].tail if at else parent.text) or ""
    opening = before[len(before.rstrip(_OPENING)) :]
    closing = _CLOSING.match(element.tail or "")
    end = closing.end() if closing else 0
    if not opening and not end:
        return
    tied = Element("span", {"style": "white-space:nowrap"})
    tied.text, tied.tail = opening, (element.tail or "")[end:]
    element.tail = (element.tail or "")[:end]
    tied.append(element)
    parent[at] = tied
    kept = before.removesuffix(opening)
    if at:
        parent[at - 1].tail = kept
    else:
        parent.text = kept
