"""The blocks of an article: cards, verdicts and boxes here, guesses and exercises from their own modules."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from typing import Any

from markdown.util import AtomicString
from pymdownx.blocks.block import type_any

from kamipen.article import outline
from kamipen.markdown.block import Block, Element, child
from kamipen.markdown.example import Example
from kamipen.markdown.exercise import Choice, Exercise, Feedback, Hint, Solution
from kamipen.markdown.prediction import Predict
from kamipen.project import REPOSITORY


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
    """A ruling on a claim: `/// verdict | Refuted`, with its claims, evidence and trials."""

    NAME = "verdict"

    def create(self, parent: Element) -> Element:
        """Make the section with the claims that it rules on and its label."""
        verdict = self.page.texts.names("verdict")[self.source.argument]
        attributes = {
            "class": f"kp-verdict kp-verdict--{verdict}",
            "id": self.page.anchors[self.source.line],
            "data-verdict": verdict,
            "data-claim": " ".join(self.source.strings("claim")),
            "data-evidence": " ".join(self.source.strings("evidence")),
        }
        section = child(parent, "section", {name: value for name, value in attributes.items() if value})
        for name in self.source.strings("claim"):
            self._claim(section, name)
        child(section, "p", {"class": "kp-verdict__label"}).text = self.source.argument
        return section

    def on_end(self, block: Element) -> None:
        """Set off the line on what would flip it, and name the tests that tried to."""
        label = self.page.texts("ruling.flip")
        for paragraph in block.findall("p"):
            text = paragraph.text or ""
            if text.startswith(label):
                paragraph.set("class", "kp-verdict__flip")
                paragraph.text = ""
                mark = child(paragraph, "b")
                mark.text, mark.tail = AtomicString(label), text[len(label) :]
        if tests := self.source.strings("tried"):
            self._tried(child(block, "p", {"class": "kp-verdict__tried"}), tests)

    def _claim(self, section: Element, name: str) -> None:
        page = self.page
        claim = page.claims[name]
        paragraph = child(section, "p", {"class": "kp-verdict__claim"})
        link = child(paragraph, "a", {"href": f"{page.to_root}docket.md#{claim.anchor}"})
        link.text = AtomicString(page.texts("ruling.claim", id=name))
        link.tail = " "
        child(paragraph, "span").text = AtomicString(claim.statement[page.texts.language])

    def _tried(self, paragraph: Element, tests: list[str]) -> None:
        small = child(paragraph, "small")
        small.text = self.page.texts("ruling.tried", n=len(tests))
        for number, test in enumerate(tests):
            path, _, name = test.partition("::")
            link = child(small, "a", {"href": f"{REPOSITORY}/blob/main/{path}", "lang": "en"})
            link.text = AtomicString(name.removeprefix("test_").replace("_", " "))
            link.tail = " · " if number < len(tests) - 1 else ""


class Box(Block):
    """Something beside the argument: `/// box | title`, with a kind."""

    NAME = "box"

    def create(self, parent: Element) -> Element:
        """Make the aside with its title."""
        box = child(parent, "aside", {"class": f"kp-box kp-box--{self.source.text('kind')}"})
        child(box, "p", {"class": "kp-box__title"}).text = self.source.argument
        return box


BLOCKS: tuple[type[Block], ...] = (Card, Verdict, Box, Predict, Exercise, Choice, Feedback, Hint, Solution, Example)

for _block in BLOCKS:
    _options: dict[str, Any] = dict.fromkeys(outline.OPTIONS[_block.NAME], (None, type_any))
    _block.OPTIONS = _options
