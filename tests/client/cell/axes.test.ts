import assert from "node:assert/strict"
import { test } from "node:test"

import { readAxes, toData, toDrawing, type Axes } from "../../../src/client/cell/axes.ts"

test("data and drawing lead to each other, on linear and logarithmic axes", () => {
  const [axes] = readAxes("50 10 400 200 linear -1 3 log 0.01 100") as [Axes]
  assert.deepEqual(toDrawing(axes, { x: 0, y: 1 }), { x: 150, y: 110 })
  const back = toData(axes, { x: 150, y: 110 })
  assert.ok(Math.abs(back.x) < 1e-9 && Math.abs(back.y - 1) < 1e-9)
})

test("axes that run the other way are read as they are", () => {
  const [axes] = readAxes("0 0 100 100 linear 0 8 linear 8 0") as [Axes]
  assert.deepEqual(toDrawing(axes, { x: 2, y: 2 }), { x: 25, y: 25 })
})

test("of several pairs each is read, and nothing of what is none", () => {
  assert.equal(readAxes("0 0 1 1 linear 0 1 linear 0 1;0 0 1 1 linear 0 1 log 1 2").length, 2)
  assert.deepEqual(readAxes(""), [])
})
