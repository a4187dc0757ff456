"""Decompositions of what is no number: NumPy's LAPACK for WebAssembly lets them pass, ordinary Python's refuses."""

from functools import wraps
from types import SimpleNamespace


def install() -> None:
    """Let `svd` and `lstsq`, and all that are made of them, refuse; a determinant of what is no number is none."""
    import numpy as np
    from numpy.linalg import _linalg

    def refusing(name: str, count: int, is_fit, message: str) -> None:
        function = getattr(_linalg._umath_linalg, name)

        @wraps(function)
        def call(*values, **options):
            if all(value.dtype.kind not in "fc" or is_fit(value).all() for value in values[:count]):
                return function(*values, **options)
            raise np.linalg.LinAlgError(message)

        setattr(functions, name, call)

    def spreading(name: str) -> None:
        function = getattr(_linalg._umath_linalg, name)

        @wraps(function)
        def call(value, **options):
            result = function(value, **options)
            unknown = value.dtype.kind in "fc" and np.isnan(value).any(axis=(-2, -1))
            if not np.any(unknown):
                return result
            if isinstance(result, tuple):  # the sign, and the logarithm of the rest
                return result[0], np.where(unknown, np.nan, result[1])
            return np.where(unknown, np.nan, result)

        setattr(functions, name, call)

    functions = SimpleNamespace(**vars(_linalg._umath_linalg))
    for name in ("svd", "svd_f", "svd_s"):
        refusing(name, 1, lambda value: ~np.isnan(value), "SVD did not converge")
    refusing("lstsq", 2, np.isfinite, "SVD did not converge in Linear Least Squares")
    for name in ("det", "slogdet"):
        spreading(name)
    _linalg._umath_linalg = functions
