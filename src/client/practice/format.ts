// What the practice says: reasons, dates and ratings in the reader's language.

import type { Article } from "./catalogue.ts"
import type { Rating } from "./elo.ts"
import type { Selection } from "./selection.ts"
import type { PracticeKey, Texts } from "./texts.ts"

const DAY = 24 * 60 * 60 * 1000

/** Why this exercise and no other. */
export function reason(selection: Selection, now: number, texts: Texts): string {
  const titles = (articles: readonly Article[]): string => articles.map(({ title }) => plainTitle(title)).join(texts("practice.and"))
  switch (selection.why) {
    case "due": {
      const n = Math.max(1, Math.round((now - selection.lastAnswered) / DAY))
      return texts("practice.why-due", { n, recall: percent(selection.recall) })
    }
    case "level": {
      const why = texts("practice.why-level", { success: percent(selection.success) })
      return selection.known.length ? `${why} ${texts("practice.why-known", { titles: titles(selection.known) })}` : why
    }
    case "reach":
      return texts("practice.why-reach", { success: percent(selection.success), titles: titles(selection.missing) })
    case "ahead":
      return texts("practice.why-ahead", { date: day(selection.at, now, texts) })
    default:
      return selection satisfies never
  }
}

/** A title without its label, as in 【議論】. */
export const plainTitle = (title: string): string => title.replace(/^【.*?】/, "")

/** When something is due: today, tomorrow, or a date. */
export function day(at: number, now: number, texts: Texts): string {
  if (at <= now) return texts("practice.today")
  const days = Math.round((midnight(at) - midnight(now)) / DAY)
  if (days === 0) return texts("practice.today")
  return days === 1 ? texts("practice.tomorrow") : date(at)
}

export function date(at: number): string {
  return new Intl.DateTimeFormat(document.documentElement.lang, { month: "short", day: "numeric" }).format(at)
}

export function rated({ value, error }: Rating): string {
  return `${Math.round(value)} ± ${Math.round(error)}`
}

export const percent = (share: number): number => Math.round(100 * share)

/** The text of a route, a statement or a refusal, whose name the code knows only at run time. */
export function named(texts: Texts, group: string, name: string): string {
  return texts(`${group}-${name}` as PracticeKey)
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
