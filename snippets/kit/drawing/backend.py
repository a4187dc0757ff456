"""matplotlib's backend: `plt.show()` shows in its place, and a figure's canvas can be asked for its pixels."""

import warnings
from contextlib import contextmanager

from matplotlib._pylab_helpers import Gcf
from matplotlib.backend_bases import FigureManagerBase
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg

from kit import pictures

from . import metrics

MISSING_GLYPH = r"Glyph \d+ .* missing from"  # in matplotlib's fonts; the page's own have it


class MeasuringAgg(RendererAgg):
    """Pixels, with text measured as it is for the page."""

    def get_text_width_height_descent(self, s, prop, ismath):
        width, height, descent = metrics.measure(s, prop, ismath)
        scale = self.dpi / 72
        return width * scale, height * scale, descent * scale


@contextmanager
def no_glyph_missed():
    """Say nothing of glyphs that matplotlib's fonts lack."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=MISSING_GLYPH)
        yield


class FigureManager(FigureManagerBase):
    """What pyplot holds of a figure."""

    def show(self) -> None:
        """Show this figure now."""
        from kit import draw

        draw.show([self.canvas.figure])

    @classmethod
    def pyplot_show(cls, *, block=None) -> None:
        """Show the open figures now, and close them."""
        from kit import draw

        figures = [manager.canvas.figure for manager in Gcf.get_all_fig_managers()]
        if draw.show(figures):
            Gcf.destroy_all()


class FigureCanvas(FigureCanvasAgg):
    """A canvas for pixels; the page's drawing is made by `kit.draw`."""

    manager_class = FigureManager

    def get_renderer(self):
        size = (*self.figure.bbox.size, self.figure.dpi)
        if self._lastKey != size:
            self.renderer, self._lastKey = MeasuringAgg(*size), size
        return self.renderer

    def new_timer(self, *args, **options):
        """Make a timer, as an animation does first of all: from then on it is shown as a moving picture."""
        from matplotlib.animation import Animation

        Animation.to_jshtml = Animation.to_html5_video = pictures.moving
        return super().new_timer(*args, **options)

    def draw(self):
        with no_glyph_missed():
            super().draw()

    def print_figure(self, *args, **options):
        with no_glyph_missed():
            return super().print_figure(*args, **options)

    def buffer_rgba(self):
        if not hasattr(self, "renderer"):
            self.draw()
        return super().buffer_rgba()
