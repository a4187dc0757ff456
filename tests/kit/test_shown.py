"""What is shown when: figures where they are asked for, images and animations, each once."""

import base64
import re
import subprocess
import sys
from io import BytesIO

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit import draw, ipython, outputs, pictures
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure
from PIL import Image


def kinds(items: list[outputs.Item]) -> list[str]:
    return [item["kind"] for item in items]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[list[Figure]]:
    lists: list[list[Figure]] = []
    monkeypatch.setattr(draw, "_listener", lists.append)
    return lists


def test_show_shows_what_is_open_in_its_place_and_closes_it(shown: list[list[Figure]]) -> None:
    first, second = plt.figure(), plt.figure()
    plt.show()
    assert shown == [[first, second]]
    assert plt.get_fignums() == []
    third = plt.figure()
    third.show()
    assert shown[1:] == [[third]]


def test_without_a_listener_figures_wait_for_the_end() -> None:
    plt.plot([1, 2])
    plt.show()
    assert kinds(outputs.figure_items()) == ["figure"]


def test_a_figure_is_a_value_in_a_later_cell_too() -> None:
    figure, axes = plt.subplots()
    assert kinds(outputs.figure_items()) == ["figure"]
    assert kinds(outputs.value_items(figure)) == ["figure"]
    axes.set_title("later")
    assert "later" in outputs.value_items(figure)[0]["svg"]
    assert kinds(outputs.value_items(Figure())) == ["figure"]


def test_what_was_shown_is_shown_again_only_if_it_changed() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    outputs.value_items(figure)
    assert outputs.figure_items() == []
    figure, axes = plt.subplots()
    outputs.value_items(figure)
    axes.plot([1, 2])
    assert kinds(outputs.figure_items()) == ["figure"]


def test_canvas_gives_its_renderer_and_pixels() -> None:
    figure, axes = plt.subplots(figsize=(2, 1))
    text = axes.text(0.5, 0.5, "損失")
    assert text.get_window_extent(figure.canvas.get_renderer()).width == pytest.approx(23, abs=1)
    assert np.asarray(figure.canvas.buffer_rgba()).shape == (72, 144, 4)
    figure.savefig(BytesIO(), format="png")
    figure.savefig(BytesIO(), format="svg")


def test_scikit_learns_trees_are_drawn() -> None:
    from sklearn.tree import DecisionTreeClassifier, plot_tree

    plot_tree(DecisionTreeClassifier().fit([[0], [1]], [0, 1]), filled=True)
    (figure,) = draw.figures()
    assert "gini = 0.5" in figure.svg


def picture(html: str) -> Image.Image:
    data = re.search(r'src="data:image/\w+;base64,([^"]+)"', html)
    assert data
    return Image.open(BytesIO(base64.b64decode(data[1])))


def test_images_are_pictures() -> None:
    (item,) = outputs.value_items(Image.new("RGB", (30, 20), "red"))
    assert item["kind"] == "rich"
    assert 'width="30" height="20" alt="Image RGB 30×20"' in item["html"]
    assert picture(item["html"]).getpixel((0, 0)) == (255, 0, 0)
    assert picture(outputs.value_items(Image.new("L", (4000, 2000)))[0]["html"]).size == (1600, 800)


@pytest.fixture
def animation() -> FuncAnimation:
    figure, axes = plt.subplots(figsize=(2, 1))
    (line,) = axes.plot([0, 1], [0, 1])
    return FuncAnimation(figure, lambda frame: line.set_ydata([0, frame]), frames=5, interval=100)


def test_an_animated_figure_moves(animation: FuncAnimation) -> None:
    (item,) = outputs.figure_items()
    moving = picture(item["html"])
    assert getattr(moving, "n_frames", 1) == 5
    assert moving.info["duration"] == 100
    assert moving.info["loop"] == 10  # five seconds, then it rests
    assert 'width="144" height="72"' in item["html"]


def test_animations_are_values_and_html(animation: FuncAnimation) -> None:
    assert picture(outputs.value_items(animation)[0]["html"]).format == "PNG"
    assert picture(animation.to_jshtml()).format == "PNG"
    assert pictures.animation_of(plt.figure()) is None


def test_ipythons_display_is_ours_where_it_is_installed_and_where_not() -> None:
    import IPython.display

    before = IPython.display.display
    shown: list[object] = []
    ipython.install(lambda *values: shown.extend(values))
    IPython.display.display(1, IPython.display.HTML("<b>2</b>"), metadata={})
    assert [type(value).__name__ for value in shown] == ["int", "HTML"]
    IPython.display.display = before
    program = (
        "import sys; sys.modules['IPython'] = None; del sys.modules['IPython']\n"
        "from kit import ipython\nipython.find_spec = lambda name: None\nipython.install(print)\n"
        "from IPython.display import display, HTML, Image\n"
        "assert HTML('<b>')._repr_html_() == '<b>'\ndisplay('shown')\n"
        "from kit import draw\ndraw.install()\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n"
        "assert len(draw.figures()) == 1"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "shown\n"


def test_matplotlib_is_not_imported_for_cells_without_figures() -> None:
    program = (
        "import sys\nfrom kit import draw, outputs\ndraw.install()\n"
        "assert outputs.items(1)\nprint('matplotlib' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout == "False\n"


def test_what_drawing_returns_is_not_shown() -> None:
    figure, axes = plt.subplots(1, 2)
    for value in (axes, axes[0].plot([1, 2]), axes[1].bar([1], [2]), plt.title("x"), (figure, axes)):
        assert outputs.value_items(value) == []
    assert outputs.value_items(np.arange(2)) != []
    assert outputs.value_items([]) != []
