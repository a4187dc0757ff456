"""Complete the names that exist in the running namespace."""

import builtins
import inspect
import json
import keyword
import re

_DOTTED = re.compile(r"(?:[^\W\d]\w*\.)*(?:[^\W\d]\w*)?$")
_LIMIT = 500


def complete(names: dict, before: str) -> str:
    """What the name that `before` ends in may become, as JSON: [how much of it is typed, [[label, type], …]]."""
    dotted = _DOTTED.search(before)
    *path, start = dotted.group().split(".") if dotted else [""]
    known = _members(names, path) if path else {**vars(builtins), **names}
    found = sorted((name for name in known if name.startswith(start)), key=lambda name: (name.startswith("_"), name))
    if not start.startswith("_"):
        found = [name for name in found if not name.startswith("_")]
    options = [(name, _kind(known[name])) for name in found[:_LIMIT]]
    if not path and start:
        options += [(word, "keyword") for word in keyword.kwlist if word.startswith(start)]
    return json.dumps([start, options])


def _members(names: dict, path: list[str]) -> dict:
    """The attributes of a dotted name, looked up without running properties."""
    value = names.get(path[0], getattr(builtins, path[0], None))
    try:
        for part in path[1:]:
            value = getattr(value, part)
        return {name: inspect.getattr_static(value, name, None) for name in dir(value)}
    except Exception:  # whatever the reader's objects do, completion stays silent
        return {}


def _kind(value: object) -> str:
    if inspect.ismodule(value):
        return "namespace"
    if inspect.isclass(value):
        return "class"
    if callable(value) or isinstance(value, staticmethod | classmethod):
        return "function"
    return "property" if inspect.isdatadescriptor(value) else "variable"
