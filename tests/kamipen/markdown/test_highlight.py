"""Code in the page: its text is the source, also where parts of it are folded."""

from bs4 import BeautifulSoup

from kamipen import texts
from kamipen.markdown.highlight import code

SOURCE = '''# region set-up
import numpy as np

"""
not code
"""
# endregion


x = np.arange(3)
# region my own <plot>
print(x)
# endregion'''


def test_folds_keep_the_source():
    for source in (SOURCE, f"y = 1\n{SOURCE}\n\nz = 2", f"{SOURCE}\nz = 3"):
        soup = BeautifulSoup(code(source, texts.load("ja")), "html.parser")
        assert soup.get_text() == source
        assert len(soup.select("pre > code > details.kp-fold > summary")) == 2


def test_folds_say_what_is_in_them():
    for language, label in (("ja", "準備（5 行）"), ("en", "set-up (5 lines)")):
        soup = BeautifulSoup(code(SOURCE, texts.load(language)), "html.parser")
        first, second = soup.select("summary")
        assert first["aria-label"] == label
        assert str(second["aria-label"]).startswith("my own <plot>")
        assert first.get_text() == "# region set-up\n"


def test_code_without_texts_is_not_folded():
    assert "<details" not in code(SOURCE)
