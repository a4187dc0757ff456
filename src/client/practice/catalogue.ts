// What there is to practise: the language's index, fetched once.

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
  /** The slugs of the refreshers of what it takes; absent where it names none. */
  skills?: string[]
}

/** One article or refresher, with the slugs of the articles that it builds on. */
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

const loading = new Map<string, Promise<Catalogue>>()

/** The catalogue beside the practice page; a failed load may be tried again. */
export function loadCatalogue(url: URL): Promise<Catalogue> {
  const known = loading.get(url.href)
  if (known) return known
  const promise = fetchCatalogue(url).catch((error: unknown) => {
    loading.delete(url.href)
    throw error
  })
  loading.set(url.href, promise)
  return promise
}

async function fetchCatalogue(url: URL): Promise<Catalogue> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`)
  return (await response.json()) as Catalogue
}

export function articleOf(item: Item, catalogue: Catalogue): Article | undefined {
  return catalogue.articles.find((article) => article.slug === item.article)
}

/** The refreshers of what an exercise takes. */
export function refreshersOf(item: Item, catalogue: Catalogue): Article[] {
  return (item.skills ?? []).flatMap((skill) => catalogue.articles.find(({ slug }) => slug === skill) ?? [])
}

/** The exercises of a set, in its order; ids that are not there any more are counted. */
export function setOf(ids: readonly string[], catalogue: Catalogue): { items: Item[]; unknown: number } {
  const items = ids.flatMap((id) => catalogue.items.find((item) => item.id === id) ?? [])
  return { items, unknown: ids.length - items.length }
}
