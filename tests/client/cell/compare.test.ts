import assert from "node:assert/strict"
import { test } from "node:test"

import { compare, trimEnd, type ComparableOutput } from "../../../src/client/cell/compare.ts"

const shown = (text: string, more: Partial<ComparableOutput> = {}): ComparableOutput => ({ text, figures: [], rich: [], error: "", ...more })

test("text is compared to the character, but for the last newline", () => {
  assert.equal(compare(shown("a 1.0\n"), shown("a 1.0")), "same")
  assert.equal(compare(shown("a 1.0"), shown("a 1.00")), "different")
  assert.equal(compare(shown("a"), shown("a ")), "different")
  assert.equal(trimEnd("a\n\n"), "a\n")
})

test("figures are compared by number and size, errors by their last line", () => {
  const size = { width: 460.8, height: 259.2 }
  assert.equal(compare(shown("", { figures: [size] }), shown("", { figures: [{ ...size }] })), "same")
  assert.equal(compare(shown("", { figures: [size] }), shown("")), "different")
  assert.equal(compare(shown("", { figures: [size] }), shown("", { figures: [{ width: 460.8, height: 300 }] })), "different")
  assert.equal(compare(shown("", { error: "NameError: x" }), shown("")), "different")
})

test("a figure is another if a line, a word or a colour is, and the same if a machine has rounded otherwise", () => {
  const draw = (markup: string) => shown("", { figures: [{ width: 460.8, height: 259.2, markup }] })
  const line = '<g id="a-1"><path d="M 1.5 2 L 30 40.25" style="stroke: var(--kp-c0)" clip-path="url(#p-1)"/><text x="3" style="font-size: 11.5px">0.5</text></g>'
  const match = (from: string, to: string) => compare(draw(line), draw(line.replaceAll(from, to)))
  assert.equal(match("none of it", ""), "same")
  assert.equal(match("-1", "-2"), "same", "names of parts")
  assert.equal(match("40.25", "40.26"), "same", "rounding")
  assert.equal(match("40.25", "41.25"), "different", "a place")
  assert.equal(match("0.5", "0.6"), "different", "a word")
  assert.equal(match("--kp-c0", "--kp-c1"), "different", "a colour")
  assert.equal(match("11.5px", "30px"), "different", "a size of type")
  assert.equal(match(" L 30 40.25", ""), "different", "a point")
  assert.equal(compare(draw(line), shown("", { figures: [{ width: 460.8, height: 259.2 }] })), "same", "nothing to compare")
})
