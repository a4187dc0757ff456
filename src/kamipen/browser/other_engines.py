"""The other two engines: find Firefox and WebKitGTK for the smoke suite, or install them from Debian's packages."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

FIREFOX = ("firefox-esr", "firefox")
MINI_BROWSER = "/usr/lib/*/webkit2gtk-4.*/MiniBrowser"


@dataclass(frozen=True)
class Engine:
    """A browser engine, the Debian packages that bring it, and how to find its parts."""

    name: str
    packages: tuple[str, ...]
    find: Callable[[], Mapping[str, str]]

    @property
    def parts(self) -> Mapping[str, str]:
        """The executables by role; an empty one is missing."""
        return self.find()

    @property
    def missing(self) -> str:
        """What keeps the engine from being run here, or nothing."""
        absent = [role for role, path in self.parts.items() if not path]
        return f"{self.name} is not run: no {', no '.join(absent)}" if absent else ""


def _firefox() -> Mapping[str, str]:
    named = os.environ.get("KAMIPEN_FIREFOX", "")
    return {"firefox": named or next(filter(None, map(shutil.which, FIREFOX)), "")}


def _webkit() -> Mapping[str, str]:
    browsers = sorted(Path("/").glob(MINI_BROWSER[1:]))
    return {
        "WebKitWebDriver": shutil.which("WebKitWebDriver") or "",
        "MiniBrowser": str(browsers[-1]) if browsers else "",
        "Xvfb": shutil.which("Xvfb") or "",
    }


ENGINES = (
    Engine("Firefox", ("firefox-esr",), _firefox),
    Engine("WebKitGTK", ("webkit2gtk-driver", "xvfb"), _webkit),
)


def ensure() -> list[str]:
    """Install what is missing where that is possible; return a line on each engine."""
    wanted = [package for engine in ENGINES if engine.missing for package in engine.packages]
    if wanted and shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Installing {', '.join(wanted)} …", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
    return [engine.missing or f"{engine.name}: {next(iter(engine.parts.values()))}" for engine in ENGINES]
