// Evidence that the practice adapts: 200 simulated readers, over several seeds.

import assert from "node:assert/strict"
import { test } from "node:test"

import { random, reader, type Order, type Outcome } from "./simulation.ts"

const READERS = 200
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

function outcomes(order: Order, said = true): Outcome[] {
  return SEEDS.flatMap((seed) => {
    const draw = random(1000 * seed)
    return Array.from({ length: READERS }, () => reader(order, draw, said))
  })
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const error = (of: readonly Outcome[]): number => mean(of.map((outcome) => outcome.error))
const within = (of: readonly Outcome[]): number => mean(of.map((outcome) => ((outcome.placement ?? Infinity) <= 150 ? 1 : 0)))

test("after 20 answers the rating's error is at least 30 % smaller than in random order", () => {
  const [unordered, chosen] = [error(outcomes("random")), error(outcomes("placed"))]
  assert.ok(chosen <= 0.7 * unordered)
})

test("placement lands within 150 points for at least 80 % of the readers", () => {
  const share = within(outcomes("placed"))
  assert.ok(share >= 0.8, String(share))
})
