"""A guess before a cell's output: its question, and what the reader guesses with."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import json

from kamipen.markdown.block import Block, Element, child, radio


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
            radio(field, f"predict-{self.source.text('cell')}", number, choice)

    def _curve(self, controls: Element) -> None:
        curve = child(controls, "div", {"class": "kp-predict__curve"})
        child(curve, "div", {"class": "kp-curve"})
        child(curve, "p", {"class": "kp-predict__keys"}).text = self.page.texts("form.keys")
