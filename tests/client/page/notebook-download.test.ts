import assert from "node:assert/strict"
import { test } from "node:test"

import { withEdits } from "../../../src/client/page/notebook-download.ts"

test("a notebook takes the reader's edits and drops what the old code put out", () => {
  const code = (...source: string[]) => ({ cell_type: "code", source, outputs: ["old"] })
  const notebook = { cells: [code("a = 1"), code("b = 1\n", "c = 2"), { cell_type: "markdown", source: "b = 1" }] }
  const made = withEdits(notebook, [
    { code: "a = 1", published: "a = 1", buildsOnEdits: false },
    { code: "b = 2\nprint(b)", published: "b = 1\nc = 2", buildsOnEdits: false },
  ])
  assert.deepEqual(made.cells[0], notebook.cells[0])
  assert.deepEqual(made.cells[1]?.source, ["b = 2\n", "print(b)"])
  assert.deepEqual(made.cells[1]?.outputs, [])
  assert.equal(made.cells[2]?.source, "b = 1")
})

test("what builds on an edited cell is not published output any more", () => {
  const made = withEdits({ cells: [{ cell_type: "code", source: "print(a)", outputs: ["old"], execution_count: 2 }] }, [
    { code: "a = 2", published: "a = 1", buildsOnEdits: false },
    { code: "print(a)", published: "print(a)", buildsOnEdits: true },
  ])
  assert.deepEqual(made.cells, [{ cell_type: "code", source: ["print(a)"], outputs: [], execution_count: null }])
})
