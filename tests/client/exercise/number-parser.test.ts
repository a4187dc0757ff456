import assert from "node:assert/strict"
import { test } from "node:test"

import { parseNumber } from "../../../src/client/exercise/number-parser.ts"

const CASES: [string, number][] = [
  ["0.2", 0.2],
  ["1/5", 0.2],
  ["2e-1", 0.2],
  ["２e-1", 0.2],
  ["０．２", 0.2],
  ["１／５", 0.2],
  [".2", 0.2],
  ["−3", -3],
  ["ー3", -3],
  ["－３．５", -3.5],
  ["–1/2", -0.5],
  ["20%", 0.2],
  ["２０％", 0.2],
  ["√2", Math.SQRT2],
  ["1/√2", Math.SQRT1_2],
  ["sqrt(2)/2", Math.SQRT1_2],
  ["2√3", 2 * Math.sqrt(3)],
  ["π/4", Math.PI / 4],
  ["2pi", 2 * Math.PI],
  ["3×10⁻⁴", 3e-4],
  ["3 * 10^-4", 3e-4],
  ["2**10", 1024],
  ["½", 0.5],
  ["1½", 1.5],
  ["1,000", 1000],
  ["１，２３４，５６７", 1234567],
  ["0,25", 0.25],
  ["ln2", Math.LN2],
  ["log2(8)", 3],
  ["-2^2", -4],
  ["e^-1", Math.exp(-1)],
  ["≈ 0.37", 0.37],
  ["約0.37", 0.37],
  ["(1+2)/4", 0.75],
  ["1 - 1/3", 2 / 3],
]

for (const [written, value] of CASES) {
  test(`${written} is ${value}`, () => {
    const read = parseNumber(written)
    assert.ok(read !== undefined && Math.abs(read - value) < 1e-12, String(read))
  })
}

for (const written of ["", "abc", "1/0", "2..3", "1 2 +", "(1", "√", "η", "--", "1/"]) {
  test(`"${written}" is no number`, () => assert.equal(parseNumber(written), undefined))
}

test("the unit may be written behind the number", () => {
  assert.equal(parseNumber("0.2 η", "η"), 0.2)
  assert.equal(parseNumber("20%", "%"), 20)
  assert.equal(parseNumber("20", "%"), 20)
  assert.equal(parseNumber("８.５ ビット", "ビット"), 8.5)
})
