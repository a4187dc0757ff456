"""From how long on a task of ours holds up the screen, as far as the machine lets one tell."""

import os

LONG = 50  # ms: from here on a browser calls a task long
ATTEMPTS = 4  # a busy machine makes long tasks too, and brings fonts late: what is ours is there each time


def long_now() -> float:
    """Return the milliseconds from which on a task is long now: who shares a processor waits for it."""
    return LONG * max(1, os.getloadavg()[0] / (os.cpu_count() or 1))
