"""Prove the exercises of a script: the solution passes its check, and nothing else does.

The cells run here as they do in the browser: the article's first, then each exercise in a copy of their names.
"""

from __future__ import annotations

import math
import signal
import sys
import time
import types
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kamipen.article import outline
from kamipen.article.articles import discover
from kamipen.article.scripts import Cell, Script
from kamipen.recording.run import CELL_LIMIT, CELL_SECONDS

Names = dict[str, Any]

TOLERANCE = 0.01  # relative, where a solution sets none


class TooSlow(BaseException):  # no Exception: a cell may handle those
    """A cell was given up."""


def run(script: Script) -> Names:
    """Execute the article's cells in reading order; return the names they leave."""
    names = _start()
    for cell in script.shown:
        execute(cell, names)
    return names


def timed(script: Script, names: Names) -> Iterator[str]:
    """Execute the article's cells with these names, and yield which of them take too long."""
    for cell in script.shown:
        before = time.process_time()
        execute(cell, names)
        worked = time.process_time() - before
        if worked > CELL_SECONDS:
            yield f"{cell.reference} takes {worked:.0f} s"


def _start() -> Names:
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    return module.__dict__


def execute(cell: Cell, names: Names) -> None:
    """Execute a cell; a traceback names it. After CELL_LIMIT seconds it is given up, where Python can be stopped."""

    def give_up(*_: object) -> None:
        raise TooSlow(f"{cell.reference} takes more than {CELL_LIMIT} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(CELL_LIMIT)
    try:
        exec(compile(cell.source, cell.reference, "exec"), names)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def problems(script: Script, choices: Mapping[str, int], names: Names | None = None) -> Iterator[str]:
    """Yield what is wrong with a script's exercises; `choices` says how many choices an exercise has.

    `names` are those that its cells left; without, they are run.
    """
    names = run(script) if names is None else names
    for exercise in script.exercises:
        solution, check = script[f"solution:{exercise}"], script[f"check:{exercise}"]
        solved = dict(names)
        execute(solution, solved)
        if refusal := _refused(check, dict(solved)):
            yield f"{check.reference} refuses the solution: {refusal}"
        starter = script.get(f"exercise:{exercise}")
        if starter and not _starter_refused(starter, check, names):
            yield f"{check.reference} accepts the starter"
        for answer in _wrong(solved, choices.get(exercise)):
            if not _refused(check, solved | {"answer": answer}):
                yield f"{check.reference} accepts the wrong answer {answer}"


def choices_of(docs: Path) -> dict[str, dict[str, int]]:
    """Return how many choices each exercise offers: script → exercise → number."""
    offered: dict[str, dict[str, int]] = {}
    for article in discover(docs):
        for exercise in outline.blocks(article.nodes, "exercise"):
            if exercise.text("kind") == "choice":
                offered.setdefault(article.script, {})[exercise.text("id")] = len(exercise.blocks("choice"))
    return offered


def _wrong(solved: Names, choices: int | None) -> Iterator[float]:
    """Yield answers that must be refused: every other choice, or numbers well outside the tolerance."""
    if "answer" not in solved:
        return
    answer = float(solved["answer"])
    if choices:
        yield from (choice for choice in range(1, choices + 1) if choice != answer)
        return
    away = max(5 * float(solved.get("tolerance", TOLERANCE)), 0.05)
    yield from (answer * (1 + away), answer * (1 - away), -answer) if answer else (away, -away)
    yield answer + math.copysign(1, answer) * max(1, abs(answer))


def _starter_refused(starter: Cell, check: Cell, names: Names) -> bool:
    begun = dict(names)
    try:
        execute(starter, begun)
    except Exception:
        return True  # a starter may be unfinished
    return _refused(check, begun) is not None


def _refused(check: Cell, names: Names) -> str | None:
    """Return why the check refuses what the names hold, or None if it passes."""
    try:
        execute(check, names)
    except AssertionError as refusal:
        return str(refusal) or "without a word: give the assert a message that states the law"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


if __name__ == "__main__":
    import json

    from kamipen.article.scripts import read

    script, names = read(Path(sys.argv[1])), _start()
    try:
        for problem in (*timed(script, names), *problems(script, json.loads(sys.argv[2]), names)):
            print(f"\n{problem}")
    except TooSlow as problem:  # what it would have told comes after it is mended
        print(f"\n{problem}")
