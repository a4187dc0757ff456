// The service worker: pages that were visited, the runtime that was used, and search work without a network.
import { CACHES, PREFIX, SITE } from "../shared/caches.ts"
import { savesData } from "../shared/connection.ts"
import { version } from "../shared/manifest.ts"
import type { ToServiceWorker } from "../shared/protocol.ts"
import { awayPages, fallback } from "./fallback.ts"
import { asListed, edition } from "./listed.ts"
import { migrate } from "./migrate.ts"
import { statesOf } from "./states.ts"
import { copyOf, isSaved, list, save } from "./whole-site.ts"

interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}

interface ExtendableMessageEvent extends ExtendableEvent {
  readonly data: ToServiceWorker
}

interface Scope {
  readonly registration: { readonly scope: string; readonly waiting: unknown }
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void
  addEventListener(type: "message", listener: (event: ExtendableMessageEvent) => void): void
}

const scope = self as unknown as Scope
const site = scope.registration.scope

/** Visited pages and their parts, in one cache for each edition of a release: it fetches them anew. */
const OF_RELEASE = `${PREFIX}pages-${__RELEASE__}-`
const PAGES = OF_RELEASE + edition
const CLIENT = __CLIENT__.map(([name, integrity = ""]) => new Request(`${site}kamipen/${name}`, { cache: "no-cache", integrity }))
const SAVED = copyOf(edition)
const CURRENT: readonly string[] = [PAGES, SAVED, ...Object.values(CACHES)]

// What the release before this one had kept is fetched anew, while that release still serves its open pages.
scope.addEventListener("install", (event) => event.waitUntil(install()))

// Its caches go when this one takes over, which is when none of its pages is open any more.
scope.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOthers(), scope.clients.claim(), refreshSite().catch(() => {})])))

scope.addEventListener("message", (event) => {
  const { data } = event
  if (data.type === "input") return answer(data.text)
  if (data.type === "refresh") return event.waitUntil(refreshSite())
  if (scope.registration.waiting) return // the page may belong to the release that waits
  event.waitUntil(data.type === "keep" ? keep(data.urls) : visited(data.urls))
})

scope.addEventListener("fetch", (event) => {
  const { request } = event
  if (!request.url.startsWith(site)) return
  if (request.method === "POST" && request.url.endsWith("/kamipen/input")) return event.respondWith(hold())
  if (request.method !== "GET" || request.headers.has("range") || request.cache === "no-store") return
  if (isRuntime(request.url)) return event.respondWith(request.cache === "reload" ? refreshed(request) : keptFirst(request))
  event.respondWith((isForever(request.url) ? keptFirst(request, event) : networkFirst(request, event)).then(isolated(request)))
})

async function install(): Promise<void> {
  const migrated = migrate(site, PAGES, store).then((migrated) => (migrated ? storeClient() : undefined))
  await Promise.all([store(PAGES, awayPages(site)), migrated])
  await refreshSite().catch(() => {})
  // Open pages that have the same client may have other pages beside them: nothing has to wait.
  const others = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}pages-`) && name !== PAGES)
  if (others.length > 0 && others.every((name) => name.startsWith(OF_RELEASE))) await scope.skipWaiting()
}

async function dropOthers(): Promise<void> {
  const isComplete = await isSaved(site, edition)
  const isOver = (name: string): boolean => !CURRENT.includes(name) && (isComplete || !name.startsWith(SITE)) // an older copy is better than none
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && isOver(name))
  await Promise.all(names.map((name) => caches.delete(name)))
}

/** A site that was saved whole stays whole: fetch what changed, unless the next release is there and will do so. */
async function refreshSite(): Promise<void> {
  if (savesData() || !(await isSaved(site))) return
  const wanted = await list(site)
  if (wanted.edition === edition) await save(site, wanted, () => {})
}

/** A page that came before its service worker did: keep it, and what it will ask for when the reader turns to it. */
async function visited(urls: readonly string[]): Promise<void> {
  await store(PAGES, urls)
  if (savesData()) return
  await storeClient()
  for (const url of urls) await storeStates(await (await caches.open(PAGES)).match(url))
}

/** Python's files, and the whole client, so that a visited article runs without a network. */
async function keep(urls: readonly string[]): Promise<void> {
  await store(CACHES.runtime, urls)
  await storeClient()
}

/** What the controls of a page show at once is kept with it. */
async function storeStates(page: Response | undefined): Promise<void> {
  if (!page?.headers.get("Content-Type")?.startsWith("text/html")) return
  await store(PAGES, statesOf(await page.text(), site))
}

const storeClient = (): Promise<void> => add(PAGES, CLIENT)

function store(name: string, urls: readonly string[]): Promise<void> {
  const ours = urls.filter((url) => url.startsWith(site))
  return add(name, ours.map((url) => new Request(url, { cache: name === PAGES ? "no-cache" : "force-cache" })))
}

/** Put into a cache what is not in it; a file that does not come is left for another time. */
async function add(name: string, requests: readonly Request[]): Promise<void> {
  const cache = await caches.open(name)
  for (const request of requests) if (!(await cache.match(request.url))) await cache.add(request).catch(() => {})
}

const isRuntime = (url: string): boolean => url.startsWith(`${site}runtime/${version}/`)

/** Files that carry a digest of their content in their name, or are asked for with their release. */
const isForever = (url: string): boolean => /([-.][0-9A-Za-z]{8,}(\.min)?\.(js|css|json|woff2)|\/kamipen\/\w+\.\w+\?\w+)$/.test(url)

/** Files whose name changes with their content. */
async function keptFirst(request: Request, event?: FetchEvent): Promise<Response> {
  const there = await cached(request.url).catch(() => undefined)
  if (there) return there
  const response = await fetch(request)
  if (event) remember(request, response, event)
  return response
}

/** The copy of this edition, else any with its content; all that a page may run or show is served only as listed. */
async function cached(url: string, options: CacheQueryOptions = {}): Promise<Response | undefined> {
  const path = url.slice(site.length)
  const isOpaque = isRuntime(url) && !path.endsWith(".mjs") // it runs where Python does, which reaches nothing of the site
  for (const cacheName of [PAGES, ...(await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PAGES)]) {
    const found = await caches.match(url, { ...options, cacheName })
    const there = found && (isOpaque ? found : await asListed(found, path))
    if (there) return there
  }
  return undefined
}

/** A kept copy turned out to be damaged: replace it. */
async function refreshed(request: Request): Promise<Response> {
  const response = await fetch(request)
  if (!response.ok) return response
  for (const name of [CACHES.runtime, SAVED]) {
    if (await caches.match(request.url, { cacheName: name })) await (await caches.open(name)).put(request.url, response.clone())
  }
  return response
}

async function networkFirst(request: Request, event: FetchEvent): Promise<Response> {
  try {
    const response = await fetch(request)
    remember(request, response, event)
    return response
  } catch (error) {
    const find = (url: string): Promise<Response | undefined> => cached(url, { ignoreSearch: true })
    const there = (await find(request.url)) ?? (await fallback(request, { site, caches: [PAGES, SAVED], find }))
    if (there) return there
    throw error
  }
}

function remember(request: Request, response: Response, event: FetchEvent): void {
  if (scope.registration.waiting) return // it belongs to a release that is not ours
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return
  event.waitUntil(rememberListed(request.url, response.clone()).catch(() => {}))
}

/** What the server has of a newer edition does not take the place of a copy that can be served. */
async function rememberListed(url: string, response: Response): Promise<void> {
  const copy = await asListed(response, url.slice(site.length))
  if (!copy) return
  const page = copy.clone()
  await (await caches.open(PAGES)).put(url, copy)
  if (!savesData()) await storeStates(page)
}

/**
 * With these headers a page may share memory with its worker, and Stop can keep what ran before. Nothing of the site comes
 * from elsewhere, so that nothing is lost by them.
 */
const isolated =
  ({ destination }: Request) =>
  (response: Response): Response => {
    if (!["document", "worker", "sharedworker"].includes(destination) || !["basic", "default"].includes(response.type)) return response
    if (response.status >= 300 && response.status < 400) return response
    const headers = new Headers(response.headers)
    headers.set("Cross-Origin-Opener-Policy", "same-origin")
    headers.set("Cross-Origin-Embedder-Policy", "require-corp")
    const { status, statusText } = response
    return new Response(response.body, { status, statusText, headers })
  }

// A worker that cannot suspend Python asks synchronously, and gets its answer when the page has sent one.
let waiting: ((response: Response) => void) | undefined

const hold = (): Promise<Response> => new Promise((resolve) => (waiting = resolve))

function answer(text: string): void {
  waiting?.(new Response(text))
  waiting = undefined
}
