"""Animations without JavaScript: frames from the first to the last, once their states are recorded."""

import json
import re

from kamipen.article.controls import Controls, Parameter
from kamipen.recording.states.encoding import encode
from kamipen.site.strips import with_strips

PARAMETERS = (Parameter("step", tuple(map(str, range(10))), 3), Parameter("n", ("1", "2"), 0))
PAGE = (
    '<div data-words="{&quot;loss&quot;: &quot;損失&quot;}"></div>'
    '<div class="kp-cell">…</div>\n<!--kp-strip a.json step 歩-->\n</div>'
)


def drawing(step: int) -> dict[str, object]:
    svg = f'<svg viewBox="0 0 9 9"><path d="M0 {step}"/><text style="font-size: 9px">loss</text></svg>'
    return {"kind": "figure", "svg": svg, "width": 9, "height": 9, "alt": ""}


def test_frames_stand_where_no_script_runs(tmp_path):
    recorded = {
        (str(step), "1"): ([{"kind": "text", "stream": "stdout", "text": f"<{step}>\n"}, drawing(step)], [])
        for step in range(10)
    }
    (tmp_path / "a.json").write_text(json.dumps(encode(Controls(parameters=PARAMETERS), (), recorded)))
    html = with_strips(PAGE, tmp_path)
    strip = re.search(r"<noscript>(.*)</noscript>", html, re.DOTALL)[1]
    assert re.findall(r"<figcaption>(.*?)</figcaption>", strip) == ["歩 0", "歩 3", "歩 6", "歩 9"]
    assert re.findall(r'd="M0 (\d)"', strip) == ["0", "3", "6", "9"]
    assert "&lt;6&gt;" in strip
    assert "損失" in strip


def test_what_is_not_recorded_yet_leaves_no_mark(tmp_path):
    assert with_strips(PAGE, tmp_path).endswith("…</div>\n</div>")
