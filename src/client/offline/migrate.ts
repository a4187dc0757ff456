// A new release takes over what the one before it had kept: the same pages and the same parts of Python, as they are now.
import { CACHES, PREFIX } from "../shared/caches.ts"
import { savesData } from "../shared/connection.ts"
import { files, version } from "../shared/manifest.ts"

/** Fetch the pages anew, with all that they ask for, while the old release still serves its open pages. */
export async function migrate(site: string, pages: string, store: (name: string, urls: readonly string[]) => Promise<void>): Promise<boolean> {
  const [old, python] = await Promise.all([newest("pages-", pages), newest("runtime-", CACHES.runtime)])
  if (python) await migrateRuntime(await caches.open(python), site, store)
  if (!old) return false
  const kept = (await (await caches.open(old)).keys()).map(({ url }) => url).filter((url) => !url.startsWith(`${site}kamipen/`))
  await store(pages, kept)
  for (const url of kept.filter((url) => /(\/|\.html)$/.test(url))) {
    const page = await caches.match(url, { cacheName: pages })
    if (page) await store(pages, partsOf(await page.text(), url))
  }
  return true
}

async function newest(kind: string, other: string): Promise<string | undefined> {
  return (await caches.keys()).findLast((name) => name.startsWith(PREFIX + kind) && name !== other)
}

/** What has kept its name has kept its content; for the rest, its successor is fetched. */
async function migrateRuntime(old: Cache, site: string, store: (name: string, urls: readonly string[]) => Promise<void>): Promise<void> {
  const [base, cache] = [`${site}runtime/${version}/`, await caches.open(CACHES.runtime)]
  const wanted = new Set<string>()
  for (const { url } of await old.keys()) {
    const name = url.slice(url.lastIndexOf("/") + 1)
    const kept = url === base + name && name in files ? await old.match(url) : undefined
    if (kept) await cache.put(url, kept)
    else for (const file of Object.keys(files)) if (bare(file) === bare(name)) wanted.add(base + file)
  }
  if (!savesData()) await store(CACHES.runtime, [...wanted])
}

/** A file's name without version and digests: a snapshot keeps its kind and its part. */
const bare = (name: string): string =>
  name.startsWith("snapshot-") ? name.replace(/(?<=^snapshot-\w+)-[^.]+/, "") : (name.split(/[-]/)[0] ?? name)

/** The scripts and style sheets that a page names. */
function partsOf(html: string, page: string): string[] {
  const named = html.matchAll(/<(?:script\b[^>]*\bsrc|link\b[^>]*\brel="?stylesheet"?[^>]*\bhref)="([^"]+)"/g)
  return [...named].map(([, address = ""]) => new URL(address, page).href)
}
