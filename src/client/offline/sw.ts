// The service worker: pages that were visited, the runtime that was used, and search work without a network.
import { CACHES, PREFIX } from "../shared/caches.ts"
import { savesData } from "../shared/connection.ts"
import { version } from "../shared/manifest.ts"
import type { ToServiceWorker } from "../shared/protocol.ts"
import { awayPages, fallback } from "./fallback.ts"
import { migrate } from "./migrate.ts"
import { isSaved, list, save } from "./whole-site.ts"

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
  addEventListener(type: "install" | "activate", listener: (event: ExtendableEvent) => void): void
  addEventListener(type: "fetch", listener: (event: FetchEvent) => void): void
  addEventListener(type: "message", listener: (event: ExtendableMessageEvent) => void): void
}

const scope = self as unknown as Scope
const site = scope.registration.scope

/** Visited pages and their parts; each release fetches them anew. */
const PAGES = `${PREFIX}pages-${__RELEASE__}`
const CLIENT = __CLIENT__.map(([name, integrity = ""]) => new Request(`${site}kamipen/${name}`, { cache: "no-cache", integrity }))
const CURRENT: readonly string[] = [PAGES, ...Object.values(CACHES)]

// What the release before this one had kept is fetched anew, while that release still serves its open pages.
scope.addEventListener("install", (event) =>
  event.waitUntil(Promise.all([store(PAGES, awayPages(site)), migrate(site, PAGES, store).then((migrated) => (migrated ? storeClient() : undefined))])),
)

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

async function dropOthers(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !CURRENT.includes(name))
  await Promise.all(names.map((name) => caches.delete(name)))
}

/** A site that was saved whole stays whole: fetch what changed, unless the next release is there and will do so. */
async function refreshSite(): Promise<void> {
  if (savesData() || !(await isSaved(site))) return
  const wanted = await list(site)
  if (wanted.release === __RELEASE__) await save(site, wanted, () => {})
}

/** A page that came before its service worker did: keep it, and what it will ask for when the reader turns to it. */
async function visited(urls: readonly string[]): Promise<void> {
  await store(PAGES, urls)
  if (!savesData()) await storeClient()
}

/** Python's files, and the whole client, so that a visited article runs without a network. */
async function keep(urls: readonly string[]): Promise<void> {
  await store(CACHES.runtime, urls)
  await storeClient()
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
const isForever = (url: string): boolean => /([-.][0-9A-Za-z]{8,}(\.min)?\.(js|css|woff2)|\/kamipen\/\w+\.\w+\?\w+)$/.test(url)

/** Files whose name changes with their content. */
async function keptFirst(request: Request, event?: FetchEvent): Promise<Response> {
  const there = await cached(request.url).catch(() => undefined)
  if (there) return there
  const response = await fetch(request)
  if (event) remember(request, response, event)
  return response
}

/** The copy of this release, else any: what is not a page carries its content or its release in its address. */
async function cached(url: string, options: CacheQueryOptions = {}): Promise<Response | undefined> {
  return (await caches.match(url, { ...options, cacheName: PAGES })) ?? caches.match(url, options)
}

/** A kept copy turned out to be damaged: replace it. */
async function refreshed(request: Request): Promise<Response> {
  const response = await fetch(request)
  if (!response.ok) return response
  for (const name of [CACHES.runtime, CACHES.site]) {
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
    const there = (await find(request.url)) ?? (await fallback(request, { site, pages: PAGES, find }))
    if (there) return there
    throw error
  }
}

function remember(request: Request, response: Response, event: FetchEvent): void {
  if (scope.registration.waiting) return // it belongs to a release that is not ours
  if (response.status !== 200 || response.type !== "basic" || response.redirected) return
  const copy = response.clone()
  event.waitUntil(caches.open(PAGES).then((cache) => cache.put(request.url, copy)).catch(() => {}))
}

/**
 * With these headers a page may share memory with its worker, and Stop can keep what ran before. Nothing of the site comes
 * from elsewhere, so that nothing is lost by them.
 */
const isolated =
  ({ destination }: Request) =>
  (response: Response): Response => {
    if (!["document", "worker", "sharedworker"].includes(destination) || response.type !== "basic") return response
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
