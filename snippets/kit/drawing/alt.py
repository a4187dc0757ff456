"""What a figure shows, in words."""

import re


def text(figure) -> str:
    """Say what the figure shows: its label if it has one, else its titles and axes."""
    label = figure.get_label()
    if label:
        return str(label)
    suptitle = figure.get_suptitle()
    parts = [suptitle] if suptitle else []
    for axes in figure.axes:
        title = axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right")
        x, y = axes.get_xlabel(), axes.get_ylabel()
        labels = f"{y} / {x}" if x and y else x or y
        parts += [": ".join(part for part in (title, labels) if part)]
    joined = "; ".join(dict.fromkeys(part for part in parts if part))
    return re.sub(r"[$\\{}]", "", joined)
