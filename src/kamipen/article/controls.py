"""The controls of a cell, each of which gives constants of its code other values.

A *state* is one assignment of values to the constants; the states that controls reach are recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from kamipen.article.parameters import decimal, plain, with_constant
from kamipen.errors import SourceError

State = tuple[str, ...]
"""The literals of all parameters, in their order."""


@dataclass(frozen=True)
class Parameter:
    """A constant of the code, and the literals that are recorded for it."""

    name: str
    values: tuple[str, ...]
    published: int

    @property
    def literal(self) -> str:
        """The literal that stands in the published code."""
        return self.values[self.published]


@dataclass(frozen=True)
class Control:
    """What the reader moves: one parameter, or the two of a handle."""

    kind: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    low: str = ""
    high: str = ""
    step: str = ""
    choices: tuple[str, ...] = ()  # literals


@dataclass(frozen=True)
class Controls:
    """The controls of one cell."""

    controls: tuple[Control, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    full: bool = False
    recorded: bool = True
    groups: tuple[tuple[str, ...], ...] = field(default=(), repr=False)  # parameters that vary together

    @property
    def published(self) -> State:
        """The state of the code as it stands."""
        return tuple(parameter.literal for parameter in self.parameters)

    def states(self) -> list[State]:
        """Return the states to be recorded, the published one first: one control at a time, a grid in full."""
        if not self.recorded or not self.parameters:
            return []
        return [*dict.fromkeys([self.published, *(state for group in self.groups for state in self._varied(group))])]

    def source(self, code: str, state: State) -> str:
        """Return the code in a state."""
        for parameter, literal in zip(self.parameters, state, strict=True):
            code = with_constant(code, parameter.name, literal)
        return code

    def _varied(self, group: Sequence[str]) -> Iterator[State]:
        return product(*(p.values if p.name in group else (p.literal,) for p in self.parameters))


def coarser(controls: Controls, most: int) -> Controls:
    """Return the controls with the finest steps that make at most so many states, if need be without repeats."""
    moved = {name for control in controls.controls for name in control.names}
    parameters = tuple(p for p in controls.parameters if p.name in moved)
    groups = tuple(group for group in controls.groups if moved.issuperset(group))
    unrepeated = replace(controls, parameters=parameters, groups=groups)
    for tried in (controls, unrepeated):
        for k in range(1, max(len(parameter.values) for parameter in parameters) + 1):
            found = _every(tried, k)
            sizes = {parameter.name: len(parameter.values) for parameter in found.parameters}
            if 1 + sum(prod(sizes[name] for name in group) - 1 for group in found.groups) <= most:
                return found
    raise SourceError(f"`states: {most}` is fewer than the controls have whatever the step: allow more, or say `off`")


def _every(controls: Controls, k: int) -> Controls:
    """Keep of what has steps every k-th value on either side of the published one."""
    ranges = {control.names[0] for control in controls.controls if control.step}
    parameters = tuple(
        Parameter(p.name, p.values[p.published % k :: k], p.published // k) if p.name in ranges else p
        for p in controls.parameters
    )
    values = {p.name: [plain(literal) for literal in p.values] for p in parameters}
    moved = tuple(
        replace(control, low=values[name][0], high=values[name][-1], step=str(k * decimal(control.step)))
        if (name := control.names[0]) in ranges
        else control
        for control in controls.controls
    )
    return replace(controls, controls=moved, parameters=parameters)
