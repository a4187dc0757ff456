import assert from "node:assert/strict"
import { test } from "node:test"

import { distance, valueAt, type Point } from "../../../src/client/exercise/curve-field.ts"

const line: Point[] = [[0, 0], [1, 2], [3, 2]]

test("a curve is straight between its points and flat beyond", () => {
  assert.equal(valueAt(line, 0.5), 1)
  assert.equal(valueAt(line, 2), 2)
  assert.equal(valueAt(line, -1), 0)
  assert.equal(valueAt(line, 9), 2)
})
test("the distance of curves is a share of the axes' height", () => {
  assert.equal(distance(line, line, [0, 4]), 0)
  assert.equal(distance([[0, 1], [3, 1]], [[0, 3], [3, 3]], [0, 4]), 0.5)
  assert.equal(distance([[0, 0], [3, 0]], [[0, 99], [3, 99]], [0, 4]), 1)
})
