import assert from "node:assert/strict"
import { test } from "node:test"

import { matches, slip, type Slip } from "../../../src/client/exercise/number-feedback.ts"

const SLIPS: [number, number, Slip][] = [
  [-0.2, 0.2, "sign"],
  [5, 0.2, "reciprocal"],
  [0.4, 0.2, "double"],
  [0.1, 0.2, "half"],
  [20, 0.2, "percent"],
  [0.002, 0.2, "percent"],
  [2, 0.2, "power"],
  [200, 0.2, "power"],
  [9, 3, "square"],
  [Math.sqrt(3), 3, "root"],
  [0.206, 0.2, "rounding"],
  [50, 0.3, "magnitude"],
  [0.35, 0.2, "large"],
  [0.13, 0.2, "small"],
  [1, 0, "large"],
]

for (const [value, answer, expected] of SLIPS) {
  test(`${value} for ${answer}: ${expected}`, () => assert.equal(slip(value, answer, 0.01), expected))
}

test("the tolerance is relative, and absolute at zero", () => {
  assert.ok(matches(0.2019, 0.2, 0.01))
  assert.ok(!matches(0.2021, 0.2, 0.01))
  assert.ok(matches(0.005, 0, 0.01))
  assert.ok(matches(-101, -100, 0.01))
})
