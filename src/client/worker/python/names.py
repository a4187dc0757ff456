"""Which names some code makes, takes from what ran before, and imports, as Python itself compiles it."""

import ast
import json
import warnings
from collections.abc import Iterator
from dis import get_instructions
from types import CodeType

_READS = {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
_WRITES = {"STORE_NAME", "STORE_GLOBAL"}


def names(codes: list[str]) -> str:
    """What each code makes, takes and imports, as JSON; code that is no Python does nothing."""
    return json.dumps([_names(code) for code in codes])


def _names(code: str) -> dict:
    try:
        with warnings.catch_warnings(action="ignore"):  # running it will warn
            tree = ast.parse(code)
            module = compile(code, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # ValueError: a null character
        return {"makes": [], "takes": [], "imports": {}}
    made: set[str] = set()
    taken: set[str] = set()
    for name, writes in _uses(module):  # in the order of execution: `w = w + 1` takes w
        if writes:
            made.add(name)
        else:
            taken |= {name} - made
    later = {use for scope in _scopes(module) for use in _uses(scope)}
    made |= {name for name, writes in later if writes}
    taken |= {name for name, writes in later if not writes} - made
    imports = dict(_imports(tree, code))
    return {"makes": sorted(made - imports.keys()), "takes": sorted(taken), "imports": imports}


def _uses(scope: CodeType) -> Iterator[tuple[str, bool]]:
    """The article's names that a scope reads and writes, in order; a class's own are not among them."""
    own: set[str] = set()
    is_class = not scope.co_flags & 1 and scope.co_name != "<module>"  # 1: CO_OPTIMIZED, a function
    for instruction in get_instructions(scope):
        name = instruction.argval
        if is_class and instruction.opname == "STORE_NAME":
            own.add(name)
        elif instruction.opname in _READS | _WRITES and name not in own and not name.startswith("__"):
            yield name, instruction.opname in _WRITES


def _scopes(scope: CodeType) -> Iterator[CodeType]:
    """All functions and classes within a scope."""
    for inner in scope.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _scopes(inner)


def _imports(tree: ast.Module, code: str) -> Iterator[tuple[str, str]]:
    """The names that imports at the top level bind, each with its statement."""
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            statement = ast.get_source_segment(code, node) or ""
            for alias in node.names:
                yield alias.asname or alias.name.partition(".")[0], statement
