"""`make upstream`: what it says when there is nothing newer, when it must wait, and when there is something to do."""

import json

import pytest

from kamipen.project import ROOT
from kamipen.runtime import upstream

OURS = json.loads((ROOT / "src/client/package.json").read_text("utf-8"))["dependencies"]["pyodide"]
LOCK = {"packages": {name: {"version": "9.9"} for name in upstream.PARITY}}


def newest(monkeypatch, version: str, exists: bool) -> None:
    monkeypatch.setattr(upstream, "_run", lambda *_: version)
    monkeypatch.setattr(upstream, "_lock", lambda *_: LOCK)
    monkeypatch.setattr(upstream, "_exists", lambda *_: exists)


def test_the_newest_is_ours(monkeypatch, capsys):
    newest(monkeypatch, OURS, exists=True)
    upstream.main()
    assert "is the newest" in capsys.readouterr().out


def test_a_numpy_that_cannot_be_had_means_to_wait(monkeypatch, capsys):
    newest(monkeypatch, "999.0", exists=False)
    upstream.main()
    assert f"wants numpy 9.9, matplotlib 9.9, scikit-learn 9.9, which cannot be had natively: stay on {OURS}" in (
        capsys.readouterr().out
    )


def test_a_runtime_that_can_be_taken_is_told_as_an_error(monkeypatch):
    newest(monkeypatch, "999.0", exists=True)
    with pytest.raises(upstream.UpstreamReady, match=r"Pyodide 999\.0 can be taken .*numpy==9\.9"):
        upstream.main()


def test_what_cannot_be_asked_is_not_known():
    with pytest.raises(upstream.UpstreamUnknown, match="no-such-command is not installed"):
        upstream._run("no-such-command")
