"""What NumPy does where numbers end, told as JSON: run here and in the browser by test_numbers.py."""

import itertools
import json
import warnings
from functools import partial

import numpy as np

L = np.linalg
nan, inf = np.nan, np.inf
GOOD = np.array([[2.0, 1.0], [1.0, 3.0]])
MATRICES = {
    "good": GOOD,
    "zeros": np.zeros((2, 2)),
    "singular": np.array([[1.0, 2.0], [2.0, 4.0]]),
    "indefinite": np.array([[1.0, 2.0], [2.0, 1.0]]),
    "nan": np.array([[1.0, nan], [nan, 1.0]]),
    "all nan": np.full((2, 2), nan),
    "one nan": np.array([[nan, 0.0], [0.0, 1.0]]),
    "inf": np.array([[1.0, inf], [inf, 1.0]]),
    "batch": np.stack([GOOD, np.zeros((2, 2)), GOOD]),
    "batch nan": np.stack([GOOD, np.full((2, 2), nan)]),
    "batch good": np.stack([GOOD, 2 * GOOD]),
    "one": np.zeros((1, 1)),
    "one nan only": np.array([[nan]]),
    "empty": np.zeros((0, 0)),
    "integers": np.array([[1, 2], [2, 4]]),
    "bools": np.array([[True, False], [True, True]]),
    "complex": np.array([[1, 1j], [1j, -1]]),
    "single": np.zeros((2, 2), np.float32),
    "larger": np.diag([1.0, 2, 0, 4, 5]),
    "wide": np.ones((2, 3)),
    "wide nan": np.full((2, 3), nan),
    "vector": np.ones(3),
    "text": np.array([["a", "b"], ["c", "d"]]),
    "list": [[0, 0], [0, 0]],
}
b = np.ones(2)
FUNCTIONS = {
    "inv": L.inv,
    "solve": lambda a: L.solve(a, b),
    "solve matrix": lambda a: L.solve(a, np.eye(2)),
    "cholesky": L.cholesky,
    "cholesky upper": lambda a: L.cholesky(a, upper=True),
    "svd": L.svd,
    "svd values": lambda a: L.svd(a, compute_uv=False),
    "svd hermitian": lambda a: L.svd(a, hermitian=True),
    "svdvals": L.svdvals,
    "eig": L.eig,
    "eigvals": L.eigvals,
    "eigh": L.eigh,
    "eigvalsh": L.eigvalsh,
    "eigh U": lambda a: L.eigh(a, "U"),
    "lstsq": lambda a: L.lstsq(a, np.ones(len(a))),
    "pinv": L.pinv,
    "pinv hermitian": lambda a: L.pinv(a, hermitian=True),
    "matrix_power -1": lambda a: L.matrix_power(a, -1),
    "matrix_power 3": lambda a: L.matrix_power(a, 3),
    "det": L.det,
    "slogdet": L.slogdet,
    "cond": L.cond,
    "cond 1": lambda a: L.cond(a, 1),
    "cond -2": lambda a: L.cond(a, -2),
    "cond fro": lambda a: L.cond(a, "fro"),
    "matrix_rank": L.matrix_rank,
    "norm": L.norm,
    "norm 2": lambda a: L.norm(a, 2),
    "norm nuc": lambda a: L.norm(a, "nuc"),
    "norm inf": lambda a: L.norm(a, inf),
    "matrix_norm": lambda a: L.matrix_norm(a, ord=2),
    "vector_norm": L.vector_norm,
    "qr": L.qr,
    "qr r": lambda a: L.qr(a, "r"),
    "qr complete": lambda a: L.qr(a, "complete"),
    "tensorinv": lambda a: L.tensorinv(np.reshape(a, (2, 2)), 1),
    "tensorsolve": lambda a: L.tensorsolve(a, b),
    "multi_dot": lambda a: L.multi_dot([a, a, a]),
    "cross": lambda a: L.cross(a, a),
    "diagonal": L.diagonal,
    "trace": L.trace,
    "matmul": lambda a: L.matmul(a, a),
    "outer": lambda a: L.outer(a, a),
    "tensordot": lambda a: L.tensordot(a, a),
    "vecdot": lambda a: L.vecdot(a, a),
    "matrix_transpose": L.matrix_transpose,
    "polyfit": lambda a: np.polyfit(np.ravel(a)[:2], [1.0, 2.0], 1),
    "roots": lambda a: np.roots(np.ravel(a)),
    "inv, ignoring": lambda a: ignored(L.inv, a),
    "raising": lambda a: raising(L.inv, a),
}


EXPRESSIONS = """
a([1e308,1])*10
a([1.,0])/0
a([1e308]*4).sum()
np.float64(1)/0
big*10
np.float64(0)/0
big**2
np.float64(0)**-1
np.float64(1)//0
np.float64(1)%0
np.float32(1e38)*np.float32(10)
a([1.])//0
a([1.])%0
a([0.])**-1
np.log([0.,-1])
np.float16(70000)
a([1])//0
a([1])%0
np.divmod(a([1.]),0)
a([1e308,1e308]) @ a([10.,10])
np.mean([])
a([1e300,1]).var()
a([np.nan,1]).max()
a([np.inf])-np.inf
np.cumsum([1e308]*3)
np.tan(np.inf)
np.hypot(1e308,1e308)
np.logaddexp(-np.inf,-np.inf)
np.float64(1e308)+np.float64(1e308)
np.exp(1000)
np.sqrt(-1)
1/np.float64(0)
np.float64(-8)**(1/3)
np.exp(np.float32(100))
a([np.inf,1])/a([np.inf,0])
a([[1e308,1e308],[1,2]]).sum(0)
a([[1e308,1e308],[1,2]]).sum(1)
np.log(np.float64(0))
2.0/np.float32(0)
np.float64(1)/np.float32(0)
np.float64(1)/np.array([0.])
np.exp(a([1000.,1,2]))
1/a([1,0])
a([np.inf,-np.inf]).sum()
np.add.reduce(a([[1e308,1e308]]),axis=0)*2
np.square(a([1e200]))
a([1e200])**2
a([1e200])**3
np.prod([1e200,1e200])
np.float64(np.inf)*2
np.float64(np.nan)+1
np.float64(5)/True
np.divide(x := a([1.0, 2, 0]), 0, out=x)
np.multiply(x := a([inf, 2, 0]), 2, out=x)
raising(lambda: 1 / np.zeros(2))
raising(lambda: np.float64(1) / 0)
raising(lambda: np.log(0.0))
raising(lambda: np.ones(2) * 2)
ignored(lambda: a([1.0, 0]) / 0)
ignored(lambda: np.float64(0) / 0)
"""


def ignored(function, *values):
    with np.errstate(all="ignore"):
        return function(*values)


def raising(function, *values):
    with np.errstate(all="raise"):
        return function(*values)


def shown(value):
    """Return the shape of a value, and which of its numbers are none."""
    if isinstance(value, tuple):
        return [shown(one) for one in value]
    array = np.asarray(value)
    if array.dtype.kind not in "fciub":
        return [str(array.dtype), array.tolist()]
    return [array.dtype.kind, list(array.shape), [bool(x) for x in np.isfinite(array).ravel()]]


def outcome(function):
    """Return a result or an error, and the warnings that came with it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = shown(function())
        except Exception as error:
            result = [type(error).__name__, str(error)]
    return [*result, sorted({str(one.message) for one in caught})]


def linear_algebra():
    pairs = itertools.product(FUNCTIONS.items(), MATRICES.items())
    print(json.dumps({f"{name} of {kind}": outcome(partial(f, matrix)) for (name, f), (kind, matrix) in pairs}))


def warnings_given():
    names = {"np": np, "a": np.array, "big": np.float64(1e308), "inf": inf, "raising": raising, "ignored": ignored}
    lines = EXPRESSIONS.strip().splitlines()
    print(json.dumps({line: outcome(partial(eval, line, dict(names))) for line in lines}))
