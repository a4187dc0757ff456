import assert from "node:assert/strict"
import { test } from "node:test"

import { needsOf } from "../../../src/client/exercise/dependencies.ts"

const cells = [
  "import numpy as np\nfrom kit.data import points, labels as y",
  "import numpy as np\n\ncurvature = 10.0\neta: float = 0.19",
  "def loss(w):\n    scale = 3\n    return curvature * w**2 / 2",
  "X, w = np.ones((3, 2)), 0\nfor step in range(3):\n    w += step",
].map((code, id) => ({ id, code }))
const needed = (code: string): (number | string)[] => {
  const { cells: ran, imports } = needsOf(cells, code)
  return [...ran.map(({ id }) => id), ...(imports ? [imports] : [])]
}

test("nothing is needed by code that stands alone", () => assert.deepEqual(needed("def f(x):\n    return x + 1"), []))
test("cells are needed for the names they make, and what those use", () => {
  assert.deepEqual(needed("assert loss(1) > 0"), [1, 2])
  assert.deepEqual(needed("print(X.shape, step)"), [3, "import numpy as np"])
  assert.deepEqual(needed("eta * 2"), [1])
})
test("for an import no cell runs", () => {
  assert.deepEqual(needed("np.mean(y)"), ["import numpy as np\nfrom kit.data import points, labels as y"])
  assert.deepEqual(needed("import numpy as np\nnp.mean([1])"), [])
})
test("attributes, comments and local names call for nothing", () => {
  assert.deepEqual(needed("thing.loss = 1  # curvature"), [])
  assert.deepEqual(needed("scale"), [])
  assert.deepEqual(needed('assert f(eta=1), "the loss and its curvature"'), [])
  assert.deepEqual(needed('print(f"{eta:.2f} is a loss")'), [1])
})
test("what code binds itself, it needs from nobody", () => {
  assert.deepEqual(needed("def f(w, eta=1):\n    step = w\n    return step + eta"), [])
  assert.deepEqual(needed("total = sum(w for w in range(3))\nassert all((lambda X: X)(1) for step in [1])"), [])
  assert.deepEqual(needed("import numpy as np\nassert np.isclose(eta, 0.19)"), [1])
})
