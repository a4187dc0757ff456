// Placement: at most eight exercises, each chosen where it tells most, read as a distribution over ratings.
//
// The grid of ratings carries the posterior; its mean is the estimate and its standard deviation the standard error
// (expected a posteriori: R. D. Bock and R. J. Mislevy, "Adaptive EAP estimation of ability in a microcomputer
// environment", Applied Psychological Measurement 6 (1982) 431–444, doi 10.1177/014662168200600405).

import type { Item } from "./catalogue.ts"
import { expected, information, NEWCOMER } from "./elo.ts"
import type { Rating } from "./elo.ts"

export const MOST_ITEMS = 8

/** An exercise that tells less than this would not move the standard error by a point: about 95 % or 5 % expected. */
const LEAST_TOLD = information(0, 525)

/** What readers may say of themselves first. Their own judgement is taken as ±300 points off, so it shifts little. */
export const STATEMENTS = ["school", "user", "trainer", "theorist"] as const
export type Statement = (typeof STATEMENTS)[number]
const SAID: Record<Statement, number> = { school: 1000, user: 1150, trainer: 1250, theorist: 1400 }
const SAID_ERROR = 200

const GRID = Array.from({ length: 129 }, (_, index) => -200 + 25 * index) // −200 … 3000

export interface Answer {
  level: number
  guess: number
  right: boolean
}

/** The belief before any answer, given what the reader said. */
export function prior(said?: Statement): Rating {
  return said === undefined ? NEWCOMER : { value: SAID[said], error: SAID_ERROR }
}

/** Rating and standard error after some answers. */
export function estimate(answers: readonly Answer[], start: Rating = NEWCOMER): Rating {
  const weights = GRID.map((rating) =>
    answers.reduce(
      (weight, { level, guess, right }) => {
        const p = expected(rating, level, guess)
        return weight * (right ? p : 1 - p)
      },
      Math.exp(-0.5 * ((rating - start.value) / start.error) ** 2),
    ),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const moment = (of: (rating: number) => number): number =>
    GRID.reduce((sum, rating, index) => sum + of(rating) * (weights[index] ?? 0), 0) / total
  const value = moment((rating) => rating)
  return { value, error: Math.sqrt(moment((rating) => (rating - value) ** 2)) }
}

/** The chance of a right answer by luck: one in the number of choices. */
export function luck(item: Pick<Item, "choices">): number {
  return item.choices ? 1 / item.choices : 0
}

/** The exercise that tells most about a reader of this rating, the first of equals; none when all would tell nothing. */
export function mostTelling<T extends Pick<Item, "level" | "choices">>(items: readonly T[], rating: number): T | undefined {
  let best: T | undefined
  let most = LEAST_TOLD
  for (const item of items) {
    const told = information(rating, item.level, luck(item))
    if (told > most) [best, most] = [item, told]
  }
  return best
}
