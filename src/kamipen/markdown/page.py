"""What the Markdown extension knows of the page it renders: file, outline, scripts and records; and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from kamipen.article import claims, dependencies, outline, rulings, values
from kamipen.article.claims import Claims
from kamipen.article.control_options import controls_of
from kamipen.article.controls import Controls
from kamipen.article.figure_words import Words
from kamipen.article.imports import packages
from kamipen.article.numbers import bold_numbers, numbers
from kamipen.article.outline import Block, Fence, Node
from kamipen.article.probes import probes
from kamipen.article.scripts import Cell, CellReference, Script, Scripts
from kamipen.article.values import Value, Wanted, wanted
from kamipen.errors import SourceError, nearest
from kamipen.markdown import cells
from kamipen.recording import prose_values
from kamipen.recording.exercises import TOLERANCE
from kamipen.recording.items import Record
from kamipen.recording.records import Records
from kamipen.recording.states import file_name
from kamipen.texts import Texts

CURVE_POINTS = 64
SHOWN_LINES = 12


@dataclass
class Page:
    """One page while it is rendered."""

    texts: Texts
    scripts: Scripts
    records: Records
    path: Path | None
    nodes: Sequence[Node]
    line: int = 1  # the line of the file at which the text begins
    claims: Claims = field(default_factory=claims.load)
    words: Words = field(default_factory=dict[str, str])  # for those of its figures
    strict: bool = True  # else who asks for its `problems` is told them all
    _blocks: Iterator[Block] = field(init=False)
    _records: dict[str, Record] = field(default_factory=dict[str, Record])

    def __post_init__(self) -> None:
        """Check all references before anything is rendered."""
        self._blocks = outline.blocks(self.nodes, *outline.OPTIONS)
        for problem in self.problems() if self.strict else ():
            raise problem

    def problems(self) -> Iterator[SourceError]:
        """Yield what is wrong with each block and each reference to a cell."""
        shown: list[CellReference] = []
        unknown = list(self._value_problems(lambda value: self.scripts.cell(value.reference)))
        yield from unknown  # first: the script is asked for all values together
        for node in outline.walk(self.nodes):
            try:
                if isinstance(node, Fence) and node.is_cell:
                    self._check_fence(node.reference, shown)
                elif isinstance(node, Block):
                    self._check_block(node, shown)
            except SourceError as error:
                yield error.at(self.path, error.line or node.line)
        yield from () if unknown else self._value_problems(self.value)

    def next_block(self, name: str) -> Block:
        """Return the block that is rendered now: they come in the order of the outline."""
        block = next(self._blocks)
        if block.name != name:
            raise SourceError(
                f"expected a block `{block.name}`, found `{name}`: is it indented?", self.path, block.line
            )
        return block

    def cell(self, fence: Fence) -> str:
        """Return the HTML of a cell's fence."""
        reference = fence.reference
        cell = self.scripts.cell(reference)
        outputs = self.record(reference.script).outputs[cell.name]
        wanted = self.wanted.get(str(reference))
        script = self.scripts[reference.script]
        states = file_name(script, cell, wanted) if wanted else ""
        needs = dependencies.needed(script, cell) if states else ()
        shown = cells.Shown(outputs, self.packages(cell), self.controls[str(reference)], states, self.words, needs)
        return cells.render(reference, cell, shown, self.texts)

    def value(self, value: Value) -> str:
        """Return a value in a sentence as it was recorded."""
        return prose_values.written(value, self.scripts[value.script], self.record(value.script))

    @cached_property
    def controls(self) -> dict[str, Controls]:
        """The controls of the page's cells, by `script#cell`."""
        fences = [fence.reference for fence in outline.cells(self.nodes)]
        return {str(one): controls_of(one, self.scripts.cell(one)) for one in fences}

    @cached_property
    def wanted(self) -> dict[str, Wanted]:
        """The cells whose states are recorded, by `script#cell`."""
        return wanted(self.nodes, self.scripts)

    @cached_property
    def anchors(self) -> dict[int, str]:
        """Line of each verdict → its id."""
        return rulings.anchors(self.nodes)

    @property
    def to_root(self) -> str:
        """What leads from the page to the folder of its language; articles stand in a part's folder below it."""
        return "" if self.path and self.path.parent.name == self.texts.language else "../"

    @property
    def script(self) -> Script:
        """The script of the page: the one whose cells it shows."""
        name = outline.script_of(self.nodes)
        if not name:
            raise SourceError("an exercise needs a cell on the same page, to know its script", self.path)
        return self.scripts[name]

    def record(self, script: str) -> Record:
        """Return a script's record, with the values this page asks for."""
        if script not in self._records:
            self._records[script] = self.records.get(script, probes(self.nodes, self.scripts).get(script))
        return self._records[script]

    def packages(self, cell: Cell) -> tuple[str, ...]:
        """Return the packages of a cell and of those above it."""
        script = self.scripts[cell.script]
        above = script.above(cell) if cell.kind == "cell" else script.shown
        return packages([*(other.source for other in above), cell.source])

    def predict_value(self, block: Block) -> str:
        """Return what a guess is measured against, as the page carries it; nothing where the block gives none."""
        reference = block.reference
        expression = block.text("value")
        if not expression:
            return ""
        value = self.record(reference.script).value(reference.cell, expression)
        if block.text("kind", "number") == "curve":
            return json.dumps(_curve(value), separators=(",", ":"))
        if not isinstance(value, int | float):
            raise SourceError(f"`value: {expression}` is no number but {value!r}", self.path, block.line)
        return f"{value:.12g}"

    def answer(self, exercise: str) -> tuple[float, float]:
        """Return an exercise's answer and its relative tolerance, as the solution computes them."""
        script, cell = self.script, f"solution:{exercise}"
        values = self.record(script.name).values[cell]
        answer, tolerance = values["answer"], values["tolerance"]
        if not isinstance(answer, int | float):
            raise SourceError(f"cell `{cell}` sets no number `answer`", script.path, script[cell].line)
        return answer, tolerance if isinstance(tolerance, int | float) else TOLERANCE

    def _check_fence(self, reference: CellReference, shown: list[CellReference]) -> None:
        cell = self.scripts.cell(reference)
        if cell.kind != "cell":
            raise SourceError(f"`{reference}` belongs to an exercise, which shows it itself")
        if any(str(other) == str(reference) for other in shown):
            raise SourceError(f"`{reference}` is shown twice")
        shown.append(reference)
        controls_of(reference, cell)

    def _value_problems(self, check: Callable[[Value], object]) -> Iterator[SourceError]:
        """Yield what a check says of the values in sentences, where they stand; their script is the cells' matter."""
        missing = {outline.script_of(self.nodes)} - {*self.scripts}
        try:
            for value, line in values.values(self.nodes):
                if value.script in missing:
                    continue
                try:
                    check(value)
                except SourceError as error:
                    yield error.at(self.path, line)
        except SourceError as error:  # one that stands where none may
            yield error.at(self.path, error.line)

    def _check_block(self, block: Block, shown: list[CellReference]) -> None:
        match block.name:
            case "card":
                _known(block.argument, self.texts.names("role"), "role")
            case "verdict":
                _known(block.argument, self.texts.names("verdict"), "verdict")
                for claim in block.strings("claim"):
                    _ = self.claims[claim]
                self._check_numbers(block)
            case "predict":
                self._check_predict(block, shown)
            case "exercise":
                self._check_exercise(block)
            case _:
                pass

    def _check_numbers(self, verdict: Block) -> None:
        """Refuse a bold number in a verdict that its evidence did not print."""
        printed: set[str] = set()
        texts: list[str] = []
        for evidence in verdict.strings("evidence"):
            cell = self.scripts.cell(evidence)
            texts.append(self.record(cell.script).text(cell.name))
            printed |= numbers(texts[-1])
        for number in sorted(bold_numbers(verdict)):
            if number not in printed:
                raise SourceError(
                    f"**{number}** is not in the output of {', '.join(verdict.strings('evidence'))}{_printed(texts)}"
                )

    def _check_predict(self, block: Block, shown: list[CellReference]) -> None:
        reference = block.reference
        self.scripts.cell(reference)
        if any(str(other) == str(reference) for other in shown):
            raise SourceError(f"the guess must stand before the cell `{reference}`, whose output gives it away")
        kind = block.text("kind", "number")
        if kind == "choice" and len(block.strings("choices")) < 2:
            raise SourceError("a guess of kind choice needs `choices: [one, two]`")
        if kind == "curve" and not all(_is_range(block.options.get(axis)) for axis in "xy"):
            raise SourceError("a guess of kind curve needs `x: [from, to]` and `y: [from, to]`")
        self.predict_value(block)

    def _check_exercise(self, block: Block) -> None:
        name, kind, script = block.text("id"), block.text("kind"), self.script
        for needed in ("solution", "check", *(("exercise",) if kind == "code" else ())):
            _ = script[f"{needed}:{name}"]
        if not block.blocks("hint") or len(block.blocks("solution")) != 1:
            raise SourceError(f"exercise `{name}` needs hints and one solution")
        choices = len(block.blocks("choice"))
        if kind == "choice" and not (choices > 1 and self.answer(name)[0] in range(1, choices + 1)):
            answer = self.answer(name)[0]
            raise SourceError(
                f"exercise `{name}` has {choices} choices, and the solution says that number {answer} is right"
            )
        if kind != "code":
            self.answer(name)
        for feedback in block.blocks("feedback"):
            self.feedback_value(name, feedback)

    def feedback_value(self, exercise: str, feedback: Block) -> str:
        """Return the wrong value that a feedback is for."""
        expression = feedback.text("when")
        value = self.record(self.script.name).value(f"solution:{exercise}", expression)
        if not isinstance(value, int | float):
            raise SourceError(f"`when: {expression}` is no number", self.path, feedback.line)
        return f"{value:.12g}"


def _known(name: str, names: dict[str, str], what: str) -> str:
    if name not in names:
        raise SourceError(f"unknown {what} `{name}`{nearest(name, names)}")
    return names[name]


def _printed(texts: Sequence[str]) -> str:
    """Return what was printed, for an error: whole lines, the first of them where there are many."""
    lines = [line.rstrip() for text in texts for line in text.splitlines() if line.strip()]
    if not lines:
        return ", which prints nothing"
    more = f"\n  … and {len(lines) - SHOWN_LINES} lines more" if len(lines) > SHOWN_LINES else ""
    return ", which prints\n" + "\n".join(f"  {line[:120]}" for line in lines[:SHOWN_LINES]) + more


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(cast(list[object], value)) == 2


def _curve(value: Any) -> list[list[float]]:
    """Thin a curve out to what a page carries."""
    try:
        points = [(float(x), float(y)) for x, y in value]
    except (TypeError, ValueError):
        raise SourceError("the value of a curve must be an (n, 2) array of x and y") from None
    count = min(len(points), CURVE_POINTS)
    chosen = (points[round(k * (len(points) - 1) / max(count - 1, 1))] for k in range(count))
    return [[float(f"{x:.6g}"), float(f"{y:.6g}")] for x, y in chosen]
