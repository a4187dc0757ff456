"""Recorded states in the site: what is asked for is recorded, and values in sentences have room for the longest."""

import json

import pytest

from kamipen.recording.states import States
from kamipen.site import recorded_states
from kamipen.site.recorded_states import provide, with_room

SCRIPT = "# %% cell\neta = 0.2\nprint(eta)\n"
PAGE = "```cell\nscript#cell\nslider: eta 0.1 0.3 0.1\n```\n"
CELL = '<div class="kp-cell" id="cell-cell" data-cell="script#cell" data-hash="0" data-states="a.json">'
VALUE = '<span class="kp-value" data-of="script#cell" data-value="n" style="min-width:1ch">7</span>'
SCRUB = '<span class="kp-value kp-scrub" data-of="script#cell" data-parameter="eta" style="min-width:2.5ch">0.2</span>'
FILE = {
    "parameters": [{"name": "eta", "values": ["0.2", "12.25"], "published": 0}],
    "values": ["m", "n"],
    "states": {"0.2": [0, None, "7"], "12.25": [0, None, "1,024"]},
}


def test_a_value_has_room_for_its_longest_state(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(FILE))
    html = with_room(f"{CELL}</div><p>{VALUE}{SCRUB}", tmp_path)
    assert 'data-value="n" style="min-width:4.5ch">7<' in html
    assert 'data-parameter="eta" style="min-width:4.5ch">0.2<' in html
    assert with_room(CELL + VALUE, tmp_path / "none") == CELL + VALUE  # not recorded yet


@pytest.mark.slow
def test_what_a_page_asks_for_is_recorded_once(tmp_path, monkeypatch):
    docs, snippets, site = (tmp_path / name for name in ("docs", "snippets", "site"))
    (docs / "ja").mkdir(parents=True)
    snippets.mkdir()
    (docs / "ja/page.md").write_text(PAGE)
    (snippets / "script.py").write_text(SCRIPT)
    monkeypatch.setattr(recorded_states, "DOCS", docs)
    monkeypatch.setattr(recorded_states, "SNIPPETS", snippets)
    monkeypatch.setattr(recorded_states, "States", lambda scripts: States(scripts, tmp_path / "cache"))
    assert recorded_states.write(site) == 1
    (file,) = (site / "states").iterdir()
    file.unlink()
    provide(site, "nothing.at.all.json")
    provide(site, file.name)
    assert sorted(json.loads(file.read_text())["states"]) == ["0.1", "0.2", "0.3"]
