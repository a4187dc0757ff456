// The whole site in a cache: what differs from the copy that is there is fetched, what is gone is removed.
import { sha256 } from "../shared/bytes.ts"
import { SITE } from "../shared/caches.ts"

/** Written by the build (src/kamipen/site/offline_list.py): each file's address below the site's root, its bytes and digest. */
export interface Listing {
  release: string
  /** Names all that is listed. */
  edition: string
  files: Record<string, [bytes: number, digest: string]>
}

const LISTING = "offline.json"
const AT_ONCE = 6

export interface SaveProgress {
  loaded: number
  total: number
}

/** What the server has; whoever asks past all caches is left alone by the service worker. */
export async function list(root: string): Promise<Listing> {
  const response = await fetch(root + LISTING, { cache: "no-store" })
  if (!response.ok) throw new Error(`${response.status}`)
  return (await response.json()) as Listing
}

/** Is the site saved, in this edition or in any? */
export async function isSaved(root: string, edition?: string): Promise<boolean> {
  const names = edition === undefined ? await copies() : [copyOf(edition)]
  const found = await Promise.all(names.map((cacheName) => caches.match(root + LISTING, { cacheName })))
  return found.some((listing) => listing !== undefined)
}

/** The cache of an edition's copy. */
export const copyOf = (edition: string): string => `${SITE}-${edition}`

const copies = async (): Promise<string[]> => (await caches.keys()).filter((name) => name.startsWith(SITE))

export const sizeOf = ({ files }: Listing): number => Object.values(files).reduce((sum, [bytes]) => sum + bytes, 0)

/**
 * Save all files; what another copy has already is taken from there. Pages come after what they ask for, and the listing last, so that it
 * vouches for the rest: whenever this ends early, what is there is of one piece.
 */
export async function save(root: string, wanted: Listing, report: (saving: SaveProgress) => void, signal?: AbortSignal): Promise<void> {
  const cache = await caches.open(copyOf(wanted.edition))
  const kept = await cache.match(root + LISTING)
  const before = kept ? ((await kept.json()) as Listing).files : {}
  const missing = Object.entries(wanted.files).filter(([path, [, digest]]) => before[path]?.[1] !== digest)
  const total = missing.reduce((sum, [, [bytes]]) => sum + bytes, 0)
  let loaded = 0
  const put = async ([path, [bytes, digest]]: (typeof missing)[number]): Promise<void> => {
    await cache.put(root + path, await whole(root + path, digest, signal))
    report({ loaded: (loaded += bytes), total })
  }
  await inTurns(missing.filter(([path]) => !isPage(path)), put)
  await inTurns(missing.filter(([path]) => isPage(path)), put)
  for (const path of Object.keys(before)) if (!(path in wanted.files)) await cache.delete(root + path)
  await cache.put(root + LISTING, new Response(JSON.stringify(wanted), { headers: { "Content-Type": "application/json" } }))
}

export const forget = async (): Promise<unknown> => Promise.all((await copies()).map((name) => caches.delete(name)))

const isPage = (path: string): boolean => path === "" || /(\/|\.html)$/.test(path)

async function inTurns<T>(work: T[], act: (one: T) => Promise<void>): Promise<void> {
  const next = async (): Promise<void> => {
    for (let one = work.pop(); one; one = work.pop()) await act(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
}

/** A file as the listing knows it: from another of the site's caches, else from the server. */
async function whole(url: string, digest: string, signal?: AbortSignal): Promise<Response> {
  const kept = await caches.match(url)
  if (kept && (await digestOf(kept.clone())) === digest) return kept
  const response = await fetch(url, { cache: "no-store", ...(signal && { signal }) })
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  if ((await digestOf(response.clone())) !== digest) throw new Error(`${url}: not what was listed`)
  return response
}

/** The beginning of the content's digest, as the listing has it. */
const digestOf = async (response: Response): Promise<string> => sha256(await response.arrayBuffer(), 4)
