import assert from "node:assert/strict"
import { test } from "node:test"

import { neededCells } from "../../src/client/needs.ts"

const cells = [
  "import numpy as np\nfrom kit.data import points, labels as y",
  "curvature = 10.0\neta: float = 0.19",
  "def loss(w):\n    scale = 3\n    return curvature * w**2 / 2",
  "X, w = np.ones((3, 2)), 0\nfor step in range(3):\n    w += step",
].map((code, id) => ({ id, code }))
const needed = (code: string): number[] => neededCells(cells, code).map(({ id }) => id)

test("nothing is needed by code that stands alone", () => assert.deepEqual(needed("def f(x):\n    return x + 1"), []))
test("cells are needed for the names they make, and what those use", () => {
  assert.deepEqual(needed("assert loss(1) > 0"), [1, 2])
  assert.deepEqual(needed("print(X.shape, step)"), [0, 3])
  assert.deepEqual(needed("np.mean(y)"), [0])
  assert.deepEqual(needed("eta * 2"), [1])
})
test("attributes, comments and local names call for nothing", () => {
  assert.deepEqual(needed("thing.loss = 1  # curvature"), [])
  assert.deepEqual(needed("scale"), [])
})
