"""The build side of kamipen: records the snippets, renders the articles, stages the runtime, writes the site."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the working copy: kamipen is installed in place, never elsewhere."""

CACHE = ROOT / ".cache"
"""Where everything that can be made again is kept between builds."""

SITE = ROOT / "site"
"""Where the finished site is written."""
