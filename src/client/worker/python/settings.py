"""Settings that outlive a cell, by the module that has them: how each is read, and how it is put back."""

import builtins
import gc
import locale
import os
import random
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple


class Setting(NamedTuple):
    """Something that a module remembers: `write(read())` changes nothing."""

    module: str
    read: Callable[[], Any]
    write: Callable[[Any], Any]
    start: Callable[[], None] | None = None  # instead of what was read first: random numbers never begin twice the same


def attribute(module: str, owner: Any, name: str) -> Setting:
    """Return the setting that is an attribute; of a list, its entries."""

    def copied(value: Any) -> Any:
        return [*value] if isinstance(value, list) else value

    return Setting(module, lambda: copied(getattr(owner, name)), lambda value: setattr(owner, name, copied(value)))


def _write_environment(value: dict[str, str]) -> None:
    if dict(os.environ) != value:
        os.environ.clear()
        os.environ.update(value)


def _read_folder() -> str:
    try:
        return os.getcwd()  # noqa: PTH109 (a cell may have removed it)
    except OSError:
        return "/"


def _write_folder(value: str) -> None:
    with suppress(OSError):
        os.chdir(value)


def _write_filters(value: list) -> None:
    warnings.resetwarnings()  # forgets, too, which warnings were shown
    warnings.filters.extend(value)


def _write_tracing(value: tuple) -> None:
    sys.settrace(value[0])
    sys.setprofile(value[1])


def _write_builtins(value: dict[str, Any]) -> None:
    for name in vars(builtins).keys() - value.keys():
        delattr(builtins, name)
    vars(builtins).update(value)


SETTINGS = [
    Setting("builtins", lambda: dict(vars(builtins)), _write_builtins),
    *(attribute("sys", sys, name) for name in ("path", "argv", "meta_path", "path_hooks", "excepthook")),
    Setting("sys", sys.getrecursionlimit, sys.setrecursionlimit),
    Setting("sys", sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    Setting("sys", lambda: (sys.gettrace(), sys.getprofile()), _write_tracing),
    Setting("os", lambda: dict(os.environ), _write_environment),
    Setting("os", _read_folder, _write_folder),
    Setting("gc", gc.isenabled, lambda value: gc.enable() if value else gc.disable()),
    Setting("gc", gc.get_threshold, lambda value: gc.set_threshold(*value)),
    Setting("warnings", lambda: [*warnings.filters], _write_filters),
    Setting(
        "locale",
        lambda: locale.setlocale(locale.LC_ALL),
        lambda value: locale.setlocale(locale.LC_ALL, value),
    ),
    Setting("random", random.getstate, random.setstate, random.seed),
]


def _decimal() -> list[Setting]:
    import decimal

    read = lambda: decimal.getcontext().copy()  # noqa: E731
    return [Setting("decimal", read, lambda value: decimal.setcontext(value.copy()))]


def _logging() -> list[Setting]:
    import logging

    root = logging.root
    return [
        attribute("logging", root, "handlers"),
        Setting("logging", lambda: root.level, root.setLevel),
        Setting("logging", lambda: root.manager.disable, lambda value: setattr(root.manager, "disable", value)),
    ]


def _numpy() -> list[Setting]:
    import numpy as np

    return [
        Setting("numpy", np.geterr, lambda value: np.seterr(**value)),
        Setting("numpy", np.geterrcall, np.seterrcall),
        Setting("numpy", np.getbufsize, np.setbufsize),
        Setting("numpy", np.get_printoptions, lambda value: np.set_printoptions(**value)),
    ]


WORDS = 624  # the state of NumPy's Mersenne Twister; to seed it takes ten times as long as to set it


def seed_numpy() -> None:
    """Begin NumPy's global random numbers anew."""
    import numpy as np

    np.random.set_state(("MT19937", np.frombuffer(os.urandom(4 * WORDS), np.uint32), WORDS))


def _numpy_random() -> list[Setting]:
    module = sys.modules["numpy.random"]  # which NumPy's own attribute does not name yet
    return [Setting("numpy.random", module.get_state, module.set_state, seed_numpy)]


def _matplotlib() -> list[Setting]:
    import matplotlib as mpl

    def copied(values: dict[str, Any]) -> dict[str, Any]:
        return {name: [*value] if isinstance(value, list) else value for name, value in dict.items(values)}

    def write(values: dict[str, Any]) -> None:
        dict.clear(mpl.rcParams)
        dict.update(mpl.rcParams, copied(values))  # without checks: they were valid before

    def write_maps(names: set[str]) -> None:
        for name in {*mpl.colormaps} - names:
            mpl.colormaps.unregister(name)

    return [
        Setting("matplotlib", lambda: copied(mpl.rcParams), write),
        Setting("matplotlib", lambda: {*mpl.colormaps}, write_maps),
    ]


def _sklearn() -> list[Setting]:
    import sklearn

    return [Setting("sklearn", sklearn.get_config, lambda value: sklearn.set_config(**value))]


LATER = {
    "decimal": _decimal,
    "logging": _logging,
    "numpy": _numpy,
    "numpy.random": _numpy_random,
    "matplotlib": _matplotlib,
    "sklearn": _sklearn,
}
"""Settings of modules that may be imported later, or never."""
