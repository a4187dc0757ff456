"""The blocks of an article as HTML: cards, verdicts, boxes, guesses and exercises.

The outline has checked names and options before; here `pymdownx.blocks` hands over the elements, and what they hold is
rendered as Markdown.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from pymdownx.blocks.block import Block as PymdownBlock
from pymdownx.blocks.block import type_any

from kamipen.article import outline
from kamipen.markdown.highlight import code

if TYPE_CHECKING:
    from kamipen.markdown.page import Page

Element = ElementTree.Element
child = ElementTree.SubElement


class Block(PymdownBlock):
    """A block whose options the outline has read and checked."""

    ARGUMENT = None
    source: outline.Block

    @property
    def page(self) -> Page:
        """The page that is being rendered."""
        return self.config["page"]()

    def on_markdown(self) -> str:
        """Read what stands inside as blocks of Markdown, whatever the element."""
        return "block"

    def on_create(self, parent: Element) -> Element:
        """Take the next block of the outline, and make its element."""
        self.source = self.page.next_block(self.NAME)
        return self.create(parent)

    def create(self, parent: Element) -> Element:
        """Make the element."""
        raise NotImplementedError

    def html(self, parent: Element, html: str) -> None:
        """Put finished HTML into an element."""
        parent.text = (parent.text or "") + self.md.htmlStash.store(html)


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


class Predict(Block):
    """A guess before a cell's output: `/// predict | question`."""

    NAME = "predict"

    def create(self, parent: Element) -> Element:
        """Make the form with its question and what the guess is measured against."""
        block = self.source
        kind = block.text("kind", "number")
        attributes = {
            "class": "kp-predict",
            "data-predict": block.text("cell"),
            "data-kind": kind,
            "data-value": self.page.predict_value(block),
            "data-unit": block.text("unit"),
            "data-xlabel": block.text("xlabel"),
            "data-ylabel": block.text("ylabel"),
        }
        for axis in ("x", "y"):
            if axis in block.options:
                attributes[f"data-{axis}"] = json.dumps(block.options[axis])
        form = child(parent, "form", {name: value for name, value in attributes.items() if value})
        child(form, "p", {"class": "kp-predict__question"}).text = block.argument
        return form

    def on_end(self, block: Element) -> None:
        """Put what the reader guesses with below the text, in its final size: the client only wakes it."""
        texts = self.page.texts
        controls = child(block, "div", {"class": "kp-predict__controls"})
        getattr(self, f"_{self.source.text('kind', 'number')}")(controls)
        buttons = child(controls, "div", {"class": "kp-predict__buttons"})
        for action in ("guess", "skip"):
            child(buttons, "button", {"type": "button", "data-action": action}).text = texts(f"form.{action}")
        child(block, "p", {"class": "kp-predict__result", "role": "status"})

    def _number(self, controls: Element) -> None:
        label = child(controls, "label", {"class": "kp-predict__number"})
        child(label, "span").text = self.page.texts("form.number")
        field = {"data-answer": "", "type": "text", "inputmode": "decimal", "autocomplete": "off", "size": "8"}
        child(label, "input", field).tail = self.source.text("unit")

    def _choice(self, controls: Element) -> None:
        field = child(controls, "fieldset", {"class": "kp-predict__choices"})
        child(field, "legend").text = self.page.texts("predict.choices")
        for number, choice in enumerate(self.source.strings("choices"), 1):
            _radio(field, f"predict-{self.source.text('cell')}", number, choice)

    def _curve(self, controls: Element) -> None:
        curve = child(controls, "div", {"class": "kp-predict__curve"})
        child(curve, "div", {"class": "kp-curve"})
        child(curve, "p", {"class": "kp-predict__keys"}).text = self.page.texts("form.keys")


class Exercise(Block):
    """A question with an answer that is checked: `/// exercise | title`, with choices, hints and a solution in it."""

    NAME = "exercise"

    def create(self, parent: Element) -> Element:
        """Make the section with its title; the answer's field is put in before the hints when all is read."""
        block, page = self.source, self.page
        name, kind, script = block.text("id"), block.text("kind"), page.script
        attributes = {
            "class": "kp-exercise",
            "id": f"exercise-{name}",
            "data-exercise": name,
            "data-script": script.name,
            "data-kind": kind,
            "data-level": block.text("level"),
            "data-unit": block.text("unit"),
            "data-packages": " ".join(page.packages(script[f"solution:{name}"])),
            "aria-labelledby": f"exercise-{name}-title",
        }
        if kind != "code":
            answer, tolerance = page.answer(name)
            attributes |= {"data-value": f"{answer:.12g}", "data-tolerance": f"{tolerance:.12g}"}
        section = child(parent, "section", {key: value for key, value in attributes.items() if value})
        title = child(section, "h3", {"class": "kp-exercise__title", "id": f"exercise-{name}-title"})
        title.text = block.argument
        return section

    def on_end(self, block: Element) -> None:
        """Put the answer's field, the button and the place for feedback between the question and the hints."""
        tail = [element for element in block if element.tag in ("template", "details")]
        for element in tail:
            block.remove(element)
        answer = child(block, "div", {"class": "kp-exercise__answer"})
        getattr(self, f"_{self.source.text('kind')}")(answer, tail)
        button = child(block, "button", {"type": "button", "data-action": "check"})
        button.text = self.page.texts("exercise.check")
        child(block, "p", {"data-feedback": "", "role": "status"})
        number = 0
        for element in tail:
            if "data-hint" in element.attrib:
                number += 1
                element[0].text = self.page.texts("exercise.hint", n=number)
            elif "data-solution" in element.attrib:
                when = "form.locked" if number else "form.locked-no-hints"
                child(block, "p", {"class": "kp-exercise__locked"}).text = self.page.texts(when)
            if "data-choice-feedback" not in element.attrib:
                block.append(element)

    def _number(self, answer: Element, _: list[Element]) -> None:
        label = child(answer, "label")
        label.text = self.page.texts("exercise.answer") + " "
        field = {"data-answer": "", "type": "text", "inputmode": "decimal", "autocomplete": "off", "name": "answer"}
        child(label, "input", field)
        if unit := self.source.text("unit"):
            child(label, "span", {"class": "kp-exercise__unit"}).text = unit

    def _choice(self, answer: Element, tail: list[Element]) -> None:
        field = child(answer, "fieldset")
        child(field, "legend").text = self.page.texts("exercise.choices")
        feedback = [element for element in tail if "data-choice-feedback" in element.attrib]
        for number, (choice, template) in enumerate(zip(self.source.blocks("choice"), feedback, strict=True), 1):
            _radio(field, f"exercise-{self.source.text('id')}", number, choice.argument, {"data-answer": ""})
            template.set("data-choice-feedback", str(number))
            field.append(template)

    def _code(self, answer: Element, _: list[Element]) -> None:
        name, script = self.source.text("id"), self.page.script
        self.html(
            child(answer, "div", {"data-answer": "", "class": "kp-exercise__code"}),
            code(script[f"exercise:{name}"].source),
        )
        # An attribute, since instant navigation makes a script of every script, whatever its type.
        self.html(child(answer, "div"), f'<div hidden data-check="{escape(script[f"check:{name}"].source)}"></div>')


class Choice(Block):
    """One of an exercise's choices; what stands in it is said when it was chosen."""

    NAME = "choice"

    def create(self, parent: Element) -> Element:
        """Make the feedback; the exercise makes the button when it has seen all choices."""
        return child(parent, "template", {"data-choice-feedback": ""})


class Feedback(Block):
    """What is said after a typical wrong number, given as `when:`."""

    NAME = "feedback"

    def create(self, parent: Element) -> Element:
        """Make the feedback with its number."""
        exercise = parent.attrib["data-exercise"]
        return child(parent, "template", {"data-value-feedback": self.page.feedback_value(exercise, self.source)})


class Hint(Block):
    """A hint, opened one after another."""

    NAME = "hint"

    def create(self, parent: Element) -> Element:
        """Make the hint; the exercise numbers it."""
        hint = child(parent, "details", {"data-hint": "", "class": "kp-exercise__hint"})
        child(hint, "summary")
        return hint


class Solution(Block):
    """The worked solution of an exercise; where code was asked for, with the code."""

    NAME = "solution"

    def create(self, parent: Element) -> Element:
        """Make the solution."""
        solution = child(parent, "details", {"data-solution": "", "class": "kp-exercise__solution"})
        child(solution, "summary").text = self.page.texts("exercise.solution")
        self.exercise = parent
        return solution

    def on_end(self, block: Element) -> None:
        """Add the code of the solution's cell."""
        if self.exercise.attrib["data-kind"] == "code":
            cell = self.page.script[f"solution:{self.exercise.attrib['data-exercise']}"]
            self.html(child(block, "div", {"class": "kp-exercise__code"}), code(cell.source))


BLOCKS: tuple[type[Block], ...] = (Card, Verdict, Box, Predict, Exercise, Choice, Feedback, Hint, Solution)

for _block in BLOCKS:
    _options: dict[str, Any] = dict.fromkeys(outline.OPTIONS[_block.NAME], (None, type_any))
    _block.OPTIONS = _options


def _radio(parent: Element, name: str, number: int, text: str, attributes: dict[str, str] | None = None) -> None:
    label = child(parent, "label")
    radio = child(label, "input", {"type": "radio", "name": name, "value": str(number)} | (attributes or {}))
    radio.tail = " "
    child(label, "span").text = text
