"""An exercise with its choices, feedback, hints and solution."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from html import escape

from kamipen.markdown.block import Block, Element, child, radio
from kamipen.markdown.highlight import code


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
            radio(field, f"exercise-{self.source.text('id')}", number, choice.argument, {"data-answer": ""})
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
