"""The HTML of a cell's controls, standing where the published code sets them; the client hangs them on the code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from kamipen.article.controls import Control, Controls
from kamipen.article.parameters import plain
from kamipen.texts import Texts


def render(reference: str, controls: Controls, texts: Texts) -> str:
    """Return the controls of a cell (`script#cell`), nothing where it has none."""
    writer = _Writer(reference, {parameter.name: parameter.literal for parameter in controls.parameters}, texts)
    rows = [writer.row(control) for control in controls.controls]
    return f'<div class="kp-cell__controls">{"".join(rows)}</div>' if rows else ""


def attributes(values: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag; one without a value stands alone."""
    return " ".join(f'{name}="{escape(value)}"' if value else name for name, value in values.items())


class _Writer:
    """Writes the controls of one cell."""

    def __init__(self, reference: str, literals: Mapping[str, str], texts: Texts) -> None:
        self.reference, self.literals, self.texts = reference, literals, texts

    def row(self, control: Control) -> str:
        """Return a control: native fields, so that it can be moved before the client is there."""
        kinds: dict[str, Callable[[Control], str]] = {"choice": self._choice, "toggle": self._toggle}
        outer = {"class": "kp-control", "data-control": control.kind}
        if control.kind == "handle":
            outer |= {"data-parameters": " ".join(control.names), "data-label": self._join(control.labels)}
            return f"<div {attributes(outer)}></div>"
        outer |= {"data-parameter": control.names[0], "data-label": control.labels[0]}
        if control.kind == "choice":
            outer |= {"role": "radiogroup", "aria-label": control.labels[0]}
        return f"<div {attributes(outer)}>{kinds.get(control.kind, self._range)(control)}</div>"

    def _join(self, labels: tuple[str, ...]) -> str:
        return ("、" if self.texts.language == "ja" else ", ").join(labels)

    def _range(self, control: Control) -> str:
        number = plain(self.literals[control.names[0]])
        bounds = {"type": "range", "min": control.low, "max": control.high, "step": control.step, "value": number}
        play = {"type": "button", "data-action": "play", "aria-label": self.texts("control.play")}
        button = f'<button {attributes(play)} aria-pressed="false"></button>' if control.kind == "play" else ""
        value = f'<span class="kp-control__value" aria-hidden="true">{escape(self.literals[control.names[0]])}</span>'
        return f"<label>{_name(control)} <input {attributes(bounds)}></label>{button} {value}"

    def _choice(self, control: Control) -> str:
        name = f"{self.reference}:{control.names[0]}"
        options = "".join(self._option(name, control, one) for one in control.choices)
        label = f'<span class="kp-control__name" aria-hidden="true">{escape(control.labels[0])}</span>'
        return f'{label} <span class="kp-control__choices">{options}</span>'

    def _option(self, name: str, control: Control, literal: str) -> str:
        checked = {"checked": ""} if literal == self.literals[control.names[0]] else {}
        field = attributes({"type": "radio", "name": name, "value": literal} | checked)
        return f"<label><input {field}><span>{escape(plain(literal))}</span></label>"

    def _toggle(self, control: Control) -> str:
        checked = {"checked": ""} if self.literals[control.names[0]] == "True" else {}
        return f"<label>{_name(control)} <input {attributes({'type': 'checkbox', 'role': 'switch'} | checked)}></label>"


def _name(control: Control) -> str:
    return f'<span class="kp-control__name">{escape(control.labels[0])}</span>'
