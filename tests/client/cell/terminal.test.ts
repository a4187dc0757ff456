import assert from "node:assert/strict"
import { test } from "node:test"

import { Terminal } from "../../../src/client/cell/terminal.ts"
import cases from "../../data/terminal.json" with { type: "json" }

const shown = (...chunks: string[]) => {
  const terminal = new Terminal()
  for (const chunk of chunks) terminal.write(chunk)
  return terminal.lines(0, terminal.size)
}

for (const { name, text, lines } of cases) {
  test(`a terminal: ${name}`, () => {
    assert.deepEqual(shown(text), lines)
    assert.deepEqual(shown(...text.split("")), lines, "in single pieces")
    const middle = Math.floor(text.length / 2)
    assert.deepEqual(shown(text.slice(0, middle), text.slice(middle)), lines, "in halves")
  })
}

test("a terminal tells the first line that changed", () => {
  const terminal = new Terminal()
  terminal.write("a\nb\nc")
  assert.equal(terminal.write("d"), 2)
  assert.equal(terminal.write("\rx"), 2)
  assert.equal(terminal.write("\n"), 2, "it ends in a newline now")
  assert.equal(terminal.write("y"), 3)
  assert.equal(terminal.write("\x1b[3A\rX"), 0)
  assert.equal(terminal.write("\x1b[31m"), 4, "nothing")
})
