"""Do something right after a module has been imported, whoever imports it."""

import sys
from collections.abc import Callable
from importlib import _bootstrap
from types import ModuleType

Watcher = Callable[[str, ModuleType], None]

_watchers: list[Watcher] = []


def watch(then: Watcher) -> None:
    """Call a function with each module that is there, and with each that will be."""
    for name, module in [*sys.modules.items()]:
        if isinstance(module, ModuleType):
            then(name, module)
    _watchers.append(then)


def after(name: str, then: Callable[[], object]) -> None:
    """Call a function once this module is there."""
    watch(lambda loaded, _: then() if loaded == name else None)


def _load(spec, load=_bootstrap._load_unlocked):
    module = load(spec)
    if isinstance(module, ModuleType):
        for then in _watchers:
            then(spec.name, module)
    return module


_bootstrap._load_unlocked = _load
