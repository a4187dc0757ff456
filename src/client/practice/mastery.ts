// What a reader masters: an exercise by memory, an article by its exercises or by a rating far above its level.

import type { Article, Catalogue, Item } from "./catalogue.ts"
import { expected } from "./elo.ts"
import { recall } from "./spaced-repetition.ts"
import type { State } from "./state.ts"

/** An exercise is mastered while a right answer is remembered with at least this chance. */
const REMEMBERED = 0.7
/** An article is mastered from this share of its exercises on. */
const SHARE = 2 / 3
/** Unanswered exercises count as mastered when success is this certain. */
const CERTAIN = 0.85

export type Mastery = "unknown" | "started" | "mastered" | "fading"

/** Whether the reader can be taken to know the exercise now. */
export function knows(item: Item, state: State, now: number): boolean {
  const practised = state.items.get(item.id)
  if (!practised) return state.placed && expected(state.reader.value, item.level) >= CERTAIN
  return practised.score > 0 && recall(practised.card, now) >= REMEMBERED
}

/** Whether the reader can be taken to know the article: what builds on it may be offered. An article without
 * exercises asks for nothing. */
export function knowsArticle(article: Article, catalogue: Catalogue, state: State, now: number): boolean {
  const items = itemsOf(article, catalogue)
  return items.filter((item) => knows(item, state, now)).length >= SHARE * items.length
}

/** The colour of an article on the road map. */
export function mastery(article: Article, catalogue: Catalogue, state: State, now: number): Mastery {
  const items = itemsOf(article, catalogue)
  const answered = items.flatMap((item) => state.items.get(item.id) ?? [])
  const everRight = answered.filter((practised) => practised.score > 0)
  if (items.length > 0 && knowsArticle(article, catalogue, state, now)) return "mastered"
  if (items.length > 0 && everRight.length >= SHARE * items.length) return "fading"
  return answered.length > 0 ? "started" : "unknown"
}

function itemsOf(article: Article, catalogue: Catalogue): Item[] {
  return catalogue.items.filter((item) => item.article === article.slug)
}
