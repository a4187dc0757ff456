// Two drawings show the same where words, colours and shapes are equal and numbers as near as two machines compute them.
import assert from "node:assert/strict"
import { test } from "node:test"

import { sameDrawing } from "../../../src/client/cell/compare-drawing.ts"

const DRAWING = '<g id="a"><path d="M1.25 2L3 4" style="stroke: var(--kp-c0)"/><text x="5" y="6">step</text><use href="#m-ab12cd" x="7"/></g>'

const differs = (from: string | RegExp, to: string): boolean => !sameDrawing(DRAWING, DRAWING.replace(from, to))

test("the names of a drawing's own parts do not count, however a page refers to them", () => {
  assert.ok(sameDrawing(DRAWING, DRAWING.replace("#m-ab12cd", "#m-ffffff").replace('id="a"', 'id="b"')))
  assert.ok(sameDrawing(DRAWING.replace(" href=", " xlink:href="), DRAWING))
})

test("a number may differ by what rounding moves, and by no more", () => {
  assert.ok(sameDrawing(DRAWING, DRAWING.replace("1.25", "1.3")))
  assert.ok(differs("1.25", "1.8"))
})

test("words, colours and shapes count", () => {
  assert.ok(differs("step", "steps"))
  assert.ok(differs("--kp-c0", "--kp-c1"))
  assert.ok(differs("<use", "<path d='M0 0'/><use"))
})

test("a drawing that is not known is not compared", () => assert.ok(sameDrawing(undefined, DRAWING)))
