import numpy as np
from kit import digits


def test_the_digits_are_scikit_learns():
    """Equal in value and shape, so that a script may swap one loader for the other."""
    from sklearn.datasets import load_digits

    images, labels = digits.load()
    theirs = load_digits()
    assert images.dtype == float and labels.dtype == np.int64
    assert np.array_equal(images, theirs.data) and np.array_equal(labels, theirs.target)
