"""Writing a companion: every cell of its script stands somewhere in its prose."""

from pathlib import Path

import pytest

from kamipen.errors import SourceError
from kamipen.export.companion import Companion, companions
from kamipen.export.companion_writer import notebook


def test_prose_that_forgets_a_cell_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    companion = companions()[0]
    text = companion.source("en").read_text("utf-8").replace("```cell\ndevice\n```", "")
    (tmp_path / f"{companion.name}.en.md").write_text(text, "utf-8")
    monkeypatch.setattr(Companion, "source", lambda self, language: tmp_path / f"{self.name}.{language}.md")
    with pytest.raises(SourceError, match="does not show device"):
        notebook(companion, "en", companion.recording())
