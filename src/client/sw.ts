// The service worker: pages that were visited, the runtime that was used, and search work without a network.
import { CACHES, PREFIX, type ToServiceWorker } from "./offline/caches.ts"
import { isSaved, save } from "./offline/site.ts"
import { version } from "./runtime.ts"

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
const CLIENT = __CLIENT__
const CURRENT: readonly string[] = [PAGES, ...Object.values(CACHES)]

// What the release before this one had kept is fetched anew, while that release still serves its open pages.
scope.addEventListener("install", (event) => event.waitUntil(inherit()))

// Its caches go when this one takes over, which is when none of its pages is open any more.
scope.addEventListener("activate", (event) => event.waitUntil(Promise.all([dropOthers(), scope.clients.claim(), refreshSite()])))

scope.addEventListener("message", (event) => {
  const { data } = event
  if (data.type === "input") return answer(data.text)
  event.waitUntil(data.type === "keep" ? keep(data.urls) : store(PAGES, data.urls))
})

scope.addEventListener("fetch", (event) => {
  const { request } = event
  if (!request.url.startsWith(site)) return
  if (request.method === "POST" && request.url.endsWith("/kamipen/input")) return event.respondWith(hold())
  if (request.method !== "GET" || request.headers.has("range")) return
  const reload = request.cache === "reload" || request.cache === "no-store"
  if (isRuntime(request.url)) return event.respondWith(reload ? refreshed(request) : keptFirst(request))
  event.respondWith((isForever(request.url) ? keptFirst(request, event) : networkFirst(request, event)).then(isolated(request)))
})

async function dropOthers(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !CURRENT.includes(name))
  await Promise.all(names.map((name) => caches.delete(name)))
}

async function inherit(): Promise<void> {
  const old = (await caches.keys()).find((name) => name.startsWith(`${PREFIX}pages-`) && name !== PAGES)
  if (!old) return
  const kept = await (await caches.open(old)).keys()
  const pages = kept.filter(({ url }) => url.endsWith("/") || url.endsWith(".html")).map(({ url }) => url)
  await store(PAGES, [...pages, ...CLIENT.map((name) => `${site}kamipen/${name}`)])
}

/** A site that was saved whole stays whole: fetch what the new release changed. */
async function refreshSite(): Promise<void> {
  if (await isSaved(site)) await save(site, () => {}).catch(() => {})
}

/** Python's files, and the whole client, so that a visited article runs without a network. */
async function keep(urls: readonly string[]): Promise<void> {
  await store(CACHES.runtime, urls)
  await store(PAGES, CLIENT.map((name) => `${site}kamipen/${name}`))
}

/** Put into a cache what is not in any; a file that does not come is left for another time. */
async function store(name: string, urls: readonly string[]): Promise<void> {
  const cache = await caches.open(name)
  for (const url of urls.filter((url) => url.startsWith(site))) {
    if (await cache.match(url)) continue
    await cache.add(new Request(url, { cache: name === PAGES ? "no-cache" : "force-cache" })).catch(() => {})
  }
}

const isRuntime = (url: string): boolean => url.startsWith(`${site}runtime/${version}/`)

/** Files that carry a digest of their content in their name. */
const isForever = (url: string): boolean => /[-.][0-9A-Za-z]{8,}(\.min)?\.(js|css|woff2)$/.test(new URL(url).pathname)

/** Files whose name changes with their content. */
async function keptFirst(request: Request, event?: FetchEvent): Promise<Response> {
  const kept = await caches.match(request.url).catch(() => undefined)
  if (kept) return kept
  const response = await fetch(request)
  if (event) remember(request, response, event)
  return response
}

/** A kept copy turned out to be damaged: replace it. */
async function refreshed(request: Request): Promise<Response> {
  const response = await fetch(request)
  const cache = await caches.open(CACHES.runtime)
  if (response.ok && (await cache.match(request.url))) await cache.put(request.url, response.clone())
  return response
}

async function networkFirst(request: Request, event: FetchEvent): Promise<Response> {
  try {
    const response = await fetch(request)
    remember(request, response, event)
    return response
  } catch (error) {
    const kept = await caches.match(request.url, { ignoreSearch: true })
    if (kept) return kept
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
