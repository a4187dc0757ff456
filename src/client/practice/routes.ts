// The routes through the articles, and which of them fits a rating.

import type { Article, Catalogue } from "./catalogue.ts"
import { expected } from "./elo.ts"
import { knowsArticle } from "./mastery.ts"
import { TARGET } from "./selection.ts"
import type { State } from "./state.ts"

export interface Route {
  name: string
  /** Its first article that the reader does not master yet; absent when all are mastered. */
  next: Article | undefined
  /** How surely the reader would solve an exercise of that article's level. */
  success: number
}

/** All routes that have articles, the best fitting first: the one whose next step the reader would solve most nearly
 * as often as practice aims at. */
export function suggestRoutes(catalogue: Catalogue, state: State, now: number): Route[] {
  const routes = Object.entries(catalogue.routes).flatMap(([name, slugs]): Route[] => {
    const articles = slugs.flatMap((slug) => catalogue.articles.find((article) => article.slug === slug) ?? [])
    if (articles.length === 0) return []
    const next = articles.find((article) => !knowsArticle(article, catalogue, state, now))
    return [{ name, next, success: next ? expected(state.reader.value, next.level) : 1 }]
  })
  const fit = ({ next, success }: Route): number => (next ? Math.abs(success - TARGET) : 1)
  return routes.sort((a, b) => fit(a) - fit(b))
}
