import assert from "node:assert/strict"
import { test } from "node:test"

import { hunks } from "../../../src/client/ui/diff-view.ts"

test("the difference of two texts is their shortest edit, with two lines around it", () => {
  assert.deepEqual(hunks("a\nb\nc\nd", "a\nc\nx\nd"), [[" a", "-b", " c", "+x", " d"]])
  assert.deepEqual(hunks("a", "b"), [["-a", "+b"]])
  assert.deepEqual(hunks("a", "a\nb"), [[" a", "+b"]])
  const long = Array.from({ length: 3000 }, (_, index) => `line ${index}`)
  const changed = long.with(1500, "changed").with(2000, "changed too")
  assert.deepEqual(hunks(long.join("\n"), changed.join("\n")).map((lines) => lines.length), [6, 6])
})

test("texts that share nothing are replaced whole, soon", () => {
  const text = (side: string): string => Array.from({ length: 20_000 }, (_, index) => `${side} ${index}`).join("\n")
  const began = performance.now()
  const [lines = []] = hunks(text("left"), text("right"))
  assert.ok(performance.now() - began < 1_000)
  assert.deepEqual([lines.length, lines[0], lines.at(-1)], [40_000, "-left 0", "+right 19999"])
})
