"""Values that are pictures: PIL images, and animations as pictures that move."""

import base64
import sys
from io import BytesIO
from typing import Any

LONGEST = 1_600  # pixels of an image's longer side
MOVING = 5_000  # ms that a picture moves at least once through, and no longer if it need not: then it rests
SHARP = 30  # frames; longer animations have one pixel per pixel of the page


def html(value: Any) -> str | None:
    """Return a picture as HTML, None for what is none."""
    kind = type(value)
    if is_animation(value):
        return moving(value)
    if hasattr(kind, "thumbnail") and hasattr(kind, "_repr_png_"):
        return _image(value)
    return None


def _image(image: Any) -> str | None:
    """Return a PIL image, made smaller if it has more pixels than a page shows."""
    width, height = image.size
    if not width * height:
        return None
    if max(image.size) > LONGEST:
        image = image.copy()
        image.thumbnail((LONGEST, LONGEST))
    data = image._repr_png_()
    size = f' width="{width}" height="{height}" alt="{type(image).__name__} {image.mode} {width}×{height}"'
    return data and _tag(data, size)


def _tag(png: bytes, more: str) -> str:
    return f'<img src="data:image/png;base64,{base64.b64encode(png).decode()}"{more}>'


def is_animation(value: Any) -> bool:
    """Tell whether a value is one of matplotlib's animations."""
    module = sys.modules.get("matplotlib.animation")
    return module is not None and isinstance(value, module.Animation)


def animation_of(figure: Any) -> Any:
    """Return the animation that waits for a figure to be drawn first, None if there is none."""
    if "matplotlib.animation" not in sys.modules:
        return None
    for reference in figure.canvas.callbacks.callbacks.get("draw_event", {}).values():
        owner = getattr(reference(), "__self__", None)
        if is_animation(owner):
            return owner
    return None


def moving(animation: Any, *_: Any, **__: Any) -> str:
    """Return an animation as a moving picture (APNG) on light paper, in HTML."""
    frames = _frames(animation)
    step = max(int(getattr(animation, "_interval", 200)), 10)
    rounds = max(MOVING // (step * len(frames)), 1) if getattr(animation, "_repeat", True) else 1
    file = BytesIO()
    frames[0].save(
        file, format="png", save_all=True, append_images=frames[1:], duration=step, loop=rounds, default_image=False
    )
    width, height = (round(72 * inches) for inches in animation._fig.get_size_inches())
    size = f' width="{width}" height="{height}" alt="{_alt(animation._fig)}"'
    return _tag(file.getvalue(), size)


def _frames(animation: Any) -> list[Any]:
    from matplotlib.animation import AbstractMovieWriter
    from PIL import Image

    frames: list[Any] = []

    class Writer(AbstractMovieWriter):
        """Keep the frames."""

        def setup(self, fig, outfile, dpi=None) -> None:
            self.fig = fig

        def grab_frame(self, **_) -> None:
            frames.append(Image.fromarray(_pixels(self.fig, 144 if count <= SHARP else 72)))

        def finish(self) -> None: ...

    count = getattr(animation, "_save_count", None) or 100
    canvas = animation._fig.canvas
    canvas.draw_idle = lambda: None  # each frame is drawn once, when it is grabbed
    try:
        animation.save("", writer=Writer(), dpi=72)
    finally:
        del canvas.draw_idle
        animation._draw_was_started = True
    return frames


def _pixels(figure: Any, dpi: int) -> Any:
    """Return a figure's pixels on paper, in which no pixel is transparent."""
    import warnings

    import numpy as np

    from kit.drawing.backend import MISSING_GLYPH, MeasuringAgg
    from kit.drawing.page import at_dpi

    with at_dpi(figure, dpi), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=MISSING_GLYPH)
        renderer = MeasuringAgg(*map(int, figure.bbox.size), dpi)
        figure.draw(renderer)
    pixels = np.asarray(renderer.buffer_rgba()).astype(float)
    alpha = pixels[..., 3:] / 255
    return np.round(pixels[..., :3] * alpha + 255 * (1 - alpha)).astype(np.uint8)


def _alt(figure: Any) -> str:
    from html import escape

    from kit.drawing import alt

    return escape(alt.text(figure), quote=True)
