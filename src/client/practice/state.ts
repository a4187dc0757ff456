// The reader's state is nothing but their log, replayed: tabs and imports merge by uniting logs.

import type { Attempt, Entry, Guess } from "../exercise/log.ts"
import { LEVEL_ERROR, NEWCOMER, rate } from "./elo.ts"
import type { Rating } from "./elo.ts"
import { remember, type Card } from "./spaced-repetition.ts"

/** Answers to one exercise within this time are one sitting: only its first answer counts. */
export const SITTING = 12 * 60 * 60 * 1000

export interface Practised {
  rating: Rating
  card: Card
  /** The last answer of the last sitting, and how its first answer scored. */
  last: Attempt
  score: number
  sittings: number
}

/** The rating after an answer or a placement. */
export interface RatingRecord {
  at: number
  value: number
  error: number
  /** The exercise whose answer moved the rating; absent for a placement. */
  item?: string
}

export interface State {
  reader: Rating
  items: Map<string, Practised>
  /** The rating over time, the newest last. */
  history: RatingRecord[]
  guesses: Map<string, Guess>
  placed: boolean
}

/** 1 for right at the first answer, 0.5 when hints were open, 0 for wrong. */
export function score(attempt: Pick<Attempt, "right" | "hints">): number {
  return attempt.right ? (attempt.hints > 0 ? 0.5 : 1) : 0
}

/** Everything the practice knows of a reader. The order in which entries were written or merged does not matter. */
export function replay(entries: Iterable<Entry>): State {
  const state: State = { reader: NEWCOMER, items: new Map(), history: [], guesses: new Map(), placed: false }
  for (const entry of inOrder(entries)) apply(state, entry)
  return state
}

function inOrder(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

function apply(state: State, entry: Entry): void {
  switch (entry.type) {
    case "attempt":
      return attempt(state, entry)
    case "placement":
      state.reader = { value: entry.rating, error: entry.error }
      state.placed = true
      state.history.push({ at: entry.at, ...state.reader })
      return
    case "guess":
      state.guesses.set(entry.cell, entry)
      return
    default:
      entry satisfies never
  }
}

function attempt(state: State, entry: Attempt): void {
  const before = state.items.get(entry.item)
  if (before && entry.at - before.last.at < SITTING) {
    before.last = entry
    return
  }
  const scored = score(entry)
  const rating = before?.rating ?? { value: entry.level, error: LEVEL_ERROR }
  const after = rate(state.reader, rating, scored, entry.guess)
  state.reader = after.reader
  state.items.set(entry.item, {
    rating: after.item,
    card: remember(before?.card, entry.at, scored),
    last: entry,
    score: scored,
    sittings: (before?.sittings ?? 0) + 1,
  })
  state.history.push({ at: entry.at, ...after.reader, item: entry.item })
}
