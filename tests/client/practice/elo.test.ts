// The page that explains the practice computes the same in Python: both are held to the numbers of tests/data/elo.json.

import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

import { expected, information, kFactor, rate } from "../../../src/client/practice/elo.ts"
import { estimate, mostTelling } from "../../../src/client/practice/placement.ts"
import { nearestTarget } from "../../../src/client/practice/selection.ts"

interface Vectors {
  expected: { reader: number; item: number; guess: number; chance: number }[]
  rate: { value: number; error: number; item: number; score: number; guess: number; after: { value: number; error: number } }[]
  placement: { level: number; guess: number; right: boolean; after: { value: number; error: number } }[]
  choice: { rating: number; telling: number; fitting: number }[]
}

const vectors = JSON.parse(readFileSync(new URL("../../data/elo.json", import.meta.url), "utf8")) as Vectors
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`)

test("expected scores", () => {
  for (const { reader, item, guess, chance } of vectors.expected) near(expected(reader, item, guess), chance)
  near(expected(1400, 1200), 0.759746926647958) // Elo's own example: 200 points are about 0.76
})

test("ratings after an answer", () => {
  for (const { value, error, item, score, guess, after } of vectors.rate) {
    const { reader } = rate({ value, error }, { value: item, error: 75 }, score, guess)
    near(reader.value, after.value)
    near(reader.error, after.error)
  }
})

test("placement after each answer", () => {
  vectors.placement.forEach(({ after }, index) => {
    const { value, error } = estimate(vectors.placement.slice(0, index + 1))
    near(value, after.value)
    near(error, after.error)
  })
})

test("which exercise is chosen", () => {
  const bank = Array.from({ length: 30 }, (_, id) => ({ id, level: 400 + 60 * id, ...(id % 3 === 0 && { choices: 3 }) }))
  const luck = (item: { choices?: number }): number => (item.choices ? 1 / item.choices : 0)
  for (const { rating, telling, fitting } of vectors.choice) {
    assert.equal(mostTelling(bank, rating)?.id, telling)
    assert.equal(nearestTarget(bank, (item) => expected(rating, item.level, luck(item)))?.id, fitting)
  }
})

test("information is the squared slope over the variance of the answer", () => {
  const step = 1e-4
  for (const [reader, item, guess] of [[1200, 1000, 0], [900, 1300, 1 / 3], [1500, 1500, 0.25]] as const) {
    const p = expected(reader, item, guess)
    const slope = (expected(reader + step, item, guess) - expected(reader - step, item, guess)) / (2 * step)
    assert.ok(Math.abs(information(reader, item, guess) / (slope ** 2 / (p * (1 - p))) - 1) < 1e-6)
  }
})

test("K falls from a newcomer's 360 to FIDE's 20, and never below", () => {
  assert.equal(Math.round(kFactor(250)), 360)
  let reader = { value: 1200, error: 250 }
  for (let answers = 0; answers < 100; answers++) reader = rate(reader, { value: reader.value, error: 75 }, answers % 2).reader
  near(kFactor(reader.error), 20)
})
