// When to see an exercise again: FSRS, the scheduler of ts-fsrs, on whole days.

import { createEmptyCard, fsrs, Rating as Grade, type Card } from "ts-fsrs"

export type { Card }

// Exercises are worked on paper, so nothing comes back within minutes; no fuzz, so that every tab computes the same.
const scheduler = fsrs({ request_retention: 0.9, enable_fuzz: false, enable_short_term: false })

/** An exercise's card after an answer: wrong → again, right with hints → hard, right → good. */
export function remember(card: Card | undefined, at: number, score: number): Card {
  const grade = score === 0 ? Grade.Again : score < 1 ? Grade.Hard : Grade.Good
  return scheduler.next(card ?? createEmptyCard(new Date(at)), new Date(at), grade).card
}

/** The chance that the reader still knows it. */
export function recall(card: Card, now: number): number {
  return scheduler.get_retrievability(card, new Date(now), false)
}
