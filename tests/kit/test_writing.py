"""Text: it stays text, Japanese has its room also within formulas, and no font is missed aloud."""

# pyright: basic

import re
import warnings
from xml.etree import ElementTree

import matplotlib
import matplotlib.pyplot as plt
import pytest
from kit.drawing import metrics
from matplotlib.font_manager import FontProperties

from tests.kit.conftest import only

SIZE = FontProperties(size=10)


def test_text_stays_text_in_the_pages_font() -> None:
    plt.title("損失 & <loss>")
    svg = only().svg
    assert "損失 &amp; &lt;loss&gt;" in svg
    assert "font-family" not in svg
    assert "DejaVu" not in svg


@pytest.mark.parametrize(
    ("text", "em"), [("損失", 2), ("ｱ", 0.5), ("あいう", 3), ("図１", 2), ("が", 1), ("か\u3099", 1)]
)
def test_kana_and_kanji_are_one_em_wide(text: str, em: float) -> None:
    width, height, descent = metrics.measure(text, SIZE, False)
    assert width == pytest.approx(10 * em)
    assert height >= 10
    assert 0 < descent < 5
    assert metrics.measure(f"${text}$", SIZE, True)[0] == pytest.approx(10 * em, abs=0.2)


def test_mixed_text_adds_up() -> None:
    latin, kana = metrics.measure("loss", SIZE, False)[0], metrics.measure("損失", SIZE, False)[0]
    assert metrics.measure("𠮷", SIZE, False)[0] == 10
    assert metrics.measure("loss損失", SIZE, False)[0] == pytest.approx(latin + kana)


def test_labels_of_bars_have_room() -> None:
    figure, axes = plt.subplots()
    axes.bar(["一つ目の項目", "二つ目の項目"], [1, 2])
    figure.canvas.draw()
    first, second = (label.get_window_extent() for label in axes.get_xticklabels())
    assert first.width == pytest.approx(6 * 12, abs=1)
    assert first.x1 < second.x0


def test_a_legend_holds_its_japanese() -> None:
    figure, axes = plt.subplots()
    axes.plot([1, 2], label=r"検証データの損失 $L_{検証}$")
    legend = axes.legend(loc="upper right")
    figure.canvas.draw()
    box, text = legend.get_window_extent(), legend.get_texts()[0].get_window_extent()
    assert text.width > 8 * 12
    assert box.x0 <= text.x0
    assert text.x1 <= box.x1 <= axes.bbox.x1


LABELS = [
    r"損失 $L(\theta)$ の値",
    r"$\eta_{最大}$",
    r"$\frac{平均}{分散}$",
    r"$\mathrm{損失}$",
    r"$\bf{太字}$",
    "😀 $x$ 한국어",
    "العربية",
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("fontset", ["dejavusans", "cm", "stix"])
def test_no_glyph_is_missed(label: str, fontset: str, capfd: pytest.CaptureFixture[str]) -> None:
    matplotlib.rcParams["mathtext.fontset"] = fontset
    warnings.simplefilter("error")
    plt.title(label)
    svg = only().svg
    assert capfd.readouterr() == ("", "")
    shown = "".join(ElementTree.fromstring(svg).itertext())
    assert not {"¤", "\ufffd", "□"} & {*shown}
    for char in "損失最大平均分散太字":
        assert char not in label or char in shown


def test_an_unknown_family_is_drawn_in_the_pages_font(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    matplotlib.rcParams["font.family"] = ["IPAexGothic", "Noto Sans CJK JP"]
    plt.title("題名", fontfamily="no such font")
    plt.xlabel("code", fontfamily="monospace")
    svg = only().svg
    assert capfd.readouterr() == ("", "")
    assert not caplog.records
    assert re.findall(r"font-family: [^;\"]*", svg) == ["font-family: monospace"]


def test_only_the_fonts_that_come_with_matplotlib_count() -> None:
    from matplotlib import font_manager, get_data_path

    assert all(font.fname.startswith(get_data_path()) for font in font_manager.fontManager.ttflist)


def test_text_is_held_where_it_is_aligned() -> None:
    plt.text(0.5, 0.5, "middle", ha="center")
    plt.text(0.5, 0.5, "end", ha="right")
    plt.text(0.5, 0.5, "upright", rotation=90, va="top")
    svg = only().svg
    held = {text: "".join(re.findall(r"text-anchor: (\w+)", style)) for style, text in _texts(svg)}
    assert (held["middle"], held["end"], held["upright"]) == ("middle", "end", "end")


def test_a_label_with_a_formula_flows_and_says_how_it_is_written() -> None:
    label = r"loss at $n = 2^{10}$ steps"
    plt.title(label, loc="center")
    plt.xlabel(label, loc="left")
    plt.ylabel(r"$2^{10}$")
    title = re.findall(
        rf'<text [^>]*text-anchor: middle[^>]* data-label="{re.escape(label)}">(.*?)</text>', svg := only().svg
    )
    assert "".join(ElementTree.fromstring(f"<text>{title[0]}</text>").itertext()) == "loss at n=210\u200b steps"
    up, down = re.findall(r'dy="(-?[\d.]+)"', title[0])
    assert float(up) == -float(down) < -3
    assert " x=" not in title[0]
    assert svg.count("data-label") == 2


def test_accents_stand_on_their_letter() -> None:
    plt.title(r"the estimate $\hat{y}_i$")
    assert ">y\u0302<" in only().svg


@pytest.mark.parametrize("formula", [r"$\frac{1}{n}$", r"$\sqrt{n}$"])
def test_a_formula_with_a_bar_keeps_its_places(formula: str) -> None:
    plt.title(f"gap to {formula}")
    assert re.search(rf'<g transform="[^"]*" data-label="gap to {re.escape(formula)}"><text><tspan x=', only().svg)


def _texts(svg: str) -> list[tuple[str, str]]:
    return re.findall(r'<text [^>]*style="([^"]*)">([^<]*)</text>', svg)
