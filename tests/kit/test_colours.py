"""Colours: ink and paper follow the page, data keep theirs, and text is read on what it stands on."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest
from kit.drawing import colours
from kit.drawing.colours import Pair, contrast, css, follows, on_light_paper

from kamipen.project import ROOT
from tests.kit.conftest import only, paint_of

PAPER = "light-dark(#000000,#eef0e6)"  # black on paper


def test_the_palette_is_the_pages() -> None:
    tokens = (ROOT / "src/client/style/tokens.css").read_text()
    pairs = {name: (light, dark) for name, light, dark in re.findall(r"(--kp-\w+): light-dark\((\S+), (\S+)\)", tokens)}
    for light, name in colours.COLOURS.items():
        assert pairs[name] == (light, colours.DARK[name])
    assert pairs["--kp-paper"] == colours.PAGE


def test_lines_and_text_are_the_pages() -> None:
    plt.plot([1, 2], label="line")
    plt.title("title")
    svg = only().svg
    assert "stroke: var(--kp-c0)" in svg
    assert "var(--kp-muted)" in svg
    assert "var(--kp-line)" in svg
    assert paint_of(svg, "title") == "var(--kp-ink)"
    assert not re.search(r"#[0-9a-f]{6}\b", svg)


def test_greys_turn_where_the_dark_paper_hides_them_and_stay_elsewhere() -> None:
    assert css(follows("#000000")) == PAPER
    assert css(follows("#808080")) == "#808080"
    assert css(follows("#ffffff")) == "#ffffff"
    assert css(follows("#ff0000")) == "#ff0000"
    assert css(follows("#ffffff", always=True)) == "var(--kp-paper)"
    for grey in ("#000000", "#222222", "#555555", "#808080", "#cccccc"):
        dark = follows(grey).dark
        assert contrast(dark, colours.PAGE.dark) >= min(3, contrast(grey, colours.PAPER))


def test_black_lines_on_paper_turn() -> None:
    plt.plot([1, 2], "k")
    plt.contour(np.outer(np.arange(4), np.arange(4)), colors="k")
    plt.text(0, 1.5, "text", color="black")
    svg = only().svg
    assert f"stroke: {PAPER}" in svg
    assert "stroke: #000000" not in svg
    assert paint_of(svg, "text") == PAPER


def test_numbers_on_a_heat_map_keep_their_colour() -> None:
    plt.imshow(np.eye(2))
    plt.text(0, 0, "dark", color="k", ha="center")
    plt.text(1, 0, "light", color="w", ha="center")
    plt.text(0, 1, "own", ha="center")
    plt.annotate("", (1, 1), (0, 1), arrowprops={"color": "k"})
    svg = only().svg
    assert "light-dark" not in svg
    assert paint_of(svg, "dark") == "#000000"
    assert paint_of(svg, "light") == "#ffffff"
    assert paint_of(svg, "own") == "#14213a"


def test_lines_over_an_image_keep_their_colour() -> None:
    plt.contourf(np.outer(np.arange(4), np.arange(4)), cmap="gray")
    plt.contour(np.outer(np.arange(4), np.arange(4)), colors="k")
    plt.plot([1, 2], [1, 2], "C0")
    svg = only().svg
    assert "stroke: #000000" in svg
    assert "stroke: #0b5fa5" in svg
    assert "light-dark" not in svg


@pytest.mark.parametrize("draw", [plt.contourf, plt.pcolor, plt.hexbin])
def test_grey_colour_maps_keep_their_order(draw) -> None:
    data = np.outer(np.arange(6.0), np.arange(6))
    draw(data, data, gridsize=5, cmap="gray") if draw is plt.hexbin else draw(data, cmap="gray")
    svg = only().svg
    assert re.search(r"fill: #([01]\w)\1\1", svg)
    assert "light-dark" not in svg


def test_several_greys_are_data() -> None:
    plt.bar(range(4), 1, color=["0", "0.3", "0.6", "0.9"])
    svg = only().svg
    assert all(f"fill: {colour}" in svg for colour in ("#000000", "#4c4c4c", "#999999", "#e6e6e6"))


def test_text_boxes_keep_text_and_box() -> None:
    plt.text(0.5, 0.5, "note", bbox={"facecolor": "yellow"})
    plt.annotate("mark", (0, 0), (0.2, 0.2), color="k", bbox={"facecolor": "white"}, arrowprops={"arrowstyle": "->"})
    svg = only().svg
    assert "fill: #ffff00" in svg
    assert paint_of(svg, "note") == "#14213a"
    assert paint_of(svg, "mark") == "#000000"


def test_text_on_bars_is_read_in_both_schemes() -> None:
    axes = plt.gca()
    bars = axes.bar(range(3), 1, color=["C0", "k", "gold"])
    axes.bar_label(bars, ["on blue", "on black", "on gold"], label_type="center", color="white")
    svg = only().svg
    assert paint_of(svg, "on blue") == "var(--kp-paper)"  # the blue is pale on dark paper
    assert paint_of(svg, "on black") == "var(--kp-paper)"
    assert f"fill: {PAPER}" in svg


def test_wedges_keep_their_numbers_readable() -> None:
    plt.pie([1, 2], autopct="%d", shadow=True)
    svg = only().svg
    assert paint_of(svg, "33") == "#14213a"


def test_tables_are_paper_where_they_are_white() -> None:
    plt.axis("off")
    plt.table([["white", "yellow"]], cellColours=[["w", "yellow"]], loc="center")
    svg = only().svg
    assert "fill: var(--kp-paper)" in svg
    assert paint_of(svg, "white") == "var(--kp-ink)"
    assert paint_of(svg, "yellow") == "#14213a"


def test_a_dark_background_keeps_its_labels() -> None:
    with plt.style.context("dark_background"):
        plt.plot([1, 2])
        plt.title("title")
        plt.xlabel("label")
    svg = only().svg
    assert '<rect x="0" y="0" width="460.8" height="259.2" style="fill: #000000"/>' in svg
    assert "var(--kp" not in svg.split(">", 1)[1]
    assert paint_of(svg, "title") == "#eef0e6"
    assert paint_of(svg, "label") == "#ffffff"


def test_backgrounds_of_paper_follow_and_others_stay() -> None:
    _, (left, right) = plt.subplots(1, 2, facecolor="white")
    left.set_facecolor("0.9")
    right.set_facecolor("navy")
    left.text(0.5, 0.5, "on grey")
    right.text(0.5, 0.5, "on navy")
    svg = only().svg
    assert "fill: var(--kp-paper)" in svg
    assert "fill: light-dark(#e6e6e6," in svg
    assert paint_of(svg, "on grey") == "var(--kp-ink)"
    assert "fill: #000080" in svg
    assert paint_of(svg, "on navy") == "#eef0e6"


def test_hatches_are_seen_on_their_ground() -> None:
    plt.bar([1, 2], 1, color=["w", "C0"], hatch="/", edgecolor="k")
    assert only().svg.count('stroke: #000000; stroke-width: 1"/></pattern>') == 2


def test_many_marks_of_one_colour_follow_the_page() -> None:
    plt.scatter(np.arange(3000), np.arange(3000))
    svg = only().svg
    assert '<mask id="' in svg
    assert re.search(r'<rect [^>]*mask="url\(#\w+-?\w*\)" style="fill: var\(--kp-c0\)"/>', svg)
    plt.scatter(np.arange(3000), np.arange(3000), c=np.arange(3000), cmap="gray")
    assert "<mask" not in only().svg


def test_colours_for_readers_outside_the_page() -> None:
    drawing = "var(--kp-c0) light-dark(#000000,#eef0e6) var(--kp-paper)"
    assert on_light_paper(drawing) == "#0b5fa5 #000000 #ffffff"
    assert on_light_paper(drawing, "var({name}, {colour})").startswith("var(--kp-c0, #0b5fa5) #000000 ")
    assert css(Pair("#000000", "#000000")) == "#000000"
