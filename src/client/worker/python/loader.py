"""Make modules of sources, unless they were made of the very same before a snapshot."""

import sys
from types import ModuleType


def load(name: str, source: str) -> None:
    module = sys.modules.get(name)
    if module is None or module.__dict__.get("__source__") != source:
        module = sys.modules[name] = ModuleType(name)
        module.__dict__["__source__"] = source
        exec(compile(source, f"{name}.py", "exec"), module.__dict__)
