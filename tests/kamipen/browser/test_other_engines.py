"""Engines that are not there are named, never passed over in silence."""

import shutil

from kamipen.browser import other_engines


def test_a_missing_engine_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv("KAMIPEN_FIREFOX", raising=False)
    monkeypatch.setattr(other_engines, "MINI_BROWSER", "/no/such/place/*")
    assert other_engines.ensure() == [
        "Firefox is not run: no firefox",
        "WebKitGTK is not run: no WebKitWebDriver, no MiniBrowser, no Xvfb",
    ]


def test_a_named_firefox_is_taken(monkeypatch):
    monkeypatch.setenv("KAMIPEN_FIREFOX", "/opt/firefox")
    assert other_engines.ENGINES[0].missing == ""
