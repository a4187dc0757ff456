"""A printed line that runs off a phone is told, in the Japanese page alone: both show the same."""

from kamipen.check.printed import COLUMNS, columns
from tests.kamipen.check.sample import JA, SCRIPT, change, told


def test_a_line_that_runs_off_a_phone_is_told(root, cache):
    change(root / SCRIPT, "average of {n}:", "average of the first {n} of all the examples:")
    (found,) = [finding for finding in told(root, cache) if "prints a line" in finding]
    assert found.startswith(JA)
    assert f", {COLUMNS} fit a phone: break `spread of the average of the f…` in two" in found


def test_japanese_takes_two_places():
    assert columns("a 紙") == 4
