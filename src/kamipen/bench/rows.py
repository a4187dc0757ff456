"""The situations that are compared, and what each aims at."""

from typing import NamedTuple

Times = dict[str, float]


class Row(NamedTuple):
    """A situation, our measurement and what it is compared with by their recorded names, and the targets by profile."""

    name: str
    ours: str
    bare: str
    editor: str
    targets: dict[str, float]


ROWS = [
    Row("numpy cold", "numpy ours cold", "numpy bare cold", "numpy editor cold", {"unthrottled": 0.6, "10 Mbit/s": 1}),
    Row("numpy intent", "numpy ours with intent", "numpy bare cold", "", {}),
    Row("numpy warm", "numpy ours warm", "numpy bare warm", "numpy editor warm", {"unthrottled": 0.25}),
    Row("numpy next", "numpy ours next article", "numpy bare warm", "", {"unthrottled": 0.03}),
    Row("numpy stop", "numpy ours after stop", "numpy bare warm", "", {"unthrottled": 0.3}),
    Row("figure cold", "figure ours cold", "figure bare cold", "figure editor cold", {"unthrottled": 0.6}),
    Row("figure intent", "figure ours with intent", "figure bare cold", "", {}),
    Row("figure warm", "figure ours warm", "figure bare warm", "figure editor warm", {"unthrottled": 0.25}),
]
PROFILES = ("unthrottled", "10 Mbit/s", "4x CPU")


def ratio(times: Times, ours: str, bare: str) -> float | None:
    """Return how the two compare, if both were measured."""
    return times[ours] / times[bare] if ours in times and bare in times else None
