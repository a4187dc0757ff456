"""What cells change beyond their names. Each article begins as the interpreter did, and finds its own changes again."""

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from operator import is_
from types import FunctionType, ModuleType
from typing import Any, ClassVar

import _kamipen_imports as imports
from _kamipen_settings import LATER, SETTINGS, Setting

UNTOUCHED = re.compile(r"(sys|builtins|__main__)$|(.*\.)?_|(encodings|importlib|pyodide)\b")  # private ones, too
NUMBERS = {int, float, complex}
MEMBERS = (FunctionType, classmethod, staticmethod, property)
IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE
MISSING = object()

Change = tuple[Any, str, Any]  # whose attribute, its name, its value


class Start:
    """What was there before any cell ran, or right after an import."""

    settings: ClassVar[list[tuple[Setting, Any]]] = []
    modules: ClassVar[dict[str, tuple[ModuleType, dict[str, Any]]]] = {}
    classes: ClassVar[dict[type, dict[str, Any]]] = {}


class Now:
    """Whose settings these are, and those of articles that were left."""

    namespace: str | None = None
    used = False
    left: ClassVar[dict[str, tuple[list[Any], list[Change]]]] = {}


def begin() -> None:
    """Take what is there now for the start."""
    if not Start.settings:
        Start.settings += [(setting, setting.read()) for setting in SETTINGS]
        imports.watch(_remember)


def enter(namespace: str, *, aside: bool = False) -> None:
    """Make the settings those of an article; aside: a copy of them, for an exercise, that nobody keeps."""
    if namespace == Now.namespace and not aside:
        return
    if Now.namespace is not None:
        Now.left[Now.namespace] = [setting.read() for setting, _ in Start.settings], _changes()
    if Now.used:
        _restore()
    values, changes = Now.left.get(namespace, ([], []))
    for (setting, _), value in zip(Start.settings, values, strict=False):  # more may have come since
        _call(setting.write, value)
    for change in changes:
        _put(*change)
    Now.namespace = None if aside else namespace
    Now.used = True


def forget(namespace: str) -> None:
    """Put everything back as it was at the start."""
    Now.left.pop(namespace, None)
    if Now.namespace == namespace:
        _restore()
        Now.namespace = None


def _remember(name: str, module: ModuleType) -> None:
    if UNTOUCHED.match(name) or name in Start.modules:
        return
    names = vars(module)
    Start.modules[name] = module, names.copy()
    for value in names.values():
        if isinstance(value, type) and not value.__flags__ & IMMUTABLE and value not in Start.classes:
            Start.classes[value] = vars(value).copy()  # a dict, at once; dict(…) would ask for each name
    if name in LATER:
        Start.settings += [(setting, setting.read()) for setting in LATER[name]()]


def _changes() -> list[Change]:
    """List the functions, classes and numbers of modules, and members of classes, that are not as at the start."""
    found: list[Change] = []
    for module, names in Start.modules.values():
        found += _changed(module, names, vars(module), _is_value)
    for owner, members in Start.classes.items():
        found += _changed(owner, members, vars(owner), _is_member)
    return found


def _changed(owner: Any, before: dict[str, Any], now: Any, counts: Callable[[Any], bool]) -> list[Change]:
    if len(before) == len(now) and all(map(is_, before.values(), now.values())):
        return []
    names = [name for name, value in before.items() if counts(value) and now.get(name, MISSING) is not value]
    names += [name for name in now.keys() - before.keys() if _is_readers(now[name])]
    return [(owner, name, now.get(name, MISSING)) for name in names]


def _is_value(value: Any) -> bool:
    return callable(value) or type(value) in NUMBERS


def _is_member(value: Any) -> bool:
    return isinstance(value, MEMBERS)


def _is_readers(value: Any) -> bool:
    return isinstance(value, FunctionType | type) and value.__module__ == "__main__"


def _restore() -> None:
    for name, (module, _) in Start.modules.items():
        sys.modules[name] = module
    for module, names in Start.modules.values():
        for _, name, _ in _changed(module, names, vars(module), _is_value):
            _put(module, name, names.get(name, MISSING))
    for owner, members in Start.classes.items():
        for _, name, _ in _changed(owner, members, vars(owner), _is_member):
            _put(owner, name, members.get(name, MISSING))
    for setting, value in Start.settings:
        if setting.start:
            _call(setting.start)
        else:
            _call(setting.write, value)


def _put(owner: Any, name: str, value: Any) -> None:
    if value is not MISSING:
        _call(setattr, owner, name, value)
    elif name in vars(owner):
        _call(delattr, owner, name)


def _call(function: Callable[..., Any], *values: Any) -> None:
    """Whatever cells have made of one setting, the others are put back all the same."""
    with suppress(Exception):
        function(*values)
