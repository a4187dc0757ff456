"""A companion takes the outputs of its notebook only for the code as it now is."""

import pytest

from kamipen.export.companion import Companion, companions


def test_changed_code_drops_the_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    companion = next(c for c in companions() if c.recording().code)
    monkeypatch.setattr(Companion, "code", property(lambda self: ["print(1)"]))
    assert companion.recording().outputs == []
