"""Array shapes: which means fit, and which fit by accident."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize("n", range(2, 6))
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("keepdims", [True, False])
def test_a_shape_fits_as_the_four_rules_say(n, axis, keepdims):
    names = ran("array_shapes", n=n, axis=axis, keepdims=keepdims)
    assert (names["centred"] is None) == (axis == 1 and not keepdims and n != 3)
    if keepdims:
        assert names["mean"].shape == ((1, 3) if axis == 0 else (n, 1))


def test_a_square_table_is_wrong_without_a_word():
    names = ran("array_shapes", n=3, axis=1)
    assert names["centred"].shape == (3, 3) and not np.allclose(names["centred"].mean(axis=1), 0)
    kept = ran("array_shapes", n=3, axis=1, keepdims=True)
    assert np.allclose(kept["centred"].mean(axis=1), 0)


def test_wrong_answers_are_none_of_the_right_one():
    assert misconceptions("array-shapes") == [5, 4, 5 + 4, 0]
    assert np.subtract.outer(np.zeros(5), np.zeros(4)).size == 20
