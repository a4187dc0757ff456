// Simulated readers of known ability before the whole planned bank: what the practice's choices are worth.

import { expected, LEVEL_ERROR, NEWCOMER, rate } from "../../../src/client/practice/elo.ts"
import { nearestTarget } from "../../../src/client/practice/selection.ts"
import { estimate, luck, MOST_ITEMS, mostTelling, prior, STATEMENTS } from "../../../src/client/practice/placement.ts"
import type { Answer, Statement } from "../../../src/client/practice/placement.ts"
import type { Rating } from "../../../src/client/practice/elo.ts"

export type Order = "random" | "target" | "placed"

export interface Exercise {
  id: number
  level: number
  /** What it really asks of this reader: the author's level, off by LEVEL_ERROR or so. */
  difficulty: number
  choices?: number
}

export interface Outcome {
  /** |rating − ability| after all answers. */
  error: number
  /** |rating − ability| after the placement; absent for the other orders. */
  placement?: number
}

/** 42 articles from level 400 to 2200, three exercises each: a choice of three, a number, a code. */
export const ARTICLES = 42
export const ANSWERS = 20
const SPREAD = 250 // of the readers' abilities
const SAID_NOISE = 300 // of what readers say of themselves

/** Mulberry32: the same numbers everywhere for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function normal(draw: () => number, mean: number, spread: number): number {
  return mean + spread * Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
}

function bank(draw: () => number): Exercise[] {
  return Array.from({ length: 3 * ARTICLES }, (_, id) => {
    const article = 400 + (1800 * Math.floor(id / 3)) / (ARTICLES - 1)
    const level = article + 100 * ((id % 3) - 1)
    const difficulty = normal(draw, level, LEVEL_ERROR)
    return id % 3 === 0 ? { id, level, difficulty, choices: 3 } : { id, level, difficulty }
  })
}

/** One reader's twenty answers; abilities, exercises and luck come from `draw`. */
export function reader(order: Order, draw: () => number, said: boolean): Outcome {
  const ability = normal(draw, NEWCOMER.value, SPREAD)
  const statement = said ? says(normal(draw, ability, SAID_NOISE)) : undefined
  const left = bank(draw)
  const take = (exercise: Exercise): boolean => {
    left.splice(left.indexOf(exercise), 1)
    return draw() < expected(ability, exercise.difficulty, luck(exercise))
  }

  let rating: Rating = NEWCOMER
  const answers: Answer[] = []
  if (order === "placed") {
    const start = prior(statement)
    rating = start
    while (answers.length < MOST_ITEMS) {
      const exercise = mostTelling(left, rating.value)
      if (!exercise) break
      answers.push({ level: exercise.level, guess: luck(exercise), right: take(exercise) })
      rating = estimate(answers, start)
    }
  }
  const placement = Math.abs(rating.value - ability)
  for (let answered = answers.length; answered < ANSWERS; answered++) {
    const exercise = order === "random" ? anyOf(left, draw) : fitting(left, rating.value)
    if (!exercise) break
    const level = { value: exercise.level, error: LEVEL_ERROR }
    rating = rate(rating, level, take(exercise) ? 1 : 0, luck(exercise)).reader
  }
  const error = Math.abs(rating.value - ability)
  return order === "placed" ? { error, placement } : { error }
}

function anyOf<T>(left: readonly T[], draw: () => number): T | undefined {
  return left[Math.floor(draw() * left.length)]
}

function fitting(left: readonly Exercise[], rating: number): Exercise | undefined {
  return nearestTarget(left, (exercise) => expected(rating, exercise.level, luck(exercise)))
}

function says(felt: number): Statement {
  const step = Math.floor((felt - NEWCOMER.value) / SPREAD) + 2
  return STATEMENTS[Math.max(0, Math.min(3, step))] ?? "user"
}
