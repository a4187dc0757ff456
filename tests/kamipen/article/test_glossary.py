"""The glossary."""

from kamipen.article import glossary


def test_glossary_is_complete_in_both_languages() -> None:
    terms = glossary.terms()
    assert all(set(term) == {"ja", "yomi", "en", "ja_note", "en_note"} and all(term.values()) for term in terms)
    for language in ("ja", "en"):
        names = [term[language] for term in terms]
        assert len(set(names)) == len(names)
