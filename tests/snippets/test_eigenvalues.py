"""Eigenvalues: at which angles an arrow keeps its direction, and how much it grows."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran

KEPT = {"stretch": {45: 3, 135: 1}, "shear": {0: 1}, "rotation": {}}


@pytest.mark.parametrize("kind", KEPT)
def test_the_dashed_line_appears_where_the_direction_is_kept(kind):
    found = {}
    for turn in range(0, 180, 9):
        names = ran("eigenvalues", kind=kind, turn=turn)
        if any(line.get_linestyle() == "--" for line in names["figures"][0].axes[0].lines):
            found[turn] = names["v"] @ names["Av"]
    assert found == pytest.approx(KEPT[kind])


def test_the_ellipse_has_its_axes_along_the_eigenvectors():
    names = ran("eigenvalues")
    lengths = np.linalg.norm(names["A"] @ names["circle"], axis=0)
    longest = np.degrees(np.arctan2(*(names["A"] @ names["circle"])[::-1, lengths.argmax()])) % 180
    assert longest == pytest.approx(45, abs=4) and lengths.max() == pytest.approx(3, abs=0.01)
    assert lengths.min() == pytest.approx(1, abs=0.01)


def test_after_many_products_the_largest_is_left():
    A = ran("eigenvalues")["A"]
    v = np.linalg.matrix_power(A.astype(float), 100) @ [1.0, 0.0]
    assert v[0] / v[1] == pytest.approx(1) and v[0] == pytest.approx(3**100 / 2)


def test_wrong_answers_are_what_their_feedback_says():
    M = np.array([[4, 1], [2, 3]])
    small, large = sorted(np.linalg.eigvals(M))
    assert misconceptions("eigenvalues") == pytest.approx([M[0, 0], np.trace(M), np.linalg.det(M), small])
    assert large == pytest.approx(5) and (M @ [1, 1]).tolist() == [5, 5]
