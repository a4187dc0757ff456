"""The rooms of the build stay as they are meant: files and functions small, tests where their modules are."""

import ast
from collections.abc import Iterator
from pathlib import Path

from kamipen.project import ROOT

SOURCE = ROOT / "src/kamipen"
MODULES = sorted(SOURCE.rglob("*.py"))
FILE_LINES, FUNCTION_LINES = 300, 40


def functions(module: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of every function."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_files_are_short() -> None:
    lines = {module: len(module.read_text("utf-8").splitlines()) for module in MODULES}
    long = [str(module.relative_to(SOURCE)) for module, count in lines.items() if count > FILE_LINES]
    assert not long, f"more than {FILE_LINES} lines: divide"


def test_functions_are_short() -> None:
    long = [
        f"{module.relative_to(SOURCE)}: {name} has {count} lines"
        for module in MODULES
        for name, count in functions(module)
        if count > FUNCTION_LINES
    ]
    assert not long, f"more than {FUNCTION_LINES} lines: divide"


def test_every_test_stands_in_the_room_of_its_module() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    tests = sorted(Path(__file__).parent.glob("*/test_*.py"))
    assert {test.parent.name for test in tests} <= rooms
    strays = [
        str(test.relative_to(ROOT))
        for test in tests
        if (name := test.stem.removeprefix("test_")) != test.parent.name
        and not (SOURCE / test.parent.name / f"{name}.py").exists()
    ]
    assert not strays, "name a test after its module"


def test_every_folder_of_tests_is_a_package() -> None:
    """So that rooms may have tests of equal names: a module's name alone would be one of two."""
    folders = {test.parent for test in (ROOT / "tests").rglob("test_*.py")}
    assert not [str(folder) for folder in folders if not (folder / "__init__.py").exists()], "add an __init__.py"
