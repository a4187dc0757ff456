"""The report says what was recorded and nothing else; the slower line is as slow as it says."""

import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest

from kamipen.bench import report
from kamipen.bench.chart import chart
from kamipen.bench.throttle import line
from kamipen.browser.pages_server import serving
from kamipen.project import ROOT

RECORDED: dict[str, Any] = {
    "machine": {
        "browser": "Chromium 1",
        "cores": 2,
        "dates": {"startup": "2026-11-25", "controls": "2026-11-27"},
        "load": {"startup": 0.1, "controls": 0.1},
    },
    "startup": {
        "unthrottled": {
            "rounds": 3,
            "numpy bare cold": 3000,
            "numpy bare warm": 2900,
            "numpy editor cold": 3600,
            "numpy ours cold": 750,
            "numpy ours warm": 650,
            "numpy ours next article": 12,
        },
        "10 Mbit/s": {"rounds": 1, "numpy bare cold": 15_000, "numpy ours cold": 22_500},
    },
    "controls": {
        "unthrottled": {"recorded": 3.24, "live": 231, "bare": 1402},
        "4x CPU": {"recorded": 12.6, "live": 944, "bare": 5100},
        "10 Mbit/s": {"first": 310, "bare": 24_160},
    },
    "page": {"script": 12_345, "style": 7_654, "longest task": 0, "shift": 0},
    "memory": {"page": {"bare": 26_000_000, "ours": 20_000_000}, "process": {"bare": 141_000_000, "ours": 150_000_000}},
    "build": [{"articles": 10, "plain": 2.0, "ours": 2.4}],
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_pages_show_what_is_recorded(language: str) -> None:
    recorded = report.read()
    if recorded:
        text = report.PAGES[language].read_text("utf-8")
        assert text == report.with_figures(text, recorded, language), "python -m kamipen bench --report"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_number_comes_from_the_record(language: str) -> None:
    table = report.table(RECORDED, language).replace("\u00a0", " ")
    for shown in (
        "0.75 s",
        "3.60 s",
        "**0.25**",
        "**0.004**",
        "**1.50**",
        "≤ 0.60",
        "≤ 1.00",
        "2026-11-25",
        "Chromium 1",
    ):
        assert shown in table, shown
    for shown in ("3.2 ms", "13 ms", "231 ms", "1.4 s", "310 ms", "24.2 s", "2026-11-27", "≤ 16 ms", "≤ 500 ms"):
        assert shown in table, shown
    for shown in ("**12.3 KB**", "**7.7 KB**", "**0.77**", "**1.06**", "240 ms", "**1.20**"):
        assert shown in table, shown
    assert report.table({}, language) == ""


@pytest.mark.parametrize("part", ["startup", "controls"])
def test_busy_machine_is_told_where_it_was(part: str) -> None:
    load = RECORDED["machine"]["load"]
    busy = report.table({**RECORDED, "machine": {**RECORDED["machine"], "load": {**load, part: 2.0}}}, "en")
    assert "Other work" not in report.table(RECORDED, "en")
    before, _, after = busy.partition("#controls")
    assert ("Other work" in before, "Other work" in after) == (part == "startup", part == "controls")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_chart_has_the_pages_colours_and_says_what_it_shows(language: str) -> None:
    figure = chart(RECORDED, language)
    drawing = re.search("<svg.*</svg>", figure, re.DOTALL)
    assert drawing
    svg = ElementTree.fromstring(drawing[0])
    assert "0.25" in svg.attrib["aria-label"]
    assert "1.50" in svg.attrib["aria-label"]
    colours = {element.attrib.get(kind, "none") for element in svg.iter() for kind in ("fill", "stroke")} - {"none"}
    assert all(colour.startswith("var(--kp-") for colour in colours), colours
    assert chart({}, language) == ""


def test_record_names_no_machine_or_path() -> None:
    text = json.dumps(report.read())
    assert "/" not in re.sub(r"Mbit/s", "", text)
    assert str(ROOT) not in text


def test_line_is_as_slow_as_it_says(tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(bytes(500_000))
    with serving(tmp_path) as server, line(server.server_address[1], 10) as port:
        began = time.monotonic()
        with urlopen(f"http://127.0.0.1:{port}/kamipen/data.bin") as response:
            assert len(response.read()) == 500_000
        assert 0.4 <= time.monotonic() - began <= 2
