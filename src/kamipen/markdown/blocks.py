"""The blocks of an article: cards, verdicts and boxes here, guesses and exercises from their own modules."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

from pymdownx.blocks.block import type_any

from kamipen.article import outline
from kamipen.markdown.block import Block, Element, child
from kamipen.markdown.exercise import Choice, Exercise, Feedback, Hint, Solution
from kamipen.markdown.prediction import Predict


class Card(Block):
    """A comment in a role: `/// card | Sceptic`."""

    NAME = "card"

    def create(self, parent: Element) -> Element:
        """Make the card with its role."""
        role = self.page.texts.names("role")[self.source.argument]
        card = child(parent, "div", {"class": f"kp-card kp-card--{role}", "data-role": role})
        child(card, "p", {"class": "kp-card__role"}).text = self.source.argument
        return card


class Verdict(Block):
    """A ruling on a claim: `/// verdict | Refuted`, with the cells that are its evidence."""

    NAME = "verdict"

    def create(self, parent: Element) -> Element:
        """Make the section with its label."""
        verdict = self.page.texts.names("verdict")[self.source.argument]
        attributes = {
            "class": f"kp-verdict kp-verdict--{verdict}",
            "data-verdict": verdict,
            "data-claim": " ".join(self.source.strings("claim")),
            "data-evidence": " ".join(self.source.strings("evidence")),
        }
        section = child(parent, "section", {name: value for name, value in attributes.items() if value})
        child(section, "p", {"class": "kp-verdict__label"}).text = self.source.argument
        return section


class Box(Block):
    """Something beside the argument: `/// box | title`, with a kind."""

    NAME = "box"

    def create(self, parent: Element) -> Element:
        """Make the aside with its title."""
        box = child(parent, "aside", {"class": f"kp-box kp-box--{self.source.text('kind')}"})
        child(box, "p", {"class": "kp-box__title"}).text = self.source.argument
        return box


BLOCKS: tuple[type[Block], ...] = (Card, Verdict, Box, Predict, Exercise, Choice, Feedback, Hint, Solution)

for _block in BLOCKS:
    _options: dict[str, Any] = dict.fromkeys(outline.OPTIONS[_block.NAME], (None, type_any))
    _block.OPTIONS = _options
