"""Values in sentences: where they are read, what they ask for, and how they are written out."""

import pytest
from kit import values as kit_values

from kamipen.article import outline
from kamipen.article.scripts import Scripts
from kamipen.article.values import values, wanted, written_out
from kamipen.errors import SourceError

PAGE = """Eta is {{ cell: eta }} and `{{cell: no}}` not, nor $x_{{cell: no}}$.

```cell
script#cell
slider: eta 0.1 0.3 0.1
```

/// card | 検証
The limit is {{cell: 2 / n  .3f}}, there {{other#cell: len(x)}}.
///
"""


def test_values_are_found_with_their_lines_outside_code_and_formulas():
    found = [(value.reference, value.key, line) for value, line in values(outline.parse(PAGE, 5))]
    assert found == [("script#cell", "eta", 5), ("script#cell", "2 / n .3f", 13), ("other#cell", "len(x)", 13)]


def test_written_out_the_text_keeps_its_lines():
    text = written_out(PAGE, outline.parse(PAGE, 5), 5, lambda value: f"<{value.expression}>")
    assert text == PAGE.replace("{{ cell: eta }}", "<eta>").replace("{{cell: 2 / n  .3f}}", "<2 / n>").replace(
        "{{other#cell: len(x)}}", "<len(x)>"
    )


def test_a_value_in_a_headline_is_refused():
    with pytest.raises(SourceError, match="in sentences only") as error:
        list(values(outline.parse("/// box | {{cell: n}}\n    kind: note\n///\n", 3)))
    assert error.value.line == 3


def test_values_follow_the_controls_of_their_cell(tmp_path):
    (tmp_path / "script.py").write_text("# %% cell\neta = 0.2\nn = 3\n# %% still\nx = 1\n")
    (found,) = wanted(outline.parse(PAGE, 5), Scripts(tmp_path)).items()
    assert found[0] == "script#cell"
    assert found[1].values == ("2 / n .3f", "eta")


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("limit .3f", ("limit", ".3f")),
        ("n ,", ("n", ",")),
        ("share .1%", ("share", ".1%")),
        ("n d", ("n", "d")),
        ("a - b", ("a - b", "")),
        ("a if x else d", ("a if x else d", "")),
        ("f(a, b)  +.2e", ("f(a, b)", "+.2e")),
        ("eta", ("eta", "")),
    ],
)
def test_a_format_is_a_last_word_that_is_no_part_of_the_expression(asked, parts):
    assert kit_values.split(asked) == parts


def test_a_value_that_cannot_be_had_is_none():
    assert kit_values.shown(["x .2f", "y", "x", "x q"], {"x": 0.5}) == ["0.50", None, "0.5", None]
