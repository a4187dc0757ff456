"""Bundle the browser side: TypeScript and styles into `site/kamipen/`."""

import json
import os
import subprocess
from pathlib import Path

from kamipen.node import node
from kamipen.project import CLIENT, SITE
from kamipen.runtime import served


class ClientError(Exception):
    """The client does not bundle; the message is esbuild's."""


def build(site: Path = SITE, *, dev: bool = False) -> str:
    """Bundle the client into `site`, for the runtime that is staged there; return the release that both make."""
    command = [node(), "build.mjs", str(site / "kamipen"), *(["--dev"] if dev else [])]
    environment = os.environ | {"KAMIPEN_RUNTIME": json.dumps(served.identity(site))}
    result = subprocess.run(command, cwd=CLIENT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise ClientError(f"The client does not bundle:\n{result.stderr.strip()}")
    return result.stdout.strip()
