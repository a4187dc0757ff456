"""What is shown of a cell's last value."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import draw, labels, outputs


def shown(value: object) -> str:
    """Return the text or HTML that a value is shown as."""
    return "".join(item.get("text") or item["html"] for item in outputs.value_items(value))


@pytest.fixture
def axes():
    draw.install()
    _, axes = plt.subplots()
    yield axes
    plt.close("all")


DRAWN = {
    "lines": lambda axes: axes.plot([1, 2]),
    "a text": lambda axes: axes.set_title("t"),
    "texts and limits": lambda axes: axes.set(xlabel="x", xlim=(0, 1), yticks=[]),
    "a histogram": lambda axes: axes.hist([1, 2, 2]),
    "bars": lambda axes: axes.bar([1, 2], [3, 4]),
    "boxes": lambda axes: axes.boxplot([1, 2, 3]),
    "violins": lambda axes: axes.violinplot([1, 2, 3]),
    "a pie": lambda axes: axes.pie([1, 2]),
    "error bars": lambda axes: axes.errorbar([1], [2], yerr=[1]),
    "contours": lambda axes: axes.contour(np.eye(3)),
    "streams": lambda axes: axes.streamplot(np.arange(2), np.arange(2), np.ones((2, 2)), np.ones((2, 2))),
    "a colour bar": lambda axes: axes.figure.colorbar(axes.imshow(np.eye(2))),
    "ticks": lambda axes: axes.set_xticks([0, 1]),
    "a legend": lambda axes: axes.legend([]),
    "a grid of axes": lambda _: plt.subplots(2, 2),
    "a mosaic": lambda _: plt.subplot_mosaic("ab"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_drawing_returns_is_not_shown(axes, name):
    assert shown(DRAWN[name](axes)) == ""


SHOWN = {
    "numbers": (lambda _: [1.5, 2], "[1.5, 2]\n"),
    "no lines": (lambda _: [], "[]\n"),
    "limits": (lambda axes: axes.set_xlim(0, 1), "(0.0, 1.0)"),
    "objects": (lambda _: np.array([None, "a"], dtype=object), "array([None, 'a'], dtype=object)\n"),
    "a place": (lambda axes: axes.get_position(), "Bbox("),
    "settings": (lambda _: plt.rcParams, "font.size"),
    "a colour map": (lambda _: plt.get_cmap("viridis"), "<img"),
    "a class": (lambda _: plt.Line2D, "matplotlib.lines.Line2D"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_other_values_of_matplotlib_are(axes, name):
    value, expected = SHOWN[name]
    assert expected in shown(value(axes))


def test_a_long_list_is_not_searched(axes):
    class Counted(list):
        looked = 0

        def __iter__(self):
            Counted.looked += 1
            return super().__iter__()

    assert shown(Counted(range(1_000_000))).startswith("[0, 1")
    assert Counted.looked == 0


class Answering(dict):
    __getattr__ = dict.get


class Property:
    @property
    def _repr_html_(self):
        return lambda: "<b>of scikit-learn's kind</b>"


class Hidden:
    @property
    def _repr_html_(self):
        raise AttributeError("shown as text")

    def __repr__(self):
        return "hidden"


def test_methods_are_looked_up_on_the_type():
    assert shown(Answering(a=1)) == "{'a': 1}\n"
    assert shown(Property()) == "<b>of scikit-learn's kind</b>"
    assert shown(Property) == f"{Property!r}\n"
    assert shown(Hidden()) == "hidden\n"


def test_a_figure_whose_label_is_no_formula_is_kept_and_told(axes):
    axes.plot([1, 2])
    axes.set_title(r"$\frac{1$")
    axes.set_xlabel("$x^2$")
    (figure,) = draw.figures()
    assert r"$\frac{1$" in figure.svg
    with pytest.raises(labels.UnreadableLabelError) as told:
        labels.tell()
    assert str(told.value) == r"$\frac{1$: Expected \frac{num}{den}, found '{'"
    assert told.value.label == r"$\frac{1$"
    labels.tell()  # once


def test_a_price_is_no_formula(axes):
    axes.set_title("from $3 to $5 a day")
    axes.set_xlabel(r"costs \$3")
    (figure,) = draw.figures()
    assert figure.svg
    labels.tell()


def test_other_errors_of_drawing_stay(axes):
    def fail(_):
        raise ValueError("other")

    with pytest.raises(ValueError, match="other"):
        labels.kept(fail, axes.figure)
