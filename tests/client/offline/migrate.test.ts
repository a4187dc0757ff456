import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"

import { FakeCaches } from "../caches.ts"
import "../runtime.ts"

const { migrate } = await import("../../../src/client/offline/migrate.ts")
const { CACHES } = await import("../../../src/client/shared/caches.ts")

const SITE = "https://site/"
const PAGES = "kamipen-pages-new"
const PAGE = `<script src="../kamipen/main.js?new"></script><link rel=stylesheet href="../assets/a.css"><link rel="icon" href="no.svg">`

let caches: FakeCaches
const stored: [name: string, url: string][] = []

/** What the service worker would fetch; a page comes as it is now. */
async function store(name: string, urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    stored.push([name, url])
    if (url.endsWith("/")) await (await caches.open(name)).put(url, new Response(PAGE))
  }
}

const fill = async (name: string, ...urls: string[]): Promise<void> => {
  for (const url of urls) await (await caches.open(name)).put(url, new Response(url))
}
const urlsIn = (name: string): string[] => stored.filter(([into]) => into === name).map(([, url]) => url)

beforeEach(() => {
  caches = FakeCaches.install()
  stored.length = 0
})

test("a first visit has nothing to take over", async () => {
  assert.equal(await migrate(SITE, PAGES, store), false)
  assert.deepEqual(stored, [])
})

test("pages are fetched anew, with the scripts and styles that they name now, but not the old client", async () => {
  await fill("kamipen-pages-old", `${SITE}en/`, `${SITE}en/a/`, `${SITE}kamipen/main.js?old`, `${SITE}search.json`)
  assert.equal(await migrate(SITE, PAGES, store), true)
  assert.deepEqual(urlsIn(PAGES), [
    `${SITE}en/`, `${SITE}en/a/`, `${SITE}search.json`,
    `${SITE}kamipen/main.js?new`, `${SITE}assets/a.css`,
    `${SITE}en/kamipen/main.js?new`, `${SITE}en/assets/a.css`,
  ])
})

test("Python's files that kept their name are kept, of others the successor is fetched", async () => {
  const old = `${SITE}runtime/1/`
  await fill("kamipen-runtime-0-beef", `${old}kit.whl`, `${old}numpy-1.9-bbbbbbbb.whl`, `${old}snapshot-numpy-beef-1.memory.bin`, `${old}gone.whl`)
  await migrate(SITE, PAGES, store)
  assert.equal(await (await caches.match(`${old}kit.whl`, { cacheName: CACHES.runtime }))?.text(), `${old}kit.whl`)
  assert.deepEqual(urlsIn(CACHES.runtime), [`${old}numpy-2.0-aaaaaaaa.whl`, `${old}snapshot-numpy-cafe-1.memory.bin`])
})

test("who saves data keeps what there is, and fetches no runtime", async () => {
  Object.defineProperty(globalThis.navigator, "connection", { value: { saveData: true }, configurable: true })
  await fill("kamipen-runtime-0-beef", `${SITE}runtime/1/kit.whl`, `${SITE}runtime/1/numpy-1.9-bbbbbbbb.whl`)
  await migrate(SITE, PAGES, store)
  assert.deepEqual(urlsIn(CACHES.runtime), [])
  assert.ok(await caches.match(`${SITE}runtime/1/kit.whl`, { cacheName: CACHES.runtime }))
  Object.defineProperty(globalThis.navigator, "connection", { value: undefined, configurable: true })
})
