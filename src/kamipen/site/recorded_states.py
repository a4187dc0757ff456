"""The recorded states of controls in the site: `site/states/<script>.<cell>.<digest>.json`, once for both languages."""

from pathlib import Path

from kamipen import files
from kamipen.article.scripts import Scripts
from kamipen.project import DOCS, SNIPPETS
from kamipen.recording.states import States, requests_of_pages

FOLDER = "states"


def write(site: Path) -> int:
    """Record what the pages want, and put it into the site; return how many files there are."""
    scripts = Scripts(SNIPPETS)
    states = States(scripts)
    names = states.refresh(requests_of_pages(DOCS, scripts))
    folder = site / FOLDER
    for name in names:
        files.copy(states.path(name), folder / name)
    for path in folder.glob("*.json"):
        if path.name not in names:
            path.unlink()
    return len(names)
