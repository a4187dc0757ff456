"""The HTML of a cell's controls: what they set, as it stands in the published code; the client makes them move."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

from kamipen.article.controls import Control, Controls
from kamipen.article.parameters import plain


def render(controls: Controls) -> str:
    """Return the controls of a cell, nothing where it has none."""
    literals = {parameter.name: parameter.literal for parameter in controls.parameters}
    rows = [_control(control, literals) for control in controls.controls]
    return f'<div class="kp-cell__controls kp-cell__sliders">{"".join(rows)}</div>' if rows else ""


def attributes(values: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag; one without a value stands alone."""
    return " ".join(f'{name}="{escape(value)}"' if value else name for name, value in values.items())


def _control(control: Control, literals: Mapping[str, str]) -> str:
    plural = "s" if control.kind == "handle" else ""
    outer = {
        "class": "kp-control kp-slider" if control.step else "kp-control",
        "data-control": control.kind,
        f"data-parameter{plural}": " ".join(control.names),
        f"data-label{plural}": json.dumps(control.labels, ensure_ascii=False) if plural else control.labels[0],
    }
    if control.choices:
        outer["data-values"] = json.dumps(control.choices, ensure_ascii=False)
    inner = _range(control, literals) if control.step else _still(control, literals)
    return f"<div {attributes(outer)}>{inner}</div>"


def _range(control: Control, literals: Mapping[str, str]) -> str:
    name, value = control.names[0], plain(literals[control.names[0]])
    bounds = {"min": control.low, "max": control.high, "step": control.step, "value": value}
    field = attributes({"type": "range", "data-slider": name} | bounds)
    return f"<label>{escape(control.labels[0])} <input {field}></label> <output>{value}</output>"


def _still(control: Control, literals: Mapping[str, str]) -> str:
    pairs = zip(control.names, control.labels, strict=True)
    return ", ".join(
        f'<span class="kp-control__name">{escape(label)}</span> '
        f'<span class="kp-control__value">{escape(plain(literals[name]))}</span>'
        for name, label in pairs
    )
