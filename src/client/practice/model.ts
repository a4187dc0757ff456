// What the practice is about and what it remembers: types only.

export type Kind = "number" | "choice" | "code"

/** One exercise of the site, as the build lists it in practice/items.json. */
export interface Item {
  id: string
  title: string
  kind: Kind
  /** The author's judgement of its difficulty, in Elo points. */
  level: number
  /** How many answers a choice offers; absent for the other kinds. */
  choices?: number
  /** The slug of the article that holds it. */
  article: string
}

/** One article, with the slugs of the articles that it builds on. */
export interface Article {
  slug: string
  title: string
  /** Relative to the language's root, as in "maths/start-here/". */
  url: string
  level: number
  prereq: string[]
}

/** Everything there is to practise in one language. */
export interface Catalogue {
  version: 1
  articles: Article[]
  items: Item[]
  /** Suggested orders of reading, by name. */
  routes: Record<string, string[]>
}

export type Via = "article" | "practice" | "placement"

/** One answer to one exercise. Never changed once written. */
export interface Attempt {
  type: "attempt"
  id: string
  /** Milliseconds since 1970. */
  at: number
  item: string
  right: boolean
  /** How many hints were open; an opened solution counts as a wrong answer of its own. */
  hints: number
  level: number
  /** The chance of being right without knowing anything. */
  guess: number
  via: Via
}

/** The end of a placement: where the reader stands, and how surely. */
export interface Placed {
  type: "placement"
  id: string
  at: number
  rating: number
  /** Standard error of the rating. */
  error: number
  answers: number
}

/** What a reader expected of a cell before seeing its output. */
export interface Guess {
  type: "guess"
  id: string
  at: number
  /** "script#cell" */
  cell: string
  /** A number, the position of a choice, or a drawn curve. */
  value: number | [number, number][]
}

export type Entry = Attempt | Placed | Guess

/** A rating and its standard error, both in Elo points. */
export interface Rating {
  value: number
  error: number
}
