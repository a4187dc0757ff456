"""What stands above both languages."""

from pathlib import Path

from kamipen.site import landing


def test_each_language_has_a_page_for_readers_without_a_network(tmp_path: Path) -> None:
    for language in ("ja", "en"):
        (tmp_path / language).mkdir()
    landing.write(tmp_path, "https://example.org/site/")
    for language, other in (("ja", "en"), ("en", "ja")):
        away = (tmp_path / language / "away.html").read_text("utf-8")
        assert f'<html lang="{language}">' in away
        assert f"<!--kept {language}-->" in away
        assert f"<!--kept {other}-->" in away
        assert 'href="/site/kamipen/style.css"' in away, "it is served at any depth"
        assert "{" not in away.partition("<body")[2]
