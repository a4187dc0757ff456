// The whole site in a cache: what differs from the copy that is there is fetched, what is gone is removed.
import { CACHES } from "./caches.ts"

/** Written by the build (src/kamipen/offline.py): each file's address below the site's root, its bytes and digest. */
interface Listing {
  files: Record<string, [bytes: number, digest: string]>
}

const LISTING = "offline.json"
const AT_ONCE = 6

export interface Saving {
  loaded: number
  total: number
}

export async function list(root: string): Promise<Listing> {
  const response = await fetch(root + LISTING, { cache: "no-cache" })
  if (!response.ok) throw new Error(`${response.status}`)
  return (await response.json()) as Listing
}

export async function isSaved(root: string): Promise<boolean> {
  return (await caches.has(CACHES.site)) && (await caches.open(CACHES.site).then((cache) => cache.match(root + LISTING))) !== undefined
}

export const sizeOf = ({ files }: Listing): number => Object.values(files).reduce((sum, [bytes]) => sum + bytes, 0)

/** Save all files, or bring a saved copy up to date; the listing goes last, so that it vouches for the rest. */
export async function save(root: string, report: (saving: Saving) => void, signal?: AbortSignal): Promise<void> {
  const cache = await caches.open(CACHES.site)
  const [wanted, kept] = [await list(root), await cache.match(root + LISTING)]
  const before = kept ? ((await kept.json()) as Listing).files : {}
  const missing = Object.entries(wanted.files).filter(([path, [, digest]]) => before[path]?.[1] !== digest)
  const total = missing.reduce((sum, [, [bytes]]) => sum + bytes, 0)
  let loaded = 0
  const next = async (): Promise<void> => {
    for (let file = missing.pop(); file; file = missing.pop()) {
      const [path, [bytes]] = file
      const response = await fetch(root + path, { cache: "no-cache", ...(signal && { signal }) })
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      await cache.put(root + path, response)
      report({ loaded: (loaded += bytes), total })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  for (const path of Object.keys(before)) if (!(path in wanted.files)) await cache.delete(root + path)
  await cache.put(root + LISTING, new Response(JSON.stringify(wanted), { headers: { "Content-Type": "application/json" } }))
}

export const forget = (): Promise<boolean> => caches.delete(CACHES.site)
