"""Settings of the site: a language's own, else those that hold for both."""

import pytest

from kamipen import project


def test_a_language_has_its_own_settings_and_inherits_the_rest() -> None:
    names = {language: project.setting("site_name", language) for language in project.LANGUAGES}
    assert len(set(names.values())) == len(project.LANGUAGES)
    assert project.setting("repo_url", "en") == project.setting("repo_url", "ja")


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(KeyError, match="no_such_setting"):
        project.setting("no_such_setting")
