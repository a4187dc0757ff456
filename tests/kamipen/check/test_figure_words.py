"""Words of figures that a Japanese page leaves in English are told; numbers, symbols and units are no words."""

import pytest

from kamipen.check.figure_words import needs_translation


@pytest.mark.parametrize("text", ["step", "test accuracy", "error [%]", "ReLU layer", "log10 prior odds"])
def test_words(text):
    assert needs_translation(text)


@pytest.mark.parametrize(
    "text", ["0.5", "−3", "η", "t", "x & y", "p = n", "log x", "ms", "10 kB", "歩数 step", "f(X + tY)", "SVM"]
)
def test_no_words(text):
    assert not needs_translation(text)
