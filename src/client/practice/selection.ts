// Which exercise comes next, and why.

import type { Article, Catalogue, Item } from "./catalogue.ts"
import { expected } from "./elo.ts"
import { knowsArticle } from "./mastery.ts"
import { luck } from "./placement.ts"
import { recall } from "./spaced-repetition.ts"
import type { State } from "./state.ts"

/** The success that practice aims at: hard enough to tell and to teach, easy enough to go on. */
export const TARGET = 0.7

export interface Due {
  item: Item
  /** When it fell or falls due, in milliseconds since 1970. */
  at: number
  /** The chance that the reader still knows it now. */
  recall: number
  lastAnswered: number
}

export type Selection =
  | { why: "due"; item: Item; recall: number; lastAnswered: number }
  | { why: "level"; item: Item; success: number; known: Article[] }
  /** Nothing fits whose prerequisites are mastered: the most accessible of the rest, with what it lacks. */
  | { why: "reach"; item: Item; success: number; missing: Article[] }
  /** Everything has been answered and nothing is due. */
  | { why: "ahead"; item: Item; at: number }

/** The exercises due now, the most forgotten first. */
export function dueNow(catalogue: Catalogue, state: State, now: number): Due[] {
  return scheduled(catalogue, state, now)
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.recall - b.recall)
}

/** All answered exercises by the time they fall due, the next first. */
export function scheduled(catalogue: Catalogue, state: State, now: number): Due[] {
  return catalogue.items
    .flatMap((item) => {
      const practised = state.items.get(item.id)
      if (!practised) return []
      const { card, last } = practised
      return [{ item, at: card.due.getTime(), recall: recall(card, now), lastAnswered: last.at }]
    })
    .sort((a, b) => a.at - b.at)
}

/** The chance that the reader solves the exercise, by both ratings. */
export function success(item: Item, state: State): number {
  const rating = state.items.get(item.id)?.rating.value ?? item.level
  return expected(state.reader.value, rating, luck(item))
}

/** The next exercise, with the reason; `passed` are those the reader put aside for now. */
export function selectExercise(
  catalogue: Catalogue,
  state: State,
  now: number,
  passed: ReadonlySet<string> = new Set(),
): Selection | undefined {
  const open = (item: Item): boolean => !passed.has(item.id)
  const due = dueNow(catalogue, state, now).find(({ item }) => open(item))
  if (due) return { why: "due", item: due.item, recall: due.recall, lastAnswered: due.lastAnswered }

  const fresh = catalogue.items.filter((item) => open(item) && !state.items.has(item.id))
  const missing = new Map(catalogue.articles.map((article) => [article.slug, lacking(article, catalogue, state, now)]))
  const ready = fresh.filter((item) => missing.get(item.article)?.length === 0)
  const chance = (item: Item): number => success(item, state)
  const fitting = nearestTarget(ready, chance)
  if (fitting) {
    const known = prerequisites(fitting.article, catalogue)
    return { why: "level", item: fitting, success: success(fitting, state), known }
  }
  const fewest = Math.min(...fresh.map((item) => missing.get(item.article)?.length ?? 0))
  const reachable = fresh.filter((item) => (missing.get(item.article)?.length ?? 0) === fewest)
  const reach = nearestTarget(reachable, chance)
  if (reach) {
    return { why: "reach", item: reach, success: success(reach, state), missing: missing.get(reach.article) ?? [] }
  }
  const next = scheduled(catalogue, state, now).find(({ item }) => open(item))
  return next && { why: "ahead", item: next.item, at: next.at }
}

/** The exercise whose chance of success is nearest the target; the first of equals. */
export function nearestTarget<T>(items: readonly T[], chance: (item: T) => number): T | undefined {
  let best: T | undefined
  let least = Infinity
  for (const item of items) {
    const distance = Math.abs(chance(item) - TARGET)
    if (distance < least) [best, least] = [item, distance]
  }
  return best
}

function prerequisites(slug: string, catalogue: Catalogue): Article[] {
  const wanted = catalogue.articles.find((article) => article.slug === slug)?.prereq ?? []
  return catalogue.articles.filter((article) => wanted.includes(article.slug))
}

function lacking(article: Article, catalogue: Catalogue, state: State, now: number): Article[] {
  return prerequisites(article.slug, catalogue).filter((known) => !knowsArticle(known, catalogue, state, now))
}
