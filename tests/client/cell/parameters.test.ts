import assert from "node:assert/strict"
import { test } from "node:test"

import { findParameter, literalFor, withParameter } from "../../../src/client/cell/parameters.ts"

test("a constant is found at the margin, with its literal", () => {
  const code = "import numpy as np\neta = 0.19  # learning rate\nif True:\n    eta = 1\nn = 20_000\nb: float = -1e-3\nc = n / 2\n"
  assert.equal(findParameter(code, "eta")?.literal, "0.19")
  assert.equal(findParameter(code, "n")?.literal, "20_000")
  assert.equal(findParameter(code, "b")?.literal, "-1e-3")
  assert.equal(findParameter(code, "c"), undefined)
  assert.equal(withParameter(code, "eta", "0.2").split("\n")[1], "eta = 0.2  # learning rate")
})

test("a slider writes as many decimals as its step, and a float stays a float", () => {
  assert.equal(literalFor(0.2, "0.01", "0.19"), "0.20")
  assert.equal(literalFor(7, "1", "10.0"), "7.0")
  assert.equal(literalFor(7, "1", "10"), "7")
  assert.equal(literalFor(0.001, "1e-3", "0.01"), "0.001")
})

test("a slider that comes back writes what was published", () => {
  assert.equal(literalFor(0.1, "0.05", "0.1"), "0.1")
  assert.equal(literalFor(2000, "100", "2_000"), "2_000")
  assert.equal(literalFor(0, "1", ""), "0")
})
