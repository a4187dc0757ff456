"""Matrix product: the bills, one at a time, and what other orders would give."""

import numpy as np
import pytest

from tests.snippets.refreshers import misconceptions, ran


@pytest.mark.parametrize("step", range(1, 9))
def test_each_bill_is_the_row_times_the_column_where_they_meet(step):
    names = ran("matrix_product", step=step)
    row, column = (step - 1) // 4, (step - 1) % 4
    bill = sum(names["A"][row][k] * names["B"][k][column] for k in range(3))
    texts = [text.get_text() for text in names["figures"][0].axes[0].texts]
    assert names["products"].sum() == bill and str(bill) in texts
    assert [text.get_text() for text in names["figures"][0].axes[0].texts if text.get_weight() == "bold"] == [
        *map(str, names["B"][:, column]),
        *map(str, names["A"][row]),
        str(bill),
    ]


def test_the_first_bill_is_thirteen_and_the_other_order_does_not_fit():
    names = ran("matrix_product")
    assert names["C"][0, 0] == 2 * 3 + 1 * 1 + 3 * 2
    with pytest.raises(ValueError, match="mismatch"):
        names["B"] @ names["A"]


def test_wrong_answers_are_what_their_feedback_says():
    left, right = np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]])
    assert misconceptions("matrix-product") == [
        (left * right)[1, 0],
        left[1] @ right[0],
        (left @ right)[0, 1],
        (right @ left)[1, 0],
    ]
