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
