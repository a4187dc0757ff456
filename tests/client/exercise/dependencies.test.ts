import assert from "node:assert/strict"
import { test } from "node:test"

import type { CodeNames } from "../../../src/client/engine/engine.ts"
import { dependencies } from "../../../src/client/exercise/dependencies.ts"

const names = (makes: string[], takes: string[] = [], imports: Record<string, string> = {}): CodeNames => ({ makes, takes, imports })
const NP = { np: "import numpy as np" }
const DATA = "from kit.data import points, labels as y"

/** What Python says of an article's cells. */
const article: readonly CodeNames[] = [
  names([], [], { ...NP, points: DATA, y: DATA }),
  names(["curvature", "eta"], [], NP),
  names(["loss"], ["curvature"]),
  names(["X", "w", "step"], ["np", "range"]),
]
const needed = (own: CodeNames): (number | string)[] => {
  const { cells, imports } = dependencies([0, 1, 2, 3], article, own)
  return [...cells, ...(imports ? [imports] : [])]
}

test("nothing is needed by code that stands alone", () => assert.deepEqual(needed(names(["f"])), []))
test("cells are needed for the names they make, and what those take", () => {
  assert.deepEqual(needed(names([], ["loss"])), [1, 2])
  assert.deepEqual(needed(names([], ["X", "step"])), [3, "import numpy as np"])
  assert.deepEqual(needed(names([], ["eta"])), [1])
})
test("of a name that several cells make, the last is needed, and the one before it only where that takes it", () => {
  const { cells } = dependencies(["first", "second"], [names(["w"]), names(["w"])], names([], ["w"]))
  assert.deepEqual(cells, ["second"])
  const both = dependencies(["first", "second"], [names(["w"]), names(["w"], ["w"])], names([], ["w"]))
  assert.deepEqual(both.cells, ["first", "second"])
})
test("for an import no cell runs", () => {
  assert.deepEqual(needed(names([], ["np", "y"])), [`import numpy as np\n${DATA}`])
})
test("an import of everything comes along, as nobody can say what it brings", () => {
  const { imports } = dependencies(["all"], [names([], [], { "*": "from math import *" })], names([], ["pi"]))
  assert.equal(imports, "from math import *")
})
test("where Python could not say, nothing is needed", () => assert.deepEqual(dependencies(["a"], [], names([], ["w"])).cells, []))
