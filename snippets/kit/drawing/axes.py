"""Where data stand in a drawing: what the page needs to put a point into it, or to read one off."""

from .numbers import short


def noted(figure, height: float) -> str:
    """Return each pair of axes as `left top width height scale from to scale from to`, joined by semicolons.

    The box is in the drawing's units, y downwards, x before y; `scale` is linear or log. Others are left out.
    """
    return ";".join(_noted(axes, height) for axes in figure.axes if _is_plain(axes))


def _noted(axes, height: float) -> str:
    x, y, width, tall = axes.bbox.bounds
    box = [short(value) for value in (x, height - y - tall, width, tall)]
    limits = [(axes.get_xscale(), *axes.get_xlim()), (axes.get_yscale(), *axes.get_ylim())]
    return " ".join([*box, *(f"{scale} {low:.9g} {high:.9g}" for scale, low, high in limits)])


def _is_plain(axes) -> bool:
    return axes.name == "rectilinear" and {axes.get_xscale(), axes.get_yscale()} <= {"linear", "log"}
