"""An axis's ticks while a figure is drawn: worked out once for each size and range, made once where all are alike."""

from contextlib import contextmanager

from matplotlib.axis import XAxis, YAxis

from .weight import every_axes


@contextmanager
def remembered(figure):
    """Work out an axis's ticks, and measure their labels, once for each size and range that it has meanwhile."""
    known = [_Remembered(axis) for axes in every_axes(figure) if axes.name != "3d" for axis in axes._axis_map.values()]
    try:
        yield
    finally:
        for one in known:
            one.forget()


class _Remembered:
    """What an axis works out of its ticks; again only when what it depends on has changed."""

    def __init__(self, axis) -> None:
        self._axis, self._work_out, self._measure = axis, axis._update_ticks, axis._get_ticklabel_bboxes
        self._alike = _are_alike(axis)
        self._key, self._ticks, self._boxes = None, [], None
        axis._update_ticks, axis._get_ticklabel_bboxes = self._ticks_now, self._boxes_of

    def forget(self) -> None:
        del self._axis._update_ticks, self._axis._get_ticklabel_bboxes

    def _ticks_now(self):
        axis = self._axis
        axes = axis.axes
        key = (*axes.bbox.extents, *axes.viewLim.extents, axis.get_scale(), axis.get_transform())
        if key != self._key:
            self._key, self._ticks, self._boxes = key, self._in_turn() if self._alike else self._work_out(), None
        return self._ticks

    def _in_turn(self):
        axis = self._axis
        axis.get_major_ticks = lambda count: [_Place(axis.majorTicks[0]) for _ in range(count)]
        axis.get_minor_ticks = lambda count: [_Place(axis.minorTicks[0]) for _ in range(count)]
        try:
            return _InTurn(self._work_out())
        finally:
            del axis.get_major_ticks, axis.get_minor_ticks

    def _boxes_of(self, ticks, renderer=None):
        if self._boxes is None:
            self._boxes = self._measure(ticks, renderer)
        return self._boxes


def _are_alike(axis) -> bool:
    """Tell whether there are no ticks yet but the first of each kind, of which matplotlib would make copies.

    To make them takes longer than to draw them.
    """
    return type(axis) in (XAxis, YAxis) and len(axis.majorTicks) == len(axis.minorTicks) == 1


class _Place:
    """Where a tick will be, and its label: stands in for a copy of it while ticks are worked out."""

    def __init__(self, tick) -> None:
        self._tick, self.label1, self.label2 = tick, self, self

    def update_position(self, location) -> None:
        self._location = location

    def get_loc(self):
        return self._location

    def set_text(self, text) -> None:
        self._text = text

    def taken(self):
        """Return the tick, in this place."""
        tick = self._tick
        tick.update_position(self._location)
        tick.label1.set_text(self._text)
        tick.label2.set_text(self._text)
        return tick


class _InTurn:
    """The ticks of an axis whose ticks are all alike: one and the same, in one place after the other."""

    def __init__(self, places: list) -> None:
        self._places = places

    def __iter__(self):
        return (place.taken() for place in self._places)
