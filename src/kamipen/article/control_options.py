"""The controls that a `cell` fence asks for, read from its options; what nobody could record is refused."""

from __future__ import annotations

from collections.abc import Callable

from kamipen.article.controls import Control, Controls, Parameter, coarser
from kamipen.article.parameters import constants, decimal, decimals, is_number, is_string, number_literal
from kamipen.article.scripts import Cell, CellReference
from kamipen.errors import SourceError, nearest

KINDS = ("slider", "play", "choice", "toggle", "handle")
OPTIONS = (*KINDS, "states", "grid", "repeat")
LABEL = "label-"

VALUES, STATES, REPEATS = 60, 200, 15
"""The most values of a control and states of a cell that are recorded; the runs of a repeated seed."""


def controls_of(reference: CellReference, cell: Cell) -> Controls:
    """Read the controls of a cell's fence; refuse what the cell's code does not have, or what nobody could record."""
    reader = _Reader(reference, cell)
    if not reader.parameters:
        reader.refuse_aimless()
        return Controls()
    return reader.controls()


class _Reader:
    """The options of one fence, while they are read."""

    def __init__(self, reference: CellReference, cell: Cell) -> None:
        self.cell, self.constants = cell, constants(cell.source)
        self.options = [(name, value) for name, value in reference.options if name in OPTIONS]
        self.rest = dict(self.options)
        self.labels = {n.removeprefix(LABEL): v for n, v in reference.options if n.startswith(LABEL)}
        self.parameters: dict[str, Parameter] = {}
        self.found: list[Control] = []
        self.handles: list[Control] = []
        for kind, value in sorted(self.options, key=lambda option: option[0] == "handle"):
            if kind in KINDS:
                self._read(kind, value)
        self._read_repeat()
        self._refuse_unknown_labels()

    def controls(self) -> Controls:
        """Return what was read, with steps as coarse as `states` asks for."""
        full, recorded = self._grid(), self.rest.get("states") != "off"
        found = Controls((*self.found, *self.handles), (*self.parameters.values(),), full, recorded, self._groups())
        found = coarser(found, self._most()) if self._most() else found
        if (count := len(found.states())) > STATES:
            raise SourceError(
                f"cell `{self.cell.name}` has {count} states, {STATES} at most are recorded: take coarser steps, "
                f"leave out `grid: full`, or say `states: {STATES}`"
            )
        return found

    def refuse_aimless(self) -> None:
        """Refuse options that mean nothing without a control."""
        for option in ("states", "grid"):
            if option in self.rest:
                raise SourceError(f"`{option}: {self.rest[option]}`: the cell has no control that it could mean")

    def _read(self, kind: str, value: str) -> None:
        said = f"`{kind}: {value}`"
        if kind in ("slider", "play"):
            control, parameter = self._range(kind, value, said)
        elif kind == "choice":
            control, parameter = self._choice(value, said)
        elif kind == "toggle":
            control, parameter = self._toggle(value, said)
        else:
            return self.handles.append(self._handle(value, said))
        if parameter.name in self.parameters:
            raise SourceError(f"{said}: {parameter.name} has a control already")
        self.parameters[parameter.name] = parameter
        return self.found.append(control)

    def _range(self, kind: str, value: str, said: str) -> tuple[Control, Parameter]:
        name, *numbers = value.split()
        if len(numbers) != 3 or not all(map(is_number, numbers)):
            raise SourceError(f"{said}: write `{kind}: name from to step`")
        low, high, step = map(decimal, numbers)
        if not (low < high and 0 < step <= high - low):
            raise SourceError(f"{said}: from must be below to, and step fit between them")
        if decimals(numbers[0]) > decimals(numbers[2]):
            raise SourceError(f"{said}: {numbers[0]} has more decimals than the step {numbers[2]}")
        like = self._constant(name, said, "number", is_number)
        if not low <= decimal(like) <= high:
            raise SourceError(f"{said}: the cell's own {name} = {like} lies outside")
        count = int((high - low) / step) + 1
        place = (decimal(like) - low) / step
        if place != int(place):
            near = low + round(place) * step
            raise SourceError(
                f"{said}: the cell's own {name} = {like} is on no step: begin or step otherwise, or let it be {near}"
            )
        self._refuse_many_values(said, name, count)
        values = tuple(number_literal(low + k * step, numbers[2], like) for k in range(count))
        control = Control(kind, (name,), (self._label(name),), numbers[0], numbers[1], numbers[2])
        return control, Parameter(name, values, int(place))

    def _choice(self, value: str, said: str) -> tuple[Control, Parameter]:
        name, *words = value.split()
        like = self._constant(name, said, "number or string", lambda text: is_number(text) or is_string(text))
        if len(words) < 2:
            raise SourceError(f"{said}: write `choice: name one two …`, at least two values")
        values = tuple(self._choice_literal(word, like, said) for word in words)
        if like not in values:
            known = nearest(like.strip("\"'"), words)
            raise SourceError(f"{said}: the cell's own {name} = {like} is not among the values{known}")
        if len({*values}) < len(values):
            raise SourceError(f"{said}: a value stands there twice")
        control = Control("choice", (name,), (self._label(name),), choices=values)
        return control, Parameter(name, values, values.index(like))

    def _choice_literal(self, word: str, like: str, said: str) -> str:
        if is_string(like):
            bare = word[1:-1] if is_string(word) else word
            if any(mark in bare for mark in "\"'\\"):
                raise SourceError(f"{said}: `{word}` is no literal: write a plain word")
            return like[0] + bare + like[0]
        if not is_number(word):
            raise SourceError(f"{said}: `{word}` is no literal: {like} in the code is a number, and so are its values")
        return like if decimal(word) == decimal(like) else word

    def _toggle(self, value: str, said: str) -> tuple[Control, Parameter]:
        if len(value.split()) != 1:
            raise SourceError(f"{said}: write `toggle: name`")
        like = self._constant(value, said, "True or False", lambda text: text in ("True", "False"))
        return Control("toggle", (value,), (self._label(value),)), Parameter(
            value, ("False", "True"), int(like == "True")
        )

    def _handle(self, value: str, said: str) -> Control:
        names = tuple(value.split())
        if len(names) != 2 or names[0] == names[1]:
            raise SourceError(f"{said}: write `handle: a b`, two names that have sliders")
        sliders = {control.names[0] for control in self.found if control.kind in ("slider", "play")}
        for name in names:
            if name not in sliders:
                raise SourceError(f"{said}: {name} has no slider in this cell{nearest(name, sliders)}")
        return Control("handle", names, tuple(self._label(name) for name in names))

    def _constant(self, name: str, said: str, what: str, fits: Callable[[str], bool]) -> str:
        value = self.constants.get(name)
        fitting = {known for known, literal in self.constants.items() if fits(literal)}
        if name not in fitting:
            place = f"cell `{self.cell.name}`"
            reason = f"in {place} {name} = {value} is no {what}" if value else f"{place} has no line `{name} = {what}`"
            raise SourceError(f"{said}: {reason}{nearest(name, fitting)}")
        return str(value)

    def _read_repeat(self) -> None:
        name = self.rest.get("repeat")
        if name is None:
            return
        said = f"`repeat: {name}`"
        like = self._constant(name, said, "number", is_number)
        if name in self.parameters:
            return  # its slider's values are recorded; the other seeds run live
        try:
            first = int(like.replace("_", ""))
        except ValueError:
            raise SourceError(f"{said}: the seed {name} = {like} is no whole number") from None
        values = (like, *(str(first + k) for k in range(1, REPEATS)))
        self.parameters[name] = Parameter(name, values, 0)

    def _grid(self) -> bool:
        if (grid := self.rest.get("grid")) not in (None, "full"):
            raise SourceError(f"`grid: {grid}`: write `grid: full`, or leave it out")
        return grid == "full"

    def _groups(self) -> tuple[tuple[str, ...], ...]:
        """Return which parameters vary together."""
        moved = tuple(control.names[0] for control in self.found)
        together = [moved] if self._grid() else [control.names for control in self.handles]
        in_grid = {name for names in together for name in names}
        return (*together, *((name,) for name in self.parameters if name not in in_grid))

    def _most(self) -> int:
        """Return how many states the fence admits, 0 where it says nothing."""
        said = self.rest.get("states", "")
        if said in ("", "off"):
            return 0
        if not said.isdecimal() or int(said) < 2:
            raise SourceError(f"`states: {said}`: write `off`, or how many states to record at most")
        return int(said)

    def _label(self, name: str) -> str:
        return self.labels.get(name, name)

    def _refuse_unknown_labels(self) -> None:
        for name in self.labels:
            if name not in self.parameters:
                known = nearest(name, self.parameters)
                raise SourceError(f"`{LABEL}{name}`: the cell has no control of {name}{known}")

    def _refuse_many_values(self, said: str, name: str, count: int) -> None:
        if count > VALUES and not self._most() and self.rest.get("states") != "off":
            raise SourceError(
                f"{said}: {name} takes {count} values, {VALUES} at most are recorded: take a coarser step, "
                f"or say `states: {VALUES}`, which records some of them, or `states: off`"
            )
