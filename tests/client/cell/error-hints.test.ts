import assert from "node:assert/strict"
import { test } from "node:test"

import { hintFor, type HintedCell } from "../../../src/client/cell/error-hints.ts"
import { textsOf } from "../../../src/client/ui/texts.ts"
import english from "../../../src/texts/hints.en.json" with { type: "json" }

const texts = textsOf(english)
const cell = (name: string, code: string, published = code): HintedCell => ({ name, code, published })

/** Stands for Python, which alone knows: what is assigned at the margin. */
const makes = (code: string, name: string): boolean => code.split("\n").some((line) => line.startsWith(`${name} = `))

function hint(type: string, message: string, code = "", others: HintedCell[] = [], line?: number): string | undefined {
  const here = cell("here", code)
  const error = { type, message, traceback: "", ...(line === undefined ? {} : { line }) }
  return hintFor(error, { cell: here, cells: [here, ...others], makes }, texts)
}

test("a missing name is found where it is made", () => {
  const message = "name 'w' is not defined"
  assert.match(hint("NameError", message, "print(w)", [cell("fit", "w = 3")]) ?? "", /cell “fit”/)
  assert.match(hint("NameError", message, "print(w)\nw = 3") ?? "", /change the order/)
  assert.match(hint("NameError", "name 'np' is not defined", "np.pi") ?? "", /import numpy as np/)
  assert.match(hint("NameError", message, "print(w)") ?? "", /spelling/)
  const edited = cell("edited", "print(w)", "w = 1\nprint(w)")
  const error = { type: "NameError", message, traceback: "" }
  assert.match(hintFor(error, { cell: edited, cells: [edited], makes }, texts) ?? "", /Reset/)
})

test("shapes are named", () => {
  assert.match(hint("ValueError", "operands could not be broadcast together with shapes (3,) (4,) ") ?? "", /\(3,\) and \(4,\)/)
  const product = "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 3 is different from 2)"
  assert.match(hint("ValueError", product) ?? "", /2 against 3/)
})

test("indentation, brackets and full-width characters", () => {
  assert.match(hint("IndentationError", "unexpected indent") ?? "", /four spaces/)
  assert.match(hint("IndentationError", "expected an indented block after 'for' statement on line 1") ?? "", /“:”/)
  assert.match(hint("SyntaxError", "'(' was never closed") ?? "", /bracket/)
  assert.match(hint("SyntaxError", "invalid character '（' (U+FF08)") ?? "", /“（”/)
  assert.match(hint("SyntaxError", "invalid non-printable character U+3000") ?? "", /full-width/)
})

test("what is too large is told as such, also where 32 bits cannot count it", () => {
  const wasm = "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size."
  for (const [type, message] of [["MemoryError", ""], ["_ArrayMemoryError", "Unable to allocate 1.2 GiB"], ["ValueError", wasm], ["ValueError", "Maximum allowed dimension exceeded"]]) {
    assert.match(hint(type as string, message as string) ?? "", /fewer entries/)
  }
})

test("an error that speaks for itself has no hint", () => {
  assert.equal(hint("RuntimeError", "whatever"), undefined)
})
